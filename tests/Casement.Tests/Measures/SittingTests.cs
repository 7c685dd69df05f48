using Casement.Measures;

namespace Casement.Tests.Measures;

/// <summary>What happens while somebody is still answering, and when they stop; instruments.md, rules 3 and 4.</summary>
public sealed class SittingTests
{
    [Xunit.Fact]
    public void A_positive_safety_answer_alarms_as_soon_as_it_is_saved() =>
        Xunit.Assert.Equal(["phq9-item9", "phq9-item9-high"], Given.FlagIds(Given.Saved("phq9", "9=2")));

    [Xunit.Fact]
    public void A_screen_alarms_on_the_answer_that_decides_it_before_the_rest_is_given() =>
        Xunit.Assert.Equal(["cssrs-recent-high"], Given.FlagIds(Given.Saved("cssrs-recent", "2=1 5=1")));

    [Xunit.Fact]
    public void What_is_not_yet_answered_is_missing_only_when_the_sitting_ends()
    {
        Xunit.Assert.Empty(Given.Saved("phq9", "1=0").Flags);
        Xunit.Assert.Equal(["phq9-item9-missing"], Given.FlagIds(Given.Submitted("phq9", "1=0")));
        Xunit.Assert.Empty(Given.Saved("readiness", "").Flags);
        Xunit.Assert.Empty(Given.Saved("asq", "").Flags);
    }

    [Xunit.Fact]
    public void Either_half_of_a_given_or_missing_alarm_fires_in_its_own_time()
    {
        Xunit.Assert.Equal(["readiness-no-escort"], Given.FlagIds(Given.Saved("readiness", "escort=0")));
        Xunit.Assert.Equal(["pulse-safety-declined"], Given.FlagIds(Given.Saved("pulse", "5=2")));
        Xunit.Assert.Contains("pulse-safety-declined", Given.FlagIds(Given.Submitted("pulse", "")));
    }

    [Xunit.Fact]
    public void Nothing_is_guessed_while_answers_may_still_come()
    {
        var saved = Given.Saved("readiness", "1=1 2=1 3=1 4=1 5=2 6=1 7=1 8=1");
        Xunit.Assert.Null(saved.Scores["index"]);
        Xunit.Assert.Empty(saved.Flags);
        Xunit.Assert.Equal(28, Given.Submitted("readiness", "1=1 2=1 3=1 4=1 5=2 6=1 7=1 8=1").Scores["index"]);
        Xunit.Assert.Null(Given.Saved("session-observation", "dissoc=1").Scores["dischargeReady"]);
    }

    [Xunit.Fact]
    public void Not_missing_does_not_come_true_in_an_open_sitting()
    {
        var condition = new Not(new Missing("9"));
        var phq9 = Given.Instrument("phq9");
        Xunit.Assert.False(condition.HoldsOn(Sheet.From(phq9, Given.Answers(""), SexAtBirth.Unknown, Occasion.Open)));
        Xunit.Assert.True(condition.HoldsOn(Sheet.From(phq9, Given.Answers("9=0"), SexAtBirth.Unknown, Occasion.Closed)));
    }

    [Xunit.Fact]
    public void A_flag_carries_the_answers_that_fired_it()
    {
        var flag = Xunit.Assert.Single(Given.Submitted("auditc", "1=2 2=0 3=1", SexAtBirth.Female).Flags);
        Xunit.Assert.Equal(["1", "2", "3"], flag.Because.Keys);
        Xunit.Assert.Equal("auditc-positive", flag.Rule.Id);
    }

    [Xunit.Fact]
    public void Answers_to_questions_that_were_not_asked_are_reported()
    {
        Xunit.Assert.Equal(["3", "4", "5"], Given.Submitted("cssrs-recent", "1=0 2=0 3=1 4=1 5=1 6=0").Dropped);
        Xunit.Assert.Empty(Given.Submitted("cssrs-recent", "1=0 2=0 6=0").Dropped);
    }

    [Xunit.Fact]
    public void An_invalid_response_says_which_item_and_not_what_was_said()
    {
        var response = Given.Submitted("phq9", "1=7 11=0");
        Xunit.Assert.Equal(["The answer to item 1 is not one of its options.", "There is no item 11."], response.Problems);
        Xunit.Assert.Empty(response.Scores);
        Xunit.Assert.Empty(response.Bands);
        Xunit.Assert.Empty(response.Flags);
    }
}
