using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>The two points at which a course is read; instruments.md section 7.</summary>
static class Checkpoints
{
    /// <summary>After the fourth session: inadequate sends the prescriber to look before the next.</summary>
    public static Checkpoint A(CheckpointARule rule, CourseRecord course, Judge judge)
    {
        if (course.Induction.Length < rule.AfterSession) return new("not-applicable");
        if (!judge.Evaluable) return new(Category.NotEvaluable.Word);

        var session = course.Induction[rule.AfterSession - 1].On;
        if (Between(course, judge, session, rule.FromDays, rule.ToDays).LastOrDefault() is not { } last) return new(Absent(course, session.AddDays(rule.ToDays)));

        var judged = judge.Of(last);
        var result = judge.Reaches(last, judge.Thresholds.PartialPct) || judged.Reliable == Reliability.Improved ? "adequate"
            : judged.Reliable == Reliability.Deteriorated ? "deteriorated"
            : "inadequate";
        return new(result, last.On);
    }

    /// <summary>At the end of induction: its category is the outcome of the course.</summary>
    public static Checkpoint B(CheckpointBRule rule, CourseRecord course, Judge judge)
    {
        if (!course.InductionComplete || course.Induction.IsEmpty) return new("pending");
        if (!judge.Evaluable) return new(Category.NotEvaluable.Word);

        var end = course.Induction[^1].On;
        var target = end.AddDays(rule.NearestToDays).DayNumber;
        var nearest = Between(course, judge, end, rule.FromDays, rule.ToDays).MinBy(one => (Math.Abs(one.On.DayNumber - target), one.On));
        return nearest is null ? new(Absent(course, end.AddDays(rule.ToDays))) : new(judge.Of(nearest).Category.Word, nearest.On);
    }

    static ImmutableArray<Assessment> Between(CourseRecord course, Judge judge, DateOnly session, int from, int to) =>
        [.. course.Series.Where(one => one.On > judge.TimeZero && one.On >= session.AddDays(from) && one.On <= session.AddDays(to))];

    static string Absent(CourseRecord course, DateOnly closes) => course.AsOf > closes ? "missing" : "pending";
}
