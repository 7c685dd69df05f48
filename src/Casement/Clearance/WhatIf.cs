using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>How an assessment would come out with other answers. Nothing of it is written down.</summary>
/// <param name="Before">As the chart stands.</param>
/// <param name="After">With the other answers.</param>
public sealed record WhatIf(Assessment Before, Assessment After)
{
    /// <param name="answers">The other answers; they replace those in force.</param>
    /// <param name="without">Ingredients left off the medicine list.</param>
    public static WhatIf Of(Assessment before, IEnumerable<RecordedFact> answers, IReadOnlyCollection<string> without)
    {
        var (protocol, given) = (before.Protocol, before.Case);
        var changed = given with
        {
            Facts = given.Facts.SetItems(answers.Select(a => KeyValuePair.Create(a.Fact, a))),
            Medicines = [.. given.Medicines.Where(m => !without.Contains(m.Ingredient, StringComparer.OrdinalIgnoreCase))],
        };
        // An override speaks of the answers its rule read, as an opinion does.
        var overrides = changed.Overrides.Where(o => protocol.RuleById.TryGetValue(o.Key, out var rule)
            && Opinions.AnswersReadBy(protocol, given, rule).SequenceEqual(Opinions.AnswersReadBy(protocol, changed, rule)));
        return new(before, Assessing.Assess(protocol, changed with { Overrides = overrides.ToImmutableSortedDictionary(StringComparer.Ordinal) }));
    }

    /// <summary>Findings that would be true and are not.</summary>
    public IEnumerable<Finding> Appearing => True(After).Where(f => True(Before).All(b => b.Rule != f.Rule));

    /// <summary>Findings that are true and would not be.</summary>
    public IEnumerable<Finding> Disappearing => True(Before).Where(f => True(After).All(a => a.Rule != f.Rule));

    /// <summary>Rules that cannot be told as it stands and then could.</summary>
    public int Settled => Before.Open.Count(f => After.Open.All(a => a.Rule != f.Rule));

    static IEnumerable<Finding> True(Assessment assessed) => assessed.Fired.Concat(assessed.Notes);
}
