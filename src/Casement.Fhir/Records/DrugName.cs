using System.Collections.Immutable;
using System.Globalization;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>One component of a product.</summary>
/// <param name="Ingredient">As in the class table when known; otherwise the name as given, in lower case.</param>
/// <param name="Known">True when the table has it.</param>
/// <param name="StrengthMg">Strength of one tablet or capsule in mg; null when the name gives none, or more than one.</param>
/// <param name="MgPerMl">Strength of a liquid; null when the name gives none.</param>
readonly record struct Component(string Ingredient, bool Known, decimal? StrengthMg, decimal? MgPerMl);

/// <summary>Finds ingredients in the name of a product, such as "Amlodipine 5 MG / Olmesartan 20 MG Oral Tablet" or "sertraline 50 MG Oral Tablet [Zoloft]".</summary>
static class DrugName
{
    /// <summary>The longest name in the table, "gamma hydroxybutyrate" and the like, has four words.</summary>
    const int LongestName = 4;

    /// <summary>A product name is short; a longer text is no name.</summary>
    const int LongestText = 1000;

    public static ImmutableArray<Component> Parse(RecordMap map, string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        // A brand in brackets repeats what stands before it.
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        var before = bracket > 0 ? text[..bracket] : text;
        var components = ImmutableArray.CreateBuilder<Component>();
        foreach (var piece in before.Split(" / "))
        {
            var words = Words(piece);
            var (mg, perMl) = Strength(words);
            var found = Names(map, words);
            foreach (var name in found) components.Add(new(name, true, found.Count == 1 ? mg : null, found.Count == 1 ? perMl : null));
            if (found.Count == 0 && Stem(words) is { Length: > 0 } stem) components.Add(new(stem, false, mg, perMl));
        }
        if (!components.Any(c => c.Known) && bracket > 0)
        {
            var branded = Names(map, Words(text[bracket..]));
            if (branded.Count > 0) return [.. branded.Select(n => new Component(n, true, null, null))];
        }
        return components.DrainToImmutable();
    }

    public static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }
        return false;
    }

    static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var raw in text.ToLowerInvariant().Split([' ', '\t', '\n', ';', '(', ')', '[', ']', '"', '+'], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = raw.Trim(',', '.', ':', '/', '®', '™').Replace('’', '\'');
            if (word.Length > 0) words.Add(word);
        }
        return words;
    }

    static List<string> Names(RecordMap map, List<string> words)
    {
        var found = new List<string>();
        for (var i = 0; i < words.Count;)
        {
            var taken = 0;
            for (var length = Math.Min(LongestName, words.Count - i); length > 0 && taken == 0; length--)
            {
                var name = length == 1 ? words[i] : string.Join(' ', words.GetRange(i, length));
                if (Look(map, name) is not { } ingredients) continue;
                taken = length;
                foreach (var ingredient in ingredients)
                {
                    if (!found.Contains(ingredient)) found.Add(ingredient);
                }
            }
            if (taken == 0)
            {
                // "amlodipine/benazepril" and "dextroamphetamine-amphetamine" are two names.
                foreach (var part in words[i].Split('/', '-'))
                {
                    if (part.Length == words[i].Length || Look(map, part) is not { } ingredients) continue;
                    foreach (var ingredient in ingredients)
                    {
                        if (!found.Contains(ingredient)) found.Add(ingredient);
                    }
                }
            }
            i += Math.Max(1, taken);
        }
        return found;
    }

    static ImmutableArray<string>? Look(RecordMap map, string name) => map.DrugNames.TryGetValue(name, out var ingredients) ? ingredients : null;

    static (decimal? Mg, decimal? PerMl) Strength(List<string> words)
    {
        decimal? mg = null, perMl = null;
        var strengths = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var (number, unit) = Split(words[i]);
            if (number is not { } value) continue;
            if (unit.Length == 0 && i + 1 < words.Count) unit = words[i + 1];
            switch (unit)
            {
                case "mg": mg = value; strengths++; break;
                case "mcg" or "ug": mg = value / 1000; strengths++; break;
                case "g": mg = value * 1000; strengths++; break;
                case "mg/ml": perMl = value; strengths++; break;
            }
        }
        return strengths == 1 ? (mg, perMl) : (null, null);
    }

    static (decimal? Number, string Unit) Split(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExcept("0123456789.".AsSpan());
        var number = digits < 0 ? word : word[..digits];
        return number.Length > 0 && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? (value, digits < 0 ? "" : word[digits..]) : (null, "");
    }

    /// <summary>The words before the strength where there is one ("loratadine" of "Loratadine 5 MG Chewable Tablet"), otherwise all of them.</summary>
    static string Stem(List<string> words)
    {
        // "12 HR ..." and "0.3 ML ..." come before the name.
        var start = words.Count > 2 && Split(words[0]).Number is not null && words[1] is "hr" or "ml" or "actuat" or "day" ? 2 : 0;
        var end = words.FindIndex(start, w => Split(w).Number is not null);
        var strength = end > start && end + 1 <= words.Count && (Split(words[end]).Unit.Length > 0 || end + 1 < words.Count && words[end + 1] is "mg" or "mcg" or "ug" or "g" or "mg/ml" or "unt/ml" or "unt" or "meq" or "%");
        return string.Join(' ', strength ? words.GetRange(start, end - start) : words);
    }
}
