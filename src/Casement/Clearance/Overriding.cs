namespace Casement.Clearance;

/// <summary>What a licensed person may set aside, and what it takes (clearance.md 6.2).</summary>
public static class Overriding
{
    /// <summary>Why an override does not count, in a sentence; null when it does.</summary>
    public static string? InvalidBecause(Protocol protocol, Rule rule, Override set) => rule.Override switch
    {
        OverridePolicy.Never => $"{rule.Title} cannot be overridden by anybody; the attempt is kept on record.",
        OverridePolicy.None => "A note asks for nothing, so there is nothing to override.",
        OverridePolicy.Reason => TooShort(set, protocol.Overrides.ReasonLength),
        OverridePolicy.Cosign => TooShort(set, protocol.Overrides.CosignReasonLength)
            ?? (set.Cosigner is null ? "A second licensed clinician must co-sign before this override counts."
                : set.Cosigner == set.By ? "The co-signer must be somebody other than the first signer." : null),
        _ => null,
    };

    static string? TooShort(Override set, int length) =>
        set.Reason.Trim().Length < length ? $"The reason needs at least {length} characters; it has {set.Reason.Trim().Length}." : null;
}
