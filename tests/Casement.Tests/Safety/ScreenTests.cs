using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Definitions;
using Casement.Intake;
using Casement.Journal;
using Casement.Measures;
using Casement.People;
using Casement.Safety;
using Casement.Tests.Clearance;

namespace Casement.Tests.Safety;

/// <summary>The screens that are in use open the pathway, whoever asks them and wherever they are answered (clearance.md 7.1, 7.2 sp-remote; C16).</summary>
public sealed class ScreenTests
{
    static readonly Instruments Scales = ScalesFolder.Read(Root.Path("definitions")).Instruments;
    static readonly SafetyRules Rules = SafetyFile.Read(Root.Path("definitions", "safety"), Ketamine.Protocol, Scales);
    static readonly ScaleFacts Facts = ScaleFactsFile.Load(Root.Path("definitions"), Ketamine.Protocol, Scales);
    static readonly CheckInPlan CheckIns = CheckInsFile.Load(Root.Path("definitions"), Scales);
    static readonly IntakeForm Form = IntakeFile.Load(Root.Path("definitions"), "ketamine", Ketamine.Protocol);
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
    static readonly ImmutableSortedDictionary<string, decimal> Defaults = ImmutableSortedDictionary<string, decimal>.Empty;
    static readonly DateTimeOffset Now = new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);
    static readonly Actor Nurse = new(ActorKind.Staff, "nurse", "Imogen Vance", "PMHNP-BC");
    static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");
    static readonly Following Following = new(Ketamine.Protocol, () => Defaults, Rules, ConsentDocuments.None, Denver);
    static readonly Guid CheckIn = new("c0000000-0000-0000-0000-000000000001");

    static Chart Admitted => Do(Chart.Empty, Nurse, Now, new PatientAdmitted(new(new("Wren"), new(1988, 1, 2), "wren@example.org")));

    static Chart Do(Chart chart, Actor by, DateTimeOffset at, params PatientEvent[] events)
    {
        var after = events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, at, by, e)));
        return Following.Of(chart, after, at).Aggregate(after, (c, e) => c.After(new(c.Version + 1, at, Actor.Casement, e)));
    }

    static Chart Do(Chart chart, Actor by, Decision decision, DateTimeOffset? at = null) =>
        decision is Accepted { Events: var events } ? Do(chart, by, at ?? Now, [.. events]) : throw new Xunit.Sdk.XunitException((decision as Refused)?.Because ?? "nothing to do");

    static Chart Asked(Chart? on = null) => Do(on ?? Admitted, Nurse, IntakeRound.Offer(on ?? Admitted, Desk, new(Guid.NewGuid(), Guid.NewGuid())));

    static IntakeDesk Desk => new(Form, Ketamine.Protocol, Defaults, Now);

    static Chart Told(Chart chart, string question, string given) => Do(chart, Wren, Casement.Intake.Answering.Decide(chart, Desk, new(question, [given], Now, null)));

    static Chart AllNo(Chart chart, DateTimeOffset at) => Do(chart, Nurse, at, new FactsRecorded(
        [.. new[] { "cssrs-q1", "cssrs-q2", "cssrs-q6-lifetime" }.Select(q => new RecordedFact(q, FactValue.Of(false), at, FactSource.Clinician))]));

    /// <summary>With every other answer of a case that may go ahead.</summary>
    static Chart Whole(Chart chart)
    {
        var calm = CaseFile.Read(Ketamine.Protocol, "public.yaml", File.ReadAllText(Root.Path("samples", "cases", "public.yaml")))[0];
        return Do(chart, Nurse, Now, new FactsRecorded(
            [.. calm.Facts.Values.Where(f => !chart.Facts.ContainsKey(f.Fact) && Ketamine.Protocol.FactById[f.Fact].Derivation is null).Select(f => f with { ObservedAt = Now.AddDays(-1), Source = FactSource.Clinician })]));
    }

    static RiskInAWord? Header(Chart chart, DateTimeOffset? at = null) =>
        RiskInAWord.Of(Rules, Ketamine.Protocol, chart, Filling.Fill(Ketamine.Protocol, chart.CaseAt(Ketamine.Protocol, at ?? Now, Defaults)), at ?? Now);

    static Chart Cleared()
    {
        var chart = AllNo(Admitted, Now.AddDays(-1));
        var given = chart.CaseAt(Ketamine.Protocol, Now, Defaults);
        return Do(chart, Nurse, Now, new ClearanceSigned(Guid.NewGuid(), ClearanceVerdict.Cleared, "Three adequate trials.", given, Ketamine.Protocol.Hash, "1.0.0", "cleared", [], [], [], [], "racemic-ketamine-iv", "clinic", Now.AddDays(180), Now.AddDays(30), PeerReview: false));
    }

    [Theory]
    [InlineData("asq-1", SafetyTier.Moderate)]
    [InlineData("asq-2", SafetyTier.Moderate)]
    [InlineData("asq-3", SafetyTier.Moderate)]
    [InlineData("asq-4", SafetyTier.Moderate)]
    [InlineData("asq-5", SafetyTier.High)]
    public void One_yes_of_the_asq_opens_the_pathway_at_once_and_tells_the_clinician(string question, SafetyTier tier)
    {
        var wren = Told(Asked(), question, "1");
        Assert.Equal(tier, wren.Safety.Tier);
        var alert = Assert.Single(wren.Safety.Alerts).Alerted;
        Assert.True(alert.Unattended);
        Assert.Contains($"ASQ {question[^1]}", alert.Because);
        Assert.Contains(wren.Safety.Actions, a => a.Due.Action == "sp-remote");
        Assert.Contains(wren.Safety.Actions, a => a.Due.Action == (tier is SafetyTier.High ? "sp-high-2" : "sp-mod-1"));
        Assert.Contains(wren.Duties.Values, d => d.Called.Template == "staff-urgent");
    }

    [Fact]
    public void All_five_answers_of_the_asq_are_facts_only_where_they_are_yes()
    {
        var wren = Told(Told(Asked(), "asq-1", "1"), "asq-3", "0");
        Assert.Equal(FactValue.Of(true), wren.Facts["cssrs-q1"][^1].Fact.Value);
        Assert.False(wren.Facts.ContainsKey("cssrs-q2"));
        Assert.Equal(FactValue.Of(true), Told(wren, "asq-4", "1").Facts["cssrs-q6-lifetime"][^1].Fact.Value);
    }

    [Fact]
    public void The_header_tells_the_truth_beside_an_older_screen_with_every_answer_no()
    {
        var before = Whole(AllNo(Admitted, Now.AddDays(-1)));
        Assert.Equal(new("suicide screen: all no", RiskGrade.Clear), Header(before));
        var after = Told(Asked(before), "asq-2", "1");
        Assert.Equal(new("suicide screen positive, not evaluated", RiskGrade.Emergency), Header(after));
        // Neither a note that somebody dealt with it nor the answer taken back ends it.
        var read = Do(after, Nurse, IntakeRound.Review(after, "I have dealt with it"));
        Assert.Equal(RiskGrade.Emergency, Header(read)?.Grade);
        var changed = Told(read, "asq-2", "0");
        Assert.True(changed.Safety.IsOpen);
        Assert.Equal("suicide screen positive, not evaluated", Header(changed)?.Word);
        Assert.NotEmpty(SafetyWork.Rows(changed));
    }

    [Fact]
    public void A_chart_from_before_the_screens_were_read_is_not_green_either()
    {
        var asked = Asked(AllNo(Admitted, Now));
        var old = asked.After(new(asked.Version + 1, Now, Wren, new IntakeAnswered("asq-4", "Have you ever tried to kill yourself?", ["1"], "suicide")));
        Assert.False(old.Safety.IsOpen);
        Assert.Equal("suicide screen positive, not evaluated", Header(old)?.Word);
    }

    [Theory]
    [InlineData("asq-1", "1")]
    [InlineData("asq-5", "1")]
    [InlineData("phq9-9", "2")]
    public void A_clearance_is_suspended_in_the_same_act(string question, string given)
    {
        var wren = Told(Asked(Cleared()), question, given);
        Assert.Equal(("trig-cssrs", "same day"), (wren.Clearances[^1].Suspended?.Trigger, wren.Clearances[^1].Suspended?.Within));
        Assert.Contains(wren.Messages.Values, m => m.Asked.Template == "clearance-changed");
    }

    [Fact]
    public void Question_nine_at_one_opens_the_pathway_shows_and_leaves_the_clearance_to_the_evaluation()
    {
        var wren = Told(Asked(Cleared()), "phq9-9", "1");
        Assert.Equal(SafetyTier.Unscreened, wren.Safety.Tier);
        Assert.Equal(RiskGrade.Emergency, Header(wren)?.Grade);
        Assert.Null(wren.Clearances[^1].Suspended);
    }

    [Fact]
    public void After_the_evaluation_question_nine_is_still_said()
    {
        var wren = Told(Asked(AllNo(Admitted, Now)), "phq9-9", "1");
        var evaluated = Do(wren, Nurse, Working.Evaluate(wren, Rules, Denver, Evaluation(ClinicianLevel.Low), Nurse, Now));
        var done = evaluated.Safety.Actions.Where(a => a.Due.Action != SafetyOnChart.FollowUp)
            .Aggregate(evaluated, (c, a) => Do(c, Nurse, Working.Record(c, new(Guid.NewGuid(), a.Due.Action, "Spoke on the phone", Now, ContactOutcome.Reached), Nurse, Now)));
        var closed = Do(done, Nurse, Working.Close(done, Rules, "Settled with a follow-up date.", Nurse, Now));
        Assert.False(closed.Safety.IsOpen);
        Assert.Equal(new("PHQ-9 question 9: 1", RiskGrade.Missing), Header(closed));
    }

    static Evaluate Evaluation(ClinicianLevel level) => new(Guid.NewGuid(), MetBy.Video, "Fleeting thoughts, no method, no intent.", "Chronic risk raised, acute state low.", level, false, "Stays at home with partner.", new DateOnly(2026, 11, 24), long.MaxValue);

    [Fact]
    public void A_clinician_who_finds_more_than_the_screen_suspends_the_clearance()
    {
        var wren = Told(Asked(Cleared()), "phq9-9", "1");
        var evaluated = Do(wren, Nurse, Working.Evaluate(wren, Rules, Denver, Evaluation(ClinicianLevel.High), Nurse, Now));
        Assert.Equal("trig-cssrs", evaluated.Clearances[^1].Suspended?.Trigger);
    }

    [Fact]
    public void A_question_of_the_asq_left_open_is_a_positive_screen_until_somebody_spoke_with_the_person()
    {
        var asked = Asked();
        var wren = Do(asked, Wren, LeavingOpen.Decide(asked, Desk, new("asq-3", OpenBecause.Discuss)));
        Assert.Equal(SafetyTier.Unscreened, wren.Safety.Tier);
        Assert.Equal("suicide risk to be screened, not evaluated", Header(wren)?.Word);
    }

    [Fact]
    public void All_no_opens_nothing_and_settles_nothing()
    {
        var wren = new[] { "asq-1", "asq-2", "asq-3", "asq-4" }.Aggregate(Asked(), (c, q) => Told(c, q, "0"));
        Assert.False(wren.Safety.IsOpen);
        Assert.DoesNotContain(wren.Facts.Keys, f => f.StartsWith("cssrs-", StringComparison.Ordinal));
        Assert.Null(Header(wren) is { Grade: RiskGrade.Clear } ? "green" : null);
    }

    static Chart Sent(Chart chart, string scale) => Do(chart, Nurse, CheckingIn.Send(chart, CheckIns, new(CheckIn, scale, Guid.NewGuid(), Now)));

    static Chart Filled(Chart chart, string scale, params (string Item, decimal Value)[] items) =>
        Do(chart, Wren, CheckingIn.Answer(chart, CheckIns, Facts, new(CheckIn, scale, items.ToImmutableSortedDictionary(i => i.Item, i => i.Value, StringComparer.Ordinal), Now)));

    [Fact]
    public void A_check_in_opens_the_pathway_and_the_screen_after_it_raises_the_tier()
    {
        var wren = Filled(Sent(Cleared(), "pulse"), "pulse", ("1", 4), ("2", 6), ("3", 3), ("5", 1));
        Assert.Equal((SafetyTier.Moderate, true), (wren.Safety.Tier, wren.Safety.Alerts[0].Alerted.Unattended));
        Assert.Equal("trig-cssrs", wren.Clearances[^1].Suspended?.Trigger);
        var acute = Filled(wren, "asq", ("1", 1), ("2", 1), ("3", 1), ("4", 0), ("5", 1));
        Assert.Equal((SafetyTier.High, 2), (acute.Safety.Tier, acute.Safety.Alerts.Count));
        // Closing the alarms of the check-in closes no pathway.
        var closed = acute.Alarms.Aggregate(acute, (c, a) => Do(c, Nurse, CheckingIn.Close(c, CheckIn, a.Raised.Flag, "Called; safe with her brother")));
        Assert.Empty(CheckInWork.Rows(closed));
        Assert.True(closed.Safety.IsOpen);
        Assert.NotEmpty(SafetyWork.Rows(closed));
    }

    [Fact]
    public void A_safety_question_that_was_not_answered_is_asked_about_the_same_day()
    {
        var wren = Filled(Sent(Admitted, "pulse"), "pulse", ("1", 4), ("2", 6), ("3", 3), ("5", 2));
        Assert.Equal(SafetyTier.Unscreened, wren.Safety.Tier);
    }

    [Fact]
    public void Nobody_is_cleared_while_a_positive_screen_waits_for_its_evaluation()
    {
        var wren = Told(Asked(), "asq-1", "1");
        var refused = Assert.IsType<Refused>(Signing.Decide(wren, Ketamine.Protocol, Defaults, Casement.Consent.ConsentDocuments.None, new(Guid.NewGuid(), ClearanceVerdict.ClearedWithConditions, "Reviewed and fit for treatment.", wren.Version), Nurse, Now));
        Assert.Contains("Evaluate first", refused.Because);
        Assert.IsType<Accepted>(Signing.Decide(wren, Ketamine.Protocol, Defaults, Casement.Consent.ConsentDocuments.None, new(Guid.NewGuid(), ClearanceVerdict.NotNow, "Positive screen; evaluation first.", wren.Version), Nurse, Now));
    }

    [Fact]
    public void Every_yes_of_a_suicide_item_in_use_is_triaged()
    {
        foreach (var scale in Scales.All.Where(s => s.Id is "asq"))
            foreach (var item in scale.Items)
                Assert.Contains(Rules.Screens, s => s.Scale == scale.Id && s.Item == item.LinkId && s.Is == 1 && s.Tier >= SafetyTier.Moderate);
    }
}
