using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Courses;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>A person on a course of treatment, told as sessions and answers on days counted from the first session, a Monday.</summary>
static class Course
{
    public static readonly Scales Held = ScalesFolder.Read(Root.Path("definitions"));
    public static readonly CheckInPlan Plan = CheckInsFile.Load(Root.Path("definitions"), Held.Instruments);
    public static readonly ScaleFacts Facts = ScaleFactsFile.Load(Root.Path("definitions"), Rulebook, Held.Instruments);

    public static readonly Measuring Measured = new(Held, CoursesFile.Load(Root.Path("definitions"), Rulebook, Held.Instruments))
    {
        Alarms = CourseAlarmsFile.Load(Root.Path("definitions")),
        Proposals = ProposalsFile.Load(Root.Path("definitions"), Held.Instruments),
        Schedule = ScheduleFile.Load(Root.Path("definitions"), Rulebook, Held.Instruments),
    };

    public static readonly SittingRules Rules = new(Measured, Plan, Casement.FollowUp.PracticeCalendar.Plain, Denver);

    /// <summary>The day of the first session.</summary>
    public static readonly DateOnly Start = new(2026, 6, 1);

    public static DateOnly Day(int day) => Start.AddDays(day);

    /// <summary>An hour of a day at the practice.</summary>
    public static DateTimeOffset At(int day, int hour = 12) => Casement.FollowUp.BusinessDays.At(Day(day), new(hour, 0), Denver);

    public static Chart With(params PatientEvent[] events) => Referrals.Loop.At(ClearedChart, Now, Clinic, events);

    public static SessionElsewhere Session(int day) => new(DerivedId.Of("session", $"{day}"), Day(day), "racemic-ketamine-iv", "A clinic", null);

    /// <summary>Six sessions, Mondays and Thursdays: the induction ends on day 17.</summary>
    public static SessionElsewhere[] Induction { get; } = [.. new[] { 0, 3, 7, 10, 14, 17 }.Select(Session)];

    public static ScaleAnswered Answered(string scale, int day, decimal score = 0, Guid? sitting = null, ResponseStatus status = ResponseStatus.Complete, params string[] flags)
    {
        var found = Held.Instruments.Find(scale);
        return new(sitting ?? Guid.NewGuid(), scale, found?.Version ?? "", ImmutableSortedDictionary<string, decimal>.Empty, status,
            ImmutableSortedDictionary<string, decimal>.Empty.Add(found?.Trajectory?.Score ?? found?.PrimaryScore ?? "", score), [.. flags], At(day), FactSource.Patient);
    }

    public static Chart And(this Chart chart, params PatientEvent[] events) => Referrals.Loop.At(chart, Now, Clinic, events);
}
