using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>What must still be learned: for every rule that cannot be told, the absent or outdated answers whose value would settle it.</summary>
static class Missing
{
    public static ImmutableArray<MissingFact> From(Protocol protocol, Case given, Sheet sheet, PhaseAlgebra algebra, ImmutableArray<Finding> findings)
    {
        var waiting = new Dictionary<string, List<Rule>>();
        foreach (var finding in findings.Where(f => f.Value == Truth.Unknown && f.Rule.Raises.Unknown is not null))
            foreach (var fact in OpenIn(protocol, sheet, finding.Rule.Condition))
                (waiting.TryGetValue(fact.Id, out var rules) ? rules : waiting[fact.Id] = []).Add(finding.Rule);
        int Strongest(IEnumerable<Rule> rules) => rules.Max(r => r.Raises.Outcome ?? 0);
        return [.. waiting
            .Select(w => (Fact: protocol.FactById[w.Key], Rules: w.Value.OrderByDescending(r => r.Raises.Outcome).ThenBy(r => r.Index).ToImmutableArray()))
            .Select(w => new MissingFact(w.Fact, given.Facts.GetValueOrDefault(w.Fact.Id), OnlyIf(protocol, sheet, w.Fact), w.Rules, Strongest(w.Rules)))
            .OrderByDescending(m => m.Rank).ThenBy(m => m.OnlyIf.Length > 0).ThenByDescending(m => m.Rules.Length).ThenBy(m => m.Fact.Index)];
    }

    /// <summary>The recorded facts that keep a condition unknown; a derived fact stands for those it follows from, an unread medicine list for its reconciliation.</summary>
    public static IEnumerable<Fact> OpenIn(Protocol protocol, Sheet sheet, Condition condition)
    {
        var found = new List<Fact>();
        var seen = new HashSet<string>();
        void Look(Condition c)
        {
            if (sheet.Ask(c) != Truth.Unknown) return;
            switch (c)
            {
                case Both b: Look(b.Left); Look(b.Right); return;
                case Either e: Look(e.Left); Look(e.Right); return;
                case Not n: Look(n.Of); return;
                case On or TakenWithin: Add("medication-list-reconciled"); return;
            }
            foreach (var asked in c.Asks()) Open(asked.Id);
        }
        void Open(string id)
        {
            if (!protocol.FactById.TryGetValue(id, out var fact) || !seen.Add(id)) return;
            if (fact.Derivation is Predicate p) { Look(p.When); return; }
            if (fact.Derivation is FirstOf f)
            {
                foreach (var (_, when) in f.Cases) Look(when);
                return;
            }
            if (sheet.Standing[fact.Index] == Standing.Unknown) found.Add(fact);
            if (fact.RequiredWhen is { } required) Look(required);
        }
        void Add(string id)
        {
            if (protocol.FactById.TryGetValue(id, out var fact) && seen.Add(id)) found.Add(fact);
        }
        Look(condition);
        return found;
    }

    /// <summary>What must be known before it is sure that this fact is needed; empty when it is.</summary>
    static ImmutableArray<Fact> OnlyIf(Protocol protocol, Sheet sheet, Fact fact) =>
        fact.RequiredWhen is { } when && sheet.Ask(when) == Truth.Unknown ? [.. OpenIn(protocol, sheet, when)] : [];
}
