using System.Collections.Immutable;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>One filling of a scale, as a point of its trend.</summary>
/// <param name="Band">The band the score falls into; null where the scale has none.</param>
/// <param name="Judged">Against the baseline of the course; null before time zero, and where nothing can be judged.</param>
/// <param name="IsBaseline">What the course is judged from.</param>
public sealed record TrendPoint(DateOnly On, decimal Score, Band? Band, bool Prorated, JudgedResponse? Judged, bool IsBaseline);

/// <summary>A level worth a line: what would be a response, a remission, or what the person started from.</summary>
public sealed record TrendGoal(string Says, decimal At);

/// <summary>How one scale moved over time, with everything a picture or a table of it shows.</summary>
/// <param name="Highest">The highest score there can be; the lowest is 0 for every scale that is followed.</param>
/// <param name="Steady">From and to: a change within it is no larger than chance; null without a baseline or a threshold.</param>
public sealed record Trend(
    Instrument Scale,
    ChangeThresholds Thresholds,
    decimal Highest,
    ImmutableArray<TrendPoint> Points,
    ImmutableArray<CourseSession> Sessions,
    ImmutableArray<TrendGoal> Goals,
    (decimal From, decimal To)? Steady,
    Trajectory? Trajectory)
{
    public bool LowerIsBetter => Thresholds.Direction is Direction.LowerIsBetter;

    public ImmutableArray<Band> Bands => Scale.Bands.GetValueOrDefault(Thresholds.Score, []);

    /// <summary>The trend of one scale over a course, or over all time without one; null when there is nothing to show.</summary>
    public static Trend? Of(Chart chart, Measuring measuring, CourseOnChart? course, string scale, TimeZoneInfo zone, DateOnly asOf)
    {
        if (measuring.Scales.Instruments.Find(scale) is not { Trajectory: { } thresholds } instrument) return null;

        var trajectory = course is { Sessions.IsEmpty: false } ? measuring.Of(chart, course, scale, zone, asOf) : null;
        var from = course?.TimeZero?.AddDays(-measuring.Defaults.NewCourseAfterDays);
        var judged = (trajectory?.Outcome?.Responses ?? []).ToLookup(r => r.On);
        var baseline = trajectory?.Baseline;
        ImmutableArray<TrendPoint> points =
        [
            .. CourseOnChart.Series(chart, instrument, zone)
                .Where(a => a.Status is ResponseStatus.Complete or ResponseStatus.Prorated && a.On <= asOf && !(a.On < from) && !(course?.NextFrom is { } next && a.On >= next))
                .Select(a => new TrendPoint(a.On, a.Score, BandOf(instrument, thresholds.Score, a.Score), a.Status is ResponseStatus.Prorated, judged[a.On].FirstOrDefault(j => j.Score == a.Score), baseline is { } b && (b.On, b.Score) == (a.On, a.Score))),
        ];
        return points.IsEmpty ? null : new(
            instrument, thresholds, instrument.Score(thresholds.Score)?.Max ?? points.Max(p => p.Score), points,
            [.. (course?.Sessions ?? []).Where(s => s.On <= asOf)],
            [.. GoalsOf(thresholds, trajectory)],
            baseline is { } from0 && thresholds.ReliableChange is { } change ? (from0.Score - change, from0.Score + change) : null,
            trajectory);
    }

    /// <summary>Every scale of a course that has answers, the one it is judged by first.</summary>
    public static ImmutableArray<Trend> AllOf(Chart chart, Measuring measuring, CourseOnChart? course, TimeZoneInfo zone, DateOnly asOf) =>
    [
        .. chart.Scales.Select(s => s.What.Instrument).Distinct()
            .OrderBy(id => id != course?.PrimaryScale).ThenBy(id => Order(measuring.Words, id)).ThenBy(id => id, StringComparer.Ordinal)
            .Select(id => Of(chart, measuring, course, id, zone, asOf)).OfType<Trend>(),
    ];

    public static Band? BandOf(Instrument scale, string score, decimal value) => scale.Bands.GetValueOrDefault(score, []).FirstOrDefault(b => value <= b.Max);

    static int Order(PlainWords words, string id) => words.Scales.ToList().FindIndex(s => s.Id == id) is >= 0 and var at ? at : words.Scales.Length;

    /// <summary>Only what the rules judge by: a course that cannot be judged has no goals.</summary>
    static IEnumerable<TrendGoal> GoalsOf(ChangeThresholds thresholds, Trajectory? trajectory)
    {
        if (trajectory is not { Evaluable: true, Baseline.Score: var start }) yield break;
        if (thresholds.ResponsePct is { } percent) yield return new("Response", start * (100 - percent) / 100);
        if (thresholds.RemissionMax is { } remission) yield return new("Remission", remission);
    }
}
