using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>When a specialist's opinion still speaks for a rule.</summary>
public static class Opinions
{
    /// <summary>The answers a rule reads, derived facts and requirements followed to their sources: what an opinion about it is bound to.</summary>
    public static ImmutableArray<Answer> AnswersReadBy(Protocol protocol, Case given, Rule rule) =>
        [.. protocol.ReadBy(rule).Select(f => new Answer(f.Id, given.Facts.GetValueOrDefault(f.Id)?.Value)), .. MedicinesReadBy(protocol, given, rule)];

    static IEnumerable<Answer> MedicinesReadBy(Protocol protocol, Case given, Rule rule) => rule.Condition.Classes().Select(c => new Answer(
        $"on:{c.Id}",
        FactValue.Of(given.Medicines.Where(m => m.Active && protocol.ClassesOf(m).Contains(c)).Select(m => $"{m.Ingredient} {m.DailyDoseMg:0.####} mg/d"))));

    /// <summary>Why an opinion no longer counts, in a sentence; null when it does.</summary>
    public static string? VoidBecause(Protocol protocol, Case given, Rule rule, Opinion opinion)
    {
        var days = Math.Min(opinion.ValidDays ?? protocol.OpinionDays, protocol.OpinionDays);
        if (given.AsOf - opinion.GivenOn > TimeSpan.FromDays(days)) return $"The opinion is older than {days} days and no longer counts.";
        if (opinion.Criterion != rule.When) return "The rule has changed since the opinion was given, so it no longer counts.";
        var now = AnswersReadBy(protocol, given, rule);
        return opinion.Read.Where(then => now.FirstOrDefault(a => a.Fact == then.Fact) is not { } current || !Equals(current.Value, then.Value)).Select(a => a.Fact).FirstOrDefault() is { } changed
            ? $"{changed} has changed since the opinion was given, so it no longer counts."
            : now.FirstOrDefault(a => opinion.Read.All(then => then.Fact != a.Fact)) is { } added ? $"{added.Fact} was not known to the specialist, so the opinion no longer counts." : null;
    }

    /// <summary>The recorded facts a rule rests on: those it asks, and those the derived ones among them follow from.</summary>
    public static IEnumerable<Fact> ReadBy(this Protocol protocol, Rule rule)
    {
        var seen = new HashSet<string>();
        IEnumerable<Fact> Sources(Condition condition)
        {
            foreach (var asked in condition.Asks())
            {
                if (!seen.Add(asked.Id)) continue;
                var fact = protocol.FactById[asked.Id];
                if (fact.Derivation is Predicate or FirstOf)
                    foreach (var deeper in fact.RestsOn().SelectMany(Sources)) yield return deeper;
                else yield return fact;
            }
        }
        return [.. Sources(rule.Condition)];
    }
}
