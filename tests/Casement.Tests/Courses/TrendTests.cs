using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Courses;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using Casement.Outcomes;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>What a picture of scores shows, and what the practice counts of it (instruments.md sections 7 and 8).</summary>
public sealed class TrendTests
{
    static readonly Measuring Measuring = CoursesFile.Measuring(Root.Path("definitions"), Rulebook, ScalesFolder.Read(Root.Path("definitions")));
    static readonly DateOnly Start = CourseOnChart.DateIn(Now, Denver);

    static SessionReported Reported(int day) =>
        new(Guid.NewGuid(), Id, new("racemic-ketamine-iv", Now.AddDays(day), Now.AddDays(day).AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null);

    static ScaleAnswered Phq9(int day, int score) =>
        ScaleAnswered.Of(Guid.NewGuid(), Measuring.Scales.Instruments.Find("phq9")!, Enumerable.Range(1, 9).ToImmutableSortedDictionary(i => $"{i}", i => (decimal)Math.Clamp(score - 3 * (i - 1), 0, 3), StringComparer.Ordinal).Add("10", 1), Now.AddDays(day), FactSource.Patient);

    static Chart With(params PatientEvent[] events) => At(Scheduled, Now.AddDays(400), Clinic, events);

    static Chart Responder { get; } = With([Phq9(-40, 21), Phq9(-2, 20), .. Enumerable.Range(0, 6).Select(i => Reported(i * 3)), Phq9(8, 12), Phq9(22, 8), Phq9(40, 16), Phq9(50, 17)]);

    static Trend TrendOf(Chart chart, int day) => Trend.Of(chart, Measuring, TreatmentCourses.Current(chart, Measuring.Defaults, Denver), "phq9", Denver, Start.AddDays(day)) ?? throw new InvalidOperationException("There is no trend.");

    [Fact]
    public void A_trend_is_judged_from_its_baseline_and_names_its_goals()
    {
        var trend = TrendOf(Responder, 30);
        Assert.Equal([21m, 20, 12, 8], trend.Points.Select(p => p.Score));
        Assert.Equal(20, Assert.Single(trend.Points, p => p.IsBaseline).Score);
        Assert.Equal([("Response", 10m), ("Remission", 4m)], trend.Goals.Select(g => (g.Says, g.At)));
        Assert.Equal((14m, 26m), trend.Steady);
        Assert.Equal(["severe", "severe", "moderate", "mild"], trend.Points.Select(p => p.Band?.Code));
        Assert.Equal(Casement.Measures.Category.Response, trend.Points[^1].Judged?.Category);
        Assert.Equal((6, 27m, true), (trend.Sessions.Length, trend.Highest, trend.LowerIsBetter));
    }

    [Fact]
    public void Nothing_is_claimed_without_a_baseline_and_nothing_is_drawn_without_an_answer()
    {
        var late = With(Reported(0), Phq9(8, 12));
        Assert.Empty(TrendOf(late, 30).Goals);
        Assert.Null(TrendOf(late, 30).Steady);
        Assert.Null(Trend.Of(With(Reported(0)), Measuring, null, "phq9", Denver, Start));
        Assert.Null(Trend.Of(Responder, Measuring, null, "auditc", Denver, Start.AddDays(90)));
    }

    [Fact]
    public void The_cohort_is_judged_on_the_day_it_is_looked_at_without_a_chart()
    {
        var row = Cohort.Read(Assert.Single(Cohort.Rows(Responder, Measuring, Denver)).Json);
        string On(int day) => Assert.Single(Cohort.On([(new PatientId(Guid.NewGuid()), row)], Measuring, Start.AddDays(day))).State;
        Assert.Equal(("partial", "response", "relapsed", "relapsed"), (On(10), On(30), On(50), On(200)));
        Assert.Equal("lost-to-follow-up", Cohort.On([(new PatientId(Guid.NewGuid()), row with { Course = row.Course with { Assessments = [.. row.Course.Assessments.Take(3)] } })], Measuring, Start.AddDays(200))[0].State);
        var closed = With(new CourseClosed(TreatmentCourses.Current(Responder, Measuring.Defaults, Denver)!.Id, Start.AddDays(60), WhyEnded.AsPlanned, ""));
        Assert.Empty(Cohort.Rows(closed, Measuring, Denver));
    }

    [Fact]
    public void A_course_is_counted_by_the_day_its_induction_ended_and_once_its_window_has_closed()
    {
        var course = TreatmentCourses.Current(Responder, Measuring.Defaults, Denver)!;
        var early = CourseResult.Of(Responder, Measuring, course, Denver, Start.AddDays(29))!;
        var result = CourseResult.Of(Responder, Measuring, course, Denver, Start.AddDays(60))!;
        Assert.Equal((false, true), (early.IsSettled, result.IsSettled));
        Assert.Equal((Start.AddDays(15), "response", true, Reliability.Improved), (result.CountedOn, result.EndOfInduction, result.CompletedInduction, result.Reliable));
        Assert.Equal(new Watched(22, Happened: true), result.ToResponse);
        Assert.Equal(new Watched(18, Happened: true), result.Durability);
        // Before the relapse nobody knows of one: watched until the last answer.
        Assert.Equal(new Watched(0, Happened: false), early.Durability);
    }

    static PersonResult Person(string programme, string outcome, int days = 20) => new(
        Now, Now.AddDays(9), [(Now.AddDays(10), Now.AddDays(40))], [new(Severity.Urgent, Now.AddDays(11), Now.AddDays(11).AddMinutes(50))], [new(Now.AddDays(12), "hypertension", Serious: true)], [new(Now.AddDays(13), Answered: true, DayAfter: true), new(Now.AddDays(14), Answered: false, DayAfter: false)],
        [new(programme, "phq9", Start, Start.AddDays(15), IsSettled: true, 6, Evaluable: true, outcome, outcome == "missing" ? null : Reliability.Improved, outcome == "remission", CompletedInduction: true, null, new(days, outcome is "response" or "remission"), null, Maintained: false)], null);

    static PracticeReport Report(IEnumerable<PersonResult> people, bool publish = false) => PracticeReport.Of([.. people], Measuring.Scales.Practice, Denver, Start, Start.AddDays(90), publish);

    [Fact]
    public void Rates_stand_with_their_groups_and_a_missing_outcome_counts_as_none()
    {
        var report = Report([.. Enumerable.Repeat(Person("iv", "response"), 8), .. Enumerable.Repeat(Person("iv", "remission"), 4), .. Enumerable.Repeat(Person("iv", "partial"), 8), .. Enumerable.Repeat(Person("iv", "missing"), 5)]);
        Share Of(string id) => report.All.Shares.Single(s => s.Id == id);
        Assert.Equal((12, 25, 0.48m), (Of("response-all").Count, Of("response-all").Group, Of("response-all").Rate));
        Assert.Equal((12, 20, 0.6m), (Of("response-observed").Count, Of("response-observed").Group, Of("response-observed").Rate));
        Assert.Equal((4, 0.16m), (Of("remission-all").Count, Of("remission-all").Rate));
        Assert.Equal((20, 25), (Of("follow-up").Count, Of("follow-up").Group));
        Assert.Equal(Proportion.Of(12, 25).Ci95, Of("response-all").Ci95);
        Assert.Equal((25, 50), (report.Work.Single(s => s.Id == "check-ins-answered").Count, report.Work.Single(s => s.Id == "check-ins-answered").Group));
        Assert.Equal(1m, report.Work.Single(s => s.Id == "alarms-within-hour").Rate);
        Assert.Equal((9m, 30m), (report.Spans.Single(s => s.Id == "to-clearance").MedianDays, report.Spans.Single(s => s.Id == "to-closing").MedianDays));
        Assert.Equal(("hypertension", (int?)25, true), Assert.Single(report.Events));
        Assert.Equal((25, 12, null), (report.All.Curves[0].Survival?.Observed, report.All.Curves[0].Survival?.Events, report.All.Curves[0].Survival?.Median));
        // Outside the period nobody is counted.
        Assert.Equal(0, PracticeReport.Of([Person("iv", "response")], Measuring.Scales.Practice, Denver, Start.AddDays(16), Start.AddDays(90), false).All.Courses);
    }

    [Fact]
    public void What_is_published_gives_nobody_away()
    {
        PersonResult[] people = [.. Enumerable.Repeat(Person("iv", "response"), 30), .. Enumerable.Repeat(Person("im", "response"), 12), .. Enumerable.Repeat(Person("nasal", "partial"), 4)];
        // Four of one programme are left out, and the next smallest with them, or the four could be reckoned from the total.
        Assert.Equal(["iv"], Report(people, publish: true).ByProgramme.Select(p => p.Programme));
        Assert.Equal(["iv", "im", "nasal"], Report(people).ByProgramme.Select(p => p.Programme));
        Assert.True(Report(people).ByProgramme[2].Shares[0].Unstable);
        var few = Report(people.Take(10), publish: true);
        Assert.All(few.All.Shares, s => Assert.True(s.IsHidden && s.Rate is null && s.Ci95 is null && s.Count is null));
        Assert.Null(few.All.Courses);
        Assert.All(few.All.Curves, c => Assert.Null(c.Survival));
        Assert.Null(few.Events[0].Count);
        // Within the practice few are shown, without a median.
        Assert.NotNull(Report(people.Take(10)).All.Curves[0].Survival);
        Assert.Null(Report(people.Take(10)).All.Curves[0].Survival?.Median);
    }

    [Theory]
    [InlineData("called: Worry", "", "called")]
    [InlineData("id: gad7", "id: asq", "asq is not followed over a course.")]
    [InlineData("{minimal: hardly at all, mild: a little, moderate: quite a bit, severe: a lot}", "{minimal: hardly at all, mild: a little, moderate: quite a bit}", "There are no words for the band severe of gad7.")]
    [InlineData("severe: a lot}", "severe: a lot, awful: much}", "gad7 has no band awful.")]
    public void Words_for_a_scale_are_whole_or_named(string right, string wrong, string says)
    {
        const string text = "version: 1.0.0\nchanges: {improved: better, none: same, deteriorated: harder}\nscales:\n- id: gad7\n  called: Worry\n  about: How often.\n  bands: {minimal: hardly at all, mild: a little, moderate: quite a bit, severe: a lot}\n";
        Assert.Contains(says, Assert.Throws<DefinitionException>(() => CoursesFile.ReadWords("words.yaml", text.Replace(right, wrong, StringComparison.Ordinal), Measuring.Scales.Instruments)).Message, StringComparison.Ordinal);
    }
}
