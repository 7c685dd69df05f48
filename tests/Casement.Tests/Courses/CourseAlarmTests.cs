using Casement.Courses;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;
using static Casement.Tests.Courses.Course;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>What a response says of the whole course, told once and closed by an act (expectations C11).</summary>
public sealed class CourseAlarmTests
{
    static CourseAlarmRaised[] Raised(Chart chart, int day, params PatientEvent[] answers) =>
        [.. CourseAlarms.Consequences(Measured, Denver, chart, chart.And(answers), At(day, 13)).Cast<CourseAlarmRaised>()];

    /// <summary>Twenty before treatment, a response on day 11, six points on day 18.</summary>
    static Chart Responded => With(Induction).And(Answered("phq9", -2, 20), Answered("phq9", 11, 8), Answered("phq9", 18, 6));

    [Fact]
    public void One_bad_week_is_an_early_warning_against_their_own_best_and_never_a_relapse()
    {
        var raised = Raised(Responded, 25, Answered("phq9", 25, 12));
        Assert.Equal(["rise", "threshold"], raised.Select(a => a.Kind).Order());
        Assert.All(raised, a => Assert.Equal((12m, 20m, Day(25), Severity.Warning), (a.Score, a.Baseline, a.On, a.Severity)));
        Assert.Contains("PHQ-9 12", raised[0].Says, StringComparison.Ordinal);
        Assert.DoesNotContain("relapse", raised[0].Says, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Raised(Responded, 25, Answered("phq9", 25, 7)));
    }

    [Fact]
    public void A_second_bad_week_confirms_a_relapse() =>
        Assert.Contains("relapse", Raised(Responded.And(Answered("phq9", 25, 12)), 32, Answered("phq9", 32, 13)).Select(a => a.Kind));

    [Fact]
    public void No_adequate_change_after_the_fourth_session_has_the_prescriber_look()
    {
        var chart = With(Induction[..4]).And(Answered("phq9", -2, 22), Answered("phq9", 8, 21));
        var raised = Assert.Single(Raised(chart, 14, Answered("phq9", 14, 20)));
        Assert.Equal((CourseAlarmRules.CheckpointA, Severity.Urgent), (raised.Kind, raised.Severity));
        Assert.Empty(Raised(chart, 14, Answered("phq9", 14, 15)));
    }

    [Fact]
    public void Worse_than_before_treatment_and_no_response_at_the_end_are_told()
    {
        Assert.Equal(CourseAlarmRules.Deteriorated, Assert.Single(Raised(With(Session(0)).And(Answered("phq9", -2, 14)), 8, Answered("phq9", 8, 20))).Kind);
        Assert.Equal(CourseAlarmRules.CheckpointB, Assert.Single(Raised(With(Induction).And(Answered("phq9", -2, 22)), 24, Answered("phq9", 24, 20))).Kind);
    }

    [Fact]
    public void The_same_response_raises_it_once_and_an_act_alone_closes_it()
    {
        var answer = Answered("phq9", 25, 12);
        var raised = Raised(Responded, 25, answer);
        var chart = Responded.And([answer, .. raised]);
        // The same sitting, with an answer changed that changes nothing.
        Assert.Empty(Raised(chart, 25, answer));
        Assert.Equal(2, Worklist.Of(CourseAlarms.Rows(chart)).Count());
        Assert.StartsWith("Say what was done", Refused(CourseAlarms.Close(chart, raised[0].Alarm, " ")), StringComparison.Ordinal);
        var closed = chart.Do(CourseAlarms.Close(chart, raised[0].Alarm, "Called; visit on Thursday"));
        Assert.Single(Worklist.Of(CourseAlarms.Rows(closed)));
        Assert.IsType<AlreadySo>(CourseAlarms.Close(closed, raised[0].Alarm, "Again"));
        Assert.Empty(Raised(closed, 25, answer));
    }

    [Fact]
    public void Without_a_course_or_a_baseline_nothing_is_claimed()
    {
        Assert.Empty(Raised(With(), 8, Answered("phq9", 8, 27)));
        Assert.Empty(Raised(With(Session(0)), 8, Answered("phq9", 8, 27)));
    }

    [Fact]
    public void It_is_written_with_the_answer_itself()
    {
        var everything = new Following(Rulebook, () => Defaults, null, Casement.Consent.ConsentDocuments.None, Denver) { Sittings = Course.Rules };
        var answer = Answered("phq9", 25, 12);
        Assert.Contains(everything.Of(Responded, Responded.And(answer), At(25, 13)), e => e is CourseAlarmRaised { Kind: "rise" });
    }

    [Theory]
    [InlineData("  relapse:", "  relaps:", "There is no alarm relaps")]
    [InlineData("severity: urgent", "severity: loud", "A severity is")]
    public void What_is_wrong_is_said_with_its_line(string right, string wrong, string says)
    {
        var text = File.ReadAllText(Root.Path("definitions", "measures", "alarms.yaml"));
        Assert.Contains(Assert.Throws<DefinitionException>(() => CourseAlarmsFile.Read("alarms.yaml", text.Replace(right, wrong, StringComparison.Ordinal))).Errors, e => e.Message.Contains(says, StringComparison.Ordinal) && e.Line > 1);
    }
}
