using System.Collections.Immutable;
using System.Diagnostics;

namespace Casement.Measures;

public enum Op { Is, AtLeast, AtMost, Above, Below }

/// <summary>A question over one filled-in sheet; instruments.md section 1. An atom about an unanswered item, a null score or an unknown sex is false.</summary>
public abstract record Condition
{
    public bool HoldsOn(Sheet sheet) => Holds(sheet, asserting: true);

    /// <param name="sheet">The answers kept so far.</param>
    /// <param name="asserting">False under an odd number of "not". While a sitting is open nothing is missing yet, so a
    /// question about a missing answer must not make the whole come out true from either side.</param>
    bool Holds(Sheet sheet, bool asserting) => this switch
    {
        ItemIs c => sheet.Number(c.Item) is { } value && Compare(value, c.Op, c.Value),
        ScoreIs c => sheet.Score(c.Score) is { } value && Compare(value, c.Op, c.Value),
        SexAtBirthIs c => sheet.Sex == c.Sex,
        Missing c => sheet.Occasion == Occasion.Open ? !asserting : sheet.IsMissing(c.Item),
        CountOf c => c.Items.Count(item => sheet.Number(item) is { } value && Compare(value, c.Op, c.Value)) >= c.AtLeast,
        All c => c.Of.All(one => one.Holds(sheet, asserting)),
        Any c => c.Of.Any(one => one.Holds(sheet, asserting)),
        Not c => !c.Of.Holds(sheet, !asserting),
        _ => throw new UnreachableException($"No condition is a {GetType().Name}."),
    };

    /// <summary>This condition and every one inside it.</summary>
    public IEnumerable<Condition> Parts() => this switch
    {
        All c => c.Of.SelectMany(one => one.Parts()).Prepend(this),
        Any c => c.Of.SelectMany(one => one.Parts()).Prepend(this),
        Not c => c.Of.Parts().Prepend(this),
        _ => [this],
    };

    /// <summary>Every item it asks about by name.</summary>
    public IEnumerable<string> ItemsNamed() => Parts().SelectMany(part => part switch
    {
        ItemIs c => [c.Item],
        Missing c => [c.Item],
        CountOf c => c.Items,
        _ => ImmutableArray<string>.Empty,
    }).Distinct();

    public static bool Compare(decimal left, Op op, decimal right) => op switch
    {
        Op.Is => left == right,
        Op.AtLeast => left >= right,
        Op.AtMost => left <= right,
        Op.Above => left > right,
        Op.Below => left < right,
        _ => throw new UnreachableException($"No comparison is called {op}."),
    };
}

public sealed record ItemIs(string Item, Op Op, decimal Value) : Condition;

public sealed record ScoreIs(string Score, Op Op, decimal Value) : Condition;

public sealed record SexAtBirthIs(SexAtBirth Sex) : Condition;

/// <summary>The item was asked and has no answer; a disabled item is never missing.</summary>
public sealed record Missing(string Item) : Condition;

public sealed record CountOf(ImmutableArray<string> Items, Op Op, decimal Value, int AtLeast) : Condition;

public sealed record All(ImmutableArray<Condition> Of) : Condition;

public sealed record Any(ImmutableArray<Condition> Of) : Condition;

public sealed record Not(Condition Of) : Condition;
