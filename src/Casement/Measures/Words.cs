using System.Text;

namespace Casement.Measures;

/// <summary>The written form of the words of section 7 and section 6.</summary>
public static class Words
{
    extension(Enum value)
    {
        /// <summary>For example NoResponse is "no-response" and Item9New is "item9-new".</summary>
        public string Word => value.ToString().Aggregate(new StringBuilder(), (word, letter) => char.IsUpper(letter) && word.Length > 0
            ? word.Append('-').Append(char.ToLowerInvariant(letter))
            : word.Append(char.ToLowerInvariant(letter))).ToString();
    }
}
