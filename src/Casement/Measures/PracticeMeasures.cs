using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>One course as it is counted: whether it could be judged, and the word of checkpoint B.</summary>
public sealed record CourseOutcome(bool Evaluable, string EndOfInduction);

/// <summary>Response over all evaluable courses, where a missing outcome counts as not responded, and over those observed; instruments.md section 8.</summary>
public sealed record ResponseSummary(int DenominatorAll, int Responders, int Remitters, Proportion All, int DenominatorObserved, Proportion Observed, decimal? FollowUpRate, bool SuppressPublic)
{
    static readonly ImmutableArray<string> WithoutOutcome = ["missing", "pending"];

    public static ResponseSummary Of(ImmutableArray<CourseOutcome> courses, PracticeRules rules)
    {
        var evaluable = courses.Where(course => course.Evaluable).ToList();
        var observed = evaluable.Count(course => !WithoutOutcome.Contains(course.EndOfInduction));
        var remitters = evaluable.Count(course => course.EndOfInduction == Category.Remission.Word);
        var responders = remitters + evaluable.Count(course => course.EndOfInduction == Category.Response.Word);
        return new(
            evaluable.Count,
            responders,
            remitters,
            Proportion.Of(responders, evaluable.Count),
            observed,
            Proportion.Of(responders, observed),
            Proportion.Of(observed, evaluable.Count).Rate,
            evaluable.Count < rules.SmallestPublishedGroup);
    }
}

/// <summary>One complete, unmodified, two-week PHQ-9.</summary>
public sealed record Phq9Result(DateOnly On, decimal Score);

/// <summary>Depression remission at twelve months for one person.</summary>
public sealed record RemissionAt12Months(DateOnly WindowStart, DateOnly WindowEnd, bool InitialPopulation, bool Excluded, decimal? LastScoreInWindow, bool Numerator)
{
    /// <param name="rule">The measure.</param>
    /// <param name="ageAtIndex">Years.</param>
    /// <param name="index">The first PHQ-9 that counts.</param>
    /// <param name="later">Every later one.</param>
    /// <param name="exclusions">Any one of them takes the person out of the denominator.</param>
    public static RemissionAt12Months Of(RemissionMeasure rule, int ageAtIndex, Phq9Result index, ImmutableArray<Phq9Result> later, ImmutableArray<string> exclusions)
    {
        var centre = index.On.AddMonths(rule.AfterMonths);
        var (start, end) = (centre.AddDays(-rule.DaysEitherSide), centre.AddDays(rule.DaysEitherSide));
        var last = Last.In(later, start, end);
        var counted = ageAtIndex >= rule.YoungestAge && index.Score > rule.IndexAbove;
        return new(start, end, counted, !exclusions.IsEmpty, last, counted && exclusions.IsEmpty && last < rule.RemissionBelow);
    }
}

/// <summary>Follow-up, remission and response four to eight months after the index, for one person.</summary>
public sealed record ResponseAt4To8Months(DateOnly WindowStart, DateOnly WindowEnd, decimal? LastScoreInWindow, bool Remission, bool Response)
{
    public bool FollowUp => LastScoreInWindow is not null;

    public static ResponseAt4To8Months Of(FollowUpMeasure rule, Phq9Result index, ImmutableArray<Phq9Result> later)
    {
        var (start, end) = (index.On.AddDays(rule.FromDays), index.On.AddDays(rule.ToDays));
        var last = Last.In(later, start, end);
        return new(start, end, last, last < rule.RemissionBelow, 100 * (index.Score - last) >= rule.ResponsePct * index.Score);
    }
}

static class Last
{
    /// <summary>The latest score within the window, both days included; null when there is none.</summary>
    public static decimal? In(ImmutableArray<Phq9Result> results, DateOnly start, DateOnly end) =>
        results.Where(one => one.On >= start && one.On <= end).OrderBy(one => one.On).LastOrDefault()?.Score;
}
