using Casement.Measures;

namespace Casement.Tests.Measures;

/// <summary>Cases the specification leaves open, as read in docs/decisions/0009.</summary>
public sealed class ReadingTests
{
    static readonly DateOnly Zero = new(2026, 3, 2);

    static Outcome Judged(string instrument, decimal baseline, (int Day, decimal Score, decimal? Ninth)[] given, params ClinicalEvent[] events)
    {
        var thresholds = Given.Instrument(instrument).Trajectory ?? throw new InvalidOperationException($"{instrument} is not followed.");
        var course = new CourseRecord(
            [new(Zero, SessionPhase.Induction)],
            [new(Zero, baseline), .. given.Select(one => new Assessment(Zero.AddDays(one.Day), one.Score, ResponseStatus.Complete, one.Ninth))],
            [.. events],
            false,
            Zero.AddDays(60));
        return Trajectory.Of(thresholds, Given.Scales.Courses, course).Outcome ?? throw new InvalidOperationException("There is a baseline.");
    }

    [Xunit.Fact]
    public void No_urgent_or_critical_flag_rests_on_a_score_that_waits_for_the_end_of_the_sitting()
    {
        foreach (var instrument in Given.Scales.Instruments.All)
        {
            foreach (var flag in instrument.Flags.Where(flag => flag.Severity >= Severity.Urgent))
            {
                var policies = flag.When.Parts().OfType<ScoreIs>().Select(atom => instrument.Score(atom.Score)?.Missing.Policy);
                Xunit.Assert.All(policies, policy => Xunit.Assert.True(policy is MissingPolicy.Reject or MissingPolicy.Floor, $"{flag.Id} waits."));
            }
        }
    }

    [Xunit.Fact]
    public void A_skipped_item_9_does_not_hide_a_new_positive_one() =>
        Xunit.Assert.Equal([Warning.Item9New], Judged("phq9", 20, [(7, 8, 0), (14, 8, null), (21, 8, 1)]).Responses[^1].Warnings);

    [Xunit.Fact]
    public void Item_9_that_was_never_recorded_as_zero_is_not_new() =>
        Xunit.Assert.Empty(Judged("phq9", 20, [(7, 8, null), (14, 8, 1)]).Responses[^1].Warnings);

    [Xunit.Fact]
    public void Of_an_event_and_a_candidate_on_one_day_the_one_known_earlier_is_the_relapse() =>
        Xunit.Assert.Equal(
            new Relapse(Zero.AddDays(14), Zero.AddDays(14), "hospitalisation"),
            Judged("phq9", 20, [(7, 8, null), (14, 14, null), (21, 14, null)], new ClinicalEvent(Zero.AddDays(14), "hospitalisation")).Relapse);

    [Xunit.Fact]
    public void An_event_of_another_kind_is_no_relapse() =>
        Xunit.Assert.Null(Judged("phq9", 20, [(7, 8, null)], new ClinicalEvent(Zero.AddDays(14), "dose-change")).Relapse);

    [Xunit.Fact]
    public void Bipf_claims_response_and_never_warns_or_relapses()
    {
        var outcome = Judged("bipf", 60, [(7, 30, null), (14, 90, null), (21, 90, null)], new ClinicalEvent(Zero.AddDays(14), "hospitalisation"));
        Xunit.Assert.Equal(Category.Response, outcome.Responses[0].Category);
        Xunit.Assert.All(outcome.Responses, response => Xunit.Assert.Empty(response.Warnings));
        Xunit.Assert.Null(outcome.Relapse);
    }

    [Xunit.Fact]
    public void A_baseline_of_zero_has_no_percentage()
    {
        var response = Judged("phq9", 0, [(7, 6, null)]).Responses[0];
        Xunit.Assert.Null(response.PctImprovement);
        Xunit.Assert.Equal(Category.Deteriorated, response.Category);
    }

    [Xunit.Fact]
    public void Eleven_evaluable_courses_may_be_published_and_ten_may_not()
    {
        CourseOutcome[] ten = [.. Enumerable.Repeat(new CourseOutcome(true, "response"), 10), new(false, "not-evaluable")];
        Xunit.Assert.True(ResponseSummary.Of([.. ten], Given.Scales.Practice).SuppressPublic);
        Xunit.Assert.False(ResponseSummary.Of([.. ten, new(true, "pending")], Given.Scales.Practice).SuppressPublic);
        Xunit.Assert.Equal(10, ResponseSummary.Of([.. ten, new(true, "pending")], Given.Scales.Practice).DenominatorObserved);
    }
}
