using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Courses;

/// <summary>What the clinician and the patient agreed before the first session of a series: by what it is judged, when it ends and why it would be stopped (clearance.md 9.4).</summary>
/// <param name="Product">By its id in the protocol, such as "racemic-ketamine-iv".</param>
/// <param name="PrimaryScale">The scale of the condition treated, such as "phq9"; chosen before the first session, never after its results are known.</param>
/// <param name="InductionSessions">How many sessions the induction has.</param>
/// <param name="From">The day it was planned, in the practice's zone; sessions from then on belong to it.</param>
/// <param name="Goal">In the patient's words.</param>
/// <param name="EndsOn">By when the course is to be over, unless it is agreed anew.</param>
/// <param name="StopRule">What would end it early, in words both understand.</param>
[StoredAs("course.planned")]
public sealed record CoursePlanned(Guid Course, string Product, string PrimaryScale, int InductionSessions, DateOnly From, string Goal, DateOnly EndsOn, string StopRule) : PatientEvent;

/// <summary>Why an induction, or a course, ended. Reported apart (instruments.md section 8).</summary>
public enum WhyEnded { AsPlanned, Response, AdverseEffect, Cost, Choice, Unknown }

/// <summary>The induction ended before its planned number of sessions.</summary>
[StoredAs("course.induction-ended")]
public sealed record InductionEnded(Guid Course, DateOnly On, WhyEnded Why, string Note) : PatientEvent;

/// <summary>The course is over. No milestone comes due from that day on.</summary>
[StoredAs("course.closed")]
public sealed record CourseClosed(Guid Course, DateOnly On, WhyEnded Why, string Note) : PatientEvent;

/// <summary>A session nobody reported to us: at a clinic that is no partner, or before the person came.</summary>
/// <param name="Where">As told.</param>
/// <param name="DoseMgPerKg">Null when not known.</param>
[StoredAs("course.session-elsewhere")]
public sealed record SessionElsewhere(Guid Session, DateOnly On, string Product, string Where, decimal? DoseMgPerKg) : PatientEvent;

/// <summary>Something clinical happened that scores alone would not tell.</summary>
/// <param name="Kind">One of the definitions, such as "psychiatric-admission".</param>
[StoredAs("course.clinical-event")]
public sealed record ClinicalEventRecorded(Guid Event, string Kind, DateOnly On, string Note) : PatientEvent;

/// <summary>The patient asked for a session earlier than planned. Asking is no fault; several in a short time are looked at (clearance.md 9.3, course-early-requests).</summary>
[StoredAs("course.early-request")]
public sealed record EarlySessionAsked(Guid Request, DateOnly On, string Note) : PatientEvent;

/// <summary>A clinician set a finding about the course aside. It counts until the next session, or until an answer it rests on changes.</summary>
/// <param name="Sessions">How many sessions there were on the chart then.</param>
/// <param name="Read">The answers the rule read, without those the clock alone moves.</param>
[StoredAs("course.override-given")]
public sealed record CourseOverrideGiven(Override Override, int Sessions, ImmutableArray<Answer> Read) : PatientEvent;

/// <summary>A second licensed person agreed.</summary>
[StoredAs("course.override-cosigned")]
public sealed record CourseOverrideCosigned(string Rule, string Cosigner, string CosignerKind) : PatientEvent;

/// <summary>Somebody tried to set aside what nobody may. Refused, and kept on record.</summary>
[StoredAs("course.override-refused")]
public sealed record CourseOverrideRefused(string Rule, string Reason) : PatientEvent;

/// <summary>A licensed clinician looked at the whole course, with everything it was judged from, so that it replays to the identical result for ever. In maintenance it is the maintenance review.</summary>
/// <param name="Course">The course by its id.</param>
/// <param name="Given">Every input: facts, overrides, limits in force, and the instant.</param>
/// <param name="ProtocolHash">The exact protocol; its files are kept under this hash.</param>
/// <param name="DefaultsVersion">Of the definitions that say what a course is and what is asked.</param>
/// <param name="Outcome">What the protocol proposed.</param>
/// <param name="Note">What was found and decided, in the clinician's words: need, benefit, spacing.</param>
/// <param name="NextBy">By when the next full review is due.</param>
[StoredAs("course.reviewed")]
public sealed record CourseReviewed(Guid Review, Guid Course, Case Given, string ProtocolHash, string ProtocolVersion, string DefaultsVersion, string Outcome, ImmutableArray<string> Fired, ImmutableArray<string> Open, string Note, DateOnly NextBy) : PatientEvent;

/// <summary>How a course that goes on came out when something about it changed; written by the program, so that the worklist shows it before anybody asks for a session.</summary>
/// <param name="Outcome">By its id in the protocol.</param>
/// <param name="Fired">The rules that bring it.</param>
/// <param name="Because">In one line.</param>
[StoredAs("course.stands")]
public sealed record CourseStands(Guid Course, string Outcome, ImmutableArray<string> Fired, string Because) : PatientEvent;
