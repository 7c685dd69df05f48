using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Safety;

/// <summary>An action as it was asked for, with the instant its clock runs out.</summary>
/// <param name="Action">Its id in the rules.</param>
/// <param name="Short">In a few words.</param>
/// <param name="Unit">The unit it is counted in.</param>
/// <param name="DueAt">When it must be done.</param>
/// <param name="DoneBy">What closes it.</param>
public sealed record ActionDue(string Action, string Short, ClockUnit Unit, DateTimeOffset DueAt, DoneBy DoneBy);

/// <summary>An answer gave cause for concern: the pathway is open from here until a clinician closes it.</summary>
/// <param name="Alert">Names the concern.</param>
/// <param name="Tier">How it was triaged.</param>
/// <param name="Unattended">Nobody of the practice was there when it was answered.</param>
/// <param name="Because">Which answers, in words for staff.</param>
/// <param name="Actions">What is asked of whom by when; what was open already is not asked again.</param>
/// <param name="Rules">The version of the rules the clocks were taken from.</param>
[StoredAs("safety.alerted")]
public sealed record SafetyAlerted(Guid Alert, SafetyTier Tier, bool Unattended, string Because, ImmutableArray<ActionDue> Actions, string Rules) : PatientEvent;

/// <summary>Somebody said "I have seen it and am on it".</summary>
[StoredAs("safety.acknowledged")]
public sealed record SafetyAcknowledged(Guid Alert) : PatientEvent;

/// <summary>Whoever had seen it handed it back before it was evaluated: nobody has it, and its clock begins anew.</summary>
[StoredAs("safety.handed-back")]
public sealed record SafetyHandedBack(Guid Alert) : PatientEvent;

/// <summary>Nobody had said "seen" in time, and the next person was told.</summary>
[StoredAs("safety.escalated")]
public sealed record SafetyEscalated(Guid Alert, int Step, string Whom) : PatientEvent;

/// <summary>What came of trying to reach somebody.</summary>
public enum ContactOutcome { NoContactNeeded, Reached, LeftMessage, NoAnswer, EmergencyServices, NotNeeded }

/// <summary>Something the pathway asks for was done or tried.</summary>
/// <param name="Act">Names the record; the same twice is one.</param>
/// <param name="Action">The id of the action, or "follow-up".</param>
/// <param name="What">What was done, in words.</param>
/// <param name="DoneAt">When, which may be before it was written down.</param>
/// <param name="Outcome">Whether the person was reached.</param>
[StoredAs("safety.action-done")]
public sealed record SafetyActionDone(Guid Act, string Action, string What, DateTimeOffset DoneAt, ContactOutcome Outcome) : PatientEvent;

/// <summary>How a clinician met the person.</summary>
public enum MetBy { InPerson, Video, Phone }

/// <summary>The risk as a clinician formulates it.</summary>
public enum ClinicianLevel { Low, Moderate, High, Imminent }

/// <summary>A clinician's structured evaluation.</summary>
/// <param name="Findings">Ideation, intent, plan, behaviour, means, protective factors: as found.</param>
/// <param name="Formulation">Risk as understood: state, what could change it, what protects.</param>
/// <param name="MeansUnsecured">Whether lethal means are within reach without safe storage; null when not asked.</param>
/// <param name="Decided">What happens next, and about clearance.</param>
/// <param name="FollowUpOn">The date of the next contact; always given.</param>
/// <param name="FollowUpBy">When that day ends at the practice.</param>
[StoredAs("safety.evaluated")]
public sealed record SafetyEvaluated(
    Guid Evaluation,
    DateTimeOffset EvaluatedAt,
    MetBy By,
    string Findings,
    string Formulation,
    ClinicianLevel Level,
    bool? MeansUnsecured,
    string Decided,
    DateOnly FollowUpOn,
    DateTimeOffset FollowUpBy) : PatientEvent;

/// <summary>A clinician closed the pathway. A new positive answer opens it again.</summary>
[StoredAs("safety.closed")]
public sealed record SafetyClosed(string Because) : PatientEvent;

/// <summary>The safety plan in the patient's own words, whole; it replaces the one before.</summary>
/// <param name="Parts">The six parts, in order.</param>
[StoredAs("safety.plan-written")]
public sealed record SafetyPlanWritten(Guid Plan, ImmutableArray<PlanPart> Parts) : PatientEvent;

/// <param name="Part">Such as "plan-1".</param>
public sealed record PlanPart(string Part, ImmutableArray<string> Lines);

/// <summary>A clinician went through the plan with the patient.</summary>
/// <param name="ReviewedOn">On this date at the practice.</param>
/// <param name="AgainBy">The instant by which it is looked at again.</param>
[StoredAs("safety.plan-reviewed")]
public sealed record SafetyPlanReviewed(Guid Plan, DateOnly ReviewedOn, DateTimeOffset AgainBy) : PatientEvent;
