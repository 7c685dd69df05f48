using System.Globalization;

namespace Casement.Intake;

/// <summary>Weight and height in the units people use, and in kilograms and centimetres. Read from [number, unit] or, for feet, [feet, inches, unit].</summary>
public static class BodyMeasures
{
    /// <summary>International avoirdupois pound, exact by definition (1959).</summary>
    const decimal KilogramsPerPound = 0.45359237m;

    /// <summary>International inch, exact by definition (1959).</summary>
    const decimal CentimetresPerInch = 2.54m;

    // A slip of the key lies outside: the lightest and heaviest, shortest and tallest adults on record lie inside.
    const decimal LightestKg = 20, HeaviestKg = 500, ShortestCm = 60, TallestCm = 260;

    public const string Kilograms = "kg", Pounds = "lb", Centimetres = "cm", Feet = "ft";

    /// <summary>The weight in kilograms to a tenth, or a sentence about what to write.</summary>
    public static (decimal? Kg, string? Why) Weight(IReadOnlyList<string> given)
    {
        if (given is not [var typed, var unit] || Number(typed) is not { } number) return (null, "Write your weight as a number, such as 68 kg or 150 lb.");
        var kg = Math.Round(unit == Pounds ? number * KilogramsPerPound : number, 1, MidpointRounding.AwayFromZero);
        return kg is < LightestKg or > HeaviestKg ? (null, $"{typed} {Named(unit)} cannot be right. Check the number and whether it is kilograms or pounds.") : (kg, null);
    }

    /// <summary>The height in whole centimetres, or a sentence about what to write.</summary>
    public static (decimal? Cm, string? Why) Height(IReadOnlyList<string> given)
    {
        const string say = "Write your height, such as 5 feet 7 inches or 170 cm.";
        decimal cm;
        switch (given)
        {
            case [var feet, var inches, Feet]:
                if (Number(feet) is not { } f || (inches.Length > 0 ? Number(inches) : 0) is not { } i) return (null, say);
                if (i >= 12) return (null, "Inches go from 0 to 11. Check the feet and the inches.");
                cm = ((f * 12) + i) * CentimetresPerInch;
                break;
            case [var typed, Centimetres]:
                if (Number(typed) is not { } number) return (null, say);
                cm = number;
                break;
            default: return (null, say);
        }
        cm = Math.Round(cm, 0, MidpointRounding.AwayFromZero);
        return cm is < ShortestCm or > TallestCm ? (null, "That height cannot be right. Check the number and the unit.") : (cm, null);
    }

    /// <summary>What was given, and the same in the other unit: "181 lb (82.1 kg)".</summary>
    public static string Say(ToldKind kind, IReadOnlyList<string> given) => (kind, given) switch
    {
        (ToldKind.Weight, [var n, Pounds]) when Weight(given).Kg is { } kg => $"{n} lb ({Plain(kg)} kg)",
        (ToldKind.Weight, [var n, _]) when Weight(given).Kg is { } kg => $"{n} kg ({Plain(Math.Round(kg / KilogramsPerPound, 0, MidpointRounding.AwayFromZero))} lb)",
        (ToldKind.Height, [var f, var i, Feet]) when Height(given).Cm is { } cm => $"{f} ft {(i.Length > 0 ? i : "0")} in ({Plain(cm)} cm)",
        (ToldKind.Height, [_, Centimetres]) when Height(given).Cm is { } cm => $"{Plain(cm)} cm ({InFeet(cm)})",
        _ => string.Join(" ", given),
    };

    static string InFeet(decimal cm)
    {
        var inches = Math.Round(cm / CentimetresPerInch, 0, MidpointRounding.AwayFromZero);
        return $"{Plain(decimal.Floor(inches / 12))} ft {Plain(inches % 12)} in";
    }

    static string Named(string unit) => unit == Pounds ? "pounds" : "kilograms";

    static string Plain(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A number as typed here, with a point or a comma for the decimal.</summary>
    public static decimal? Number(string typed) =>
        decimal.TryParse(typed.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
