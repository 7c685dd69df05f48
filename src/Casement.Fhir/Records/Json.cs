using System.Collections.Immutable;
using System.Text.Json;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>An element is not in the shape FHIR R4 gives it. The message names the element and never its content.</summary>
sealed class MisshapenException(string element) : Exception($"'{element}' is not in the FHIR R4 shape")
{
    public string Element => element;
}

/// <summary>A coding; its system is the short name of <see cref="RecordMap.SystemName"/>.</summary>
readonly record struct Coding(string System, string Code, string Display);

/// <summary>A CodeableConcept: its codings and its words.</summary>
sealed record Concept(ImmutableArray<Coding> Codings, string Words)
{
    public static readonly Concept None = new([], "");

    /// <summary>How it is named to a person: its words, else the first display, else the code.</summary>
    public string Named => Words.Length > 0 ? Words : Codings.FirstOrDefault(c => c.Display is { Length: > 0 }) is { Display: { Length: > 0 } display } ? display : Codings is [var first, ..] ? $"{first.System} {first.Code}" : "(no code)";

    public bool Has(string code)
    {
        foreach (var coding in Codings)
        {
            if (coding.Code == code) return true;
        }
        return false;
    }

    public string FirstCode => Codings is [var first, ..] ? first.Code : Words;
}

/// <summary>Reads FHIR elements out of JSON: absent is null or empty, a wrong shape throws, unknown neighbours do not matter.</summary>
static class Json
{
    /// <summary>Longest piece of a record's words that is repeated in a remark.</summary>
    const int LongestWords = 160;

    extension(JsonElement element)
    {
        public string? Text(string name) => Try(element, name, out var value) ? value.ValueKind == JsonValueKind.String ? value.Word(name) : throw new MisshapenException(name) : null;

        /// <summary>The text of a string; bytes that are no UTF-8 and half surrogate pairs are a wrong shape.</summary>
        public string Word(string name)
        {
            try
            {
                return element.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                throw new MisshapenException(name);
            }
        }

        public bool? Yes(string name) => Try(element, name, out var value)
            ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw new MisshapenException(name) }
            : null;

        public decimal? Number(string name)
        {
            if (!Try(element, name, out var value)) return null;
            if (value.ValueKind != JsonValueKind.Number) throw new MisshapenException(name);
            return value.TryGetDecimal(out var number) ? number : throw new MisshapenException(name);
        }

        public JsonElement? Part(string name) => Try(element, name, out var value) ? value.ValueKind == JsonValueKind.Object ? value : throw new MisshapenException(name) : null;

        public JsonElement.ArrayEnumerator Items(string name)
        {
            if (!Try(element, name, out var value)) return default;
            return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new MisshapenException(name);
        }

        public Concept? Concept(string name) => element.Part(name) is { } part ? part.AsConcept() : null;

        public Concept AsConcept()
        {
            if (element.ValueKind != JsonValueKind.Object) throw new MisshapenException("coding");
            var codings = ImmutableArray.CreateBuilder<Coding>(1);
            foreach (var coding in element.Items("coding"))
            {
                if (coding.ValueKind != JsonValueKind.Object) throw new MisshapenException("coding");
                if (coding.Text("code") is { } code) codings.Add(new(RecordMap.SystemName(coding.Text("system")), code, Short(coding.Text("display") ?? "")));
            }
            return new(codings.DrainToImmutable(), Short(element.Text("text") ?? ""));
        }

        public Moment? When(string name, TimeSpan offset) => element.Text(name) is { } text ? Moment.Parse(text, offset) ?? throw new MisshapenException(name) : null;

        public string? Reference(string name) => element.Part(name)?.Text("reference");
    }

    /// <summary>An element that is no object has no parts to look for: that is a wrong shape, and JSON null counts as absent.</summary>
    static bool Try(JsonElement element, string name, out JsonElement value)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new MisshapenException(name);
        return element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Remarks quote a record's words, so they are cut to length and kept on one line.</summary>
    public static string Short(string words)
    {
        if (words.Length > LongestWords) words = string.Concat(words.AsSpan(0, LongestWords), "…");
        return words.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 ? words : string.Concat(words.Select(c => c < ' ' ? ' ' : c));
    }
}
