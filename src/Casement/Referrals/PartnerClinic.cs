using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Referrals;

/// <summary>A licensed clinic that gives the treatment, as the practice knows it. The patient is free to choose another.</summary>
/// <param name="Id">Its id in the directory.</param>
/// <param name="Name">As on its letterhead.</param>
/// <param name="Email">Where referrals are announced; no clinical word ever goes there.</param>
/// <param name="Licence">Number and kind of the licence it works under.</param>
/// <param name="LicenceEndsOn">The last day the licence is good; null when there is no evidence of it.</param>
/// <param name="Products">What it gives, by the ids of the protocol, such as "racemic-ketamine-iv".</param>
/// <param name="RemsCertifiedOn">The date of the evidence that its site is certified in the esketamine REMS; null when it is not.</param>
/// <param name="AgreementFrom">First day of the care-coordination agreement; null when there is none.</param>
/// <param name="AgreementUntil">Its last day.</param>
/// <param name="Accepting">Whether it takes new people now.</param>
/// <param name="Clinicians">Who treats there, with titles, one a line.</param>
/// <param name="Limits">Its own limits where they are stricter than the protocol's, by parameter.</param>
public sealed record PartnerClinic(
    Guid Id,
    string Name,
    string Address,
    string Phone,
    string Email,
    string Fax,
    string Licence,
    DateOnly? LicenceEndsOn,
    ImmutableArray<string> Products,
    DateOnly? RemsCertifiedOn,
    DateOnly? AgreementFrom,
    DateOnly? AgreementUntil,
    bool Accepting,
    ImmutableArray<string> Clinicians,
    ImmutableSortedDictionary<string, decimal> Limits)
{
    /// <summary>What shows that it works safely, each until a day (practice.md 2.7 cca-credentials).</summary>
    public ImmutableArray<PartnerEvidence> Evidence { get; init; } = [];

    /// <summary>What is looked for, by kind.</summary>
    public static ImmutableArray<(string Kind, string Title)> EvidenceKinds { get; } =
    [
        ("dea", "DEA registration of who orders"), ("life-support", "ACLS or BLS of who monitors"), ("insurance", "Liability insurance"), ("emergency-equipment", "Emergency equipment, checked"),
    ];

    /// <summary>What has no evidence, has run out or soon will, in sentences. It shuts nothing by itself: what shuts says <see cref="ShutFor"/>.</summary>
    /// <param name="withinDays">How long before its end a paper is asked for again.</param>
    public IEnumerable<string> Expiring(DateOnly today, int withinDays)
    {
        foreach (var (what, ends) in new[] { ("The licence", LicenceEndsOn), ("The care-coordination agreement", AgreementUntil) })
            if (ends is { } day && Soon(what, day) is { } says) yield return says;
        foreach (var (kind, title) in EvidenceKinds)
            if (Evidence.FirstOrDefault(e => e.Kind == kind) is not { } shown) yield return $"{title}: no evidence yet.";
            else if (Soon(title, shown.EndsOn) is { } says) yield return says;

        string? Soon(string what, DateOnly day) => day < today ? $"{what}: ended on {day:MMM d, yyyy}." : day <= today.AddDays(withinDays) ? $"{what}: ends on {day:MMM d, yyyy}." : null;
    }

    /// <summary>Only a certified site may give it (esketamine REMS).</summary>
    public const string Esketamine = "esketamine-nasal";

    /// <summary>Why nobody may be sent there for this product on this day, in a sentence; null when they may (practice.md 2.2, 2.7).</summary>
    public string? ShutFor(string product, DateOnly today) =>
        Email.Trim().Length == 0 ? $"{Name} has no email address, so it cannot be told. Add one to the directory."
        : Licence.Trim().Length == 0 || LicenceEndsOn is null ? $"There is no evidence that {Name} is licensed. Record the licence and the day it ends."
        : LicenceEndsOn < today ? $"The licence of {Name} ended on {LicenceEndsOn:MMM d, yyyy}. Ask for the renewal before sending anybody there."
        : AgreementFrom is null || AgreementFrom > today ? $"There is no care-coordination agreement in force with {Name}."
        : AgreementUntil is { } end && end < today ? $"The care-coordination agreement with {Name} ended on {end:MMM d, yyyy}. Renew it before sending anybody there."
        : !Products.Contains(product) ? $"{Name} does not give this product."
        : product == Esketamine && RemsCertifiedOn is null ? $"{Name} is not certified in the esketamine REMS, so nobody may be sent there for esketamine."
        : !Accepting ? $"{Name} is not taking new people now."
        : null;

    /// <summary>What is wrong with the entry itself, in sentences by field.</summary>
    public IEnumerable<(string Field, string Because)> Problems(Protocol protocol, DateOnly today)
    {
        if (Name.Trim().Length == 0) yield return ("Name", "Write the name of the clinic.");
        if (Email.Length > 0 && !Email.Contains('@', StringComparison.Ordinal)) yield return ("Email", "Write an email address with an @.");
        if (Products.IsEmpty) yield return ("Products", "Choose at least one product the clinic gives.");
        if (RemsCertifiedOn > today) yield return ("Rems", "The date of the REMS evidence lies in the future.");
        if (AgreementFrom is { } from && AgreementUntil is { } until && until < from) yield return ("AgreementUntil", "The agreement ends before it begins.");
        foreach (var shown in Evidence.Where(e => e.What.Trim().Length == 0)) yield return ($"Evidence-{shown.Kind}", "Say what was shown, such as its number.");
        foreach (var (id, value) in Limits)
            if (Strictness.Refuses(protocol, id, value) is { } why) yield return ("Limits", why);
    }
}

/// <summary>A paper a clinic showed.</summary>
/// <param name="Kind">One of <see cref="PartnerClinic.EvidenceKinds"/>.</param>
/// <param name="What">What it is, such as its number and whose.</param>
/// <param name="EndsOn">The last day it is good.</param>
public sealed record PartnerEvidence(string Kind, string What, DateOnly EndsOn);

/// <summary>A partner's own limits may only be stricter than the practice's: where clinic policy is stricter, it wins.</summary>
public static class Strictness
{
    /// <summary>Why a partner may not set this limit; null when it may.</summary>
    public static string? Refuses(Protocol protocol, string parameter, decimal value) =>
        protocol.RefusesSetting(parameter, value) is { } why ? why
        : IsStricter(protocol.ParameterById[parameter], value, protocol.ParameterById[parameter].Default) || value == protocol.ParameterById[parameter].Default ? null
        : $"{parameter} ({protocol.ParameterById[parameter].Means}) may only be made stricter than {protocol.ParameterById[parameter].Default:0.##}: {(protocol.ParameterById[parameter].SaferUp ? "higher" : "lower")}.";

    /// <summary>The settings a session there is checked by: for each parameter the stricter of the practice's and the partner's.</summary>
    public static ImmutableSortedDictionary<string, decimal> Stricter(Protocol protocol, ImmutableSortedDictionary<string, decimal> practice, ImmutableSortedDictionary<string, decimal> partner)
    {
        foreach (var (id, value) in partner)
            if (Refuses(protocol, id, value) is null && IsStricter(protocol.ParameterById[id], value, practice.GetValueOrDefault(id, protocol.ParameterById[id].Default)))
                practice = practice.SetItem(id, value);
        return practice;
    }

    static bool IsStricter(Parameter parameter, decimal value, decimal than) => parameter.SaferUp ? value > than : value < than;
}
