using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>The clinic confirmed that the patient is enrolled with it in the esketamine REMS. Enrolment is done there; we only write down that it was.</summary>
/// <param name="Enrolment">Its id here; the same twice is one.</param>
/// <param name="Partner">The certified clinic in the directory.</param>
/// <param name="On">The day of the enrolment.</param>
/// <param name="Reference">The number or name the REMS knows it by.</param>
/// <param name="Source">Who confirmed it, and how.</param>
[StoredAs("rems.enrolled")]
public sealed record RemsEnrolled(Guid Enrolment, Guid Partner, string PartnerName, DateOnly On, string Reference, string Source) : PatientEvent;

/// <summary>The enrolment no longer stands, or was written down by mistake.</summary>
[StoredAs("rems.enrolment-ended")]
public sealed record RemsEnrolmentEnded(Guid Enrolment, string Because) : PatientEvent;

/// <summary>An enrolment with who wrote it down and when; those that ended are kept.</summary>
public sealed record RemsOnChart(RemsEnrolled Enrolled, Actor By, DateTimeOffset RecordedAt, RemsEnrolmentEnded? Ended = null);

/// <summary>Esketamine only at a certified clinic, to an enrolled patient (practice.md 2.2). Casement files nothing with the REMS.</summary>
public static class Rems
{
    public const string Gate = "spravato-referral", Fact = "rems-enrolled";

    public static bool Governs(string product) => product == PartnerClinic.Esketamine;

    public static RemsOnChart? Standing(Chart chart, Guid partner) => chart.Rems.LastOrDefault(r => r.Ended is null && r.Enrolled.Partner == partner);

    /// <summary>What stands against treatment there, in a sentence that says what to do; null when nothing does or the product needs no REMS.</summary>
    public static string? Unenrolled(Chart chart, ReferralDrafted about) =>
        !Governs(about.Product) || Standing(chart, about.Partner) is not null ? null
        : $"{about.PartnerName} has not confirmed that the patient is enrolled in the esketamine REMS. Ask the clinic to enrol the patient, then write down the date and the number of the enrolment.";

    /// <param name="clinic">As it stands in the directory now; null when it is gone from there.</param>
    public static string? Uncertified(ReferralDrafted about, PartnerClinic? clinic) =>
        !Governs(about.Product) || (clinic is { RemsCertifiedOn: not null } && clinic.Id == about.Partner) ? null
        : $"{about.PartnerName} is not certified in the esketamine REMS, so nobody may be sent there for esketamine. Choose a certified clinic, or record the evidence in the directory.";

    /// <summary>The sheet about esketamine that is to be read before a referral; null when it was, or the product needs none.</summary>
    public static string? Unread(Chart chart, ReferralDrafted about, ConsentDocuments documents, DateTimeOffset now) =>
        !Governs(about.Product) || Gates.Ask(documents, chart, Gate, now).Missing is not [{ } missing, ..] ? null
        : $"{missing.Because} Put it before the patient under Documents.";

    public static Decision Enrol(Chart chart, RemsEnrolled wish, PartnerClinic? clinic, DateOnly today, DateTimeOffset now) => wish switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such patient."),
        _ when chart.Rems.Any(r => r.Enrolled.Enrolment == wish.Enrolment) => Decision.Nothing,
        _ when clinic is null || clinic.Id != wish.Partner || clinic.RemsCertifiedOn is null => Decision.Refuse($"{wish.PartnerName} is not certified in the esketamine REMS, so it cannot enrol anybody. Record the evidence in the directory first."),
        _ when wish.On > today => Decision.Refuse("The day of the enrolment lies in the future."),
        _ when wish.On < today.AddYears(-10) => Decision.Refuse("Check the day of the enrolment."),
        _ when string.IsNullOrWhiteSpace(wish.Reference) => Decision.Refuse("Write the number of the enrolment, as the clinic has it."),
        _ when string.IsNullOrWhiteSpace(wish.Source) => Decision.Refuse("Say who confirmed it, and how."),
        _ when Standing(chart, wish.Partner) is { Enrolled: var so } && so.On == wish.On && so.Reference == wish.Reference.Trim() => Decision.Nothing,
        _ when Standing(chart, wish.Partner) is not null => Decision.Refuse("An enrolment with this clinic stands already. End it first if it is wrong."),
        _ => Decision.Accept(wish with { Reference = wish.Reference.Trim(), Source = wish.Source.Trim() }, Answer(holds: true, $"Confirmed by {wish.PartnerName}", now)),
    };

    public static Decision End(Chart chart, Guid enrolment, string because, DateTimeOffset now) => chart.Rems.FirstOrDefault(r => r.Enrolled.Enrolment == enrolment) switch
    {
        null => Decision.Refuse("There is no such enrolment."),
        { Ended: not null } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(because) => Decision.Refuse("Say why the enrolment no longer stands."),
        var so when chart.Rems.Any(r => r.Ended is null && r.Enrolled.Enrolment != enrolment) => Decision.Accept(new RemsEnrolmentEnded(so.Enrolled.Enrolment, because.Trim())),
        var so => Decision.Accept(new RemsEnrolmentEnded(so.Enrolled.Enrolment, because.Trim()), Answer(holds: false, "The enrolment no longer stands", now)),
    };

    /// <summary>The fact clearance reads goes with it, so that nothing is asked twice and none can disagree.</summary>
    static FactsRecorded Answer(bool holds, string says, DateTimeOffset now) => new([new(Fact, FactValue.Of(holds), now, FactSource.Partner, new("REMS enrolment", says))]);

    public static ImmutableList<RemsOnChart> After(this ImmutableList<RemsOnChart> all, RemsEnrolmentEnded e) => [.. all.Select(r => r.Enrolled.Enrolment == e.Enrolment ? r with { Ended = r.Ended ?? e } : r)];
}
