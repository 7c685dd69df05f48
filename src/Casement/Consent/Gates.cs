using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Consent;

/// <summary>A document a gate waits for, and why it is missing, in a sentence that names the service it holds up.</summary>
public sealed record MissingDocument(string Family, string Title, string Because);

/// <summary>Whether a step of care is open as far as documents go.</summary>
public sealed record GateAnswer(string Gate, string Service, ImmutableArray<MissingDocument> Missing)
{
    public bool IsOpen => Missing.IsEmpty;

    /// <summary>Why it is shut and what to do, for staff; null when it is open.</summary>
    public string? Refusal => IsOpen ? null
        : $"{string.Join(" ", Missing.Select(m => m.Because))} Put {(Missing.Length == 1 ? "it" : "them")} before the patient under Documents.";
}

/// <summary>Gates read signatures; they never make or change one. An optional document stands before no gate, so refusing it blocks nothing.</summary>
public static class Gates
{
    /// <param name="gate">Such as "referral-send".</param>
    /// <param name="about">For documents signed once for each recipient: which one; null when any will do.</param>
    /// <param name="packetSignedAt">When the patient signed the packet that is to go to that recipient, as far as that still stands; null when nothing of the kind is signed.</param>
    public static GateAnswer Ask(ConsentDocuments documents, Chart chart, string gate, DateTimeOffset now, string? about = null, DateTimeOffset? packetSignedAt = null) => new(gate, documents.ServiceOf(gate),
    [
        .. documents.All.Where(d => d.MandatoryFor.Contains(gate) && chart.Holding(d, now, about) is null && !IsHeldByPacket(chart, d, about, packetSignedAt))
            .Select(d => new MissingDocument(d.Id, d.Title, $"{Why(chart, d, now, about)} {Capital(documents.ServiceOf(gate))} waits for it.")),
    ]);

    /// <summary>A permission taken back, or refused, after the packet was signed is the last word.</summary>
    static bool IsHeldByPacket(Chart chart, ConsentDocument document, string? about, DateTimeOffset? packetSignedAt) =>
        document.HeldByPacket && packetSignedAt is { } at
        && !(chart.Consents.Declined.TryGetValue(document.Id, out var no) && no.DeclinedAt >= at)
        && !chart.Consents.Newest(document.Id).Any(s => s.Withdrawn is not null && s.ChangedAt >= at && ConsentsOnChart.Same(s.Signed.About) == ConsentsOnChart.Same(about ?? ""));

    static string Why(Chart chart, ConsentDocument document, DateTimeOffset now, string? about)
    {
        var newest = chart.Consents.Newest(document.Id)
            .LastOrDefault(s => about is null || document.OneForEach.Length == 0 || ConsentsOnChart.Same(s.Signed.About) == ConsentsOnChart.Same(about));
        // The last word counts: a refusal after a signature, or a signature after a refusal.
        if (chart.Consents.Declined.TryGetValue(document.Id, out var no) && no.DeclinedAt >= (newest?.SignedAt ?? DateTimeOffset.MinValue)) return $"{document.Title}: the patient chose not to sign.";
        return newest is null ? $"{document.Title}: not signed yet." : chart.StateOf(document, newest, now) switch
        {
            SignatureState.WaitsForClinician => $"{document.Title}: waits for the clinician to sign.",
            SignatureState.Withdrawn => $"{document.Title}: taken back.",
            SignatureState.Reopened => $"{document.Title}: to be signed again. {newest.Reopened?.Because}",
            SignatureState.Expired => $"{document.Title}: no longer in date.",
            SignatureState.NewerText => $"{document.Title}: the text changed in substance and is to be signed again.",
            _ => $"{document.Title}: not signed yet.",
        };
    }

    internal static string Capital(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
}
