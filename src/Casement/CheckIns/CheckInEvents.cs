using Casement.Journal;
using Casement.Measures;

namespace Casement.CheckIns;

/// <summary>A short scale was sent to a person, to be answered by a link without signing in.</summary>
/// <param name="CheckIn">Its id, and that of the link.</param>
/// <param name="Scale">The instrument.</param>
/// <param name="ClosesAt">When the link stops taking answers.</param>
[StoredAs("check-in.sent")]
public sealed record CheckInSent(Guid CheckIn, string Scale, DateTimeOffset ClosesAt) : PatientEvent;

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
