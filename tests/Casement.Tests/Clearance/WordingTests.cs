using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Tests.Clearance;

public sealed class WordingTests
{
    static Condition Read(string text) => Criterion.Read(text,
        id => Ketamine.Protocol.FactById.GetValueOrDefault(id) is { } f ? f with { Label = Labels.GetValueOrDefault(id, f.Label) } : null,
        Ketamine.Protocol.ParameterById.GetValueOrDefault,
        id => Ketamine.Protocol.Classes.FirstOrDefault(c => c.Id == id));

    static readonly Dictionary<string, string> Labels = new()
    {
        ["bp-sys-avg"] = "Systolic blood pressure (mean)",
        ["phq9-total"] = "PHQ-9 total",
        ["mdq-positive"] = "Mood Disorder Questionnaire positive",
        ["arrhythmia"] = "Arrhythmia",
        ["uds-unexpected"] = "Unexpected urine drug screen result",
        ["mi-history"] = "Past heart attack",
    };

    [Theory]
    [InlineData("bp-sys-avg >= $p-bp-sys-defer", "systolic blood pressure (mean) is at or above 160 mmHg (limit p-bp-sys-defer)")]
    [InlineData("NOT phq9-total < 15", "it is not established that PHQ-9 total is below 15")]
    [InlineData("mdq-positive = true AND (mi-history = false OR arrhythmia = 'other')", "Mood Disorder Questionnaire positive: yes and (past heart attack: no or arrhythmia is other)")]
    [InlineData("arrhythmia != 'none'", "arrhythmia is other than none")]
    [InlineData("arrhythmia IN {'af-controlled','svt-controlled','other'}", "arrhythmia is af controlled, svt controlled or other")]
    [InlineData("uds-unexpected HAS 'thc'", "unexpected urine drug screen result includes thc")]
    [InlineData("NOT (mi-history = true AND phq9-total > 3)", "not (past heart attack: yes and PHQ-9 total is above 3)")]
    public void A_condition_reads_as_english(string criterion, string words) => Assert.Equal(words, Wording.AtDefaults.Say(Read(criterion)));

    [Fact]
    public void The_limit_in_force_is_the_one_said() => Assert.Equal(
        "systolic blood pressure (mean) is at or above 150 mmHg (limit p-bp-sys-defer)",
        Wording.With(ImmutableSortedDictionary<string, decimal>.Empty.Add("p-bp-sys-defer", 150m)).Say(Read("bp-sys-avg >= $p-bp-sys-defer")));

    [Fact]
    public void Every_criterion_of_the_protocol_has_words_and_names_each_of_its_limits()
    {
        foreach (var rule in Ketamine.Protocol.Rules)
        {
            var words = Wording.AtDefaults.Say(rule.Condition);
            Assert.All(rule.Condition.Parameters(), p => Assert.Contains($"(limit {p.Id})", words, StringComparison.Ordinal));
            Assert.All(rule.Condition.Asks(), f => Assert.Contains(Wording.Name(Ketamine.Protocol.FactById[f.Id]), words, StringComparison.Ordinal));
            Assert.All(rule.Condition.Classes(), c => Assert.Contains(c.Id, words, StringComparison.Ordinal));
        }
    }
}
