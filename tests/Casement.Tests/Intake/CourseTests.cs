using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Intake;

namespace Casement.Tests.Intake;

/// <summary>Which questions are put to whom: nothing needless, nothing twice, nothing skipped.</summary>
public sealed class CourseTests
{
    [Fact]
    public void A_healthy_person_is_done_in_twenty_minutes()
    {
        var wren = Filled.Asked();
        var put = wren.GoThrough();
        Assert.InRange(put.Count, 40, 66);
        Assert.True(put.Sum(id => Filled.Form.ById[id].Seconds) <= 20 * 60, $"{put.Count} questions take {put.Sum(id => Filled.Form.ById[id].Seconds) / 60} minutes.");
        Assert.Equal(put.Count, put.Distinct().Count());
    }

    [Fact]
    public void After_it_no_fact_of_the_form_is_unknown()
    {
        var wren = Filled.Asked();
        wren.GoThrough();
        var sheet = Filling.Fill(wren.Desk.Protocol, wren.Chart.CaseAt(wren.Desk.Protocol, wren.Now, wren.Desk.Settings));
        var visit = Filled.Form.AtTheVisit.Select(a => a.Fact.Id);
        var unknown = wren.Desk.Protocol.Facts.Where(f => f.Phase == Phase.Clearance && f.Sources.Contains(FactSource.Patient) && f.Sources.Length <= 2)
            .Where(f => sheet.Standing[f.Index] == Standing.Unknown && !visit.Contains(f.Id)).Select(f => f.Id);
        // A trauma form that no screen sent stays unknown until the diagnosis is settled.
        Assert.Equal(["pcl5-total"], unknown);
    }

    [Fact]
    public void A_person_with_much_to_tell_still_comes_to_an_end()
    {
        var wren = Filled.Asked();
        var put = wren.GoThrough(new Dictionary<string, ImmutableArray<string>>
        {
            ["heart-ever"] = ["mi-history", "aneurysm-status", GroupQuestion.NoOther],
            ["aneurysm-status"] = ["suspected"],
            ["head"] = ["stroke-tia-history", "tbi", GroupQuestion.NoOther],
            ["tbi"] = ["recovered"],
            ["pcptsd5-0"] = ["1"],
            ["pcptsd5-1"] = ["1"],
            ["pcptsd5-2"] = ["1"],
            ["pcptsd5-3"] = ["1"],
            ["auditc-1"] = ["2"],
            ["drug1-1"] = ["3"],
            ["bipolar-check-1"] = ["1"],
            ["pregnancy-potential"] = ["uterus"],
        });
        Assert.Superset(new HashSet<string>(["mi-months-ago", "stroke-tia-months-ago", "tbi-months-ago", "pcl5-1", "pcl5-20", "auditc-2", "auditc-3", "drug1-2", "bipolar-check-2", "pregnant", "postpartum-12mo"]), put.ToHashSet());
        Assert.Equal(put.Count, put.Distinct().Count());
    }

    [Fact]
    public void The_gate_settles_before_what_hangs_on_it()
    {
        var wren = Filled.Asked();
        var before = Filled.Form.Questions.Select((q, i) => (q.Id, i)).ToDictionary(p => p.Id, p => p.i);
        Assert.False(wren.Needed("pregnant"));
        Assert.True(before["pregnancy-potential"] < before["pregnant"]);
        Assert.True(wren.Answered("pregnancy-potential", "uterus").Needed("pregnant"));
        Assert.False(wren.Needed("mi-months-ago"));
        Assert.True(wren.Answered("heart-ever", "mi-history", GroupQuestion.NoOther).Needed("mi-months-ago"));
    }

    [Fact]
    public void An_answer_that_makes_others_needless_leaves_them_kept_and_marked()
    {
        var wren = Filled.Asked().Answered("pregnancy-potential", "uterus").Answered("pregnant", "no").Answered("pregnancy-potential", "no-uterus");
        Assert.False(wren.Needed("pregnant"));
        Assert.Equal(QuestionState.Answered, wren.State("pregnant"));
        Assert.Equal(FactValue.Of(false), wren.Fact("pregnant"));
    }

    [Fact]
    public void A_choice_ticked_in_a_list_is_asked_exactly()
    {
        var wren = Filled.Asked().Answered("head", "seizure-disorder", GroupQuestion.NoOther);
        Assert.True(wren.Needed("seizure-disorder"));
        Assert.Null(wren.Fact("seizure-disorder"));
        Assert.False(wren.Needed("tbi"));
        Assert.Equal(FactValue.Of("none"), wren.Fact("tbi"));
    }

    [Fact]
    public void Somebody_not_sure_is_asked_one_by_one()
    {
        var wren = Filled.Asked().Answered("head", GroupQuestion.OneByOne);
        Assert.All(((GroupQuestion)Filled.Form.ById["head"]).Items, i => Assert.True(wren.Needed(i.Question.Id)));
        Assert.Null(wren.Fact("stroke-tia-history"));
    }

    [Fact]
    public void What_the_records_say_is_confirmed_and_not_asked()
    {
        var wren = Filled.Asked().Recorded("hypertension-dx", FactValue.Of(true)).Recorded("acs-current", FactValue.Of(false), FactSource.Clinician, daysAgo: 1);
        Assert.Equal(QuestionState.ToConfirm, wren.State("hypertension-dx"));
        Assert.True(wren.Needed("hypertension-dx"));
        Assert.Equal(QuestionState.ToConfirm, wren.State("acs-current"));
        Assert.DoesNotContain(wren.Course.ItemsOf((GroupQuestion)Filled.Form.ById["heart-ever"]), i => i.Question.Id == "hypertension-dx");
        wren.Answered("hypertension-dx", Answering.Confirmed);
        Assert.Equal(QuestionState.Answered, wren.State("hypertension-dx"));
        Assert.Equal(FactSource.Patient, wren.Chart.Facts["hypertension-dx"][^1].Fact.Source);
    }

    [Fact]
    public void What_is_too_old_in_the_records_is_asked()
    {
        var wren = Filled.Asked().Recorded("acs-current", FactValue.Of(false), FactSource.Clinician, daysAgo: 30);
        Assert.Equal(QuestionState.Open, wren.State("acs-current"));
    }

    [Fact]
    public void A_record_that_is_wrong_is_corrected_beside_the_original()
    {
        var wren = Filled.Asked().Recorded("mi-history", FactValue.Of(true)).Answered("mi-history", "no");
        // A sticky adverse answer is taken back by a clinician only; both stand on the chart.
        Assert.Equal(FactValue.Of(true), wren.Fact("mi-history"));
        Assert.Equal(2, wren.Chart.Facts["mi-history"].Count);
        Assert.Equal(QuestionState.Answered, wren.State("mi-history"));
    }

    [Fact]
    public void A_scale_the_records_answered_is_not_asked()
    {
        var wren = Filled.Asked().Recorded("phq9-total", FactValue.Of(12m), FactSource.Clinician, daysAgo: 1).Recorded("phq9-item9", FactValue.Of(0m), FactSource.Clinician, daysAgo: 1);
        Assert.False(wren.Needed("phq9-1"));
        Assert.True(wren.Needed("gad7-1"));
    }

    [Fact]
    public void A_second_round_confirms_what_is_fresh_and_asks_the_rest()
    {
        var wren = Filled.Asked();
        var first = wren.GoThrough();
        wren.Do(chart => IntakeRound.Submit(chart, wren.Desk));
        wren.Now = Filled.Noon.AddDays(20);
        Assert.IsType<Casement.Journal.Accepted>(wren.Do(chart => IntakeRound.Offer(chart, wren.Desk, new(Guid.NewGuid(), Guid.NewGuid()))));
        Assert.Equal(QuestionState.ToConfirm, wren.State("mi-history"));
        Assert.Equal(QuestionState.Open, wren.State("acs-current"));
        Assert.NotEmpty(first);
    }

    [Fact]
    public void Progress_counts_what_applies()
    {
        var wren = Filled.Asked();
        var (count, minutes) = (wren.Course.Count, wren.Course.MinutesLeft);
        Assert.Equal(1, wren.Course.PlaceOf("weight"));
        Assert.Equal(0, wren.Course.PlaceOf("pregnant"));
        wren.Answered("weight", "80", "kg").Answered("pregnancy-potential", "uterus");
        Assert.Equal(count + 5, wren.Course.Count);
        Assert.Equal("height", wren.Course.Next("weight")?.Question.Id);
        Assert.Equal("weight", wren.Course.Before("height")?.Question.Id);
        Assert.InRange(wren.Course.MinutesLeft, 1, minutes + 1);
    }

    [Fact]
    public void Gilbert_is_asked_only_when_the_liver_test_calls_for_it()
    {
        var wren = Filled.Asked();
        Assert.False(wren.Needed("gilbert"));
        Assert.True(wren.Recorded("bilirubin", FactValue.Of(4m), FactSource.Laboratory, 1).Needed("gilbert"));
    }
}
