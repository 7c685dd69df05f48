using Casement.Courses;
using Casement.Measures;
using Casement.Web.Shell;

namespace Casement.Web.Pictures;

/// <summary>A trend in words: for staff with every number, for the person in plain ones.</summary>
public static class TrendWords
{
    public static string Title(Trend trend, PlainScale? plain) => plain?.Called ?? trend.Scale.ShortTitle;

    public static string Band(TrendPoint point, PlainScale? plain) => point.Band is not { } band ? "" : plain is null ? band.Label : plain.Bands.GetValueOrDefault(band.Code, "");

    /// <summary>The whole trend in a sentence or two, for whoever cannot see the picture and whoever has no time to.</summary>
    public static string Sum(Trend trend, PlainScale? plain, PlainWords words)
    {
        var (now, start) = (trend.Points[^1], trend.Points.FirstOrDefault(p => p.IsBaseline));
        if (plain is not null)
            return start is null || start == now ? $"{Number(now)} on {Zone.Say(now.On)}: {Band(now, plain)}."
                : $"{Number(start)} when you started, {Number(now)} on {Zone.Say(now.On)}: {words.Changes.GetValueOrDefault(now.Judged?.Reliable ?? Reliability.None, "")}.";
        var at = $"{Number(now)} on {Zone.Say(now.On)}{(Band(now, null) is { Length: > 0 } band ? $", {band.ToLowerInvariant()}" : "")}";
        return start is null ? $"{at}. {WhyNot(trend)}".Trim()
            : start == now ? $"{at}: the baseline{(start.Prorated ? ", prorated and so provisional" : "")}. {WhyNot(trend)}".Trim()
            : $"{Number(start)} at baseline, {at}: {Change(trend, now)}. {WhyNot(trend)}".Trim();
    }

    /// <summary>The change since the baseline, with what it counts as.</summary>
    public static string Change(Trend trend, TrendPoint point)
    {
        if (trend.Points.FirstOrDefault(p => p.IsBaseline) is not { } start || point.Judged is not { } judged) return "";
        var better = trend.Thresholds.Improvement(start.Score, point.Score);
        var points = better == 0 ? "no change" : $"{TrendPicture.Say(Math.Abs(better))} {(Math.Abs(better) == 1 ? "point" : "points")} {(better > 0 ? "better" : "worse")}";
        var percent = judged.PctImprovement is { } share && better != 0 ? $" ({TrendPicture.Say(Math.Abs(share))}%)" : "";
        var reliable = judged.Reliable switch { Reliability.Improved => ", reliable", Reliability.Deteriorated => ", reliably worse", _ => "" };
        return $"{points}{percent}{reliable}{(judged.Category is Category.NotEvaluable || trend.Thresholds.ResponsePct is null ? "" : $"; {judged.Category.Word.Replace('-', ' ')}")}";
    }

    /// <summary>The signs at one point that ask for a look, in words.</summary>
    public static string Signs(TrendPoint point) => string.Join(", ", (point.Judged?.Warnings ?? []).Select(w => w switch
    {
        Warning.Rise => "rise from the best score",
        Warning.Threshold => "at the level of a case again",
        Warning.Item9New => "question 9 is new",
        _ => "two rises in a row",
    }));

    static string WhyNot(Trend trend) => trend.Trajectory?.Reason switch
    {
        NotEvaluableReason.NoBaseline => "Nothing is claimed: no answer in the two weeks before the first session.",
        NotEvaluableReason.BaselineBelowCaseness => "Nothing is claimed: the baseline was below the level of a case.",
        _ => "",
    };

    static string Number(TrendPoint point) => TrendPicture.Say(point.Score);
}
