using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>One course in a survival curve.</summary>
/// <param name="Time">Days from the time zero of the measure.</param>
/// <param name="Event">False when it was censored at that time; it is then still at risk at it.</param>
public sealed record Observation(decimal Time, bool Event);

/// <param name="Time">An event time.</param>
/// <param name="AtRisk">Observations at or after it.</param>
/// <param name="Events">Events at it.</param>
/// <param name="Surviving">Share surviving it, to 4 decimals.</param>
/// <param name="Ci95">On the log(-log S) scale; null when S is 0.</param>
public sealed record SurvivalStep(decimal Time, int AtRisk, int Events, decimal Surviving, Interval? Ci95);

/// <summary>A Kaplan-Meier curve; instruments.md section 8.</summary>
/// <param name="Observed">Number of observations.</param>
/// <param name="Events">Number of events.</param>
/// <param name="Median">The first time at which half or fewer survive; null is "not reached". Not to be reported for a small group.</param>
/// <param name="Steps">One for each distinct event time.</param>
public sealed record Survival(int Observed, int Events, decimal? Median, ImmutableArray<SurvivalStep> Steps)
{
    static readonly Ratio Half = new(1, 2);

    public static Survival Of(ImmutableArray<Observation> observations)
    {
        var steps = ImmutableArray.CreateBuilder<SurvivalStep>();
        var surviving = Ratio.Of(1);
        var greenwood = 0.0;
        decimal? median = null;
        foreach (var time in observations.Where(one => one.Event).Select(one => one.Time).Distinct().Order())
        {
            var atRisk = observations.Count(one => one.Time >= time);
            var events = observations.Count(one => one.Event && one.Time == time);
            surviving *= new Ratio(atRisk - events, atRisk);
            greenwood += events / ((double)atRisk * (atRisk - events)); // infinite at the last event, where there is no interval
            if (surviving <= Half) median ??= time;
            steps.Add(new(time, atRisk, events, surviving.RoundHalfUp(Proportion.Decimals), Band(surviving, greenwood)));
        }

        return new(observations.Length, observations.Count(one => one.Event), median, steps.ToImmutable());
    }

    static Interval? Band(Ratio surviving, double greenwood)
    {
        if (surviving == default || surviving == Ratio.Of(1)) return null;

        var log = Math.Log(surviving.ToDouble());
        var theta = Math.Log(-log);
        var reach = Proportion.Z * Math.Sqrt(greenwood) / Math.Abs(log);
        return new(Proportion.Rounded(Math.Exp(-Math.Exp(theta + reach))), Proportion.Rounded(Math.Exp(-Math.Exp(theta - reach))));
    }
}
