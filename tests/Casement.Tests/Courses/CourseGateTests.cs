using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;
using static Casement.Tests.Courses.ACourse;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>What a course lets be signed, asked for, dated and begun, and what follows when it comes out otherwise.</summary>
public sealed class CourseGateTests
{
    static readonly double[] Three = [0, 3, 6];
    static readonly Following Everything = new(Rulebook, () => Defaults, null, ConsentDocuments.None, Denver) { Measuring = ACourse.Measuring };
    static readonly Actor Casey = new(ActorKind.Staff, "casey", "Casey Lund", "MD");

    static ReferralScheduled On(double day) => new ReferralScheduled(Id, Day(day), null);

    static SessionStarted Starts(double day) => new SessionStarted(Guid.NewGuid(), Id, Guid.NewGuid(), "racemic-ketamine-iv", Day(day), "Dr Osei", 35, 70, Day(day + 7));

    static string? Refuses(Chart chart, double now, PatientEvent wish, Actor? by = null) => Gate.Refuses(chart, by ?? Nurse, [wish], Day(now));

    static ClearanceSigned Sign(Chart chart) => chart.Clearances[^1].Signed with { Clearance = Guid.NewGuid() };

    static Chart Worried(params (string, FactValue)[] facts) => With(Three, asked: 8).Told(7.95, Says(7.95, FactSource.Clinician, facts));

    /// <summary>An act with all that follows from it.</summary>
    static Chart Acts(Chart before, double day, params PatientEvent[] events)
    {
        var after = At(before, Day(day), Nurse, events);
        return At(after, Day(day), Actor.Casement, Everything.Of(before, after, Day(day)).AsSpan());
    }

    [Fact]
    public void A_first_session_is_not_its_concern()
    {
        Assert.Null(Refuses(Scheduled, 4, Starts(4)));
        Assert.Null(Refuses(Scheduled, 1, On(4)));
        Assert.Null(Refuses(Authorised, 0, Sent.Referrals[Id].Sent!));
        Assert.Null(Refuses(Scheduled, 4, Sign(Scheduled)));
    }

    [Fact]
    public void All_well_goes_ahead()
    {
        var chart = With(Three, asked: 7.2);
        Assert.Null(Refuses(chart, 8, Starts(8)));
        Assert.Null(Refuses(chart, 7.2, On(8)));
        Assert.Null(Refuses(chart, 7.2, Sign(chart)));
        Assert.Null(Refuses(chart, 7.2, Sent.Referrals[Id].Sent!));
    }

    [Fact]
    public void A_hold_refuses_each_with_what_resolves_it()
    {
        var chart = Worried(("c-haematuria", FactValue.Of(true)));
        Assert.Contains("Significant urinary symptoms: urine culture; re-clear.", Refuses(chart, 8, Sign(chart)), StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", Refuses(chart, 8, Sent.Referrals[Id].Sent!), StringComparison.Ordinal);
        Assert.Contains("Significant urinary symptoms", Refuses(chart, 8, On(20)), StringComparison.Ordinal);
        Assert.NotNull(Refuses(chart, 8, new ReferralDatesProposed(Id, [Day(20)], null), Clinic));
        Assert.NotNull(Refuses(chart, 8, Starts(8)));
        // What has been is written down whatever the rules say.
        Assert.Null(Refuses(chart, 8, On(7)));
        Assert.Null(Refuses(chart, 8, Session(7)));
    }

    [Fact]
    public void A_clinic_and_a_patient_are_told_no_reason()
    {
        var chart = Worried(("c-outside-use", FactValue.Of(true)));
        foreach (var said in new[] { Refuses(chart, 8, On(20), Clinic), Refuses(chart, 8, On(20), new(ActorKind.Patient, "wren", "Wren")), Refuses(chart, 8, Starts(8), Clinic) })
        {
            Assert.Contains("The practice has to look at the course", said, StringComparison.Ordinal);
            Assert.DoesNotContain("outside", said, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void What_is_missing_is_listed_and_holds_all_but_a_date()
    {
        var chart = With(Three, asked: 8).Told(9, Session(9));
        Assert.Contains("Craving between sessions", Refuses(chart, 12, Sign(chart)), StringComparison.Ordinal);
        Assert.NotNull(Refuses(chart, 12, Starts(12)));
        Assert.Null(Refuses(chart.Told(10, Phq9(10, 13)), 12, On(14)));
    }

    [Fact]
    public void A_date_too_soon_is_refused_with_the_first_that_is_not()
    {
        var said = Refuses(With(Three, asked: 8), 6.5, On(7), Clinic);
        Assert.StartsWith("This date is too soon after the last session. The earliest is ", said, StringComparison.Ordinal);
        Assert.Contains("too soon", Refuses(With(Three, asked: 7.5), 7.5, Starts(7.5), Clinic), StringComparison.Ordinal);
    }

    [Fact]
    public void A_review_lets_it_go_ahead_and_opens_a_task_within_14_days_once()
    {
        var chart = Acts(With(Three, asked: 8), 7.95, Says(7.95, FactSource.Clinician, ("c-craving", FactValue.Of(6))));
        Assert.Null(Refuses(chart, 8, Starts(8)));
        var task = Assert.Single(chart.Tasks.Values, t => t.Opened.What.StartsWith("Course review: Craving", StringComparison.Ordinal)).Opened;
        Assert.True(task.DueAt <= Day(7.95 + 15) && task.Unit is DueUnit.CalendarDays);
        Assert.Single(Acts(chart, 8, new EarlySessionAsked(Guid.NewGuid(), Start.AddDays(8), "")).Tasks);
    }

    [Fact]
    public void Two_signals_of_dependence_suspend_the_clearance_and_tell_everybody()
    {
        var one = Acts(With(Three, asked: 8), 7.9, Says(7.9, FactSource.Clinician, ("c-craving", FactValue.Of(6))), new EarlySessionAsked(Guid.NewGuid(), Start.AddDays(6), ""));
        Assert.Null(one.Clearances[^1].Suspended);
        var two = Acts(one, 7.95, new EarlySessionAsked(Guid.NewGuid(), Start.AddDays(7), ""));
        Assert.Equal("trig-dependence", two.Clearances[^1].Suspended?.Trigger);
        Assert.Contains(two.Messages.Values, m => m.Asked.To.Kind is AddresseeKind.Patient && m.Asked.Template == ClearanceNews.ForPatient);
        Assert.Contains(two.Messages.Values, m => m.Asked.To.Kind is AddresseeKind.Partner && m.Asked.Template == "partner-clearance-changed");
        Assert.Contains(CourseWork.Rows(two).Select(r => Worklist.Read(r.Json)), r => r.What.Contains("Two or more dependence signals", StringComparison.Ordinal) && r.Urgency is Urgency.Today);
    }

    [Fact]
    public void A_hold_that_comes_up_before_a_date_tells_those_who_count_on_it_and_no_reason()
    {
        var dated = With(Three, asked: 7).Told(7, On(12));
        var chart = Acts(dated, 7.5, Says(7.5, FactSource.Clinician, ("c-dissociation-24h", FactValue.Of(true))));
        Assert.Single(chart.Messages.Values, m => m.Asked.Template == CourseNews.ForPatient);
        Assert.Single(chart.Messages.Values, m => m.Asked.Template == CourseNews.ForPartner);
        Assert.Equal(2, Acts(chart, 7.6, new EarlySessionAsked(Guid.NewGuid(), Start.AddDays(7), "")).Messages.Values.Count(m => m.Asked.Template is CourseNews.ForPatient or CourseNews.ForPartner));
    }

    [Fact]
    public void Where_a_course_stands_is_noted_once_and_leaves_the_worklist_when_it_is_settled()
    {
        var chart = Acts(With(Three, asked: 8), 7.95, Says(7.95, FactSource.Clinician, ("c-dissociation-24h", FactValue.Of(true))));
        Assert.Equal("hold", chart.Courses.Stands?.How.Outcome);
        Assert.NotEmpty(CourseWork.Rows(chart));
        var settled = Acts(chart, 8, Says(8, FactSource.Clinician, ("c-dissociation-24h", FactValue.Of(false))));
        Assert.Equal("continue", settled.Courses.Stands?.How.Outcome);
        Assert.Empty(CourseWork.Rows(settled));
        Assert.Equal(settled.Version + 1, Acts(settled, 8, new PatientLanguageChosen("es")).Version);
    }

    static Override Set(string rule) => new(rule, "The two weeks before a move need one session sooner, as a rescue.", "Imogen Vance", "Waiting a week", "One session, then weekly");

    [Fact]
    public void A_finding_is_set_aside_as_far_as_the_protocol_lets_and_until_the_next_session()
    {
        var chart = Worried(("c-dissociation-24h", FactValue.Of(true)));
        var reading = Gate.Asking(chart, "", Day(8));
        Assert.Contains("does not stand", Refused(CourseOverriding.Decide(chart, Rulebook, reading, Set("course-cognition"))), StringComparison.Ordinal);
        Assert.Contains("reason needs", Refused(CourseOverriding.Decide(chart, Rulebook, reading, Set("course-dissociation-24h") with { Reason = "no" })), StringComparison.Ordinal);
        var given = chart.Do(CourseOverriding.Decide(chart, Rulebook, reading, Set("course-dissociation-24h")), Day(8));
        // Not before a second person signed, who is another one and of the right kind.
        Assert.NotNull(Refuses(given, 8.1, Starts(8.1)));
        Assert.IsType<Refused>(CourseOverriding.Cosign(given, Rulebook, "course-dissociation-24h", Nurse, "psychiatrist"));
        Assert.IsType<Refused>(CourseOverriding.Cosign(given, Rulebook, "course-dissociation-24h", Casey, "nurse"));
        var both = given.Do(CourseOverriding.Cosign(given, Rulebook, "course-dissociation-24h", Casey, "psychiatrist"), Day(8.05));
        Assert.Equal("continue-with-alert", Gate.Asking(both, "", Day(8.1))?.Assessed.Outcome.Id);
        Assert.Null(Refuses(both, 8.1, Starts(8.1)));
        Assert.Contains("course-dissociation-24h", Gate.Asking(both.Told(9, Session(9)), "", Day(12))!.Holding.Select(f => f.Rule.Id));
    }

    [Fact]
    public void What_nobody_may_set_aside_stays_and_the_attempt_is_kept()
    {
        var chart = Worried(("c-outside-use", FactValue.Of(true)));
        var tried = chart.Do(CourseOverriding.Decide(chart, Rulebook, Gate.Asking(chart, "", Day(8)), Set("course-outside-use")), Day(8));
        Assert.Equal("stop-course", Gate.Asking(tried, "", Day(8))?.Assessed.Outcome.Id);
        Assert.Empty(tried.Courses.Overrides);
    }

    [Fact]
    public void A_signed_review_replays_settles_its_task_and_counts_as_the_maintenance_review()
    {
        var chart = Acts(With([0, 3, 6, 9, 12, 15, 30, 60], asked: 105.5), 105.5, Says(105.5, FactSource.Clinician, ("c-craving", FactValue.Of(6))));
        var now = Day(106.1);
        var reading = Gate.Asking(chart, "", now);
        SignCourseReview wish = new(Guid.NewGuid(), "Still helps; four weeks apart from now on.", Start.AddDays(180), chart.Version);
        Assert.IsType<Refused>(Reviewing.Sign(chart, Gate, reading, wish, Nurse with { Credentials = "" }, now));
        Assert.IsType<Refused>(Reviewing.Sign(chart, Gate, reading, wish with { SeenVersion = 1 }, Nurse, now));
        Assert.IsType<Refused>(Reviewing.Sign(chart, Gate, reading, wish with { NextBy = Start }, Nurse, now));
        var signed = chart.Do(Reviewing.Sign(chart, Gate, reading, wish, Nurse, now), now);
        Assert.IsType<AlreadySo>(Reviewing.Sign(signed, Gate, reading, wish, Nurse, now));
        Assert.Empty(Reviewing.Differences(Rulebook, signed.Courses.Reviews[^1].What));
        Assert.All(signed.Tasks.Values.Where(t => t.Opened.What.StartsWith("Course review", StringComparison.Ordinal)), t => Assert.NotNull(t.Done));
        Assert.Contains("course-maintenance-review", reading!.Assessed.Fired.Select(f => f.Rule.Id));
        Assert.Equal(FactValue.Of(0), Fact(signed, "c-days-since-maint-review", 106.2));
    }

    [Fact]
    public void What_is_worked_out_is_not_typed_over()
    {
        var chart = With(Three);
        var reading = Gate.Asking(chart, "", Day(8));
        Assert.Contains("worked out", Refused(Reviewing.Answer(chart, Rulebook, reading, [new("c-sessions-7d", FactValue.Of(1), Day(8), FactSource.Clinician)], Day(8))), StringComparison.Ordinal);
        Assert.IsType<Refused>(Reviewing.Answer(chart, Rulebook, reading, [new("hypertension-dx", FactValue.Of(false), Day(8), FactSource.Clinician)], Day(8)));
        Assert.IsType<Accepted>(Reviewing.Answer(chart, Rulebook, reading, [new("c-craving", FactValue.Of(2), Day(8), FactSource.Clinician)], Day(8)));
    }

    [Fact]
    public void Six_months_of_maintenance_are_counted_from_its_first_session_at_any_clinic()
    {
        var chart = With([0, 3, 6, 9, 12, 15, 30, 60]).Told(100, new SessionElsewhere(Guid.NewGuid(), Start.AddDays(99), "racemic-ketamine-iv", "A clinic in Utah", 0.5m));
        Assert.Equal(Day(30), Gate.Pace(chart)?.MaintenanceSince);
        Assert.True(Gate.Pace(chart)?.LastSessionAt > Day(98));
        Assert.Null(Gate.Pace(With(Three))?.MaintenanceSince);
        Assert.Null(Gate.Pace(Scheduled));
        // A clearance signed before the date is suspended on it; nothing was ever written down of the phase.
        chart = chart.Told(151, new SessionElsewhere(Guid.NewGuid(), Start.AddDays(150), "racemic-ketamine-iv", "A clinic in Utah", 0.5m)).Told(170, new ClearanceSigned(Guid.NewGuid(), ClearanceVerdict.Cleared, "Reviewed with care.", chart.Clearances[^1].Signed.Given, Rulebook.Hash, Rulebook.Version, "cleared", [], [], [], [], "racemic-ketamine-iv", "clinic", Day(350), null, PeerReview: false)).Told(200, new SessionElsewhere(Guid.NewGuid(), Start.AddDays(200), "racemic-ketamine-iv", "A clinic in Utah", 0.5m));
        Assert.IsType<AlreadySo>(ClearanceClocks.Decide(chart, Rulebook, Defaults, Day(30 + 181), Gate.Pace));
        Assert.Equal("trig-6-month", Assert.IsType<ClearanceSuspended>(Assert.Single(Assert.IsType<Accepted>(ClearanceClocks.Decide(chart, Rulebook, Defaults, Day(30 + 182), Gate.Pace)).Events)).Trigger);
    }

    [Fact]
    public void A_moved_limit_moves_the_gate()
    {
        var settings = ImmutableSortedDictionary<string, decimal>.Empty.Add("p-interval-induction-h", 72);
        Assert.Contains("course-interval-induction", Read(With(Three), 8, settings: settings)!.Assessed.Fired.Select(f => f.Rule.Id));
        Assert.DoesNotContain("course-interval-induction", Fired(With(Three), 8));
    }
}
