using Casement.Clearance;
using CsCheck;

namespace Casement.Tests.Clearance;

public sealed class CompiledTests
{
    [Theory]
    [InlineData(Phase.Clearance)]
    [InlineData(Phase.PreSession)]
    [InlineData(Phase.InSession)]
    [InlineData(Phase.Discharge)]
    [InlineData(Phase.Course)]
    public void The_compiled_rules_answer_as_the_trees_do(Phase phase)
    {
        var compiled = new Compiled(Ketamine.Protocol, phase);
        AnyCase.Of(phase).Sample(given =>
        {
            var assessed = Assessing.Assess(Ketamine.Protocol, given);
            var sheet = new Sheet(Ketamine.Protocol);
            sheet.Refill(given);
            var rank = compiled.Assess(sheet);
            foreach (var rule in Ketamine.Protocol.RulesOf(phase))
                Assert.True(sheet.Rules[rule.Index] == assessed.Sheet.Rules[rule.Index], $"{rule.Id}: compiled {sheet.Rules[rule.Index]}, tree {assessed.Sheet.Rules[rule.Index]}");
            Assert.Equal(assessed.Outcome.Rank, rank);
        }, iter: 2_000);
    }

    [Fact]
    public void Assessing_a_sheet_again_changes_nothing()
    {
        var compiled = new Compiled(Ketamine.Protocol, Phase.Clearance);
        AnyCase.Of(Phase.Clearance).Sample(given =>
        {
            var sheet = new Sheet(Ketamine.Protocol);
            sheet.Refill(given);
            var (first, rules) = (compiled.Assess(sheet), sheet.Rules.ToArray());
            Assert.Equal(first, compiled.Assess(sheet));
            Assert.Equal(rules, sheet.Rules);
        }, iter: 500);
    }
}
