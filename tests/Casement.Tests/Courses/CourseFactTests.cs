using Casement.Clearance;
using Casement.Courses;
using Casement.Sessions;
using static Casement.Tests.Courses.ACourse;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>What a chart tells of a course: across clinics, days and products, and what it does not tell (clearance.md 9.2).</summary>
public sealed class CourseFactTests
{
    static readonly double[] Three = [0, 3, 6];

    [Fact]
    public void Before_the_first_session_these_rules_have_nothing_to_ask()
    {
        Assert.Null(Read(Scheduled, 0));
        // Nor long after a course that is over.
        Assert.Null(Read(With(Three), 200));
    }

    [Fact]
    public void Sessions_of_every_clinic_count()
    {
        var file = new SessionFileReceived(Guid.NewGuid(), Id, "report.pdf", "application/pdf", 10, "aa", Start.AddDays(5), IsOutcome: false);
        var chart = With([0, 3, 7], asked: 8).Told(8, file, new SessionElsewhere(Guid.NewGuid(), Start.AddDays(2), "racemic-ketamine-im", "A clinic in Utah", null));
        Assert.Equal(FactValue.Of(5), Fact(chart, "c-sessions-done", 8));
        Assert.Equal(FactValue.Of(5), Fact(chart, "c-sessions-12mo", 8));
        Assert.Equal(FactValue.Of(5), Fact(chart, "c-sessions-7d", 8));
        // Of a session heard of nobody knows whether the pressure rose.
        Assert.Null(Fact(chart, "c-bp-event", 8));
        Assert.Contains("elsewhere", Read(chart, 8)!.Assessed.Case.Facts["c-sessions-done"].From!.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sessions_in_one_day_are_two()
    {
        var chart = With([0, 0.2]);
        Assert.Equal(FactValue.Of(2), Fact(chart, "c-sessions-done", 2.2));
        Assert.Equal(FactValue.Of(3), Fact(chart, "c-sessions-7d", 2.2));
        Assert.Equal(FactValue.Of(48), Fact(chart, "c-hours-since-last", 2.2));
    }

    [Fact]
    public void Where_only_the_day_is_known_the_gap_is_the_shortest_it_can_have_been()
    {
        var chart = Scheduled.Told(5, new SessionElsewhere(Guid.NewGuid(), Start.AddDays(3), "racemic-ketamine-iv", "A clinic in Utah", 0.5m));
        var midnight = new DateTimeOffset(Start.AddDays(4).ToDateTime(default), Denver.GetUtcOffset(Start.AddDays(4).ToDateTime(default)));
        Assert.Equal(FactValue.Of(Math.Round((decimal)(Day(5) - midnight).TotalHours, 1)), Fact(chart, "c-hours-since-last", 5));
    }

    /// <summary>The hours between two sessions are hours, also over the night the clocks change.</summary>
    [Fact]
    public void A_change_of_the_clocks_adds_no_hour()
    {
        var change = Denver.GetAdjustmentRules().Length > 0 ? Enumerable.Range(0, 400).Select(d => Now.AddDays(d)).First(d => Denver.GetUtcOffset(d) != Denver.GetUtcOffset(d.AddDays(1))) : Now;
        var (before, after) = ((change.AddHours(-20) - Now).TotalDays, (change.AddHours(24) - Now).TotalDays);
        var chart = With([before], asked: after);
        Assert.Equal(FactValue.Of(44), Fact(chart, "c-hours-since-last", after));
        Assert.DoesNotContain("course-interval-induction", Fired(chart, after));
        Assert.Contains("course-interval-induction", Fired(chart, after - 0.01));
    }

    [Fact]
    public void Another_product_is_named_as_what_is_asked_for_and_its_doses_are_not_compared()
    {
        var chart = With([0, 3, 6, 9], asked: 11).Told(10, Session(10, mg: 56, product: "esketamine-nasal"));
        Assert.Equal(FactValue.Of("esketamine-nasal"), Read(chart, 13, product: "esketamine-nasal")!.Assessed.Case.Facts["c-product"].Value);
        Assert.Null(Fact(chart, "c-dose-rise-pct", 13));
        Assert.Equal(FactValue.Of(1), Fact(chart, "c-esk-week", 13));
        Assert.Equal(FactValue.Of(2), Fact(chart, "c-esk-week", 17.5));
    }

    [Fact]
    public void A_new_course_counts_from_nothing_and_the_year_goes_on()
    {
        var chart = With([0, 3, 6, 100], asked: 102);
        Assert.Equal((FactValue.Of(1), FactValue.Of(4)), (Fact(chart, "c-sessions-done", 102), Fact(chart, "c-sessions-12mo", 102)));
        // A closed course still spaces the next.
        var three = With(Three);
        var closed = three.Do(Planning.Close(three, ACourse.Measuring.Defaults, Denver, new(TreatmentCourses.Of(three, ACourse.Measuring.Defaults, Denver)[0].Id, Start.AddDays(7), WhyEnded.Choice, ""), Start.AddDays(8)), Day(8));
        Assert.Equal((FactValue.Of(0), FactValue.Of("induction")), (Fact(closed, "c-sessions-done", 8), Fact(closed, "c-phase", 8)));
        Assert.Equal(FactValue.Of(48), Fact(closed, "c-hours-since-last", 8));
    }

    [Fact]
    public void A_session_asked_for_a_later_day_is_spaced_to_that_day()
    {
        var chart = With(Three);
        Assert.Equal(FactValue.Of(24), Fact(chart, "c-hours-since-last", 7, 7));
        Assert.Equal(FactValue.Of(96), Fact(chart, "c-hours-since-last", 7, 10));
        Assert.Equal(FactValue.Of(2), Fact(chart, "c-sessions-7d", 7, 10.5));
    }

    [Fact]
    public void Phase_and_counts_follow_the_end_of_the_induction()
    {
        var chart = With([0, 3, 6, 9, 12, 15]);
        Assert.Equal((FactValue.Of("maintenance"), FactValue.Of(0)), (Fact(chart, "c-phase", 17), Fact(chart, "c-sessions-done", 17)));
        Assert.Equal(FactValue.Of(2), Fact(chart, "c-days-since-maint-review", 17));
        Assert.Null(Fact(With(Three), "c-days-since-maint-review", 8));
    }

    [Fact]
    public void Improvement_is_of_the_primary_scale_from_the_baseline_before_the_first_session()
    {
        var chart = With(Three, 50);
        Assert.Equal(FactValue.Of(50), Fact(chart, "c-improvement-pct", 8));
        Assert.Equal(FactValue.Of(0), Fact(chart, "c-scale-age", 8));
        Assert.Equal(FactValue.Of(0), Fact(chart, "c-nonimproved-run", 8));
        Assert.Equal(FactValue.Of(false), Fact(chart, "c-worsening", 8));
        // Without a baseline nothing can be said, and that is not fine.
        var bare = Scheduled.Told(1, Session(0), Phq9(1, 4));
        Assert.Null(Fact(bare, "c-improvement-pct", 2));
        Assert.Equal("needs-information", Read(bare, 3)!.Assessed.Outcome.Id);
    }

    [Fact]
    public void A_session_that_is_not_measured_leaves_the_run_untold()
    {
        var chart = Scheduled.Told(-1, Phq9(-1, 20)).Told(0, Session(0)).Told(1, Phq9(1, 19)).Told(3, Session(3));
        Assert.Null(Fact(chart, "c-nonimproved-run", 3.5));
        Assert.Equal(FactValue.Of(2), Fact(chart.Told(4, Phq9(4, 19)), "c-nonimproved-run", 5));
    }

    [Fact]
    public void New_suicidal_thoughts_are_worsening_whatever_the_score()
    {
        var chart = Scheduled.Told(-1, Phq9(-1, 20)).Told(0, Session(0)).Told(1, Phq9(1, 8, item9: 1));
        Assert.Equal(FactValue.Of(true), Fact(chart, "c-worsening", 2));
        var screened = With(Three).Told(7.95, Says(7.95, FactSource.Clinician, ("c-cssrs-tier", FactValue.Of("low"))));
        Assert.Equal(FactValue.Of(true), Fact(screened, "c-worsening", 8));
    }

    [Fact]
    public void What_reassured_before_the_last_session_is_asked_again_and_what_worried_stays()
    {
        var chart = With(Three, asked: 8).Told(9, Session(9));
        Assert.Null(Fact(chart, "c-craving", 10));
        Assert.Null(Fact(chart, "c-cssrs-tier", 10));
        var worried = With(Three, asked: 8).Told(8.5, Says(8.5, FactSource.Patient, ("c-haematuria", FactValue.Of(true)))).Told(9, Session(9));
        Assert.Equal(FactValue.Of(true), Fact(worried, "c-haematuria", 60));
        // The patient's own no does not take it back; a clinician's does.
        Assert.Equal(FactValue.Of(true), Fact(worried.Told(10, Says(10, FactSource.Patient, ("c-haematuria", FactValue.Of(false)))), "c-haematuria", 11));
        Assert.Equal(FactValue.Of(false), Fact(worried.Told(10, Says(10, FactSource.Clinician, ("c-haematuria", FactValue.Of(false)))), "c-haematuria", 11));
    }

    [Fact]
    public void Whether_it_lasted_a_day_cannot_be_told_before_a_day_is_over()
    {
        var chart = Scheduled.Told(0, Session(0)).Told(0.9, Says(0.9, FactSource.Clinician, ("c-dissociation-24h", FactValue.Of(false))));
        Assert.Null(Fact(chart, "c-dissociation-24h", 2));
        Assert.Equal(FactValue.Of(false), Fact(chart.Told(1.1, Says(1.1, FactSource.Clinician, ("c-dissociation-24h", FactValue.Of(false)))), "c-dissociation-24h", 2));
    }

    [Fact]
    public void What_a_new_clearance_looks_at_does_not_hold_up_its_signature()
    {
        var chart = With(Three).Told(7.95, Says(7.95, FactSource.Partner, ("c-serious-event", FactValue.Of(true)), ("c-bp-event", FactValue.Of(true))));
        Assert.Equal("hold", Read(chart, 8)!.Assessed.Outcome.Id);
        Assert.Equal("continue", Read(chart, 8, renewing: true)!.Assessed.Outcome.Id);
    }

    [Fact]
    public void Liver_tests_are_as_old_as_the_older_of_the_two()
    {
        var chart = With(Three).Told(8, Says(-30, FactSource.Laboratory, ("alt-x-uln", FactValue.Of(0.9m))));
        Assert.Equal(FactValue.Of(0.7m), Fact(chart, "c-alt-x-uln", 8));
        Assert.Equal(FactValue.Of(0), Fact(chart, "c-lft-age", 8));
        Assert.Equal(FactValue.Of(0), Fact(chart, "c-sessions-since-lft", 8));
    }

    [Fact]
    public void Every_fact_that_is_known_says_from_what()
    {
        foreach (var fact in Read(With([0, 3, 6, 9, 12, 15, 30, 60]), 70)!.Assessed.Case.Facts.Values)
            Assert.True(fact.From is { Says.Length: > 5 }, fact.Fact);
    }
}
