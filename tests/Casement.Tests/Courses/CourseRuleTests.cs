using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using static Casement.Tests.Courses.ACourse;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>Each of the forty rules of a course on a chart built for it, and quiet on the one beside it (clearance.md 9.3).</summary>
public sealed class CourseRuleTests
{
    static readonly double[] Three = [0, 3, 6], Maintenance = [0, 3, 6, 9, 12, 15, 30, 60];

    /// <summary>A chart and the day it is asked on.</summary>
    sealed record Asked(Chart Chart, double Now, double? For = null, string Product = "")
    {
        public Asked Plus(params (string Fact, FactValue Value)[] said) => this with { Chart = Chart.Told(Now - 0.05, Says(Now - 0.05, FactSource.Clinician, said)) };

        public Asked Plus(params PatientEvent[] events) => this with { Chart = Chart.Told(Now - 0.05, events) };
    }

    static Asked Induction(double now = 8) => new(With(Three, asked: now), now);

    static Asked Long(double now = 85, Func<int, decimal>? dose = null) => new(With(Maintenance, asked: now, dose: dose), now);

    static (string, FactValue) Yes(string fact) => (fact, FactValue.Of(true));

    static Asked Esk(double[] days, double now, decimal improved = 35) => new(With(days, improved, asked: now, product: "esketamine-nasal"), now);

    static readonly Dictionary<string, (Func<Asked> Fires, Func<Asked> Quiet)> Cases = new()
    {
        ["course-suicide-high"] = (() => Induction().Plus(("c-cssrs-tier", FactValue.Of("high"))), () => Induction().Plus(("c-cssrs-tier", FactValue.Of("high")), Yes("c-suicide-evaluated"))),
        ["course-suicide-moderate"] = (() => Induction().Plus(("s-cssrs-tier", FactValue.Of("moderate"))), () => Induction().Plus(("s-cssrs-tier", FactValue.Of("low")))),
        ["course-worsening"] = (() => Worse(20), () => Worse(19)),
        ["course-interval-induction"] = (() => Induction(7.8), () => Induction(7.9)),
        ["course-interval-maintenance"] = (() => Long(66), () => Long(67)),
        ["course-max-7d"] = (() => new(With([0, 2, 4], asked: 6), 6), () => new(With([0, 2, 4], asked: 7.1), 7.1)),
        ["course-induction-length"] = (() => new(Planned(12, [0, 3, 6, 9, 12, 15, 18, 21], 60), 24), () => new(Planned(12, [0, 3, 6, 9, 12, 15, 18], 60), 24)),
        ["course-esk-frequency"] = (() => Esk([0, 2], 4), () => Esk([0, 3], 7.1)),
        ["course-esk-benefit"] = (() => Esk([0, 3, 7, 10, 14, 17, 21, 24], 31, 25), () => Esk([0, 3, 7, 10, 14, 17, 21, 24], 31, 30)),
        ["course-early-nonresponse"] = (() => new(With(Three, 15, asked: 8), 8), () => new(With(Three, 20, asked: 8), 8)),
        ["course-nonresponse-4"] = (() => new(With([0, 3, 6, 9], 15, asked: 11), 11), () => new(With([0, 3, 6, 9], 20, asked: 11), 11)),
        ["course-nonresponse-6"] = (() => new(Planned(8, [0, 3, 6, 9, 12, 15], 25), 17), () => new(Planned(8, [0, 3, 6, 9, 12, 15], 30), 17)),
        ["course-partial-6"] = (() => new(Planned(8, [0, 3, 6, 9, 12, 15], 45), 17), () => new(Planned(8, [0, 3, 6, 9, 12, 15], 50), 17)),
        ["course-dose-alert"] = (() => Induction().Plus(("c-dose-mg-kg", FactValue.Of(1.1m))), () => Induction().Plus(("c-dose-mg-kg", FactValue.Of(1.0m)))),
        ["course-dose-cap"] = (() => Induction().Plus(("s-dose-mg-kg", FactValue.Of(1.6m))), () => Induction().Plus(("s-dose-mg-kg", FactValue.Of(1.5m)))),
        ["course-dose-escalation"] = (() => new(With([0, 3, 6, 9], asked: 11, dose: i => 0.4m + (0.08m * i)), 11), () => new(With([0, 3, 6, 9], asked: 11, dose: i => 0.4m + (0.06m * i)), 11)),
        ["course-interval-shrinking"] = (() => Shrinking(20), () => Shrinking(24)),
        ["course-early-requests"] = (() => Induction().Plus(Early(7), Early(2)), () => Induction().Plus(Early(7), Early(-55))),
        ["course-craving"] = (() => Induction().Plus(("c-craving", FactValue.Of(5))), () => Induction().Plus(("c-craving", FactValue.Of(4)))),
        ["course-dissociation-seeking"] = (() => Induction().Plus(Yes("c-dissociation-sought")), () => Induction()),
        ["course-dependence-cluster"] = (() => Induction().Plus(("c-craving", FactValue.Of(6))).Plus(Early(7), Early(5)), () => Induction().Plus(("c-craving", FactValue.Of(6))).Plus(Early(7))),
        ["course-outside-use"] = (() => Induction().Plus(Yes("c-diversion-concern")), () => Induction()),
        ["course-multiple-providers"] = (() => Induction().Plus(Yes("concurrent-ketamine-source")), () => Induction()),
        ["course-urinary-mild"] = (() => Induction().Plus(("s-urinary-symptoms", FactValue.Of("mild")), ("c-urinary-persistent", FactValue.Of(false))), () => Induction()),
        ["course-urinary-significant"] = (() => Induction().Plus(Yes("c-haematuria")), () => Induction()),
        ["course-urinary-persistent"] = (() => Induction().Plus(("c-urinary-symptoms", FactValue.Of("mild")), Yes("c-urinary-persistent")), () => Induction().Plus(("c-urinary-symptoms", FactValue.Of("mild")), ("c-urinary-persistent", FactValue.Of(false)))),
        ["course-scale-missing"] = (() => Induction(8) with { Now = 23 }, () => Induction(8) with { Now = 21 }),
        ["course-lft-due"] = (() => Livers(8), () => Livers(7)),
        ["course-lft-high"] = (() => Induction().Plus(("ast-x-uln", FactValue.Of(3.1m))), () => Induction().Plus(("ast-x-uln", FactValue.Of(3m)))),
        ["course-lft-raised"] = (() => Induction().Plus(("alt-x-uln", FactValue.Of(1.6m))), () => Induction().Plus(("alt-x-uln", FactValue.Of(1.5m)))),
        ["course-cognition"] = (() => Induction().Plus(Yes("c-cognitive-complaint"), ("c-moca-drop", FactValue.Of(3))), () => Induction().Plus(Yes("c-cognitive-complaint"), ("c-moca-drop", FactValue.Of(2)))),
        ["course-bp-event"] = (() => Induction().Plus(Yes("c-bp-event")), () => Induction()),
        ["course-psychosis-mania"] = (() => Induction().Plus(Yes("c-psychosis-mania")), () => Induction()),
        ["course-dissociation-24h"] = (() => Induction().Plus(Yes("c-dissociation-24h")), () => Induction()),
        ["course-serious-event"] = (() => Induction().Plus(Happened("emergency-visit")), () => Induction()),
        ["course-maintenance-review"] = (() => Long(15 + 91), () => Long(15 + 90)),
        ["course-annual-load"] = (() => Yearly(27), () => Yearly(26)),
        ["course-new-medicine"] = (() => Induction().Plus(new MedicinesRecorded([new("lithium", DailyDoseMg: 600)], Day(7), FactSource.Patient)), () => Induction()),
        ["course-pregnancy"] = (() => Induction().Plus(("pregnancy-test", FactValue.Of("positive"))), () => Induction().Plus(("pregnancy-test", FactValue.Of("negative")))),
        ["course-integration"] = (() => Induction().Plus(Yes("c-missed-integration")), () => Induction()),
    };

    static Chart Planned(int sessions, double[] days, decimal improved)
    {
        var chart = With(days, improved, asked: days[^1] + 2);
        return chart.Told(-2, new CoursePlanned(Guid.NewGuid(), "racemic-ketamine-iv", "phq9", sessions, Start.AddDays(-2), "Walk the dog", Start.AddDays(90), "No change"));
    }

    /// <summary>Seven sessions in maintenance: three gaps of 30 days, then three of so many.</summary>
    static Asked Shrinking(double gap)
    {
        double[] induction = [0, 3, 6, 9, 12, 15], late = [40, 70, 100, 130, 130 + gap, 130 + (2 * gap), 130 + (3 * gap)];
        var now = late[^1] + 30;
        return new(With([.. induction, .. late], asked: now), now);
    }

    static Asked Livers(int after)
    {
        var days = Enumerable.Range(0, after).Select(i => i * 8.0).ToArray();
        var chart = Scheduled.Told(-1, Says(-1, FactSource.Laboratory, ("alt-x-uln", FactValue.Of(0.7m)), ("ast-x-uln", FactValue.Of(0.7m))));
        return new(chart.Told(days[^1], [.. days.Select(d => Session(d))]), days[^1] + 9);
    }

    static Asked Yearly(int sessions)
    {
        var days = Enumerable.Range(0, sessions).Select(i => i * 7.5).ToArray();
        return new(With(days, asked: days[^1] + 8), days[^1] + 8);
    }

    /// <summary>From a baseline of 16.</summary>
    static Asked Worse(int to) => new(Scheduled.Told(-1, Phq9(-1, 16)).Told(0, Session(0)).Told(1, Phq9(1, to)), 2);

    static EarlySessionAsked Early(int day) => new(Guid.NewGuid(), Start.AddDays(day), "");

    static ClinicalEventRecorded Happened(string kind) => new(Guid.NewGuid(), kind, Start.AddDays(7), "");

    public static TheoryData<string> Rules => [.. Rulebook.RulesOf(Phase.Course).Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_fires_on_a_chart_built_for_it_and_not_on_the_one_beside_it(string rule)
    {
        var (fires, quiet) = (Cases[rule].Fires(), Cases[rule].Quiet());
        Assert.Contains(rule, Fired(fires.Chart, fires.Now, fires.For, fires.Product));
        Assert.DoesNotContain(rule, Fired(quiet.Chart, quiet.Now, quiet.For, quiet.Product));
        Assert.DoesNotContain(Read(quiet.Chart, quiet.Now)!.Assessed.Open, f => f.Rule.Id == rule);
    }

    [Fact]
    public void Every_rule_has_its_chart() => Assert.Equal(40, Rules.Count);

    [Fact]
    public void The_strongest_outcome_wins()
    {
        var chart = Induction();
        string Outcome(Asked asked) => Read(asked.Chart, asked.Now)!.Assessed.Outcome.Id;
        Assert.Equal("continue", Outcome(chart));
        Assert.Equal("continue-with-alert", Outcome(chart = chart.Plus(Yes("c-dissociation-sought"))));
        Assert.Equal("review", Outcome(chart = chart.Plus(("c-craving", FactValue.Of(5)))));
        Assert.Equal("needs-information", Outcome(chart = chart.Plus(Yes("c-cognitive-complaint"))));
        Assert.Equal("hold", Outcome(chart = chart.Plus(Yes("c-haematuria"))));
        Assert.Equal("stop-course", Outcome(chart = chart.Plus(Yes("c-outside-use"))));
        Assert.Equal("emergency", Outcome(chart.Plus(("c-cssrs-tier", FactValue.Of("high")))));
    }
}
