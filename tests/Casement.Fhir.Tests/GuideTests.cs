using System.Text;
using Casement.Intake;
using Xunit;

namespace Casement.Fhir.Tests;

/// <summary>docs/guide/import.md is printed from the code map, so it cannot go stale.</summary>
public sealed class GuideTests
{
    [Fact]
    public void The_guide_shows_the_map_as_it_is()
    {
        var path = Path.Combine(House.Root, "docs", "guide", "import.md");
        var printed = Print();
        if (!File.Exists(path) || File.ReadAllText(path) != printed) File.WriteAllText($"{path}.received", printed);
        Assert.True(File.Exists(path), $"Read {path}.received and rename it.");
        Assert.Equal(File.ReadAllText(path), printed);
    }

    static string Print()
    {
        var text = new StringBuilder();
        text.Append("""
            # What an imported record says

            Printed from `definitions/fhir` by a test. The rules are in [decision 6](../decisions/0006-what-a-record-may-say.md).
            ~ marks a code from memory, to be checked against the release. `*` stands for all codes below.

            ## Conditions, procedures, allergies and relatives

            | meaning | codes | says |
            | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        foreach (var table in new[] { House.Map.Conditions, House.Map.Procedures, House.Map.Allergies, House.Map.Families })
        {
            foreach (var group in table.Rows.GroupBy(r => r.Meaning.Meaning).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                text.Append($"| {group.Key} | {Codes(group.Select(r => (r.System, r.Code, r.Descendants, r.Meaning.Checked)))} | {string.Join("<br>", group.First().Meaning.Claims.Select(Claim))} |\n");
            }
        }
        text.Append("\n## Observations\n\n| meaning | codes | fact | how |\n| --- | --- | --- | --- |\n");
        foreach (var group in House.Map.Observations.Rows.GroupBy(r => r.Meaning.Meaning).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var o = group.First().Meaning;
            text.Append($"| {o.Meaning} | {Codes(group.Select(r => (r.System, r.Code, r.Descendants, r.Meaning.Checked)))} | `{o.Fact}` | {How(o)} |\n");
        }
        text.Append("\n## Units\n\n| unit of the fact | accepted |\n| --- | --- |\n");
        foreach (var group in House.Map.Units.GroupBy(u => (u.To, u.Fact)).OrderBy(g => g.Key.To, StringComparer.Ordinal).ThenBy(g => g.Key.Fact, StringComparer.Ordinal))
        {
            text.Append($"| {group.Key.To}{(group.Key.Fact is { } only ? $" (`{only}`)" : "")} | {string.Join(", ", group.Select(u => u.From.Length == 0 ? "(no unit)" : $"{u.From}{(u.Factor != 1 ? $" × {u.Factor}" : "")}{(u.Divisor != 1 ? $" ÷ {u.Divisor}" : "")}"))} |\n");
        }
        return text.ToString();
    }

    static string Codes(IEnumerable<(string System, string Code, bool Descendants, bool Checked)> codes) =>
        string.Join("<br>", codes.GroupBy(c => c.System).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {string.Join(", ", g.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => $"{(g.Key == "icd-10-cm" && c.Code.Length > 3 ? c.Code.Insert(3, ".") : c.Code)}{(c.Descendants ? "\\*" : "")}{(c.Checked ? "" : " ~")}"))}"));

    static string Claim(Claim c) => $"`{c.Fact}` {(c.Value is { } value ? $"= {value}{(c.Counts is Counting.Ever ? ", ever" : c.Lasting ? ", while active" : ", on its date")}" : $"? {c.Ask}")}{(c.WithinDays is { } d ? $", within {d} days" : "")}{(c.MonthsFact is { } m ? $", with `{m}`" : "")}";

    static string How(ObservedMeaning o) => o.Taking switch
    {
        Taking.Quantity => "number",
        Taking.Answer => $"answer list {o.Answers?.Name}",
        Taking.TimesUpperLimit => "÷ the laboratory's upper limit",
        Taking.AboveRange => "above the laboratory's range",
        Taking.Piece => "one piece of it",
        _ => $"? {o.Ask}",
    };
}
