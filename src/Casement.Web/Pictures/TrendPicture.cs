using System.Collections.Immutable;
using System.Globalization;
using Casement.Courses;
using Casement.Measures;

namespace Casement.Web.Pictures;

/// <summary>Where everything of a trend stands in its picture, in units of the drawing.</summary>
public sealed class TrendPicture
{
    /// <summary>The drawing and its plot: what is left of the width belongs to the numbers, what is below to the sessions and dates.</summary>
    public const double Width = 440, Height = 232, Left = 28, Right = 332, Top = 10, Bottom = 186;

    /// <summary>A single day still has a width.</summary>
    const int ShortestDays = 14;

    readonly Trend trend;
    readonly DateOnly first, last;

    public TrendPicture(Trend trend)
    {
        this.trend = trend;
        var days = trend.Points.Select(p => p.On).Concat(trend.Sessions.Select(s => s.On)).Order().ToArray();
        (first, last) = (days[0], days[^1]);
        if (last.DayNumber - first.DayNumber < ShortestDays) last = first.AddDays(ShortestDays);
        Spots = [.. trend.Points.Select(p => new Spot(p, X(p.On), Y(p.Score)))];
    }

    /// <summary>A point with its place.</summary>
    public sealed record Spot(TrendPoint Point, double X, double Y)
    {
        public const double TipWidth = 128, TipHeight = 34;

        /// <summary>Above the point, and inside the drawing.</summary>
        public double TipX => Math.Clamp(X - TipWidth / 2, 0, Width - TipWidth);

        public double TipY => Y - TipHeight - 10 > 0 ? Y - TipHeight - 10 : Y + 10;
    }

    public ImmutableArray<Spot> Spots { get; }

    public string Path => string.Join(' ', Spots.Select((s, i) => $"{(i == 0 ? 'M' : 'L')}{Say(s.X)} {Say(s.Y)}"));

    public double X(DateOnly on) => Left + 8 + (Right - Left - 16) * (on.DayNumber - first.DayNumber) / (last.DayNumber - first.DayNumber);

    public double Y(decimal score) => Bottom - (Bottom - Top) * (double)(score / trend.Highest);

    /// <summary>The bands as strips, from each one's lowest score to that of the next.</summary>
    public IEnumerable<(Band Band, double Y, double Height)> Strips()
    {
        var bands = trend.Bands;
        for (var i = 0; i < bands.Length; i++)
        {
            var (low, high) = (Y(Math.Max(0, bands[i].Min)), i + 1 < bands.Length ? Y(bands[i + 1].Min) : Top);
            yield return (bands[i], high, low - high);
        }
    }

    /// <summary>The strip within which a change is no larger than chance.</summary>
    public (double Y, double Height)? Steady => trend.Steady is var (from, to) ? (Y(Math.Min(trend.Highest, to)), Y(Math.Max(0, from)) - Y(Math.Min(trend.Highest, to))) : null;

    /// <summary>The goals, and whether the word stands above its line: below where it would stand in another.</summary>
    public IEnumerable<(TrendGoal Goal, bool Above)> Goals =>
        trend.Goals.Select(g => (g, trend.Goals.All(o => o == g || o.At < g.At == trend.LowerIsBetter || Math.Abs(Y(o.At) - Y(g.At)) > 14)));

    /// <summary>The numbers beside the plot: none, the highest, and where the bands begin.</summary>
    public IEnumerable<decimal> Numbers => trend.Bands.Select(b => Math.Floor(b.Min)).Append(0).Append(trend.Highest).Distinct().Order()
        // Two numbers closer than a line of writing would stand in each other.
        .Aggregate(new List<decimal>(), (kept, n) => kept.Count > 0 && Math.Abs(Y(kept[^1]) - Y(n)) < 14 ? kept : [.. kept, n]);

    /// <summary>A few days below the plot: the first, the last, and one between where there is room.</summary>
    public IEnumerable<(DateOnly On, double X, string Anchor)> Days
    {
        get
        {
            yield return (first, X(first), "start");
            var middle = first.AddDays((last.DayNumber - first.DayNumber) / 2);
            if (last.DayNumber - first.DayNumber > ShortestDays) yield return (middle, X(middle), "middle");
            yield return (last, X(last), "end");
        }
    }

    /// <summary>A number of a drawing, whatever the language of the machine.</summary>
    public static string Say(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Say(decimal value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
