using System.Diagnostics;

namespace Casement.Measures;

/// <summary>One score from one sheet; instruments.md section 2.4. Exact until the single rounding at the end.</summary>
public static class Scoring
{
    public static decimal? Of(Score score, Sheet sheet)
    {
        if (score.Requires.Any(item => !sheet.Kept.ContainsKey(item))) return null;

        var standsOn = score.StandsOn().Where(sheet.IsAsked).ToList();
        var missing = standsOn.Count(sheet.IsMissing);
        var values = Values(score, sheet);
        var guesses = score.Missing.Policy is MissingPolicy.Prorate or MissingPolicy.Exclude or MissingPolicy.Default;
        if (missing > 0 && guesses && sheet.Occasion == Occasion.Open) return null;

        return score.Missing.Policy switch
        {
            MissingPolicy.Reject when missing > 0 => null,
            MissingPolicy.Prorate or MissingPolicy.Exclude when missing > score.Missing.MaxMissing => null,
            MissingPolicy.Prorate when missing > 0 && values.Count == 0 => null,
            MissingPolicy.Exclude when values.Count < score.Missing.MinAnswered => null,
            _ => Exact(score, sheet, values, missing)?.RoundHalfUp(score.Decimals),
        };
    }

    static Ratio? Exact(Score score, Sheet sheet, List<decimal> values, int missing) => score.Method switch
    {
        // Nothing was asked: the sum of nothing is zero. Everything asked was "not applicable": there is nothing to sum.
        ScoreMethod.Sum when values.Count == 0 => score.Items.Any(sheet.IsAsked) ? (Ratio?)null : default(Ratio),
        ScoreMethod.Sum => Total(values) * Ratio.Of(score.Factor) * new Ratio(values.Count + missing, values.Count),
        ScoreMethod.CountAtLeast => Ratio.Of(values.Count(value => value >= score.Threshold)),
        ScoreMethod.CountRules => Ratio.Of(score.Rules.Count(rule => rule.When.HoldsOn(sheet))),
        ScoreMethod.FirstMatch => FirstMatch(score, sheet),
        _ when values.Count == 0 => null,
        ScoreMethod.Mean => Total(values) * Ratio.Of(score.Factor) / Ratio.Of(values.Count),
        ScoreMethod.Max => Ratio.Of(values.Max()),
        ScoreMethod.PercentOfMax => Ratio.Of(100) * Total(values) / (Ratio.Of(score.ItemMax) * Ratio.Of(values.Count)),
        _ => throw new UnreachableException($"No score method is called {score.Method}."),
    };

    /// <summary>A matching rule always gives its value. No match is the default only when nothing asked is unanswered, or the score says so: unknown is never negative.</summary>
    static Ratio? FirstMatch(Score score, Sheet sheet) =>
        score.Rules.FirstOrDefault(rule => rule.When.HoldsOn(sheet)) is { } match ? Ratio.Of(match.Value)
        : score.Missing.Policy == MissingPolicy.Floor && score.StandsOn().Any(sheet.IsMissing) ? null
        : Ratio.Of(score.Default);

    static List<decimal> Values(Score score, Sheet sheet) =>
    [
        .. from item in score.Items
           let value = sheet.Number(item)
           where value is not null
           select score.Reverse.GetValueOrDefault(item) is { } reversal ? reversal.Of(value.Value) : value.Value,
    ];

    static Ratio Total(List<decimal> values) => values.Aggregate(default(Ratio), (sum, value) => sum + Ratio.Of(value));
}
