namespace Casement.Tests.Clearance;

/// <summary>
/// The Flesch–Kincaid grade of a text: 0.39 × words per sentence + 11.8 × syllables per word − 15.59.
/// A sentence ends at a full stop, a question mark or the end of the text; colons and semicolons do not count, which errs on the strict side.
/// Syllables are groups of vowels, without a silent ending; a numeral and an abbreviation in capitals are read out one sign at a time.
/// Names of medicines count like any other word.
/// </summary>
static class ReadingGrade
{
    public static double Of(string text)
    {
        var words = text.Split([' ', '-', '/', '–'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit)).ToArray();
        var sentences = words.Count(w => w.TrimEnd(')', '"')[^1] is '.' or '?' or '!');
        if (words[^1].TrimEnd(')', '"')[^1] is not ('.' or '?' or '!')) sentences++;
        return (0.39 * words.Length / sentences) + (11.8 * words.Sum(Syllables) / words.Length) - 15.59;
    }

    public static int Syllables(string word)
    {
        var signs = string.Concat(word.Where(char.IsLetterOrDigit));
        if (signs.All(char.IsDigit) || (signs.Length > 1 && !signs.Any(char.IsLower))) return signs.Length;
        signs = signs.ToLowerInvariant();
        var groups = signs.Where((c, i) => IsVowel(c) && (i == 0 || !IsVowel(signs[i - 1]))).Count();
        return Math.Max(1, EndsSilent(signs) ? groups - 1 : groups);
    }

    static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    /// <summary>"note", "times" and "used" end silent; "table", "sees", "places" and "wanted" do not.</summary>
    static bool EndsSilent(string word) => word switch
    {
        [.., var before, 'e'] => !IsVowel(before) && !(before == 'l' && word.Length > 2 && !IsVowel(word[^3])),
        [.., var before, 'e', 's'] => !IsVowel(before) && before is not ('s' or 'c' or 'z' or 'x' or 'g' or 'h') && !(before == 'l' && word.Length > 3 && !IsVowel(word[^4])),
        [.., var before, 'e', 'd'] => !IsVowel(before) && before is not ('t' or 'd'),
        _ => false,
    };
}
