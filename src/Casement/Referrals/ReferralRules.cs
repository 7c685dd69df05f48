using System.Collections.Immutable;
using Casement.FollowUp;

namespace Casement.Referrals;

/// <summary>What the loop with partners runs by: waiting times, the words of the authorisation, the session day. From definitions/referrals.</summary>
public sealed record ReferralRules
{
    /// <summary>Business days for the partner to say that it has the referral.</summary>
    public required int AcknowledgeBusinessDays { get; init; }

    /// <summary>Business days to accept or decline.</summary>
    public required int AnswerBusinessDays { get; init; }

    /// <summary>Days until the first appointment.</summary>
    public required int FirstAppointmentDays { get; init; }

    /// <summary>Days after a session for its report.</summary>
    public required int ReportDays { get; init; }

    /// <summary>Business days for the partner to confirm that it stopped.</summary>
    public required int CancelBusinessDays { get; init; }

    /// <summary>Business days for the partner to offer other dates.</summary>
    public required int NewDatesBusinessDays { get; init; }

    /// <summary>Business days for the patient to sign what may be sent.</summary>
    public required int SignBusinessDays { get; init; }

    /// <summary>Hours before a deadline of the partner at which it is reminded that its answer is awaited.</summary>
    public required int RemindPartnerHoursBefore { get; init; }

    /// <summary>How long a visit at a clinic is put down for in calendars; what it really takes is the clinic's to say.</summary>
    public required int VisitMinutes { get; init; }

    /// <summary>Calendar days before a visit on which the patient is reminded of it.</summary>
    public required int RemindOfVisitDaysBefore { get; init; }

    /// <summary>The hour of that day, at the practice.</summary>
    public required TimeOnly RemindOfVisitAt { get; init; }

    public required int SilentDays { get; init; }

    /// <summary>Days before the end of a clinic's paper at which it is asked for again.</summary>
    public required int EvidenceWarnDays { get; init; }

    public required int NoShows { get; init; }

    /// <summary>Days a partner's link opens; it ends with the authorisation where that is sooner.</summary>
    public required int LinkDays { get; init; }

    /// <summary>The calendar of the practice, the same the office keeps: deadlines fall when it closes.</summary>
    public required PracticeCalendar Calendar { get; init; }

    /// <summary>What a partner may know of why a clearance changed, by trigger: the class of the reason, no more.</summary>
    public required ImmutableDictionary<string, string> ReasonClasses { get; init; }

    /// <summary>For every trigger not named.</summary>
    public required string OtherReason { get; init; }

    /// <summary>What we ask a clinic to send back.</summary>
    public required string Return { get; init; }

    /// <summary>What the practice does around the sessions.</summary>
    public required string Plan { get; init; }

    public required string Part2Notice { get; init; }

    public required AuthorisationText Authorisation { get; init; }

    public required SessionRules Session { get; init; }

    /// <summary>The class of a reason as a partner may read it.</summary>
    public string ReasonOf(string trigger) => ReasonClasses.GetValueOrDefault(trigger, OtherReason);
}

/// <summary>The words a patient signs. {from}, {to} and {end} are filled in.</summary>
/// <param name="Version">Changes with every change of a word.</param>
/// <param name="Days">Days it lasts.</param>
public sealed record AuthorisationText(string Version, int Days, string Purpose, string Revoking, string NotConditioned, string Redisclosure, string Copy);

/// <summary>The session day beyond the protocol's own numbers.</summary>
public sealed record SessionRules
{
    /// <summary>Minutes a check before the session stays good for starting.</summary>
    public required int CheckGoodMinutes { get; init; }

    /// <summary>Minutes to the next reading after any alert.</summary>
    public required int AfterAlertMinutes { get; init; }

    /// <summary>When readings are due, by product.</summary>
    public required ImmutableDictionary<string, Sessions.MonitoringLine> Monitoring { get; init; }

    /// <summary>What the protocol's own schedule says, by line.</summary>
    public required ImmutableDictionary<string, string> Schedule { get; init; }

    /// <summary>Lines of it that stand on the page before a session.</summary>
    public required ImmutableArray<string> RemindBefore { get; init; }

    /// <summary>Lines of it that stand on the page during a session, besides the one of the product.</summary>
    public required ImmutableArray<string> RemindDuring { get; init; }

    /// <summary>What holds after somebody went home.</summary>
    public required ImmutableArray<Sessions.AfterVisit> AfterVisit { get; init; }

    /// <summary>Values outside are asked about once more, by fact.</summary>
    public required ImmutableDictionary<string, (decimal Low, decimal High)> Usual { get; init; }

    /// <summary>Which doses are usual and which nobody is given, by product.</summary>
    public required ImmutableDictionary<string, Sessions.DoseRange> Doses { get; init; }

    /// <summary>The questions before a session, by heading.</summary>
    public required ImmutableArray<SessionGroup> Before { get; init; }

    /// <summary>The answers of the chart a fired rule writes down, so that the life of the clearance sees it.</summary>
    public required ImmutableArray<RuleWrites> Writes { get; init; }

    /// <summary>The events of clearance.md 8.5 that are serious, and those that are not, to choose from.</summary>
    public required ImmutableArray<AdverseKind> Events { get; init; }

    /// <summary>Contacts of the practice once the person has gone home.</summary>
    public required ImmutableArray<AfterwardsTask> Afterwards { get; init; }

    /// <summary>The fact that counts the sessions of a course.</summary>
    public required string Counts { get; init; }

    /// <summary>What a serious event prompts; Casement sends nothing by itself.</summary>
    public required ImmutableArray<string> SeriousPrompts { get; init; }

    public required int LargestFileBytes { get; init; }
}

/// <param name="Tiers">Only after a screen of these tiers before the session; empty for after every session.</param>
public sealed record AfterwardsTask(string Id, string What, DueUnit Unit, int Amount, ImmutableArray<string> Tiers);

public sealed record SessionGroup(string Title, ImmutableArray<string> Facts);

/// <param name="Rules">Any of these rules firing.</param>
/// <param name="Fact">Writes yes to this fact.</param>
public sealed record RuleWrites(ImmutableArray<string> Rules, string Fact);

public sealed record AdverseKind(string Id, string Says, bool Serious);
