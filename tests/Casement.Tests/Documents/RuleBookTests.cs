using Casement.Clearance;
using Casement.Tests.Clearance;

namespace Casement.Tests.Documents;

public sealed class RuleBookTests
{
    [Fact]
    public void The_printed_rule_book_is_the_one_in_force()
    {
        var printed = RuleBook.Print(Ketamine.Protocol).ToDictionary(p => p.Path, p => p.Text);
        var folder = Root.Path("docs", "rules");
        var kept = Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText);
        var stale = printed.Keys.Union(kept.Keys).Where(p => printed.GetValueOrDefault(p) != kept.GetValueOrDefault(p)?.ReplaceLineEndings("\n")).Order(StringComparer.Ordinal);
        Assert.True(!stale.Any(), $"Out of date: {string.Join(", ", stale)}. Print it again with: casement protocol print docs/rules");
    }

    [Fact]
    public void Every_rule_stands_once_with_its_criterion_and_each_source_in_full()
    {
        var pages = RuleBook.Print(Ketamine.Protocol);
        foreach (var rule in Ketamine.Protocol.Rules)
        {
            var (_, text) = Assert.Single(pages, p => p.Text.Contains($"\n`{rule.Id}` · ", StringComparison.Ordinal));
            Assert.Contains(string.Join(' ', rule.When.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), text, StringComparison.Ordinal);
            Assert.All(rule.Cites, k => Assert.Contains($"**{k}**: {Ketamine.Protocol.ReferenceByKey[k].Text}", text, StringComparison.Ordinal));
        }
    }
}
