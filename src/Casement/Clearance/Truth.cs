namespace Casement.Clearance;

/// <summary>
/// Kleene's three truth values. The low bit says "could be so", the high bit "is so", so that "and" and "or" are the
/// bitwise ones and the order False &lt; Unknown &lt; True makes "and" the lesser and "or" the greater.
/// </summary>
public enum Truth : byte { False = 0, Unknown = 1, True = 3 }

public static class Kleene
{
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    /// <summary>True when certain, unknown when only possible.</summary>
    public static Truth Of(bool certain, bool possible) => certain ? Truth.True : possible ? Truth.Unknown : Truth.False;

    public static Truth And(Truth a, Truth b) => a & b;

    public static Truth Or(Truth a, Truth b) => a | b;

    public static Truth Not(Truth a) => a switch { Truth.False => Truth.True, Truth.True => Truth.False, _ => Truth.Unknown };
}
