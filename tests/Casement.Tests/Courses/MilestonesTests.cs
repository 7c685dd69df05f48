using Casement.Courses;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using static Casement.Tests.Courses.Course;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>What is asked when: the schedule as the text has it (instruments.md section 6).</summary>
public sealed class MilestonesTests
{
    static MilestoneOnChart[] All(Chart chart, string? id = null) => [.. Milestones.All(chart, Measured, Denver).Where(m => id is null || m.Is.Id == id)];

    static int[] DueDays(Chart chart, string id) => [.. All(chart, id).Select(m => m.Window.Due.DayNumber - Start.DayNumber)];

    static MilestoneOnChart Weekly(Chart chart, int day) => All(chart, "weekly").Single(m => m.Window.Due == Day(day));

    static WindowStatus Of(MilestoneOnChart milestone, string scale, int today) => milestone.StatusOn(Day(today), milestone.Scales.Single(s => s.Scale == scale));

    [Fact]
    public void The_days_are_those_of_the_table()
    {
        var chart = With(Induction);
        Assert.Equal([1, 4, 8, 11, 15, 18], DueDays(chart, "24h"));
        // Until four weeks after the end of the induction, day 17.
        Assert.Equal([7, 14, 21, 28, 35, 42], DueDays(chart, "weekly"));
        Assert.Equal([24], DueDays(chart, "eoi"));
        Assert.Equal([47, 77, 107, 137, 167, 197], DueDays(chart, "monthly"));
        Assert.Equal([107, 197, 287, 382], DueDays(chart, "quarterly"));
        Assert.Equal([17], DueDays(chart, "checkpoint-a"));
        Assert.Equal([-1], DueDays(chart, "baseline"));
        Assert.Equal((Day(22), Day(24), Day(31)), (All(chart, "eoi")[0].Window.Opens, All(chart, "eoi")[0].Window.Due, All(chart, "eoi")[0].Window.Closes));
        Assert.Equal((Day(11), Day(17)), (All(chart, "checkpoint-a")[0].Window.Opens, All(chart, "checkpoint-a")[0].Window.Closes));
    }

    [Fact]
    public void Day_three_is_dropped_when_another_session_falls_before_it()
    {
        Assert.Equal([3, 13], DueDays(With(Session(0), Session(10), Session(4)), "day3").Where(d => d is 3 or 13));
        Assert.Equal([5], DueDays(With(Session(0), Session(2)), "day3"));
    }

    [Fact]
    public void Nobody_is_asked_how_a_session_went_before_there_is_word_of_it()
    {
        // Friday, the fifth of June, was agreed on.
        var chart = Scheduled;
        Assert.Equal(["baseline", "pre-session"], All(chart).Select(m => m.Is.Id).Order());
        Assert.Equal((Day(-10), Day(3), Day(4)), (All(chart, "baseline")[0].Window.Opens, All(chart, "baseline")[0].Window.Due, All(chart, "baseline")[0].Window.Closes));
        Assert.Equal(["phq9", "gad7", "who5", "asq"], All(chart, "baseline")[0].Ask);
        // Once the dose was given a baseline is no baseline.
        Assert.Null(All(With(Session(0)), "baseline")[0].AskOn);
        Assert.Null(All(With(Session(0)), "pre-session")[0].AskOn);
    }

    [Fact]
    public void One_response_counts_for_every_window_it_lies_in()
    {
        var chart = With(Induction).And(Answered("phq9", 22, 8));
        Assert.Equal(WindowStatus.InWindow, Of(Weekly(chart, 21), "phq9", 60));
        Assert.Equal(WindowStatus.OnTime, Of(All(chart, "eoi")[0], "phq9", 60));
        Assert.Equal(All(chart, "eoi")[0].Scales[0].By, Weekly(chart, 21).Scales[0].By);
        Assert.DoesNotContain("phq9", All(chart, "eoi")[0].Ask);
        Assert.Contains("bipf", All(chart, "eoi")[0].Ask);
    }

    [Fact]
    public void Outside_its_window_a_response_is_late_or_early_and_does_not_count()
    {
        var late = With(Session(0)).And(Answered("phq9", 11, 8), Answered("gad7", 4, 8));
        Assert.Equal(WindowStatus.Late, Of(Weekly(late, 7), "phq9", 30));
        Assert.False(Weekly(late, 7).IsMet);
        var early = With(Session(0)).And(Answered("phq9", 6, 8), Answered("integration-check", 11));
        Assert.Equal(WindowStatus.OnTime, Of(Weekly(early, 7), "phq9", 30));
        Assert.Equal(WindowStatus.Late, Of(Weekly(early, 7), "integration-check", 30));
        Assert.Equal(WindowStatus.Missed, Of(Weekly(early, 7), "gad7", 30));
        Assert.Equal(WindowStatus.Overdue, Of(Weekly(early, 7), "gad7", 8));
        Assert.Equal(WindowStatus.Open, Of(Weekly(early, 7), "gad7", 7));
        Assert.Equal(WindowStatus.NotOpen, Of(Weekly(early, 7), "gad7", 4));
    }

    [Fact]
    public void What_was_answered_within_its_interval_is_not_asked_again()
    {
        // On the last day of one window: on the day the next is due seven days have not passed, on its last day they have.
        var chart = With(Session(0)).And(Answered("phq9", 10, 8));
        Assert.Equal(NotAsked.AnsweredRecently, Weekly(chart, 14).Scales.Single(s => s.Scale == "phq9").NotAsked);
        Assert.Equal(["gad7", "sleep-check", "integration-check"], Weekly(chart, 14).Ask);
        // All of them answered that day: one sitting on the day they may be asked again.
        var all = chart.And(Answered("gad7", 10), Answered("sleep-check", 10), Answered("integration-check", 10));
        Assert.Equal((Day(17), 4), (Weekly(all, 14).AskOn, Weekly(all, 14).Ask.Length));
        // A prorated or unfinished one holds nothing back.
        Assert.Contains("phq9", Weekly(With(Session(0)).And(Answered("phq9", 10, 8, status: ResponseStatus.Incomplete)), 14).Ask);
    }

    [Fact]
    public void Answered_in_the_two_weeks_before_the_first_session_it_is_not_asked_for_the_baseline()
    {
        var chart = Scheduled.And(Answered("phq9", -9, 18), Answered("who5", -10, 20));
        Assert.Equal(["gad7", "asq"], All(chart, "baseline")[0].Ask);
        Assert.Equal(WindowStatus.OnTime, Of(All(chart, "baseline")[0], "who5", 0));
    }

    [Fact]
    public void Two_scores_below_caseness_drop_a_scale_of_what_is_not_treated()
    {
        var chart = With(Induction).And(Answered("gad7", 7, 9), Answered("gad7", 14, 8));
        Assert.Equal(NotAsked.BelowCaseness, Weekly(chart, 21).Scales.Single(s => s.Scale == "gad7").NotAsked);
        Assert.DoesNotContain("gad7", Weekly(chart, 21).Ask);
        Assert.Contains("gad7", All(chart, "eoi")[0].Ask);
        Assert.Contains("gad7", All(chart, "monthly")[0].Ask);
        Assert.Contains("gad7", Weekly(With(Induction).And(Answered("gad7", 7, 10), Answered("gad7", 14, 8)), 21).Ask);
        // The one treated is asked on.
        Assert.Contains("phq9", Weekly(chart.And(Answered("phq9", 7, 2), Answered("phq9", 14, 2)), 21).Ask);
    }

    [Fact]
    public void Trauma_scales_are_asked_where_trauma_is_treated()
    {
        CoursePlanned plan = new(Guid.NewGuid(), "racemic-ketamine-iv", "pcl5", 6, Day(-1), "Sleep", Day(180), "No change");
        var chart = With([plan, .. Induction]);
        Assert.Contains("pcl5-week", Weekly(chart, 7).Ask);
        Assert.Contains("pcl5", All(chart, "eoi")[0].Ask);
        // The monthly form within fourteen days of the last gives way to the weekly one.
        Assert.Contains("pcl5-week", All(chart.And(Answered("pcl5", 14, 40)), "eoi")[0].Ask);
        Assert.DoesNotContain("pcl5-week", Weekly(With(Induction), 7).Ask);
    }

    [Fact]
    public void The_screen_is_asked_before_a_session_unless_one_was_clear_within_the_week()
    {
        var clear = Scheduled.And(Answered("asq", -1));
        Assert.DoesNotContain("asq", All(clear, "pre-session")[0].Ask);
        Assert.Contains("asq", All(Scheduled.And(Answered("asq", -4)), "pre-session")[0].Ask);
        Assert.Contains("asq", All(Scheduled.And(Answered("asq", -1, flags: "asq-positive")), "pre-session")[0].Ask);
        Assert.Contains("asq", All(clear.And(Answered("pulse", -1, flags: "pulse-safety")), "pre-session")[0].Ask);
        Assert.DoesNotContain("asq", All(clear.And(Answered("pulse", -1, flags: "pulse-safety"), Answered("pulse", 0)), "pre-session")[0].Ask);
    }

    [Fact]
    public void A_quarter_that_is_due_with_a_month_is_asked_in_its_sitting()
    {
        var chart = With(Induction);
        var month = All(chart, "monthly").Single(m => m.Window.Due == Day(107));
        Assert.Contains("auditc", month.Ask);
        Assert.Null(All(chart, "quarterly").Single(m => m.Window.Due == Day(107)).AskOn);
        Assert.Equal(Day(287 - 14), All(chart, "quarterly").Single(m => m.Window.Due == Day(287)).AskOn);
    }

    [Fact]
    public void The_index_is_the_first_score_above_the_line_and_asks_only_when_none_lies_near()
    {
        var chart = With(Session(0)).And(Answered("phq9", -5, 9), Answered("phq9", -3, 14));
        Assert.Equal([177], DueDays(chart, "month6"));
        Assert.Equal(Day(177), All(chart, "month6")[0].AskOn);
        Assert.Null(All(chart.And(Answered("phq9", 130, 4)), "month6")[0].AskOn);
    }

    [Fact]
    public void A_session_on_another_day_moves_what_hangs_on_it()
    {
        var one = With(Session(0), Session(3));
        var moved = With(Session(0), Session(5));
        Assert.Equal([1, 4], DueDays(one, "24h"));
        Assert.Equal([1, 6], DueDays(moved, "24h"));
        Assert.NotEqual(All(one, "24h")[1].Sitting, All(moved, "24h")[1].Sitting);
        Assert.Equal(All(one, "24h")[0].Sitting, All(moved, "24h")[0].Sitting);
    }

    [Fact]
    public void A_closed_course_asks_nothing_and_a_new_one_begins_anew()
    {
        var id = TreatmentCourses.Of(With(Induction), Measured.Defaults, Denver)[0].Id;
        var closed = With([.. Induction, new CourseClosed(id, Day(30), WhyEnded.Choice, "")]);
        Assert.All(All(closed), m => Assert.Null(m.AskOn));
        Assert.All(All(closed), m => Assert.True(m.Window.Due < Day(30)));
        var again = With([.. Induction, Session(100)]);
        Assert.Equal([107, 114, 121], DueDays(again, "weekly")[..3]);
        Assert.Equal([101], DueDays(again, "24h"));
    }

    [Fact]
    public void An_induction_that_never_ended_stops_asking_when_a_later_session_would_be_another_course() =>
        Assert.Equal([7, 14, 21, 28, 35, 42, 49, 56], DueDays(With(Session(0)), "weekly"));

    [Fact]
    public void Days_are_those_of_the_calendar_also_when_the_clock_changes()
    {
        // Clocks go back on the first of November 2026 in Denver, day 153, between the session and the day after it.
        var chart = With(Session(152)).And(Answered("pulse", 153), Answered("side-effects-24h", 154));
        var day = All(chart, "24h")[0];
        Assert.Equal((Day(153), WindowStatus.OnTime, WindowStatus.InWindow), (day.Window.Due, Of(day, "pulse", 160), Of(day, "side-effects-24h", 160)));
        // Half past eleven in the evening is still that day at the practice, though another one in Greenwich.
        var evening = With(Session(0)).And(Answered("pulse", 1) with { AnsweredAt = At(1, 23).AddMinutes(30) });
        Assert.Equal(Day(1), All(evening, "24h")[0].Scales[0].AnsweredOn);
    }

    [Fact]
    public void Shown_are_the_windows_that_opened_and_the_next_of_each_kind()
    {
        var shown = Milestones.Of(With(Induction), Measured, Denver, Day(20));
        Assert.Equal([7, 14, 21, 28], shown.Where(m => m.Is.Id == "weekly").Select(m => m.Window.Due.DayNumber - Start.DayNumber));
        Assert.Single(shown, m => m.Is.Id == "monthly");
    }

    [Fact]
    public void Adherence_counts_closed_windows_and_missed_safety_checks_apart()
    {
        var chart = With(Session(0)).And(
            Answered("pulse", 2), Answered("side-effects-24h", 1),
            Answered("phq9", 7, 8), Answered("gad7", 7), Answered("sleep-check", 6), Answered("integration-check", 7));
        // The day after (one day late), day three missed, the first week on time; the second week is still open.
        var so = Adherence.Of(Milestones.Of(chart, Measured, Denver, Day(13)).Where(m => !m.Is.BeforeDose), Day(13));
        Assert.Equal(new Adherence(3, 2, 1, 0.5m, 0), so);
        Assert.Equal(1, Adherence.Of(Milestones.Of(With(Session(0)), Measured, Denver, Day(5)), Day(5)).MissedSafetyChecks);
    }

    [Fact]
    public void A_score_is_read_against_the_persons_own_baseline()
    {
        var sitting = Guid.NewGuid();
        var chart = With(Session(0)).And(Answered("phq9", -2, 20), Answered("phq9", 7, 9, sitting), Answered("sleep-check", 7, 4, sitting));
        var course = TreatmentCourses.Of(chart, Measured.Defaults, Denver)[^1];
        var mood = ScaleReading.Of(chart, Measured, course, sitting, "phq9", Denver, Day(8));
        Assert.Equal((9m, -11m, 55.0m, Reliability.Improved, false), (mood?.Score, mood?.Points, mood?.PctImprovement, mood?.Reliable, mood?.PracticeCheck));
        Assert.Equal("Mild", mood?.Band, ignoreCase: true);
        Assert.True(ScaleReading.Of(chart, Measured, course, sitting, "sleep-check", Denver, Day(8))?.PracticeCheck);
    }

    [Theory]
    [InlineData("anchor: T0", "anchor: T9", "There is no anchor T9")]
    [InlineData("scales: [phq9, gad7, who5]", "scales: [phq10]", "There is no scale phq10")]
    [InlineData("until-after-induction: 28", "", "comes again and again")]
    [InlineData("asks: never", "asks: sometimes", "'sometimes' is none of")]
    [InlineData("joins: monthly", "joins: yearly", "There is no milestone yearly")]
    [InlineData("unless-next-session: true", "unless-next-sesion: true", "means nothing in a milestone")]
    [InlineData("asks-at: '10:00'", "asks-at: ten", "Write an hour")]
    [InlineData("indications: [ptsd", "indications: [ptsb", "There is no indication ptsb")]
    [InlineData("id: day3", "id: 24h", "Two milestones are called 24h")]
    public void What_is_wrong_is_said_with_its_line(string right, string wrong, string says)
    {
        var text = File.ReadAllText(Root.Path("definitions", "measures", "schedule.yaml"));
        Assert.Contains(right, text);
        var errors = Assert.Throws<DefinitionException>(() => ScheduleFile.Read("schedule.yaml", text.Replace(right, wrong, StringComparison.Ordinal), Rulebook, Held.Instruments)).Errors;
        Assert.Contains(errors, e => e.Message.Contains(says, StringComparison.Ordinal) && e.Line > 1);
    }
}
