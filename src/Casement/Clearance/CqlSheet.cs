using System.Text.Json;

namespace Casement.Clearance;

/// <summary>A case as the printed CQL libraries take it in, with what this program answers, on one line of JSON: what another engine is held against.</summary>
public static class CqlSheet
{
    static readonly JsonSerializerOptions Json = new();

    public static string Line(Protocol protocol, string name, Case given, params IEnumerable<Phase> phases) => JsonSerializer.Serialize(
        new
        {
            name,
            asOf = given.AsOf,
            settings = given.Settings,
            facts = given.Facts.ToDictionary(f => f.Key, f => new { value = f.Value.Value, observed = f.Value.ObservedAt }),
            medicines = new
            {
                observed = given.MedicinesObservedAt,
                entries = given.Medicines.Select(m => new
                {
                    name = m.Ingredient.ToLowerInvariant(),
                    ingredients = Protocol.Components(m.Ingredient),
                    code = m.Rxcui,
                    dose = m.DailyDoseMg,
                    active = m.Active,
                    taken = m.LastTakenAt,
                }),
            },
            expected = phases.ToDictionary(Cql.Name, phase => Answers(protocol, given with { Phase = phase })),
        },
        Json);

    static object Answers(Protocol protocol, Case given)
    {
        var assessed = Assessing.Assess(protocol, given);
        return new
        {
            outcome = assessed.Outcome.Id,
            rules = protocol.RulesOf(given.Phase).ToDictionary(r => r.Id, r => assessed.Sheet.Rules[r.Index] switch { Truth.True => true, Truth.False => false, _ => (bool?)null }),
        };
    }
}
