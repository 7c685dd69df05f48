using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.People;
using Casement.Safety;
using Casement.Tests.Clearance;

namespace Casement.Tests.Safety;

/// <summary>The suicide-risk pathway told as journals (clearance.md 7).</summary>
public sealed class SafetyTests
{
    static readonly Instruments Scales = ScalesFolder.Read(Root.Path("definitions")).Instruments;
    public static readonly SafetyRules Rules = SafetyFile.Read(Root.Path("definitions", "safety"), Ketamine.Protocol, Scales);
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    // Monday, 10:00 in Denver.
    static readonly DateTimeOffset Now = new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);
    static readonly Actor Nurse = new(ActorKind.Staff, "nurse", "Imogen Vance", "PMHNP-BC");
    static readonly Actor Guide = new(ActorKind.Staff, "guide", "Gil");
    static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");

    static Chart Admitted => On(Chart.Empty, Now, Nurse, new PatientAdmitted(new(new("Wren"), new(1988, 1, 2))));

    static Chart On(Chart chart, DateTimeOffset at, Actor by, params PatientEvent[] events) => events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, at, by, e)));

    /// <summary>Writes as the desk does: the events, then what follows from them.</summary>
    static Chart Do(Chart chart, DateTimeOffset at, Actor by, params PatientEvent[] events)
    {
        var after = On(chart, at, by, events);
        return On(after, at, Actor.Casement, [.. Triage.Consequences(Rules, Ketamine.Protocol, Denver, chart, after, at)]);
    }

    static Chart Do(Chart chart, DateTimeOffset at, Actor by, Decision decision) => Do(chart, at, by, [.. Accepted(decision)]);

    static ImmutableArray<PatientEvent> Accepted(Decision decision) => decision is Accepted { Events: var events } ? events : throw new Xunit.Sdk.XunitException((decision as Refused)?.Because ?? "nothing to do");

    static string Refused(Decision decision) => Assert.IsType<Refused>(decision).Because;

    static FactsRecorded Answers(DateTimeOffset at, params (string Fact, bool Value)[] answers) => new([.. answers.Select(a => new RecordedFact(a.Fact, FactValue.Of(a.Value), at, FactSource.Clinician))]);

    static FactsRecorded Item9(decimal points) => new([new("phq9-item9", FactValue.Of(points), Now, FactSource.Patient)]);

    static Chart Screened(Actor by, params string[] yes) => Do(Admitted, Now, by, Answers(Now,
        [.. new[] { "cssrs-q1", "cssrs-q2", "cssrs-q3", "cssrs-q4", "cssrs-q5", "cssrs-q6-lifetime", "cssrs-q6-3mo" }.Select(q => (q, yes.Contains(q)))]));

    static Evaluate Evaluation(ClinicianLevel level = ClinicianLevel.Moderate, int days = 3, MetBy by = MetBy.Video, long seen = long.MaxValue) => new(
        Guid.NewGuid(), by, "Thoughts with a method, no intent, no plan.", "Chronic risk raised, acute state lower with support.", level, false, "Stays at home with partner; plan made.", new DateOnly(2026, 11, 23).AddDays(days), seen);

    static Chart Evaluated(Chart chart, Evaluate? wish = null, DateTimeOffset? at = null) => Do(chart, at ?? Now, Nurse, Working.Evaluate(chart, Rules, Denver, wish ?? Evaluation(), Nurse, at ?? Now));

    static readonly ImmutableArray<PlanPart> Whole =
    [
        new("plan-1", ["I stop answering the phone"]), new("plan-2", ["Walk the dog", "Play the piano"]), new("plan-3", ["Coffee at Ada’s"]),
        new("plan-4", ["Ada, 303 555 0142"]), new("plan-5", []), new("plan-6", ["Ada keeps my sleeping pills"]),
    ];

    static Chart Planned(Chart chart, DateTimeOffset? at = null)
    {
        var written = Do(chart, at ?? Now, Wren, SafetyPlan.Decide(chart, Rules, new(Guid.NewGuid(), chart.Safety.Plan?.Written.Plan ?? Guid.Empty, Whole), Wren, at ?? Now));
        return Do(written, at ?? Now, Nurse, SafetyPlan.Review(written, Rules, Denver, written.Safety.Plan?.Written.Plan ?? Guid.Empty, Nurse, at ?? Now));
    }

    static Chart Record(Chart chart, string action, ContactOutcome outcome = ContactOutcome.Reached, DateTimeOffset? at = null) =>
        Do(chart, at ?? Now, Nurse, Working.Record(chart, new(Guid.NewGuid(), action, "Spoke on the phone", at ?? Now, outcome), Nurse, at ?? Now));

    static string? Because(Chart chart, DateTimeOffset? at = null) => (Working.Close(chart, Rules, "Settled, plan in place, next visit booked.", Nurse, at ?? Now) as Refused)?.Because;

    static IEnumerable<WorklistRow> Rows(Chart chart) => SafetyWork.Rows(chart).Select(r => Worklist.Read(r.Json));

    [Fact]
    public void The_clocks_and_the_protocol_name_the_same_actions()
    {
        Assert.Equal(12, Rules.Actions.Length);
        var words = Ketamine.Protocol.Files["suicide-risk-pathway.yaml"];
        var clocks = File.ReadAllText(Root.Path("definitions", "safety", "pathway.yaml"));
        Assert.Contains(Assert.Throws<DefinitionException>(() => SafetyFile.Read(clocks.Replace("amount: 72", "amount: 96", StringComparison.Ordinal), words, Ketamine.Protocol.Triggers, Scales)).Errors,
            e => e.Message == "The protocol's clock for 'sp-mod-2' is \"contact within 72 h\".");
        Assert.Contains(Assert.Throws<DefinitionException>(() => SafetyFile.Read(clocks.Replace("sp-low-1", "sp-low-9", StringComparison.Ordinal), words, Ketamine.Protocol.Triggers, Scales)).Errors,
            e => e.Message == "The protocol's action 'sp-low-1' has no clock here.");
        Assert.Contains(Assert.Throws<DefinitionException>(() => SafetyFile.Read(clocks.Replace("least: 2", "least: 1", StringComparison.Ordinal), words, Ketamine.Protocol.Triggers, Scales)).Errors,
            e => e.Message == "'plan-2' needs 2 by the protocol and 1 here.");
    }

    public static TheoryData<string, SafetyTier> Tiers => new()
    {
        { "cssrs-q4", SafetyTier.High }, { "cssrs-q5", SafetyTier.High }, { "cssrs-q6-3mo", SafetyTier.High },
        { "cssrs-q3", SafetyTier.Moderate }, { "cssrs-q6-lifetime", SafetyTier.Moderate }, { "cssrs-q1", SafetyTier.Low }, { "cssrs-q2", SafetyTier.Low },
    };

    [Theory]
    [MemberData(nameof(Tiers))]
    public void One_yes_is_enough_and_says_how_grave(string yes, SafetyTier tier)
    {
        Assert.Equal(tier, Screened(Nurse, yes).Safety.Tier);
        Assert.Equal(tier, Do(Admitted, Now, Nurse, Answers(Now, (yes, true))).Safety.Tier);
    }

    [Fact]
    public void All_no_opens_nothing() => Assert.False(Screened(Nurse).Safety.IsOpen);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Question_nine_above_zero_opens_the_pathway(int points, bool open)
    {
        var chart = Do(Admitted, Now, Wren, Item9(points));
        Assert.Equal(open, chart.Safety.IsOpen);
        if (open) Assert.Equal(SafetyTier.Unscreened, chart.Safety.Tier);
    }

    [Fact]
    public void A_lone_yes_to_question_nine_beside_an_empty_screen_is_screened_the_same_day() =>
        Assert.Contains(Do(Screened(Nurse), Now, Nurse, Item9(2)).Safety.Actions, a => a.Due is { Action: "sp-item9", Unit: ClockUnit.SameDay });

    public static TheoryData<string, string, string> Clocks => new()
    {
        { "cssrs-q5", "sp-high-1", "2026-11-23T10:00-07:00" },
        { "cssrs-q5", "sp-high-2", "2026-11-23T10:15-07:00" },
        { "cssrs-q5", "sp-high-3", "2026-11-23T10:15-07:00" },
        { "cssrs-q5", "sp-high-4", "2026-11-24T00:00-07:00" },
        { "cssrs-q3", "sp-mod-1", "2026-11-24T00:00-07:00" },
        { "cssrs-q3", "sp-mod-2", "2026-11-26T10:00-07:00" },
        { "cssrs-q1", "sp-low-1", "2026-12-01T00:00-07:00" },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void Each_action_has_its_clock(string yes, string action, string due)
    {
        var found = Assert.Single(Screened(Nurse, yes).Safety.Actions, a => a.Due.Action == action);
        Assert.Equal(DateTimeOffset.Parse(due), found.Due.DueAt);
        Assert.Contains(Rows(Screened(Nurse, yes)), r => r.What == found.Due.Short && r.DueAt == found.Due.DueAt && r.Page == "safety");
    }

    [Fact]
    public void The_actions_of_a_tier_are_those_of_the_protocol_and_no_others()
    {
        Assert.Equal(["sp-high-1", "sp-high-2", "sp-high-3", "sp-high-4"], Screened(Nurse, "cssrs-q4").Safety.Actions.Select(a => a.Due.Action).Order(StringComparer.Ordinal));
        Assert.Equal(["sp-mod-1", "sp-mod-2"], Screened(Nurse, "cssrs-q3").Safety.Actions.Select(a => a.Due.Action).Order(StringComparer.Ordinal));
        Assert.Equal(["sp-low-1"], Screened(Nurse, "cssrs-q1").Safety.Actions.Select(a => a.Due.Action));
    }

    [Fact]
    public void A_day_ends_at_the_practices_midnight_also_when_the_clock_changes()
    {
        var saturday = new DateTimeOffset(2026, 10, 31, 18, 0, 0, TimeSpan.Zero);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.FromHours(-7)), Triage.EndOf(1, Denver, saturday));
        // Past midnight in London it is still Monday in Denver.
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(-7)), Triage.EndOf(0, Denver, new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void An_answer_given_alone_asks_for_a_voice_within_the_hour_and_tells_the_clinician_in_the_same_act()
    {
        var chart = Screened(Wren, "cssrs-q1");
        Assert.Equal(Now.AddMinutes(60), Assert.Single(chart.Safety.Actions, a => a.Due.Action == "sp-remote").Due.DueAt);
        Assert.Equal(("staff-urgent", Duty.Responsible, true), Assert.Single(chart.Duties.Values).Called is var called ? (called.Template, called.To, called.Urgent) : default);
        Assert.Contains(Rows(chart), r => r.Urgency == Urgency.Now && r.What.StartsWith("Answered alone, not seen yet", StringComparison.Ordinal));
    }

    [Fact]
    public void Trying_to_reach_somebody_is_kept_and_is_not_reaching_them()
    {
        var chart = Screened(Wren, "cssrs-q1");
        var tried = Record(Record(chart, "sp-remote", ContactOutcome.NoAnswer), "sp-remote", ContactOutcome.LeftMessage);
        Assert.Contains(tried.Safety.Actions, a => a.Due.Action == "sp-remote");
        Assert.Equal(2, tried.Safety.Done.Count);
        Assert.DoesNotContain(Record(tried, "sp-remote").Safety.Actions, a => a.Due.Action == "sp-remote");
        Assert.Equal("Say whether you reached the person.", Refused(Working.Record(chart, new(Guid.NewGuid(), "sp-remote", "Called", Now, ContactOutcome.NoContactNeeded), Nurse, Now)));
    }

    [Fact]
    public void Recording_twice_records_once()
    {
        var chart = Screened(Nurse, "cssrs-q4");
        var wish = new RecordAction(Guid.NewGuid(), "sp-high-1", "Stayed on the video line", Now, ContactOutcome.Reached);
        Assert.IsType<AlreadySo>(Working.Record(Do(chart, Now, Nurse, Working.Record(chart, wish, Nurse, Now)), wish, Nurse, Now));
    }

    [Fact]
    public void It_cannot_be_closed_without_an_evaluation() => Assert.Contains("An evaluation after the latest positive answer is needed.", Because(Screened(Nurse, "cssrs-q3")), StringComparison.Ordinal);

    [Fact]
    public void It_cannot_be_closed_without_a_plan_when_moderate() =>
        Assert.Equal("A current safety plan is needed, reviewed with the patient.", Because(Record(Evaluated(Screened(Nurse, "cssrs-q3")), "sp-mod-2")));

    [Fact]
    public void It_cannot_be_closed_while_an_action_is_open() =>
        Assert.Equal("Still open: Tell the therapist or psychiatrist; contact.", Because(Planned(Evaluated(Screened(Nurse, "cssrs-q3")))));

    [Fact]
    public void It_cannot_be_closed_while_the_clinician_says_high() =>
        Assert.Contains("The last evaluation says high or imminent.", Because(Planned(Evaluated(Screened(Nurse, "cssrs-q3"), Evaluation(ClinicianLevel.High, days: 1)))), StringComparison.Ordinal);

    [Fact]
    public void A_phone_call_is_no_evaluation_at_a_moderate_tier()
    {
        var chart = Evaluated(Screened(Nurse, "cssrs-q3"), Evaluation(by: MetBy.Phone));
        Assert.DoesNotContain("suicide-evaluated", chart.Facts.Keys);
        Assert.Contains("face to face or by video", Because(chart), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Give the date of the next contact.")]
    [InlineData(-1, "The next contact lies in the past.")]
    [InlineData(4, "The next contact is at most 3 days away")]
    public void There_is_no_evaluation_without_a_follow_up_date_in_time(int? days, string because)
    {
        var wish = Evaluation() with { FollowUpOn = days is { } d ? new DateOnly(2026, 11, 23).AddDays(d) : null };
        Assert.StartsWith(because, Refused(Working.Evaluate(Screened(Nurse, "cssrs-q3"), Rules, Denver, wish, Nurse, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_licensed_clinician_evaluates_reviews_and_closes()
    {
        var chart = Screened(Nurse, "cssrs-q3");
        Assert.Contains("no licence", Refused(Working.Evaluate(chart, Rules, Denver, Evaluation(), Guide, Now)), StringComparison.Ordinal);
        Assert.Contains("no licence", Refused(Working.Close(chart, Rules, "Settled and well again.", Guide, Now)), StringComparison.Ordinal);
        Assert.Contains("no licence", Refused(Working.Close(chart, Rules, "Settled and well again.", Actor.Casement, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void With_evaluation_plan_contact_and_date_a_clinician_closes_it_and_the_follow_up_stays()
    {
        var ready = Record(Planned(Evaluated(Screened(Nurse, "cssrs-q3"))), "sp-mod-2");
        Assert.Contains(Rows(ready), r => r.What == "Safety pathway ready to be closed");
        var closed = Do(ready, Now, Nurse, Working.Close(ready, Rules, "Settled, plan in place, next visit booked.", Nurse, Now));
        Assert.False(closed.Safety.IsOpen);
        Assert.Equal("Follow up after the evaluation", Assert.Single(closed.Safety.Actions).Due.Short);
        Assert.Contains(Rows(closed), r => r.What == "Follow up after the evaluation");
        Assert.Empty(Record(closed, "follow-up").Safety.Actions);
        Assert.IsType<AlreadySo>(Working.Close(closed, Rules, "Settled again, all done.", Nurse, Now));
    }

    [Fact]
    public void The_protocol_learns_what_the_clinician_found()
    {
        var chart = Evaluated(Screened(Nurse, "cssrs-q3"));
        Assert.Equal(FactValue.Of(true), chart.Facts["suicide-evaluated"][^1].Fact.Value);
        Assert.Equal(FactValue.Of("moderate"), chart.Facts["suicide-clinician-tier"][^1].Fact.Value);
        Assert.Equal(FactValue.Of(false), chart.Facts["lethal-means-unsecured"][^1].Fact.Value);
        Assert.Equal(FactValue.Of(false), chart.Facts["safety-plan-current"][^1].Fact.Value);
        Assert.Equal(FactValue.Of(true), Planned(chart).Facts["safety-plan-current"][^1].Fact.Value);
    }

    [Fact]
    public void Neglect_keeps_it_on_the_worklist_for_ever()
    {
        foreach (var chart in new[] { Screened(Nurse, "cssrs-q1"), Evaluated(Screened(Nurse, "cssrs-q3")), Record(Planned(Evaluated(Screened(Nurse, "cssrs-q3"))), "sp-mod-2") })
        {
            Assert.NotEmpty(Rows(chart));
            var later = Do(chart, Now.AddYears(3), Nurse, new FactsRecorded([new("hr-rest", FactValue.Of(70m), Now.AddYears(3), FactSource.Measurement)]));
            Assert.True(later.Safety.IsOpen);
            Assert.NotEmpty(Rows(later));
        }
    }

    [Fact]
    public void A_later_screen_with_every_answer_no_does_not_close_it() =>
        Assert.True(Do(Screened(Nurse, "cssrs-q3"), Now.AddDays(1), Nurse, Answers(Now.AddDays(1), ("cssrs-q1", false), ("cssrs-q2", false), ("cssrs-q3", false), ("cssrs-q6-lifetime", false))).Safety.IsOpen);

    [Fact]
    public void A_new_positive_answer_opens_it_again_and_unsettles_the_evaluation_before()
    {
        var ready = Record(Planned(Evaluated(Screened(Nurse, "cssrs-q3"))), "sp-mod-2");
        var closed = Do(ready, Now, Nurse, Working.Close(ready, Rules, "Settled, plan in place, next visit booked.", Nurse, Now));
        var again = Do(closed, Now.AddDays(2), Wren, Answers(Now.AddDays(2), ("cssrs-q4", true)));
        Assert.Equal(SafetyTier.High, again.Safety.Tier);
        Assert.Null(again.Safety.Evaluation);
        Assert.Equal(FactValue.Of(false), again.Facts["suicide-evaluated"][^1].Fact.Value);
        Assert.Equal(FactValue.Of(false), again.Facts["safety-plan-current"][^1].Fact.Value);
        Assert.False(SafetyPlan.IsCurrent(again, Rules, Now.AddDays(2)));
    }

    [Fact]
    public void A_graver_answer_while_it_is_open_adds_what_the_graver_tier_asks()
    {
        var chart = Do(Screened(Nurse, "cssrs-q1"), Now.AddHours(1), Nurse, Answers(Now.AddHours(1), ("cssrs-q3", true)));
        Assert.Equal(SafetyTier.Moderate, chart.Safety.Tier);
        Assert.Equal(["sp-low-1", "sp-mod-1", "sp-mod-2"], chart.Safety.Actions.Select(a => a.Due.Action).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_answer_again_before_anybody_looked_is_one_alert()
    {
        var chart = Screened(Wren, "cssrs-q3");
        Assert.Single(Do(chart, Now.AddMinutes(1), Wren, Answers(Now.AddMinutes(1), ("cssrs-q3", true))).Safety.Alerts);
        var seen = Do(chart, Now, Nurse, Working.Acknowledge(chart, Nurse, []));
        Assert.Equal(2, Do(seen, Now.AddMinutes(5), Wren, Answers(Now.AddMinutes(5), ("cssrs-q3", true))).Safety.Alerts.Count);
        var evaluated = Evaluated(chart);
        Assert.Equal(2, Do(evaluated, Now.AddMinutes(5), Nurse, Answers(Now.AddMinutes(5), ("cssrs-q3", true))).Safety.Alerts.Count);
    }

    [Fact]
    public void An_answer_that_comes_while_the_evaluation_is_written_is_not_answered_by_it()
    {
        var chart = Screened(Nurse, "cssrs-q3");
        var later = Do(chart, Now, Wren, Answers(Now, ("cssrs-q4", true)));
        Assert.StartsWith("A new answer came in", Refused(Working.Evaluate(later, Rules, Denver, Evaluation(days: 1, seen: chart.Version), Nurse, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_answer_found_in_a_record_opens_nothing() =>
        Assert.False(Do(Admitted, Now, Nurse, Answers(Now.AddDays(-30), ("cssrs-q1", true), ("cssrs-q3", true))).Safety.IsOpen);

    [Fact]
    public void A_past_attempt_found_in_a_record_does() =>
        Assert.Equal(SafetyTier.Moderate, Do(Admitted, Now, Nurse, Answers(Now.AddYears(-4), ("cssrs-q6-lifetime", true))).Safety.Tier);

    static Chart Escalate(Chart chart, DateTimeOffset at) => On(chart, at, Actor.Casement, [.. Working.Escalations(Rules, chart, at)]);

    [Fact]
    public void Nobody_looking_is_told_to_the_next_person_once_for_each_step()
    {
        var chart = Screened(Wren, "cssrs-q1");
        Assert.Empty(Working.Escalations(Rules, chart, Now.AddMinutes(14.9)));
        var first = Escalate(chart, Now.AddMinutes(15));
        Assert.Single(first.Safety.Alerts[0].Steps);
        Assert.Equal(2, first.Duties.Count);
        Assert.Equal("cover", first.Safety.Alerts[0].Steps[^1].Whom);
        Assert.Empty(Working.Escalations(Rules, first, Now.AddMinutes(29)));
        var second = Escalate(first, Now.AddMinutes(31));
        Assert.Equal("every clinician", second.Safety.Alerts[0].Steps[^1].Whom);
        Assert.Equal(3, Escalate(second, Now.AddDays(1)).Safety.Alerts[0].Steps.Count);
        Assert.Empty(Working.Escalations(Rules, Escalate(second, Now.AddDays(1)), Now.AddDays(9)));
    }

    [Fact]
    public void After_a_long_outage_every_step_is_told_once() => Assert.Equal(Rules.Escalation.Length, Escalate(Screened(Wren, "cssrs-q1"), Now.AddDays(2)).Safety.Alerts[0].Steps.Count);

    [Fact]
    public void Escalation_stops_when_somebody_says_seen()
    {
        var chart = Escalate(Screened(Wren, "cssrs-q1"), Now.AddMinutes(16));
        var seen = Do(chart, Now.AddMinutes(17), Guide, Working.Acknowledge(chart, Guide, []));
        Assert.Empty(Working.Escalations(Rules, seen, Now.AddDays(3)));
        Assert.IsType<AlreadySo>(Working.Acknowledge(seen, Guide, []));
        Assert.NotEmpty(Rows(seen));
    }

    static readonly PatientId Id = new(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000001"));

    static WorklistRow[] List(Chart chart) => [.. Lists.Rows(Id, chart).Where(r => r.List == Worklist.List).Select(r => Worklist.Read(r.Json))];

    [Fact]
    public void Having_it_on_the_worklist_is_seen_on_the_pathway()
    {
        var chart = Screened(Wren, "cssrs-q4");
        var row = List(chart).First(r => r.Urgency is Urgency.Now);
        var taken = Do(chart, Now.AddMinutes(3), Nurse, Taking.Take(chart, row, List(chart), Nurse));
        Assert.Equal("Imogen Vance", taken.Safety.Alerts[0].Seen?.By.Name);
        Assert.Empty(Working.Escalations(Rules, taken, Now.AddDays(3)));
        Assert.All(List(taken).Where(r => r.Urgency is Urgency.Now), r => Assert.True(r.IsTaken));
    }

    [Fact]
    public void Seen_on_the_pathway_is_having_it_on_the_worklist()
    {
        var chart = Screened(Wren, "cssrs-q4");
        var seen = Do(chart, Now.AddMinutes(3), Nurse, Working.Acknowledge(chart, Nurse, List(chart)));
        Assert.Contains(List(seen), r => r.Urgency is Urgency.Now);
        Assert.All(List(seen).Where(r => r.Urgency is Urgency.Now), r => Assert.Equal("Imogen Vance", r.TakenBy));
    }

    [Fact]
    public void What_can_wait_taken_elsewhere_on_the_list_is_not_seen_on_the_pathway()
    {
        var chart = Screened(Wren, "cssrs-q4");
        var other = new WorklistRow("Wren", "Sign the note", Urgency.Soon, Now, "notes", Key: "0123456789abcdef");
        Assert.Single(Accepted(Taking.Take(chart, other, List(chart), Nurse)));
    }

    [Fact]
    public void Handed_back_unevaluated_nobody_has_it_and_the_clock_begins_anew()
    {
        var chart = Escalate(Screened(Wren, "cssrs-q4"), Now.AddMinutes(16));
        var seen = Do(chart, Now.AddMinutes(20), Nurse, Working.Acknowledge(chart, Nurse, List(chart)));
        var held = List(seen).First(r => r.Urgency is Urgency.Now);
        var back = Do(seen, Now.AddMinutes(40), Nurse, Taking.LetGo(seen, held.Key, List(seen)));
        Assert.Null(back.Safety.Alerts[0].Seen);
        Assert.All(List(back).Where(r => r.Urgency is Urgency.Now), r => Assert.False(r.IsTaken));
        Assert.Equal((Duty.Responsible, 3), (back.Duties.Values.MaxBy(d => d.CalledAt)?.Called.To, back.Duties.Count));
        Assert.Empty(Working.Escalations(Rules, back, Now.AddMinutes(54)));
        var again = Escalate(back, Now.AddMinutes(56));
        Assert.Equal(["cover", "cover"], again.Safety.Alerts[0].Steps.Select(s => s.Whom));
        Assert.Equal(4, again.Duties.Count);
        Assert.Empty(Working.Escalations(Rules, again, Now.AddMinutes(57)));
        var evaluated = Evaluated(seen);
        Assert.DoesNotContain(Working.HandedBack(evaluated), e => e is SafetyHandedBack);
    }

    [Theory]
    [InlineData("plan-1", 0, "Warning signs: one line is needed.")]
    [InlineData("plan-2", 1, "Things I can do by myself: 2 lines are needed.")]
    [InlineData("plan-3", 0, "People and places for distraction: one line is needed.")]
    [InlineData("plan-4", 0, "People I can ask for help: one line is needed.")]
    [InlineData("plan-6", 0, "Making my surroundings safer: one line is needed.")]
    public void A_plan_has_its_least_lines(string part, int lines, string missing) =>
        Assert.Equal(missing, Assert.Single(SafetyPlan.Missing(Rules, [.. Whole.Select(p => p.Part == part ? p with { Lines = [.. p.Lines.Take(lines)] } : p)])));

    [Fact]
    public void One_person_to_ask_for_help_has_a_number() =>
        Assert.Equal("People I can ask for help: one of them needs a phone number.", Assert.Single(SafetyPlan.Missing(Rules, [.. Whole.Select(p => p.Part == "plan-4" ? p with { Lines = ["Ada"] } : p)])));

    [Fact]
    public void Nothing_to_change_is_an_answer() => Assert.Empty(SafetyPlan.Missing(Rules, [.. Whole.Select(p => p.Part == "plan-6" ? p with { Lines = [Rules.NothingToChange] } : p)]));

    [Fact]
    public void A_plan_counts_for_ninety_days()
    {
        var chart = Planned(Admitted);
        Assert.True(SafetyPlan.IsCurrent(chart, Rules, Now.AddDays(90)));
        Assert.False(SafetyPlan.IsCurrent(chart, Rules, Now.AddDays(91)));
        var row = Assert.Single(Rows(chart), r => r.What == "Safety plan: review due");
        Assert.Equal(chart.Safety.Plan?.Reviewed?.AgainBy, row.DueAt);
    }

    [Fact]
    public void A_patients_small_change_keeps_the_plan_and_asks_for_a_look_and_a_lost_part_ends_it()
    {
        var chart = Planned(Admitted);
        var over = chart.Safety.Plan?.Written.Plan ?? Guid.Empty;
        var more = Do(chart, Now, Wren, SafetyPlan.Decide(chart, Rules, new(Guid.NewGuid(), over, [.. Whole.Select(p => p.Part == "plan-3" ? p with { Lines = ["The library"] } : p)]), Wren, Now));
        Assert.True(SafetyPlan.IsCurrent(more, Rules, Now));
        Assert.Contains(Rows(more), r => r.What.StartsWith("The patient changed the safety plan", StringComparison.Ordinal));
        var less = Do(chart, Now, Wren, SafetyPlan.Decide(chart, Rules, new(Guid.NewGuid(), over, [.. Whole.Where(p => p.Part != "plan-4")]), Wren, Now));
        Assert.False(SafetyPlan.IsCurrent(less, Rules, Now));
        Assert.Equal(FactValue.Of(false), less.Facts["safety-plan-current"][^1].Fact.Value);
    }

    [Fact]
    public void Two_people_who_write_at_once_lose_nothing()
    {
        var chart = Planned(Admitted);
        Assert.Equal(SafetyPlan.ChangedMeanwhile, Refused(SafetyPlan.Decide(chart, Rules, new(Guid.NewGuid(), Guid.Empty, [.. Whole.Take(3)]), Wren, Now)));
        Assert.IsType<AlreadySo>(SafetyPlan.Decide(chart, Rules, new(Guid.NewGuid(), chart.Safety.Plan?.Written.Plan ?? Guid.Empty, Whole), Wren, Now));
    }

    [Fact]
    public void An_incomplete_plan_is_kept_and_not_reviewed()
    {
        var chart = Do(Admitted, Now, Wren, SafetyPlan.Decide(Admitted, Rules, new(Guid.NewGuid(), Guid.Empty, [Whole[0]]), Wren, Now));
        Assert.Contains("2 lines are needed.", Refused(SafetyPlan.Review(chart, Rules, Denver, chart.Safety.Plan?.Written.Plan ?? Guid.Empty, Nurse, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_goes_to_a_partner_only_at_a_moderate_or_high_tier()
    {
        Assert.Empty(SafetyPlan.Lines(Planned(Screened(Nurse, "cssrs-q1")), Rules));
        Assert.Equal("Warning signs: I stop answering the phone", SafetyPlan.Lines(Planned(Screened(Nurse, "cssrs-q3")), Rules)[0]);
    }

    [Fact]
    public void What_the_patient_reads_of_the_plan_is_plain() =>
        Assert.All(Rules.PlanParts, p => Assert.True(ReadingGrade.Of(p.Title + ". " + p.Ask) <= 8, $"{p.Id}: {ReadingGrade.Of(p.Title + ". " + p.Ask):F1}"));
}
