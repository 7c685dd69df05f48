using System.Numerics;

namespace Casement.Measures;

/// <summary>The smallest change that is more than measurement error: 1.96 x sqrt(2) x SD x sqrt(1 - r). Jacobson and Truax, J Consult Clin Psychol 1991.</summary>
/// <param name="Rci">The index, to 2 decimals.</param>
/// <param name="Points">Its ceiling, for scales of whole points.</param>
public sealed record ReliableChange(decimal Rci, BigInteger Points)
{
    const decimal Z = 1.96m;

    /// <param name="sd">Standard deviation of the scores, above or at zero.</param>
    /// <param name="reliability">0 to 1.</param>
    public static ReliableChange Of(decimal sd, decimal reliability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sd);
        if (reliability is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(reliability), "A reliability lies between 0 and 1.");

        // Kept squared, so that neither the rounding nor the ceiling rests on floating point.
        var squared = Ratio.Of(Z) * Ratio.Of(Z) * Ratio.Of(2) * Ratio.Of(sd) * Ratio.Of(sd) * Ratio.Of(1 - reliability);
        var hundredths = (FloorOfRoot(squared * Ratio.Of(40_000)) + 1) / 2;
        var floor = FloorOfRoot(squared);
        return new((decimal)hundredths / 100, new Ratio(floor * floor, 1) == squared ? floor : floor + 1);
    }

    /// <summary>The largest whole number whose square does not exceed the value; Newton's method from above.</summary>
    static BigInteger FloorOfRoot(Ratio value)
    {
        var whole = value.Numerator / value.Denominator;
        var (root, next) = (whole + 1, (whole + 2) / 2);
        while (next < root) (root, next) = (next, (next + whole / next) / 2);
        return whole.IsZero ? 0 : root;
    }
}
