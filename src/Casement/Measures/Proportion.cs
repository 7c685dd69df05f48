namespace Casement.Measures;

/// <summary>An interval from Low to High, both to 4 decimals.</summary>
public sealed record Interval(decimal Low, decimal High);

/// <summary>A share of a group with its Wilson score interval; instruments.md section 8. Rate and interval are null for an empty group.</summary>
public sealed record Proportion(decimal? Rate, Interval? Ci95)
{
    /// <summary>The standard normal quantile at 0.975.</summary>
    public const double Z = 1.959963984540054;

    public const int Decimals = 4;

    public static Proportion Of(int count, int group)
    {
        if (count < 0 || count > group) throw new ArgumentOutOfRangeException(nameof(count), "The count lies between 0 and the size of the group.");
        if (group == 0) return new(null, null);

        var (n, p) = ((double)group, (double)count / group);
        var below = 1 + Z * Z / n;
        var centre = (p + Z * Z / (2 * n)) / below;
        var half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / below;
        return new(new Ratio(count, group).RoundHalfUp(Decimals), new(Rounded(centre - half), Rounded(centre + half)));
    }

    /// <summary>Clamped to 0..1 and rounded half up.</summary>
    public static decimal Rounded(double share) => Ratio.Of((decimal)Math.Clamp(share, 0, 1)).RoundHalfUp(Decimals);
}
