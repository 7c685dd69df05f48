using Casement.Clearance;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;

namespace Casement.Tests.Intake;

/// <summary>What an answer does to the chart, at once and when it is changed.</summary>
public sealed class AnsweringTests
{
    static readonly Provenance Paper = new("paper form", "Written on paper on 2026-11-20");

    [Fact]
    public void An_answer_is_a_fact_of_the_patient_at_once()
    {
        var wren = Filled.Asked().Answered("cannabis-use", "weekly");
        var fact = wren.Chart.Facts["cannabis-use"][^1].Fact;
        Assert.Equal((FactValue.Of("weekly"), FactSource.Patient, Filled.Noon), (fact.Value, fact.Source, fact.ObservedAt));
        Assert.Equal(["weekly"], wren.Chart.Intake?.Answers["cannabis-use"].What.Given);
    }

    [Fact]
    public void The_same_answer_twice_is_once()
    {
        var wren = Filled.Asked().Answered("cannabis-use", "weekly").Answered("heart-ever", GroupQuestion.NoOther).Answered("phq9-9", "0").Answered("weight", "181", "lb");
        Assert.IsType<AlreadySo>(wren.Answer("cannabis-use", "weekly"));
        Assert.IsType<AlreadySo>(wren.Answer("heart-ever", GroupQuestion.NoOther));
        Assert.IsType<AlreadySo>(wren.Answer("phq9-9", "0"));
        Assert.IsType<AlreadySo>(wren.Answer("weight", "181", "lb"));
    }

    [Fact]
    public void A_list_says_no_only_when_the_person_does()
    {
        var wren = Filled.Asked();
        Assert.IsType<Refused>(wren.Answer("heart-ever"));
        Assert.IsType<Refused>(wren.Answer("heart-ever", "mi-history"));
        Assert.Empty(wren.Chart.Facts);
        wren.Answered("heart-ever", "mi-history", GroupQuestion.NoOther);
        Assert.Equal(FactValue.Of(true), wren.Fact("mi-history"));
        Assert.Equal(FactValue.Of(false), wren.Fact("pe-history"));
    }

    [Theory]
    [InlineData("nothing-like-it", "yes")]
    [InlineData("cannabis-use", "sometimes")]
    [InlineData("heart-ever", "diabetes")]
    [InlineData("phq9-9", "4")]
    [InlineData("phq9-9", "1.5")]
    [InlineData("drug1-1", "-3")]
    [InlineData("acs-current", "confirmed")]
    [InlineData("medication-list", "listed")]
    public void What_is_no_answer_is_refused_and_nothing_is_kept(string question, string given)
    {
        var wren = Filled.Asked();
        Assert.IsType<Refused>(wren.Answer(question, given));
        Assert.Empty(wren.Chart.Facts);
        Assert.Empty(wren.Chart.Intake?.Answers ?? []);
    }

    [Fact]
    public void Nobody_answers_what_was_not_asked_of_them() => Assert.IsType<Refused>(Filled.Admitted().Answer("cannabis-use", "weekly"));

    [Theory]
    [InlineData(OpenBecause.Discuss)]
    [InlineData(OpenBecause.DoNotKnow)]
    public void Left_open_is_never_an_answer(OpenBecause because)
    {
        var wren = Filled.Asked();
        wren.LeaveOpen("mental-health-provider-engaged", because);
        Assert.Null(wren.Fact("mental-health-provider-engaged"));
        Assert.Equal(QuestionState.LeftOpen, wren.State("mental-health-provider-engaged"));
        Assert.IsType<AlreadySo>(wren.LeaveOpen("mental-health-provider-engaged", because));
    }

    [Fact]
    public void A_reassuring_answer_that_is_taken_back_no_longer_reassures()
    {
        var wren = Filled.Asked().Answered("acs-current", "no");
        wren.LeaveOpen("acs-current", OpenBecause.DoNotKnow);
        Assert.Null(wren.Fact("acs-current"));
        Assert.Single(wren.Chart.Mistakes);
        Assert.Equal(FactValue.Of(false), wren.Answered("acs-current", "no").Fact("acs-current"));
    }

    [Fact]
    public void An_adverse_answer_that_is_taken_back_stays_until_somebody_settles_it()
    {
        var wren = Filled.Asked().Answered("heart-ever", "mi-history", GroupQuestion.NoOther);
        wren.LeaveOpen("heart-ever", OpenBecause.Discuss);
        Assert.Equal(FactValue.Of(true), wren.Fact("mi-history"));
        Assert.Null(wren.Fact("pe-history"));
    }

    [Fact]
    public void A_line_ticked_later_takes_back_its_none()
    {
        var wren = Filled.Asked().Answered("head", GroupQuestion.NoOther);
        Assert.Equal(FactValue.Of("none"), wren.Fact("tbi"));
        wren.Answered("head", "tbi", GroupQuestion.NoOther);
        Assert.Null(wren.Fact("tbi"));
        Assert.Equal(FactValue.Of(false), wren.Fact("myasthenia"));
    }

    [Fact]
    public void A_scale_is_stored_whole_with_its_version_and_its_total_is_a_fact()
    {
        var wren = Filled.Asked();
        for (var item = 1; item <= 8; item++) wren.Answered($"phq9-{item}", "2");
        Assert.Empty(wren.Chart.Scales);
        Assert.Null(wren.Fact("phq9-total"));
        wren.Answered("phq9-9", "0");
        var filled = Assert.Single(wren.Chart.Scales).What;
        Assert.Equal(("phq9", "1.0.0", ResponseStatus.Complete, 16m), (filled.Instrument, filled.Version, filled.Status, filled.Scores["total"]));
        Assert.Equal(9, filled.Items.Count);
        Assert.Equal(FactValue.Of(16m), wren.Fact("phq9-total"));
        Assert.Contains("phq9 1.0.0", wren.Chart.Facts["phq9-total"][^1].Fact.From?.Reference);
    }

    [Fact]
    public void A_changed_item_makes_a_new_filling_beside_the_old()
    {
        var wren = Filled.Asked();
        for (var item = 1; item <= 9; item++) wren.Answered($"phq9-{item}", item == 9 ? "0" : "2");
        wren.Answered("phq9-1", "0");
        Assert.Equal(2, wren.Chart.Scales.Count);
        Assert.Equal(wren.Chart.Scales[0].What.Sitting, wren.Chart.Scales[1].What.Sitting);
        Assert.Equal(FactValue.Of(14m), wren.Fact("phq9-total"));
    }

    [Fact]
    public void A_total_does_not_outlive_an_item_left_open()
    {
        var wren = Filled.Asked();
        for (var item = 1; item <= 9; item++) wren.Answered($"phq9-{item}", "0");
        Assert.Equal(FactValue.Of(0m), wren.Fact("phq9-total"));
        wren.LeaveOpen("phq9-4", OpenBecause.Discuss);
        Assert.Null(wren.Fact("phq9-total"));
    }

    [Fact]
    public void A_scale_with_an_item_left_open_is_kept_as_far_as_it_goes()
    {
        var wren = Filled.Asked();
        for (var item = 1; item <= 8; item++) wren.Answered($"phq9-{item}", "3");
        wren.LeaveOpen("phq9-9", OpenBecause.Discuss);
        wren.Do(chart => IntakeRound.Submit(chart, wren.Desk));
        var kept = Assert.Single(wren.Chart.Scales).What;
        Assert.NotEqual(ResponseStatus.Complete, kept.Status);
        Assert.Contains("phq9-item9-missing", kept.Flags);
        Assert.Null(wren.Fact("phq9-total"));
    }

    [Fact]
    public void A_total_does_not_outlive_a_gate_that_opens()
    {
        var wren = Filled.Asked().Answered("auditc-1", "0");
        Assert.Equal(FactValue.Of(0m), wren.Fact("audit-c-total"));
        Assert.Equal(FactValue.Of(false), wren.Fact("audit-c-positive"));
        wren.Answered("auditc-1", "4");
        Assert.Null(wren.Fact("audit-c-total"));
        wren.Answered("auditc-2", "1").Answered("auditc-3", "1");
        Assert.Equal((FactValue.Of(6m), FactValue.Of(true)), (wren.Fact("audit-c-total"), wren.Fact("audit-c-positive")));
    }

    [Fact]
    public void Answers_of_the_suicide_screen_are_facts_one_by_one()
    {
        var wren = Filled.Asked(FormTests.Worded()).Answered("cssrs-recent-1", "1").Answered("cssrs-recent-2", "1").Answered("cssrs-recent-4", "1");
        Assert.Equal(FactValue.Of(true), wren.Fact("cssrs-q4"));
        Assert.Contains(Assessing.Assess(wren.Desk.Protocol, wren.Chart.CaseAt(wren.Desk.Protocol, wren.Now, wren.Desk.Settings)).Findings, f => f.Rule.Id == "sui-high" && f.Value != Truth.False);
        Assert.Equal(3, wren.Chart.Intake?.Dangers.Count());
    }

    [Theory]
    [InlineData("acs-current", "yes")]
    [InlineData("phq9-9", "1")]
    [InlineData("asq-5", "1")]
    public void Danger_is_on_the_worklist_before_anything_is_handed_in(string question, string given)
    {
        var wren = Filled.Asked().Answered(question, given);
        var row = Worklist.Read(Assert.Single(IntakeWork.Rows(wren.Chart)).Json);
        Assert.Equal(Urgency.Now, row.Urgency);
    }

    [Fact]
    public void A_dangerous_answer_that_is_changed_was_still_said()
    {
        var wren = Filled.Asked().Answered("asq-3", "1").Answered("asq-3", "0");
        Assert.Single(wren.Chart.Intake?.Dangers ?? []);
        Assert.IsType<Refused>(wren.Do(chart => IntakeRound.Review(chart, " ")));
        wren.Do(chart => IntakeRound.Review(chart, "Called at 10:40, safe, plan reviewed"));
        Assert.Empty(wren.Chart.Intake?.Dangers ?? []);
        Assert.Empty(IntakeWork.Rows(wren.Chart));
    }

    [Fact]
    public void A_new_round_does_not_forget_danger()
    {
        var wren = Filled.Asked().Answered("asq-3", "1");
        wren.Do(chart => IntakeRound.Submit(chart, wren.Desk));
        wren.Do(chart => IntakeRound.Offer(chart, wren.Desk, new(Guid.NewGuid(), Guid.NewGuid())));
        Assert.Equal(QuestionState.Open, wren.State("asq-3"));
        Assert.Equal(Urgency.Now, Worklist.Read(Assert.Single(IntakeWork.Rows(wren.Chart)).Json).Urgency);
    }

    [Fact]
    public void Offering_tells_the_person_once_and_without_a_clinical_word()
    {
        var wren = Filled.Asked();
        var asked = Assert.Single(wren.Chart.Messages.Values).Asked;
        Assert.Equal((IntakeRound.Template, IntakeRound.Page, AddresseeKind.Patient), (asked.Template, asked.Page, asked.To.Kind));
        Assert.IsType<AlreadySo>(wren.Do(chart => IntakeRound.Offer(chart, wren.Desk, new(Guid.NewGuid(), Guid.NewGuid()))));
        var step = Assert.Single(NextSteps.Of(wren.Chart, wren.Now));
        Assert.Equal("/my/intake", step.Page);
        Assert.Matches(@"^About 1\d minutes", step.Note);
    }

    [Fact]
    public void Handing_in_keeps_what_is_open_open_and_allows_changes_after()
    {
        var wren = Filled.Asked();
        Assert.IsType<Refused>(wren.Do(chart => IntakeRound.Submit(chart, wren.Desk)));
        wren.Answered("weight", "80", "kg");
        wren.LeaveOpen("acs-current", OpenBecause.Discuss);
        wren.Do(chart => IntakeRound.Submit(chart, wren.Desk));
        Assert.NotNull(wren.Chart.Intake?.SubmittedAt);
        Assert.Empty(NextSteps.Of(wren.Chart, wren.Now));
        Assert.Equal("Read the health questions; 1 to discuss", Worklist.Read(Assert.Single(IntakeWork.Rows(wren.Chart)).Json).What);
        Assert.IsType<AlreadySo>(wren.Do(chart => IntakeRound.Submit(chart, wren.Desk)));
        Assert.Equal(FactValue.Of(false), wren.Answered("acs-current", "no").Fact("acs-current"));
    }

    [Fact]
    public void A_paper_form_bears_the_date_on_the_paper()
    {
        var wren = Filled.Admitted();
        var day = new DateTimeOffset(2026, 11, 20, 19, 0, 0, TimeSpan.Zero);
        Assert.IsType<Refused>(wren.Do(chart => IntakeRound.Begin(chart, wren.Desk, Guid.NewGuid(), new(2026, 11, 24), new(2026, 11, 23))));
        wren.Do(chart => IntakeRound.Begin(chart, wren.Desk, Guid.NewGuid(), new(2026, 11, 20), new(2026, 11, 23)));
        wren.Do(chart => Answering.Decide(chart, wren.Desk, new("acs-current", ["no"], day, Paper)));
        var fact = wren.Chart.Facts["acs-current"][^1].Fact;
        Assert.Equal((day, FactSource.Patient, Paper), (fact.ObservedAt, fact.Source, fact.From));
        Assert.Equal(new DateOnly(2026, 11, 20), wren.Chart.Intake?.PaperOn);
    }

    [Fact]
    public void Months_are_counted_from_the_month_given()
    {
        var wren = Filled.Asked().Answered("heart-ever", "mi-history", GroupQuestion.NoOther).Answered("mi-months-ago", "2026", "5");
        Assert.Equal(6.3m, ((Number)(wren.Fact("mi-months-ago") ?? FactValue.Of(0))).Value);
        Assert.IsType<Refused>(wren.Answer("mi-months-ago", "2027", "5"));
        Assert.IsType<Refused>(wren.Answer("mi-months-ago", "26", "5"));
    }
}
