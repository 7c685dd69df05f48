using System.Collections.Immutable;
using Casement.Measures;

namespace Casement.Web.Pictures;

/// <summary>Where a survival curve stands in its picture: steps, their interval, and how many were still watched at times below.</summary>
public sealed class CurvePicture
{
    public const double Width = 440, Height = 250, Left = 40, Right = 430, Top = 10, Bottom = 180;

    readonly Survival curve;
    readonly double longest;

    public CurvePicture(Survival curve)
    {
        this.curve = curve;
        longest = Math.Max(7, curve.Steps is [.., var last] ? (double)last.Time * 1.1 : 7);
    }

    public double X(double day) => Left + (Right - Left) * Math.Min(1, day / longest);

    public static double Y(decimal share) => Bottom - (Bottom - Top) * (double)share;

    /// <summary>From all at day 0 down a step at each event.</summary>
    public string Path
    {
        get
        {
            var (path, at) = ($"M{TrendPicture.Say(X(0))} {TrendPicture.Say(Y(1))}", 1m);
            foreach (var step in curve.Steps)
            {
                path += $" L{TrendPicture.Say(X((double)step.Time))} {TrendPicture.Say(Y(at))} L{TrendPicture.Say(X((double)step.Time))} {TrendPicture.Say(Y(step.Surviving))}";
                at = step.Surviving;
            }
            return $"{path} L{TrendPicture.Say(Right)} {TrendPicture.Say(Y(at))}";
        }
    }

    /// <summary>A box for each stretch between two events in which there is an interval.</summary>
    public IEnumerable<(double X, double Y, double Width, double Height)> Intervals()
    {
        for (var i = 0; i < curve.Steps.Length; i++)
            if (curve.Steps[i] is { Ci95: var (low, high) } step)
            {
                var (from, to) = (X((double)step.Time), i + 1 < curve.Steps.Length ? X((double)curve.Steps[i + 1].Time) : Right);
                yield return (from, Y(high), to - from, Y(low) - Y(high));
            }
    }

    /// <summary>Five days along the axis, with how many were at risk then.</summary>
    public IEnumerable<(int Day, double X, int AtRisk)> Days(ImmutableArray<Observation> watched)
    {
        for (var i = 0; i < 5; i++)
        {
            var day = (int)Math.Round(longest * i / 4);
            yield return (day, X(day), watched.Count(w => w.Time >= day));
        }
    }
}
