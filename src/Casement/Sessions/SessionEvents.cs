using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Referrals;

namespace Casement.Sessions;

/// <summary>Something that happened on a session day at the partner clinic.</summary>
public abstract record SessionEvent(Guid Session) : PatientEvent;

/// <summary>One evaluation of the protocol on a session day, with everything it was made from, so that it replays.</summary>
/// <param name="Given">Every input: answers, medicines, overrides, limits in force, and the instant.</param>
/// <param name="ProtocolHash">The exact protocol.</param>
/// <param name="Outcome">Such as "go-with-conditions".</param>
/// <param name="Fired">Rules that were true.</param>
/// <param name="Open">Rules that could not be told.</param>
public sealed record Evaluation(Case Given, string ProtocolHash, string Outcome, ImmutableArray<string> Fired, ImmutableArray<string> Open);

/// <summary>The partner went through the checklist before a session.</summary>
/// <param name="Session">The session it would be.</param>
/// <param name="Check">Names this check, so that a double click checks once.</param>
/// <param name="Clearance">The signed decision it was checked under; null when there was none.</param>
/// <param name="GoodUntil">A session may start on it until then.</param>
[StoredAs("session.checked")]
public sealed record SessionChecked(Guid Session, Guid Referral, Guid Check, Guid? Clearance, Evaluation Evaluation, DateTimeOffset GoodUntil) : SessionEvent(Session);

/// <summary>Somebody tried to set aside on a session day what nobody may. Refused, and kept on record.</summary>
[StoredAs("session.override-refused")]
public sealed record SessionOverrideRefused(Guid Session, string Rule, string By, string Reason) : SessionEvent(Session);

/// <summary>The dose was begun.</summary>
/// <param name="Giver">Who gave it, with title.</param>
/// <param name="DoseMg">As ordered by the prescriber; null when not told.</param>
/// <param name="WeightKg">Null when not told.</param>
/// <param name="ReportBy">By when the report is asked for.</param>
[StoredAs("session.started")]
public sealed record SessionStarted(Guid Session, Guid Referral, Guid Check, string Product, DateTimeOffset StartedAt, string Giver, decimal? DoseMg, decimal? WeightKg, DateTimeOffset ReportBy) : SessionEvent(Session);

/// <summary>A set of readings at the chair.</summary>
/// <param name="Reading">Names it, so that a double click writes once.</param>
/// <param name="NextDueAt">When the next set is due.</param>
[StoredAs("session.reading-taken")]
public sealed record SessionReadingTaken(Guid Session, Guid Reading, Evaluation Evaluation, string Note, DateTimeOffset NextDueAt) : SessionEvent(Session);

/// <summary>The infusion or injection ended, or was stopped.</summary>
[StoredAs("session.dose-ended")]
public sealed record SessionDoseEnded(Guid Session, DateTimeOffset EndedAt, bool Stopped) : SessionEvent(Session);

/// <summary>Something untoward happened.</summary>
/// <param name="Kind">One of the kinds of the definitions.</param>
/// <param name="Serious">As the definitions had it then.</param>
[StoredAs("session.adverse-event")]
public sealed record SessionAdverseEvent(Guid Session, Guid Event, string Kind, bool Serious, string What, DateTimeOffset At) : SessionEvent(Session);

/// <summary>The partner checked whether the patient may go home.</summary>
[StoredAs("session.discharge-checked")]
public sealed record SessionDischargeChecked(Guid Session, Guid Check, Evaluation Evaluation) : SessionEvent(Session);

/// <summary>The patient went home.</summary>
/// <param name="With">Who took them home.</param>
[StoredAs("session.discharged")]
public sealed record SessionDischarged(Guid Session, DateTimeOffset At, string With) : SessionEvent(Session);

/// <summary>There was no session after all.</summary>
[StoredAs("session.called-off")]
public sealed record SessionCalledOff(Guid Session, string Reason) : SessionEvent(Session);

public enum AfterSession { AnotherSession, CourseComplete, TreatmentStopped }

/// <summary>What the partner tells about one session, from whoever gave the dose.</summary>
/// <param name="StartedAt">Begin of the dose.</param>
/// <param name="EndedAt">End of the dose.</param>
/// <param name="DoseMgPerKg">Worked out from dose and weight; null where no weight was told.</param>
/// <param name="Lot">For esketamine; empty otherwise.</param>
/// <param name="Observer">Who observed, with title.</param>
/// <param name="Vitals">The highest and last readings in words; empty when they stand in the session itself.</param>
/// <param name="Events">What happened; "none" is an answer.</param>
/// <param name="Discharge">How the patient was on leaving, and with whom.</param>
public sealed record SessionReport(string Product, DateTimeOffset StartedAt, DateTimeOffset EndedAt, decimal DoseMg, decimal? WeightKg, decimal? DoseMgPerKg, string Lot, string Giver, string Observer, string Vitals, string Events, string Discharge, AfterSession Next, string NextNote);

/// <summary>The partner reported a session. Read and signed by us, it is part of the record.</summary>
[StoredAs("session.reported")]
public sealed record SessionReported(Guid Session, Guid Referral, SessionReport Report, Heard? Heard) : SessionEvent(Session);

/// <summary>The partner sent a file instead. Its bytes are sealed on the shelf under its id.</summary>
/// <param name="SessionOn">The day of the session it reports.</param>
[StoredAs("session.file-received")]
public sealed record SessionFileReceived(Guid File, Guid Referral, string FileName, string MediaType, int Bytes, string Sha256, DateOnly SessionOn, bool IsOutcome) : PatientEvent;

/// <summary>A clinician of ours read a report, or a file, and signed for it.</summary>
/// <param name="What">The session, or the file.</param>
[StoredAs("session.report-read")]
public sealed record SessionReportRead(Guid What, string Note) : PatientEvent;
