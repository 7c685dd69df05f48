using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>One filling of a scale as staff read it: the score as it was computed then, its band, and the change since the person's own baseline.</summary>
/// <param name="Score">The primary score; null when it could not be known.</param>
/// <param name="Band">In words; empty where the scale has none, or was filled in under another version.</param>
/// <param name="Points">Score minus baseline; null without a baseline.</param>
/// <param name="Reliable">Null where change cannot be judged.</param>
/// <param name="PracticeCheck">Written for this practice and not validated.</param>
public sealed record ScaleReading(ScaleAnswered What, string Title, decimal? Score, string Band, decimal? Points, decimal? PctImprovement, Reliability? Reliable, bool PracticeCheck)
{
    /// <summary>What has to stand beside every score of an instrument of class N (instruments.md section 3).</summary>
    public const string Unvalidated = "practice check, not a validated scale";

    public static ScaleReading? Of(Chart chart, Measuring measuring, CourseOnChart? course, Guid sitting, string scale, TimeZoneInfo zone, DateOnly today)
    {
        if (measuring.Scales.Instruments.Find(scale) is not { } found || chart.Scales.FindLast(s => s.What.Sitting == sitting && s.What.Instrument == scale)?.What is not { } answered) return null;
        decimal? score = answered.Scores.TryGetValue(found.PrimaryScore, out var known) ? known : null;
        // A band belongs to the version that was scored; a newer one may draw its lines elsewhere.
        var band = answered.Version == found.Version && score is { } value && found.Bands.TryGetValue(found.PrimaryScore, out var bands) ? bands.FirstOrDefault(b => value <= b.Max)?.Label ?? "" : "";
        var on = CourseOnChart.DateIn(answered.AnsweredAt, zone);
        var trajectory = course is null ? null : measuring.Of(chart, course, scale, zone, today);
        var judged = trajectory?.Outcome?.Responses.LastOrDefault(r => r.On == on);
        return new(
            answered, found.ShortTitle, score, band,
            judged is not null && trajectory?.Baseline is { } baseline ? judged.Score - baseline.Score : null,
            judged?.PctImprovement, judged?.Reliable,
            found.Licence.Class == "N");
    }
}
