using System.Collections.Immutable;
using Casement.Journal;
using Casement.Measures;

namespace Casement.CheckIns;

/// <summary>A short scale was sent to a person, to be answered by a link without signing in.</summary>
/// <param name="CheckIn">Its id, and that of the link.</param>
/// <param name="Scale">The instrument.</param>
/// <param name="ClosesAt">When the link stops taking answers.</param>
[StoredAs("check-in.sent")]
public sealed record CheckInSent(Guid CheckIn, string Scale, DateTimeOffset ClosesAt) : PatientEvent;

/// <summary>What becomes of a sitting nobody answers.</summary>
public enum IfSilent { Shown, CallIfFlagged, Call }

/// <summary>A window of the schedule opened and its questions were put to the person, all in one sitting.</summary>
/// <param name="CheckIn">Names the sitting and its link; derived from course, milestone and due day, so that it is asked once on however many nodes.</param>
/// <param name="Course">The course it belongs to.</param>
/// <param name="Milestone">The row of the schedule.</param>
/// <param name="Called">What staff call it, as of that day.</param>
/// <param name="Scales">What is asked, in order.</param>
/// <param name="SignsIn">The person signs in to answer; otherwise the link is enough.</param>
/// <param name="ClosesAt">The end of the closing day at the practice.</param>
/// <param name="CallAt">The business morning after it closes.</param>
/// <param name="IfSilent">Whether somebody then calls.</param>
/// <param name="Schedule">The version of the schedule.</param>
[StoredAs("check-in.sitting-asked")]
public sealed record SittingAsked(
    Guid CheckIn,
    Guid Course,
    string Milestone,
    string Called,
    ImmutableArray<string> Scales,
    bool SignsIn,
    DateOnly OpensOn,
    DateOnly DueOn,
    DateOnly ClosesOn,
    DateTimeOffset ClosesAt,
    DateTimeOffset CallAt,
    IfSilent IfSilent,
    string Schedule) : PatientEvent;

/// <summary>An answer calls for somebody. It stands until a clinician says what was done.</summary>
/// <param name="CheckIn">The check-in it came from.</param>
/// <param name="Flag">The flag of the scale that fired.</param>
/// <param name="Severity">As the scale says.</param>
/// <param name="Says">What the worklist says, as of that day.</param>
[StoredAs("check-in.alarm-raised")]
public sealed record AlarmRaised(Guid CheckIn, string Flag, Severity Severity, string Says) : PatientEvent;

/// <summary>What was done about an alarm.</summary>
[StoredAs("check-in.alarm-closed")]
public sealed record AlarmClosed(Guid CheckIn, string Flag, string Done) : PatientEvent;

/// <summary>Somebody reached the person whose check-in stayed unanswered, or found that it no longer matters.</summary>
[StoredAs("check-in.silence-settled")]
public sealed record CheckInSilenceSettled(Guid CheckIn, string Done) : PatientEvent;

/// <summary>An alarm as it stands.</summary>
public sealed record AlarmOnChart(AlarmRaised Raised, DateTimeOffset RaisedAt, AlarmClosed? Closed = null, DateTimeOffset? ClosedAt = null);
