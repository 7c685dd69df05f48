using System.Collections.Immutable;

namespace Casement.Sessions;

/// <summary>Which doses of a product are usual, and which nobody is given. It never says which dose is right: the clinic's prescriber decides.</summary>
/// <param name="LabelledMg">The only doses of the label; empty where there is none for this use.</param>
/// <param name="UsualMg">In mg, where no weight is told.</param>
/// <param name="UsualMgPerKg">Where a weight is told; null where weight does not count.</param>
/// <param name="MostMg">More is a slip of the pen.</param>
/// <param name="MostMgPerKg">More is a slip in dose or weight; null where weight does not count.</param>
/// <param name="Source">Where the ranges come from.</param>
public sealed record DoseRange(ImmutableArray<decimal> LabelledMg, (decimal Low, decimal High) UsualMg, (decimal Low, decimal High)? UsualMgPerKg, decimal MostMg, decimal? MostMgPerKg, string Source)
{
    /// <summary>Why nobody can have been given this, in a sentence; null when it may be.</summary>
    public string? Impossible(decimal mg, decimal? kg) =>
        mg <= 0 || mg > MostMg ? $"A dose lies above 0 and up to {MostMg:0.##} mg."
        : kg is > 0 && MostMgPerKg is { } most && mg / kg > most ? $"The dose would be {mg / kg:0.##} mg per kg, which nobody is given. Check dose and weight."
        : null;

    /// <summary>Why it is asked about once more, in a sentence; null when it is usual.</summary>
    public string? Unusual(decimal mg, decimal? kg) =>
        !LabelledMg.IsEmpty ? LabelledMg.Contains(mg) ? null : $"{mg:0.##} mg is not a dose of the label ({string.Join(" or ", LabelledMg.Select(d => $"{d:0.##}"))} mg)."
        : kg is > 0 && UsualMgPerKg is var (low, high) ? mg / kg >= low && mg / kg <= high ? null : $"{mg:0.##} mg at {kg:0.##} kg is {mg / kg:0.##} mg per kg, which is unusual."
        : mg >= UsualMg.Low && mg <= UsualMg.High ? null : $"{mg:0.##} mg is unusual.";

    /// <summary>What stands against writing this dose down; null when nothing does.</summary>
    /// <param name="sureOfMg">The dose somebody looked at again and said is right; another slip asks again.</param>
    public string? Refuses(decimal mg, decimal? kg, decimal? sureOfMg) =>
        Impossible(mg, kg) ?? (sureOfMg == mg ? null : Unusual(mg, kg) is { } why ? $"{why} {Ask}" : null);

    public const string Ask = "Correct the dose, or tick that it is right.";
}
