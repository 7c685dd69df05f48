using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Casement.Clearance;

/// <summary>The value of one fact: yes or no, a number in the unit of the fact, one of a list, or a set of a list.</summary>
[JsonConverter(typeof(FactValueJson))]
public abstract record FactValue
{
    public static FactValue Of(bool value) => value ? Yes : No;
    public static FactValue Of(decimal value) => new Number(value);
    public static FactValue Of(string value) => new Choice(value);
    public static FactValue Of(IEnumerable<string> values) => new Choices([.. values.Order(StringComparer.Ordinal).Distinct()]);

    static readonly FactValue Yes = new Flag(true);
    static readonly FactValue No = new Flag(false);
}

public sealed record Flag(bool Value) : FactValue
{
    public override string ToString() => Value ? "yes" : "no";
}

public sealed record Number(decimal Value) : FactValue
{
    public override string ToString() => Value.ToString("0.############", CultureInfo.InvariantCulture);
}

public sealed record Choice(string Value) : FactValue
{
    public override string ToString() => Value;
}

/// <summary>A set, sorted and without repeats; empty means "none found", which is an answer.</summary>
public sealed record Choices(ImmutableArray<string> Values) : FactValue
{
    public bool Equals(Choices? other) => other is not null && Values.SequenceEqual(other.Values);
    public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
    public override string ToString() => Values.IsEmpty ? "none" : string.Join(", ", Values);
}

/// <summary>On disk a value is plain JSON: true, 12.5, "none" or ["opiate"].</summary>
public sealed class FactValueJson : JsonConverter<FactValue>
{
    public override FactValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => FactValue.Of(true),
        JsonTokenType.False => FactValue.Of(false),
        JsonTokenType.Number => FactValue.Of(reader.GetDecimal()),
        JsonTokenType.String => FactValue.Of(reader.GetString() ?? ""),
        JsonTokenType.StartArray => FactValue.Of(JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []),
        var other => throw new JsonException($"A fact value cannot be {other}."),
    };

    public override void Write(Utf8JsonWriter writer, FactValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case Flag f: writer.WriteBooleanValue(f.Value); break;
            case Number n: writer.WriteNumberValue(n.Value); break;
            case Choice c: writer.WriteStringValue(c.Value); break;
            case Choices c: JsonSerializer.Serialize(writer, c.Values, options); break;
        }
    }
}
