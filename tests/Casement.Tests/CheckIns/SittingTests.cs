using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Sessions;
using static Casement.Tests.Courses.Course;
using Loop = Casement.Tests.Referrals.Loop;

namespace Casement.Tests.CheckIns;

/// <summary>Asking for the questions of the schedule, answering them one part after the other, and what silence asks of somebody.</summary>
public sealed class SittingTests
{
    static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");

    static Chart Round(Chart chart, int day, int hour = 10) => Loop.At(chart, At(day, hour), Actor.Casement, AskingSittings.Due(chart, Rules, At(day, hour)).AsSpan());

    static SittingAsked Only(Chart chart, string milestone) => chart.Sittings.Values.Where(s => s.Asked.Milestone == milestone).MinBy(s => s.Asked.DueOn)!.Asked;

    static Chart Answer(Chart chart, Guid sitting, string scale, int day, int hour, params decimal[] values)
    {
        var items = Held.Instruments.Find(scale)!.Items.Zip(values).ToImmutableSortedDictionary(i => i.First.LinkId, i => i.Second, StringComparer.Ordinal);
        return Loop.Do(chart, CheckingIn.Answer(chart, Plan, Facts, new(sitting, scale, items, At(day, hour))), At(day, hour), Wren);
    }

    static WorklistRow[] Rows(Chart chart, int day, int hour = 12) => [.. Worklist.Of(CheckInWork.Rows(chart)).Where(r => r.Since <= At(day, hour))];

    static int Nudges(Chart chart, Guid sitting) => chart.Messages.Values.Count(m => m.Asked.About == sitting);

    static readonly decimal[] Well = [7, 3, 6, 6, 0], NoTrouble = [.. Enumerable.Repeat(0m, 20)];

    [Fact]
    public void The_day_after_a_session_both_its_scales_are_one_sitting_behind_one_link()
    {
        var before = Round(With(Session(0)), 1, 9);
        Assert.DoesNotContain(before.Sittings.Values, s => s.Asked.Milestone == "24h");
        var chart = Round(before, 1);
        var asked = Only(chart, "24h");
        Assert.Equal(["pulse", "side-effects-24h"], asked.Scales);
        // Until the day after it is over, at the practice.
        Assert.Equal((false, At(3, 0), IfSilent.Call), (asked.SignsIn, asked.ClosesAt, asked.IfSilent));
        Assert.Equal((LinkFor.CheckIn, asked.ClosesAt), (chart.Links[asked.CheckIn].Given.For, chart.Links[asked.CheckIn].Given.ExpiresAt));
        var message = Assert.Single(chart.Messages.Values, m => m.Asked.About == asked.CheckIn).Asked;
        Assert.Equal((CheckingIn.Template, CheckingIn.Room, asked.CheckIn), (message.Template, message.Page, message.Through));
        Assert.Empty(AskingSittings.Due(chart, Rules, At(1, 11)));
    }

    [Fact]
    public void What_tells_more_is_asked_after_signing_in()
    {
        var chart = Round(With(Session(0)), 5);
        var asked = Only(chart, "weekly");
        Assert.Equal((true, "phq9 gad7 sleep-check integration-check"), (asked.SignsIn, string.Join(' ', asked.Scales)));
        Assert.False(chart.Links.ContainsKey(asked.CheckIn));
        var message = Assert.Single(chart.Messages.Values, m => m.Asked.About == asked.CheckIn).Asked;
        Assert.Equal((AskingSittings.Template, $"/my/check-in/{asked.CheckIn:D}", null), (message.Template, message.Page, message.Through));
    }

    [Fact]
    public void At_most_three_messages_and_none_once_it_is_answered_or_over()
    {
        var chart = With(Session(0));
        for (var day = 5; day <= 12; day++) chart = Round(Round(chart, day), day, 15);
        var weekly = Only(chart, "weekly");
        // On the fifth day it opened, on the seventh it was due, on the ninth half of what was left had passed.
        Assert.Equal([5, 7, 9], chart.Messages.Values.Where(m => m.Asked.About == weekly.CheckIn).Select(m => CourseOnChart.DateIn(m.AskedAt, Loop.Denver).DayNumber - Start.DayNumber).Order());

        var answered = Round(With(Session(0)), 5);
        foreach (var scale in weekly.Scales) answered = Answer(answered, weekly.CheckIn, scale, 6, 12, NoTrouble[..Held.Instruments.Find(scale)!.Items.Length]);
        Assert.Equal(1, Nudges(Round(answered, 7), weekly.CheckIn));

        var closed = Round(With(Session(0)), 5).And(new CourseClosed(weekly.Course, Day(6), WhyEnded.Choice, ""));
        Assert.Empty(AskingSittings.Due(closed, Rules, At(7)));
        // A program that slept through two reminders sends one.
        Assert.Equal(2, Nudges(Round(Round(With(Session(0)), 5), 9), weekly.CheckIn));
        // One that slept through the window asks nothing.
        Assert.DoesNotContain(Round(With(Session(0)), 11).Sittings.Values, s => s.Asked.DueOn == Day(7));
    }

    [Fact]
    public void A_reminder_that_waits_for_the_morning_does_not_go_once_it_was_answered()
    {
        var chart = Round(Round(With(Session(0)), 1), 2);
        var asked = Only(chart, "24h");
        var reminder = chart.Messages.Values.Single(m => m.Asked.About == asked.CheckIn && m.AskedAt == At(2, 10)).Asked.Message;
        var rules = MessageRules.None with { Policy = MessageRules.None.Policy with { MostNudges = 3 } };
        Assert.IsType<Send>(Delivering.Next(chart, reminder, rules, Loop.Denver, At(2, 11)));
        var answered = Answer(Answer(chart, asked.CheckIn, "pulse", 2, 11, Well), asked.CheckIn, "side-effects-24h", 2, 11, NoTrouble[..Held.Instruments.Find("side-effects-24h")!.Items.Length]);
        Assert.Equal(new Hold(HeldBecause.TooLate, false), Delivering.Next(answered, reminder, rules, Loop.Denver, At(2, 12)));
    }

    [Fact]
    public void Parts_follow_one_another_and_what_was_sent_is_kept()
    {
        var chart = Round(With(Session(0)), 1);
        var sitting = Sitting.Of(chart, Only(chart, "24h").CheckIn)!;
        Assert.Equal(["pulse", "side-effects-24h"], sitting.Left(chart, Plan).Select(s => s.Scale.Id));
        var half = Answer(chart, sitting.Id, "pulse", 1, 12, Well);
        Assert.Equal(["side-effects-24h"], sitting.Left(half, Plan).Select(s => s.Scale.Id));
        Assert.IsType<AlreadySo>(CheckingIn.Answer(half, Plan, Facts, new(sitting.Id, "pulse", half.Scales[^1].What.Items, At(1, 13))));
        Assert.StartsWith("These questions were not asked", Loop.Refused(CheckingIn.Answer(half, Plan, Facts, new(sitting.Id, "gad7", ImmutableSortedDictionary<string, decimal>.Empty.Add("1", 1), At(1, 13)))), StringComparison.Ordinal);
        Assert.StartsWith("The time for these", Loop.Refused(CheckingIn.Answer(half, Plan, Facts, new(sitting.Id, "side-effects-24h", ImmutableSortedDictionary<string, decimal>.Empty.Add("1", 1), At(3, 0)))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dangerous_answer_asks_the_screen_next_in_the_same_sitting_and_raises_its_alarm()
    {
        var chart = Round(With(Session(0)), 1);
        var sitting = Sitting.Of(chart, Only(chart, "24h").CheckIn)!;
        var told = Answer(chart, sitting.Id, "pulse", 1, 12, 4, 6, 3, 4, 1);
        Assert.Equal(["asq", "side-effects-24h"], sitting.Left(told, Plan).Select(s => s.Scale.Id));
        Assert.Contains(told.Alarms, a => a.Raised.Flag == "pulse-safety");

        var weekly = Round(With(Session(0)), 5);
        var signedIn = Sitting.Of(weekly, Only(weekly, "weekly").CheckIn)!;
        var nine = Answer(weekly, signedIn.Id, "phq9", 5, 12, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0);
        Assert.Equal("asq", signedIn.Left(nine, Plan)[0].Scale.Id);
        Assert.Contains(nine.Alarms, a => a.Raised.Flag == "phq9-item9");
    }

    [Fact]
    public void What_was_answered_whole_in_another_sitting_since_is_not_asked_twice()
    {
        var chart = Round(Round(With(Induction), 19), 22);
        var weekly = chart.Sittings.Values.Single(s => s.Asked.DueOn == Day(21)).Asked;
        var end = Only(chart, "eoi");
        Assert.Contains("phq9", end.Scales);
        var answered = Answer(chart, end.CheckIn, "phq9", 22, 12, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
        Assert.DoesNotContain(Sitting.Of(answered, weekly.CheckIn)!.Left(answered, Plan), s => s.Scale.Id == "phq9");
    }

    [Fact]
    public void Silence_the_day_after_a_first_session_has_somebody_call_the_next_business_morning()
    {
        // The first session is on a Friday, day 4: the questions close on Sunday, and somebody calls on Monday at nine.
        var chart = Round(With(Session(4)), 5);
        Assert.Empty(Rows(chart, 7, 8));
        var row = Assert.Single(Rows(chart, 7, 9));
        Assert.Equal((Urgency.Today, "Call: no answer to the questions “The day after a session”"), (row.Urgency, row.What));
        Assert.Equal(At(7, 9), Only(chart, "24h").CallAt);
        Assert.Empty(Rows(Answer(chart, Only(chart, "24h").CheckIn, "pulse", 6, 12, Well), 8));
        Assert.StartsWith("Say how you reached", Loop.Refused(CheckingIn.SettleSilence(chart, Only(chart, "24h").CheckIn, " ", At(7))), StringComparison.Ordinal);
        Assert.Empty(Rows(Loop.Do(chart, CheckingIn.SettleSilence(chart, Only(chart, "24h").CheckIn, "Called; all well", At(7))), 8));
    }

    [Fact]
    public void Silence_later_is_shown_once_and_calls_only_after_a_flagged_session()
    {
        var quiet = With(Session(0));
        for (var day = 5; day <= 20; day++) quiet = Round(quiet, day);
        var row = Assert.Single(Rows(quiet, 20));
        Assert.Equal((Urgency.Soon, "No answer to the questions “Weekly”: reach out"), (row.Urgency, row.What));
        Assert.Equal(At(11, 0), row.Since);
        Assert.Empty(Rows(Loop.Do(quiet, CheckingIn.SettleSilence(quiet, quiet.Sittings.Values.Single(s => s.Asked.DueOn == Day(7)).Asked.CheckIn, "Reached her sister", At(20))), 20));

        var day0 = Guid.NewGuid();
        var flagged = Loop.At(Loop.Scheduled, At(0), Loop.Clinic,
            new SessionReported(day0, Loop.Id, new("racemic-ketamine-iv", At(0), At(0, 13), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null),
            new SessionAdverseEvent(day0, Guid.NewGuid(), "vomiting", Serious: false, "Vomited twice", At(0)));
        var weekly = Round(flagged, 5);
        Assert.Contains(Rows(weekly, 11), r => r.What == "Call: no answer to the questions “Weekly”" && r.Urgency is Urgency.Today);
    }

    [Fact]
    public void The_round_opens_only_charts_on_which_something_falls_due()
    {
        var chart = With(Session(0));
        SittingTimes Times(Chart so) => SittingClocks.Read(Assert.Single(SittingClocks.Rows(so, Rules)).Json);
        Assert.False(Times(chart).Holds(At(1, 9)));
        Assert.True(Times(chart).Holds(At(1, 10)));
        var asked = Round(chart, 1);
        Assert.False(Times(asked).Holds(At(1, 11)));
        Assert.True(Times(asked).Holds(At(2, 10)));
        // Every instant at which something is due is told, and none at which nothing is.
        for (var hour = 0; hour < 24 * 80; hour += 5)
        {
            var now = At(0, 0).AddHours(hour);
            var due = !AskingSittings.Due(chart, Rules, now).IsEmpty;
            Assert.True(Times(chart).Holds(now) || !due);
            // Far ahead the row is content to say "from here on look".
            if (hour < 24 * 49) Assert.Equal(due, Times(chart).Holds(now));
        }
        Assert.Empty(SittingClocks.Rows(Loop.ClearedChart, Rules));
    }

    [Fact]
    public void A_patient_finds_it_on_the_home_page_until_it_is_answered_or_over()
    {
        var chart = Round(With(Session(0)), 1);
        var step = Assert.Single(SittingSteps.Of(chart, At(1, 11)));
        Assert.Equal($"/my/check-in/{Only(chart, "24h").CheckIn:D}", step.Page);
        Assert.Empty(SittingSteps.Of(chart, At(3, 0)));
    }
}
