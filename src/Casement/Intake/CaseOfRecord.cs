using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Intake;

/// <summary>What an outside record alone would let the protocol say. Everything a record does not say stays unknown.</summary>
public static class CaseOfRecord
{
    public static Case CaseAt(this ImportedRecord record, Protocol protocol, DateTimeOffset asOf)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, RecordedFact>(StringComparer.Ordinal);
        foreach (var fact in record.Facts)
            if (protocol.FactById.TryGetValue(fact.Fact, out var known) && known.Refuses(fact.Value) is null) facts[fact.Fact] = fact;
        if (record.Who.Who.BornOn is { } born && protocol.FactById.ContainsKey("age-years"))
            facts["age-years"] = new("age-years", FactValue.Of(CaseOfChart.YearsSince(born, DateOnly.FromDateTime(asOf.Date))), asOf, FactSource.Derived, new("Patient", $"Born on {born:yyyy-MM-dd}"));
        return new Case { AsOf = asOf, Facts = facts.ToImmutable(), Medicines = record.Medicines ?? [], MedicinesObservedAt = record.Medicines is null ? null : asOf };
    }
}
