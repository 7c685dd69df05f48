using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace Casement.Clearance;

/// <summary>
/// Says a condition in plain English, with the limits in force: "systolic blood pressure is at or above 160 mmHg (limit
/// p-bp-sys-defer)". It words the same tree that decides, so the words cannot drift from the rule.
/// </summary>
/// <param name="setting">The value of a parameter in force.</param>
public sealed class Wording(Func<Parameter, decimal> setting)
{
    /// <summary>With every parameter at its default.</summary>
    public static Wording AtDefaults { get; } = new(p => p.Default);

    /// <summary>With what a practice has moved, by parameter id, and the defaults for the rest.</summary>
    public static Wording With(ImmutableSortedDictionary<string, decimal> settings) => new(p => settings.GetValueOrDefault(p.Id, p.Default));

    /// <summary>The whole condition as one sentence part, without a capital and without a full stop.</summary>
    public string Say(Condition condition) => condition switch
    {
        Both => string.Join(" and ", Parts(condition).Select(p => p is Either ? $"({Say(p)})" : Say(p))),
        Either => string.Join(" or ", Parts(condition).Select(p => p is Both ? $"({Say(p)})" : Say(p))),
        Not { Of: Both or Either } n => $"not ({Say(n.Of)})",
        Not n => $"it is not established that {Say(n.Of)}",
        Compare c => Say(c),
        OneOf o => Say(o),
        Has h => $"{Name(h.Fact)} includes {Value(h.Fact, h.Value)}",
        On on => $"{Name(on.Class)} is on the medicine list",
        TakenWithin t => $"{Name(t.Class)} was taken in the last {Say(t.Hours, "h")}",
        _ => throw new UnreachableException(),
    };

    /// <summary>The parts joined by the topmost "and" or "or", left to right; a single part when there is neither.</summary>
    public static ImmutableArray<Condition> Parts(Condition condition) => condition switch
    {
        Both => [.. Flat<Both>(condition)],
        Either => [.. Flat<Either>(condition)],
        _ => [condition],
    };

    static IEnumerable<Condition> Flat<T>(Condition condition) where T : Condition => condition switch
    {
        Both b when b is T => Flat<T>(b.Left).Concat(Flat<T>(b.Right)),
        Either e when e is T => Flat<T>(e.Left).Concat(Flat<T>(e.Right)),
        _ => [condition],
    };

    string Say(Compare test)
    {
        var words = test.Is switch
        {
            Comparison.Equal => "is",
            Comparison.NotEqual => "is not",
            Comparison.Less => "is below",
            Comparison.AtMost => "is at or below",
            Comparison.Greater => "is above",
            Comparison.AtLeast => "is at or above",
            _ => throw new UnreachableException(),
        };
        var unit = (test.Left as FactOperand ?? test.Right as FactOperand)?.Fact.Unit ?? "";
        return $"{Say(test.Left, unit)} {words} {Say(test.Right, unit)}";
    }

    string Say(Operand side, string unit) => side switch
    {
        FactOperand f => Name(f.Fact),
        ParameterOperand p => $"{Amount(setting(p.Parameter), unit)} (limit {p.Parameter.Id})",
        LiteralOperand l => Amount(l.Value, unit),
        _ => throw new UnreachableException(),
    };

    static string Say(OneOf test)
    {
        if (test.Fact.Type == FactType.Flag) return $"{Name(test.Fact)}: {(test.Mask == 2UL ? "yes" : test.Mask == 1UL ? "no" : "yes or no")}";
        var others = test.Fact.AllValues & ~test.Mask;
        return test.Negated && BitOperations.PopCount(others) == 1
            ? $"{Name(test.Fact)} is other than {Listed(test.Fact, others)}"
            : $"{Name(test.Fact)} is {Listed(test.Fact, test.Mask)}";
    }

    static string Listed(Fact fact, ulong mask)
    {
        var named = Enumerable.Range(0, fact.Values.Length).Where(i => (mask >> i & 1) != 0).Select(i => Value(fact, i)).ToArray();
        return named.Length < 2 ? string.Concat(named) : $"{string.Join(", ", named[..^1])} or {named[^1]}";
    }

    /// <summary>The value of a choice or set in words: "af-controlled" is "af controlled".</summary>
    public static string Value(Fact fact, int index) => fact.Type == FactType.Flag ? (index == 1 ? "yes" : "no") : fact.Values[index].Replace('-', ' ');

    /// <summary>A fact in the middle of a sentence: its label, or what it means.</summary>
    public static string Name(Fact fact) => Inside(fact.Label.Length > 0 ? fact.Label : fact.Means);

    /// <summary>A medicine class in the middle of a sentence.</summary>
    public static string Name(MedicineClass named) => $"a medicine of the class {named.Id} ({Inside(named.Means)})";

    /// <summary>A number with its unit as a reader writes it: 160 mmHg, 18.5 kg/m², 6 months.</summary>
    public static string Amount(decimal value, string unit)
    {
        var number = value.ToString("0.############", CultureInfo.InvariantCulture);
        var words = Unit(unit);
        return words.Length == 0 ? number : words == "%" ? number + "%" : $"{number} {words}";
    }

    /// <summary>A UCUM unit as a reader writes it.</summary>
    public static string Unit(string unit) => unit switch
    {
        "mm[Hg]" => "mmHg",
        "/min" => "per minute",
        "kg/m2" => "kg/m²",
        "Cel" => "°C",
        "a" => "years",
        "mo" => "months",
        "wk" => "weeks",
        "d" => "days",
        "mg/d" => "mg per day",
        "m[IU]/L" => "mIU/L",
        "mL/min/{1.73_m2}" => "mL/min/1.73 m²",
        "{xULN}" or "xULN" => "times the upper limit of normal",
        "{score}" or "score" => "",
        _ => unit,
    };

    /// <summary>Lower-cases a plain first word; leaves PHQ-9, QTc, "Mood Disorder Questionnaire" and the like alone.</summary>
    static string Inside(string text)
    {
        var words = text.TrimEnd('.').Split(' ');
        var plain = words[0].Length > 1 && words[0].Skip(1).All(c => !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c));
        var named = words.Length > 1 && words[1].Length > 0 && char.IsAsciiLetterUpper(words[1][0]) && words[1].Skip(1).Any(char.IsAsciiLetterLower);
        return plain && !named ? char.ToLowerInvariant(text[0]) + text.TrimEnd('.')[1..] : text.TrimEnd('.');
    }
}
