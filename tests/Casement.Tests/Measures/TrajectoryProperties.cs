using Casement.Measures;
using CsCheck;

namespace Casement.Tests.Measures;

/// <summary>What holds for every course, whatever the scores.</summary>
public sealed class TrajectoryProperties
{
    static readonly DateOnly Zero = new(2026, 3, 2);

    static readonly ChangeThresholds Phq9 = Given.Instrument("phq9").Trajectory ?? throw new InvalidOperationException("The PHQ-9 is followed over a course.");

    /// <summary>Six sessions, a baseline, and up to fourteen responses on different days.</summary>
    static readonly Gen<CourseRecord> AnyCourse =
        from baseline in Gen.Int[0, 27]
        from days in Gen.Int[1, 200].HashSet[0, 14]
        from scores in Gen.Int[0, 27].Array[14]
        from item9 in Gen.Int[0, 3].Array[14]
        from eventOn in Gen.Int[1, 400]
        select new CourseRecord(
            [.. new[] { 0, 2, 4, 7, 9, 11 }.Select(day => new DosingSession(Zero.AddDays(day), SessionPhase.Induction))],
            [new(Zero.AddDays(-1), baseline), .. days.Select((day, i) => new Assessment(Zero.AddDays(day), scores[i], ResponseStatus.Complete, item9[i]))],
            [new(Zero.AddDays(eventOn), "hospitalisation")],
            true,
            Zero.AddDays(210));

    static Trajectory Judged(CourseRecord course) => Trajectory.Of(Phq9, Given.Scales.Courses, course);

    static string Written(CourseRecord course)
    {
        var outcome = Judged(course).Outcome ?? throw new InvalidOperationException("There is a baseline.");
        return $"{outcome with { Responses = [] }} {string.Join(';', outcome.Responses.Select(one => $"{one with { Warnings = [] }} {string.Join(',', one.Warnings)}"))}";
    }

    [Xunit.Fact]
    public void The_order_in_which_responses_are_listed_does_not_matter() => AnyCourse.Sample(course =>
        Written(course) == Written(course with { Assessments = [.. course.Assessments.Reverse()], Sessions = [.. course.Sessions.Reverse()] }));

    [Xunit.Fact]
    public void What_has_not_happened_yet_changes_nothing() => AnyCourse.Sample(course =>
        Written(course) == Written(course with
        {
            Assessments = course.Assessments.Add(new(course.AsOf.AddDays(1), 0)),
            Sessions = course.Sessions.Add(new(course.AsOf.AddDays(1), SessionPhase.Induction)),
        }));

    [Xunit.Fact]
    public void A_session_stopped_before_any_dose_changes_nothing() => AnyCourse.Sample(course =>
        Written(course) == Written(course with { Sessions = course.Sessions.Add(new(Zero.AddDays(-5), SessionPhase.Induction, Dosed: false)) }));

    [Xunit.Fact]
    public void A_relapse_needs_a_response_before_it_and_silences_the_warnings_after_it() => AnyCourse.Sample(course =>
    {
        var outcome = Judged(course).Outcome;
        return outcome is not null && (outcome.Relapse is not { } relapse
            || (outcome.FirstResponse?.On <= relapse.On
                && relapse.On <= relapse.ConfirmedOn
                && outcome.CurrentState == "relapsed"
                && outcome.Responses.All(one => one.On <= relapse.ConfirmedOn || one.Warnings.IsEmpty)));
    });

    [Xunit.Fact]
    public void Nothing_warns_up_to_the_first_response() => AnyCourse.Sample(course =>
    {
        var outcome = Judged(course).Outcome;
        return outcome is not null && outcome.Responses.All(one => one.Warnings.IsEmpty || one.On > outcome.FirstResponse?.On);
    });

    [Xunit.Fact]
    public void A_baseline_below_caseness_claims_nothing() => AnyCourse.Sample(course =>
    {
        var trajectory = Judged(course);
        return trajectory.Evaluable == (trajectory.Baseline?.Score >= Phq9.Caseness)
            && (trajectory.Evaluable || trajectory.Outcome is
            {
                FirstResponse: null,
                FirstRemission: null,
                SustainedResponse: null,
                SustainedRemission: null,
                Recovery: null,
                Relapse: null,
            });
    });

    [Xunit.Fact]
    public void A_response_is_half_the_baseline_or_better() => Gen.Select(Gen.Int[10, 27], Gen.Int[0, 27]).Sample((baseline, score) =>
    {
        var course = new CourseRecord([new(Zero, SessionPhase.Induction)], [new(Zero, baseline), new(Zero.AddDays(7), score)], [], false, Zero.AddDays(7));
        return Judged(course).Outcome?.Responses[0].InResponse == (2 * score <= baseline);
    });
}
