using System.Globalization;
using System.Numerics;

namespace Casement.Measures;

/// <summary>An exact fraction. Scores are computed in these and rounded once, at the end; instruments.md section 2.4.</summary>
public readonly struct Ratio : IEquatable<Ratio>, IComparable<Ratio>
{
    readonly BigInteger denominator;

    public Ratio(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException("A fraction cannot have zero below the line.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        this.denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    /// <summary>Always above zero; the default value of the type is 0/1.</summary>
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    public static Ratio Of(decimal value) =>
        new(BigInteger.Parse(value.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), BigInteger.Pow(10, value.Scale));

    /// <summary>Half rounds toward plus infinity: 10.5 becomes 11 and -10.5 becomes -10. Never banker's rounding.</summary>
    public decimal RoundHalfUp(int decimals)
    {
        var shift = BigInteger.Pow(10, decimals);
        return (decimal)Floor(2 * Numerator * shift + Denominator, 2 * Denominator) / (decimal)shift;
    }

    static BigInteger Floor(BigInteger above, BigInteger below)
    {
        var quotient = BigInteger.DivRem(above, below, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    public double ToDouble() => (double)Numerator / (double)Denominator;

    public int CompareTo(Ratio other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
    public bool Equals(Ratio other) => Numerator == other.Numerator && Denominator == other.Denominator;
    public override bool Equals(object? obj) => obj is Ratio other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);
    public override string ToString() => $"{Numerator}/{Denominator}";

    public static Ratio operator +(Ratio a, Ratio b) => new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);
    public static Ratio operator -(Ratio a, Ratio b) => new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);
    public static Ratio operator *(Ratio a, Ratio b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
    public static Ratio operator /(Ratio a, Ratio b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);
    public static bool operator ==(Ratio a, Ratio b) => a.Equals(b);
    public static bool operator !=(Ratio a, Ratio b) => !a.Equals(b);
    public static bool operator <(Ratio a, Ratio b) => a.CompareTo(b) < 0;
    public static bool operator >(Ratio a, Ratio b) => a.CompareTo(b) > 0;
    public static bool operator <=(Ratio a, Ratio b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Ratio a, Ratio b) => a.CompareTo(b) >= 0;
}
