using Casement.Clearance;
using Casement.Journal;
using Casement.Programmes;
using Casement.Referrals;
using static Casement.Tests.Programmes.Steps;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Programmes;

/// <summary>Steps follow the visit, fit the person, and keep what was written.</summary>
public sealed class StepTests
{
    static DateTimeOffset Visit => Scheduled.Referrals[Id].Appointment ?? throw new InvalidOperationException("No visit stands.");

    [Fact]
    public void A_step_opens_days_before_the_visit_and_moves_with_it()
    {
        Assert.Equal(StepState.Later, Step(Scheduled, "medicines-that-day", Visit.AddDays(-4)).State);
        Assert.Equal(StepState.Open, Step(Scheduled, "medicines-that-day", Visit.AddDays(-2)).State);
        var moved = After(Scheduled, new ReferralScheduled(Id, Visit.AddDays(7), null));
        Assert.Equal(StepState.Later, Step(moved, "medicines-that-day", Visit.AddDays(-2)).State);
        Assert.Equal(Step(Scheduled, "medicines-that-day", Now).OpensAt?.AddDays(7), Step(moved, "medicines-that-day", Now).OpensAt);
    }

    [Fact]
    public void Without_a_visit_a_step_waits_and_has_no_date() => Assert.All(Of(ClearedChart, Now), s => Assert.Equal((StepState.Later, null), (s.State, s.OpensAt)));

    [Fact]
    public void What_was_read_is_kept_with_its_version_and_hash_and_the_words_as_written()
    {
        const string words = "Ich hoffe … ça va?\n\n  Zeile zwei 🌱";
        var chart = Answered(Scheduled, "intention", Visit.AddDays(-1), ("my-intention", words));
        var kept = Assert.Single(chart.Programme.Answers).What;
        Assert.Equal(("preparation", Book.Find("preparation")!.Version, Book.FindStep("intention")!.Value.Step.Sha256, words), (kept.Programme, kept.Version, kept.Sha256, kept.Answers["my-intention"]));
        Assert.Equal(words, chart.Programme.Intention?.What.Words);
        Assert.Equal(StepState.Done, Step(chart, "intention", Visit.AddDays(-1)).State);
        // The same once more changes nothing; other words stand beside the first.
        Assert.IsType<AlreadySo>(Answer(chart, "intention", Visit.AddDays(-1), ("my-intention", words)));
        Assert.Equal([words, "Rest"], Answered(chart, "intention", Visit.AddDays(-1), ("my-intention", "Rest")).Programme.Intentions.Select(i => i.What.Words));
    }

    [Fact]
    public void A_step_of_each_session_comes_again_and_one_of_a_course_does_not()
    {
        var chart = Answered(Answered(Scheduled, "intention", Visit.AddDays(-1), ("my-intention", "Rest")), "worries", Visit.AddDays(-1));
        chart = At(chart, Visit.AddHours(2), Clinic, Reported(Visit));
        chart = At(chart, Visit.AddDays(1), Clinic, new ReferralScheduled(Id, Visit.AddDays(3), null));
        Assert.Equal(StepState.Open, Step(chart, "intention", Visit.AddDays(1)).State);
        Assert.Equal(StepState.Done, Step(chart, "worries", Visit.AddDays(1)).State);
        Assert.Equal(StepState.Passed, Step(chart, "body", Visit.AddDays(1)).State);
        var added = chart.Do(TakingSteps.Change(chart, Step(chart, "body", Visit.AddDays(1)), add: true, "Asked for it"), Visit.AddDays(1));
        Assert.Equal(StepState.Open, Step(added, "body", Visit.AddDays(1)).State);
    }

    [Fact]
    public void Steps_after_a_session_open_and_close_and_give_way_to_the_next_session()
    {
        var chart = At(Scheduled, Visit.AddHours(2), Clinic, Reported(Visit));
        Assert.Equal(StepState.Later, Step(chart, "first-day", Visit.AddHours(23)).State);
        Assert.Equal(StepState.Open, Step(chart, "first-day", Visit.AddHours(24)).State);
        Assert.Equal(StepState.Passed, Step(chart, "first-day", Visit.AddDays(8)).State);
        var two = At(chart, Visit.AddDays(3).AddHours(2), Clinic, Reported(Visit.AddDays(3)));
        Assert.Equal(2, Of(two, Visit.AddDays(5)).Count(s => s.Step.Id == "first-day"));
        Assert.Equal(Visit.AddDays(10), Assert.Single(Of(two, Visit.AddDays(5)), s => s.Step.Id == "first-week").OpensAt);
    }

    [Fact]
    public void Parts_fit_the_person()
    {
        var (plain, needles) = (Book.FindStep("worries")!.Value.Step, Answered(Scheduled, "worries", Visit.AddDays(-1), ("worry-kinds", "needles\nmemories")));
        Assert.DoesNotContain(plain.PartsFor(Scheduled), p => p.Title.Contains("needles", StringComparison.Ordinal));
        Assert.Equal(2, plain.PartsFor(needles).Length - plain.PartsFor(Scheduled).Length);
        var body = Book.FindStep("body")!.Value.Step;
        PatientEvent Told(bool used) => new FactsRecorded([new("sud-history", FactValue.Of(used), Now, FactSource.Patient)]);
        Assert.Equal((2, 3), (body.PartsFor(After(Scheduled, Told(false))).Length, body.PartsFor(After(Scheduled, Told(true))).Length));
    }

    [Fact]
    public void Not_now_is_no_step_done_and_can_be_taken_up_again()
    {
        var at = Visit.AddDays(-1);
        var chart = Scheduled.Do(TakingSteps.SetAside(Scheduled, Step(Scheduled, "body", at)), at, Wren);
        Assert.Equal(StepState.SetAside, Step(chart, "body", at).State);
        Assert.Equal(StepState.Done, Step(Answered(chart, "body", at, ("body-sleep", "7")), "body", at).State);
    }

    [Fact]
    public void A_clinician_opens_or_leaves_out_a_step_for_one_person()
    {
        var at = Visit.AddDays(-20);
        var added = Scheduled.Do(TakingSteps.Change(Scheduled, Step(Scheduled, "body", at), add: true, "Comes early"), at);
        Assert.Equal(StepState.Open, Step(added, "body", at).State);
        var skipped = added.Do(TakingSteps.Change(added, Step(added, "body", at), add: false, "Talked it over"), at.AddMinutes(1));
        Assert.Equal(StepState.Skipped, Step(skipped, "body", at.AddMinutes(2)).State);
        Assert.IsType<Refused>(TakingSteps.Change(added, Step(added, "body", at), add: false, " "));
    }

    [Theory]
    [InlineData("worries", "worry-kinds", "snakes", "Choose one of the answers.")]
    [InlineData("body", "body-sleep", "11", "Choose one of the answers.")]
    [InlineData("body", "body-sleep", "3\n4", "Choose one of the answers.")]
    public void An_answer_nobody_offered_is_refused(string step, string question, string answer, string says) =>
        Assert.Equal(says, Assert.IsType<Refused>(Answer(Scheduled, step, Visit.AddDays(-1), (question, answer))).Because);

    [Fact]
    public void Too_many_words_are_refused_with_their_number_and_a_step_that_is_not_open_takes_none()
    {
        Assert.StartsWith("This holds 10,001 characters", Assert.IsType<Refused>(Answer(Scheduled, "intention", Visit.AddDays(-1), ("my-intention", new('a', 10_001)))).Because, StringComparison.Ordinal);
        Assert.IsType<Accepted>(Answer(Scheduled, "intention", Visit.AddDays(-1), ("my-intention", new('a', 10_000))));
        Assert.IsType<Refused>(Answer(Scheduled, "body", Visit.AddDays(-20), ("body-sleep", "3")));
    }

    [Fact]
    public void Words_that_may_mean_danger_bring_somebody_the_same_day_until_they_are_read()
    {
        var chart = Answered(Scheduled, "intention", Visit.AddDays(-1), ("my-intention", "some days I want to die"));
        Assert.Single(Casement.Tests.FollowUp.Office.Rows(chart), r => r.Page == "programme");
        var read = chart.Do(TakingSteps.Seen(chart, chart.Programme.Answers[0].What.Answering));
        Assert.DoesNotContain(Casement.Tests.FollowUp.Office.Rows(read), r => r.Page == "programme");
        Assert.IsType<Refused>(TakingSteps.Seen(chart, Guid.NewGuid()));
    }

    [Fact]
    public void A_reminder_goes_once_for_what_opened_and_not_again()
    {
        var first = TakingSteps.Due(Scheduled, Of(Scheduled, Visit.AddDays(-8)));
        var told = At(Scheduled, Visit.AddDays(-8), Actor.Casement, Assert.Single(first));
        Assert.Empty(TakingSteps.Due(told, Of(told, Visit.AddDays(-8).AddHours(1))));
        Assert.Single(TakingSteps.Due(told, Of(told, Visit.AddDays(-2))));
    }
}
