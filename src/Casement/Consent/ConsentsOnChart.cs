using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Consent;

/// <summary>How one signature stands.</summary>
public enum SignatureState { Holds, WaitsForClinician, Withdrawn, Reopened, Expired, NewerText, Superseded }

/// <summary>A signature with what became of it.</summary>
public sealed record SignatureOnChart(ConsentSigned Signed, long Entry, DateTimeOffset SignedAt, Actor By)
{
    public ConsentCountersigned? Clinician { get; init; }
    public ConsentCountersigned? Witness { get; init; }
    public ConsentWithdrawn? Withdrawn { get; init; }
    public ConsentReopened? Reopened { get; init; }

    /// <summary>Each time the program asked for a new one, with when.</summary>
    public ImmutableList<(ConsentRenewalAsked Asked, DateTimeOffset At)> Renewals { get; init; } = [];

    /// <summary>When it was last signed under, taken back or reopened.</summary>
    public DateTimeOffset ChangedAt { get; init; } = SignedAt;

    /// <summary>Later entries about this signature, with who wrote them.</summary>
    public ImmutableList<(Actor By, DateTimeOffset At, PatientEvent What)> Later { get; init; } = [];

    public string Family => Signed.Text.Family;

    public bool WaitsForClinician => Signed.NeedsClinician && Clinician is null;
}

/// <summary>An offer, or a refusal, with when.</summary>
public sealed record OfferOnChart(ConsentOffered Offered, DateTimeOffset OfferedAt, Actor By);

public sealed record DeclinedOnChart(ConsentDeclined Declined, DateTimeOffset DeclinedAt, Actor By);

/// <summary>Documents as one chart tells of them.</summary>
public sealed record ConsentsOnChart
{
    public static ConsentsOnChart None { get; } = new();

    /// <summary>Every signature, oldest first.</summary>
    public ImmutableList<SignatureOnChart> Signatures { get; init; } = [];

    /// <summary>Offers not yet answered, by family.</summary>
    public ImmutableDictionary<string, OfferOnChart> Offers { get; init; } = ImmutableDictionary<string, OfferOnChart>.Empty;

    /// <summary>Refusals that nothing has followed, by family.</summary>
    public ImmutableDictionary<string, DeclinedOnChart> Declined { get; init; } = ImmutableDictionary<string, DeclinedOnChart>.Empty;

    public SignatureOnChart? Find(Guid signature) => Signatures.FirstOrDefault(s => s.Signed.Signature == signature);

    /// <summary>The newest signature of a family, for each thing it may be about: an older one never comes back to life.</summary>
    public IEnumerable<SignatureOnChart> Newest(string family) =>
        Signatures.Where(s => s.Family == family).GroupBy(s => Same(s.Signed.About)).Select(g => g.Last());

    public bool IsSuperseded(SignatureOnChart signature) => Newest(signature.Family).All(n => n.Signed.Signature != signature.Signed.Signature);

    internal static string Same(string about) => string.Join(' ', about.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public ConsentsOnChart After(ConsentOffered e, Entry entry) =>
        this with { Offers = Offers.SetItem(e.Family, new(e, entry.RecordedAt, entry.By)), Declined = Declined.Remove(e.Family) };

    public ConsentsOnChart After(ConsentSigned e, Entry entry) => this with
    {
        Signatures = Signatures.Add(new(e, entry.Sequence, entry.RecordedAt, entry.By)),
        Offers = Offers.Remove(e.Text.Family),
        Declined = Declined.Remove(e.Text.Family),
    };

    public ConsentsOnChart After(ConsentDeclined e, Entry entry) =>
        this with { Offers = Offers.Remove(e.Family), Declined = Declined.SetItem(e.Family, new(e, entry.RecordedAt, entry.By)) };

    public ConsentsOnChart After(ConsentCountersigned e, Entry entry) =>
        With(e.Signature, e, entry, s => e.Role is SignerRole.Witness ? s with { Witness = e } : s with { Clinician = e });

    public ConsentsOnChart After(ConsentWithdrawn e, Entry entry) => With(e.Signature, e, entry, s => s with { Withdrawn = e });

    public ConsentsOnChart After(ConsentReopened e, Entry entry) => With(e.Signature, e, entry, s => s with { Reopened = s.Reopened ?? e });

    public ConsentsOnChart After(ConsentRenewalAsked e, Entry entry) => With(e.Signature, e, entry, s => s with { Renewals = s.Renewals.Add((e, entry.RecordedAt)) });

    ConsentsOnChart With(Guid signature, PatientEvent what, Entry entry, Func<SignatureOnChart, SignatureOnChart> change) => this with
    {
        Signatures = [.. Signatures.Select(s => s.Signed.Signature == signature ? change(s) with { ChangedAt = entry.RecordedAt, Later = s.Later.Add((entry.By, entry.RecordedAt, what)) } : s)],
    };
}
