using System.Text.RegularExpressions;

namespace Casement.Web.Shell;

/// <summary>Phone numbers as people write them into a line.</summary>
public static partial class PlanNumbers
{
    /// <summary>The first number in a line, ready to be dialled; null when there is none.</summary>
    public static string? In(string line) =>
        Service().Match(line) is { Success: true } service ? service.Groups[1].Value
        : Written().Matches(line).Select(m => string.Concat(m.Value.Where(c => char.IsAsciiDigit(c) || c == '+'))).FirstOrDefault(n => n.Length is >= 7 and <= 16);

    [GeneratedRegex(@"^(988|911)\b")]
    private static partial Regex Service();

    [GeneratedRegex(@"\+?\(?\d[\d\s().\-]{5,}\d")]
    private static partial Regex Written();
}
