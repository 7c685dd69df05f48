using System.Collections.Immutable;

namespace Casement.Measures;

public enum Category { Remission, Response, Partial, Deteriorated, NoResponse, NotEvaluable }

public enum Reliability { None, Improved, Deteriorated }

public enum Warning { Rise, Threshold, Item9New, Trend }

public enum NotEvaluableReason { NoSession, NoBaseline, BaselineBelowCaseness }

/// <param name="On">The date it was given.</param>
/// <param name="Score">Its score.</param>
/// <param name="Provisional">True when no complete response was found and a prorated one stands in.</param>
public sealed record Baseline(DateOnly On, decimal Score, bool Provisional);

/// <summary>One response after time zero, judged against the baseline.</summary>
public sealed record JudgedResponse
{
    public required DateOnly On { get; init; }

    /// <summary>Days since time zero.</summary>
    public required int Day { get; init; }

    public required decimal Score { get; init; }
    public decimal? Item9 { get; init; }

    /// <summary>Percent of the baseline, to one decimal; negative is worse. Null when the baseline is zero.</summary>
    public required decimal? PctImprovement { get; init; }

    public required Category Category { get; init; }
    public required Reliability Reliable { get; init; }

    /// <summary>Clinically significant change.</summary>
    public required bool Recovered { get; init; }

    public ImmutableArray<Warning> Warnings { get; init; } = [];

    public bool InResponse => Category is Category.Remission or Category.Response;
}

public sealed record Milestone(DateOnly On, int Day);

public sealed record SustainedRun(DateOnly From, DateOnly MetOn);

/// <param name="On">When it began.</param>
/// <param name="ConfirmedOn">When it was known.</param>
/// <param name="Reason">confirmed-score, severe-score, or the kind of the clinical event.</param>
public sealed record Relapse(DateOnly On, DateOnly ConfirmedOn, string Reason);

/// <param name="Result">One of the words of section 7.</param>
/// <param name="On">The date of the response it was read from; null when there is none.</param>
public sealed record Checkpoint(string Result, DateOnly? On = null);

/// <summary>How one instrument's scores moved over one course of treatment; instruments.md section 7. Recomputed from scratch each time.</summary>
public sealed record Trajectory
{
    /// <summary>The date of the first dosing session; null when there is none.</summary>
    public required DateOnly? TimeZero { get; init; }

    public Baseline? Baseline { get; init; }

    /// <summary>Null when it is evaluable.</summary>
    public NotEvaluableReason? Reason { get; init; }

    public bool Evaluable => Reason is null;

    /// <summary>Null when there is no baseline to judge from.</summary>
    public Outcome? Outcome { get; init; }

    public static Trajectory Of(ChangeThresholds thresholds, CourseRules rules, CourseRecord course)
    {
        if (course.Dosed.IsEmpty) return new() { TimeZero = null, Reason = NotEvaluableReason.NoSession };

        var timeZero = course.Dosed[0].On;
        if (BaselineOf(course, timeZero, rules) is not { } baseline) return new() { TimeZero = timeZero, Reason = NotEvaluableReason.NoBaseline };

        var evaluable = thresholds.IsCase(baseline.Score);
        return new()
        {
            TimeZero = timeZero,
            Baseline = baseline,
            Reason = evaluable ? null : NotEvaluableReason.BaselineBelowCaseness,
            Outcome = Outcome.Of(thresholds, rules, course, new Judge(thresholds, timeZero, baseline.Score, evaluable)),
        };
    }

    /// <summary>The latest complete response up to time zero; failing that, the latest prorated one.</summary>
    static Baseline? BaselineOf(CourseRecord course, DateOnly timeZero, CourseRules rules)
    {
        var candidates = course.Series.Where(one => one.On <= timeZero && one.On >= timeZero.AddDays(-rules.BaselineDays)).ToList();
        var chosen = candidates.LastOrDefault(one => one.Status == ResponseStatus.Complete) ?? candidates.LastOrDefault();
        return chosen is null ? null : new(chosen.On, chosen.Score, chosen.Status != ResponseStatus.Complete);
    }
}
