using Casement.Courses;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>Which sessions belong together, what their course is judged by, and when an induction is over (instruments.md sections 6 and 7).</summary>
public sealed class TreatmentCoursesTests
{
    static readonly Measuring Measuring = CoursesFile.Measuring(Root.Path("definitions"), Rulebook, ScalesFolder.Read(Root.Path("definitions")));
    static readonly DateOnly Start = CourseOnChart.DateIn(Now, Denver);

    static SessionReported Reported(int day, AfterSession next = AfterSession.AnotherSession, decimal dose = 35) =>
        new(Guid.NewGuid(), Id, new("racemic-ketamine-iv", Now.AddDays(day), Now.AddDays(day).AddMinutes(40), dose, 70, dose / 70, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", next, ""), null);

    static Chart With(params PatientEvent[] events) => At(Scheduled, Now.AddDays(400), Clinic, events);

    static CourseOnChart[] CoursesOf(Chart chart) => [.. TreatmentCourses.Of(chart, Measuring.Defaults, Denver)];

    static CoursePlanned Plan(int day, Guid? id = null) => new(id ?? Guid.NewGuid(), "racemic-ketamine-iv", "phq9", 4, Start.AddDays(day), "Walk the dog every day", Start.AddDays(day + 180), "No change after four sessions");

    [Fact]
    public void Six_sessions_are_an_induction_and_those_after_it_maintenance()
    {
        var chart = With([.. Enumerable.Range(0, 8).Select(i => Reported(i * 3))]);
        var course = Assert.Single(CoursesOf(chart));
        Assert.Equal((Start, Start.AddDays(15), SessionPhase.Maintenance), (course.TimeZero, course.InductionEnd, course.Phase));
        Assert.Equal([SessionPhase.Induction, SessionPhase.Maintenance], course.Sessions.Select(s => s.Phase).Distinct());
        Assert.Equal((0.5m, 8), (course.Sessions[^1].DoseMgPerKg, course.Sessions[^1].Number));
    }

    [Fact]
    public void A_long_gap_ends_a_course_nobody_planned_and_not_one_that_was()
    {
        Assert.Equal(2, CoursesOf(With(Reported(0), Reported(3), Reported(63))).Length);
        Assert.Single(CoursesOf(With(Reported(0), Reported(3), Reported(62))));
        Assert.Single(CoursesOf(With(Plan(-1), Reported(0), Reported(3), Reported(90))));
        // Where the next course begins, the one before is over: a new series is what the trajectory calls a relapse, if the person had responded.
        var first = CoursesOf(With(Reported(0), Reported(3), Reported(63)))[0].Record(With(), Measuring.Scales.Instruments.Find("phq9")!, Denver, Start.AddDays(100));
        Assert.Equal(("new-induction", Start.AddDays(63)), (Assert.Single(first.Events).Kind, first.AsOf));
    }

    [Fact]
    public void A_plan_written_down_in_the_middle_takes_in_how_the_series_began()
    {
        var course = Assert.Single(CoursesOf(With(Reported(0), Plan(2), Reported(3), Reported(6), Reported(9))));
        Assert.Equal((4, true, Start), (course.Sessions.Length, course.InductionComplete, course.TimeZero));
    }

    [Fact]
    public void A_session_before_any_dose_counts_for_nothing_and_one_elsewhere_counts()
    {
        var elsewhere = new SessionElsewhere(Guid.NewGuid(), Start.AddDays(-2), "racemic-ketamine-im", "A clinic in Utah", null);
        var course = Assert.Single(CoursesOf(With(Reported(0, dose: 0), elsewhere, Reported(5))));
        Assert.Equal([Start.AddDays(-2), Start.AddDays(5)], course.Sessions.Select(s => s.On));
        // A file about a session that is told of otherwise tells of no other.
        var file = new SessionFileReceived(Guid.NewGuid(), Id, "report.pdf", "application/pdf", 10, "aa", Start.AddDays(6), IsOutcome: false);
        Assert.Equal(2, Assert.Single(CoursesOf(With(elsewhere, Reported(5), file))).Sessions.Length);
        Assert.Equal(3, Assert.Single(CoursesOf(With(elsewhere, Reported(5), file with { SessionOn = Start.AddDays(9) }))).Sessions.Length);
    }

    [Fact]
    public void An_induction_ends_early_when_the_clinic_or_the_clinician_says_so()
    {
        Assert.True(Assert.Single(CoursesOf(With(Reported(0), Reported(3, AfterSession.TreatmentStopped)))).InductionComplete);
        var chart = With(Reported(0), Reported(3));
        var end = new InductionEnded(CoursesOf(chart)[0].Id, Start.AddDays(5), WhyEnded.AdverseEffect, " dizzy ");
        Assert.IsType<Refused>(Planning.EndInduction(chart, Measuring.Defaults, Denver, end with { On = Start }, Start.AddDays(6)));
        var ended = chart.Do(Planning.EndInduction(chart, Measuring.Defaults, Denver, end, Start.AddDays(6)));
        Assert.Equal(Start.AddDays(3), Assert.Single(CoursesOf(ended)).InductionEnd);
        Assert.Equal(SessionPhase.Maintenance, CoursesOf(At(ended, Now.AddDays(20), Clinic, Reported(20)))[0].Sessions[^1].Phase);
    }

    [Fact]
    public void There_is_one_course_at_a_time_and_its_scale_stays_once_sessions_were_given()
    {
        var plan = Plan(0);
        var chart = Scheduled.Do(Planning.Plan(Scheduled, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, plan));
        Assert.IsType<AlreadySo>(Planning.Plan(chart, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, plan));
        Assert.IsType<Refused>(Planning.Plan(chart, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, Plan(1)));
        Assert.IsType<Accepted>(Planning.Plan(chart, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, plan with { PrimaryScale = "gad7" }));
        var begun = At(chart, Now.AddDays(1), Clinic, Reported(1));
        Assert.IsType<Refused>(Planning.Plan(begun, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, plan with { PrimaryScale = "gad7" }));
        Assert.IsType<Accepted>(Planning.Plan(begun, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, plan with { InductionSessions = 6 }));
        var closed = begun.Do(Planning.Close(begun, Measuring.Defaults, Denver, new(plan.Course, Start.AddDays(2), WhyEnded.Choice, ""), Start.AddDays(2)));
        Assert.IsType<Accepted>(Planning.Plan(closed, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, Plan(3)));
    }

    [Theory]
    [InlineData("no goal")]
    [InlineData("no stop rule")]
    [InlineData("ends before it begins")]
    [InlineData("a scale that judges nothing")]
    [InlineData("no such product")]
    public void A_plan_without_what_was_agreed_is_refused(string what)
    {
        var plan = Plan(0);
        plan = what switch
        {
            "no goal" => plan with { Goal = " " },
            "no stop rule" => plan with { StopRule = "" },
            "ends before it begins" => plan with { EndsOn = plan.From },
            "a scale that judges nothing" => plan with { PrimaryScale = "who5" },
            _ => plan with { Product = "psilocybin" },
        };
        Assert.IsType<Refused>(Planning.Plan(Scheduled, Measuring.Defaults, Rulebook, Measuring.Scales.Instruments, Denver, plan));
    }

    [Theory]
    [InlineData("by-indication: {gad: gad7}", "by-indication: {gout: gad7}", "There is no indication gout.")]
    [InlineData("otherwise: phq9", "otherwise: pulse", "A course cannot be judged by pulse")]
    [InlineData("induction-sessions: 6", "induction-sessions: 0", "Write a number of 1 or more.")]
    public void A_wrong_definition_is_named(string right, string wrong, string says)
    {
        var text = "version: 1.0.0\ninduction-sessions: 6\nnew-course-after-days: 60\nprimary-scale:\n  otherwise: phq9\n  by-indication: {gad: gad7}\nclinical-events: []\n";
        var error = Assert.Throws<DefinitionException>(() => CoursesFile.Read("courses.yaml", text.Replace(right, wrong, StringComparison.Ordinal), Rulebook, Measuring.Scales.Instruments));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
