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
