using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>The rules of clearance that need somebody now, and every fact their truth rests on: small enough to be asked inside every write.</summary>
/// <param name="Resolving">Those of the facts that follow from others or may not apply, in the order they are worked out.</param>
public sealed record Emergencies(ImmutableArray<Rule> Rules, ImmutableArray<Fact> Facts, ImmutableArray<Fact> Resolving)
{
    public static Emergencies Of(Protocol protocol)
    {
        var rules = protocol.RulesOf(Phase.Clearance).Where(r => r.Raises.IsEmergency).ToImmutableArray();
        var facts = new HashSet<Fact>();
        void Follow(Condition condition)
        {
            foreach (var asked in condition.Asks())
            {
                if (!facts.Add(protocol.FactById[asked.Id])) continue;
                foreach (var deeper in protocol.FactById[asked.Id].RestsOn()) Follow(deeper);
            }
        }
        foreach (var rule in rules) Follow(rule.Condition);
        // Whether a medicine is surely not taken depends on the list being complete.
        foreach (var id in (string[])["medication-list", "medication-list-reconciled"])
            if (protocol.FactById.TryGetValue(id, out var fact)) facts.Add(fact);
        return new(rules, [.. protocol.Facts.Where(facts.Contains)], [.. protocol.Resolving.Where(facts.Contains)]);
    }
}
