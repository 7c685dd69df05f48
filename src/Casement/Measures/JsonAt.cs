using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Casement.Measures;

/// <summary>One place in a JSON file, so that every complaint can say where it stands.</summary>
public readonly record struct JsonAt(string File, string Path, JsonElement Json)
{
    static readonly JsonDocumentOptions NoRepeats = new() { AllowDuplicateProperties = false };

    public static JsonAt Parse(string file, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, NoRepeats);
            return new(file, "$", document.RootElement.Clone());
        }
        catch (JsonException unreadable)
        {
            throw new MalformedFileException(file, "$", $"This is not readable JSON. {unreadable.Message}");
        }
    }

    public MalformedFileException Wrong(string sentence) => new(File, Path, sentence);

    /// <summary>An object holding every key of the first list and none outside both; names are separated by spaces.</summary>
    public JsonAt WithKeys(string required, string optional = "")
    {
        var here = this;
        var needed = required.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = optional.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(needed).ToHashSet(StringComparer.Ordinal);
        if (Keys().FirstOrDefault(key => !known.Contains(key)) is { } stranger) throw Wrong($"The key '{stranger}' is unknown here.");
        if (needed.FirstOrDefault(key => !here.Json.TryGetProperty(key, out _)) is { } absent) throw Wrong($"The key '{absent}' is missing.");
        return this;
    }

    public IEnumerable<string> Keys() => Entries().Select(entry => entry.Key);

    /// <summary>The members of an object, in file order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonAt>> Entries()
    {
        if (Json.ValueKind != JsonValueKind.Object) throw Wrong("This must be an object.");
        var here = this;
        return [.. Json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, here.At(member.Name, member.Value)))];
    }

    public JsonAt this[string key] => Has(key) ? At(key, Json.GetProperty(key)) : throw Wrong($"The key '{key}' is missing.");

    public bool Has(string key)
    {
        if (Json.ValueKind != JsonValueKind.Object) throw Wrong("This must be an object.");
        return Json.TryGetProperty(key, out _);
    }

    /// <summary>What stands under a key; null when the key is absent or its value is null.</summary>
    public JsonAt? Find(string key) => Has(key) && this[key] is { Json.ValueKind: not JsonValueKind.Null } found ? found : null;

    public ImmutableArray<JsonAt> List()
    {
        if (Json.ValueKind != JsonValueKind.Array) throw Wrong("This must be a list.");
        var here = this;
        return [.. Json.EnumerateArray().Select((value, index) => here with { Path = $"{here.Path}[{index}]", Json = value })];
    }

    public ImmutableArray<string> Texts() => [.. List().Select(one => one.Text())];

    public string Text() => Json.ValueKind == JsonValueKind.String && Json.GetString() is { Length: > 0 } text ? text : throw Wrong("This must be a text that is not empty.");

    public string OneOf(params ReadOnlySpan<string> words)
    {
        var text = Text();
        return words.Contains(text) ? text : throw Wrong($"'{text}' is not one of {string.Join(", ", words.ToArray())}.");
    }

    public bool YesOrNo() => Json.ValueKind is JsonValueKind.True or JsonValueKind.False ? Json.GetBoolean() : throw Wrong("This must be true or false.");

    public int Whole() => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out var number) ? number : throw Wrong("This must be a whole number.");

    public decimal Number() => Json.ValueKind == JsonValueKind.Number && Json.TryGetDecimal(out var number) ? number : throw Wrong("This must be a number.");

    public DateOnly Date() =>
        DateOnly.TryParseExact(Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw Wrong("This must be a date such as 2026-03-02.");

    JsonAt At(string key, JsonElement value) => this with { Path = $"{Path}.{key}", Json = value };
}
