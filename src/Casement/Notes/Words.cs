using System.Collections.Immutable;
using System.Text;

namespace Casement.Notes;

/// <summary>Looking for words of a list in free text: whole words, without capitals, whatever apostrophe or dash was typed.</summary>
public static class Words
{
    public static ImmutableArray<string> Of(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        foreach (var letter in text.Append(' '))
        {
            if (letter is '\'' or '’' or '‘') continue;
            // A number and its unit are two words, however they are written: "50mg".
            if (word.Length > 0 && (!char.IsLetterOrDigit(letter) || char.IsDigit(letter) != char.IsDigit(word[^1])))
            {
                words.Add(word.ToString());
                word.Clear();
            }
            if (char.IsLetterOrDigit(letter)) word.Append(char.ToLowerInvariant(letter));
        }
        return words.ToImmutable();
    }

    /// <summary>Whether the words hold this phrase, one word after the other; "#" stands for a number.</summary>
    public static bool Contain(ImmutableArray<string> words, string phrase)
    {
        string[] sought = [.. phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w == "#" ? ["#"] : (IEnumerable<string>)Of(w))];
        return Enumerable.Range(0, Math.Max(0, words.Length - sought.Length + 1)).Any(start => sought.Select((s, i) => s == "#" ? char.IsDigit(words[start + i][0]) : s == words[start + i]).All(same => same));
    }
}
