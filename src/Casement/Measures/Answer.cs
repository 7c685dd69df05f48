using System.Text.Json;

namespace Casement.Measures;

/// <summary>What somebody gave for one item. An item without one is unanswered, which is never the same as zero or no.</summary>
public abstract record Answer
{
    // A decimal holds 28 digits. A longer number, or one with an exponent, could be rounded on the way in and land on an option it is not.
    const int LongestExactNumber = 28;

    public static Answer Of(decimal value) => new Answered(value);

    /// <summary>A number or the word "na"; anything else, null included, is kept as it came and makes the response invalid.</summary>
    public static Answer FromJson(JsonElement json) => json switch
    {
        { ValueKind: JsonValueKind.String } when json.ValueEquals("na") => new NotApplicable(),
        { ValueKind: JsonValueKind.Number } when IsPlain(json.GetRawText()) && json.TryGetDecimal(out var value) => new Answered(value),
        _ => new Unrecognised(json.GetRawText()),
    };

    static bool IsPlain(string number) => number.Length <= LongestExactNumber && !number.Contains('e', StringComparison.OrdinalIgnoreCase);
}

/// <summary>The raw value of an option, or a number in the item's unit.</summary>
public sealed record Answered(decimal Value) : Answer;

/// <summary>The person said the item does not apply to them. It counts as answered and has no value.</summary>
public sealed record NotApplicable : Answer;

/// <summary>Something that is no answer to any item, as it came in.</summary>
public sealed record Unrecognised(string Raw) : Answer;
