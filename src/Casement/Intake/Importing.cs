using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;

namespace Casement.Intake;

/// <summary>The wish to take a record that was read onto a chart.</summary>
/// <param name="Import">Names it; the same twice is one.</param>
/// <param name="SamePerson">Somebody looked and says it is the same person although name or date of birth differ.</param>
public sealed record ImportRecord(Guid Import, string FileName, string Sha256, ImportedRecord Record, bool SamePerson, DateOnly Today);

/// <summary>A record becomes facts, medicines and a note of what was not used, in one act; on a new chart it also says who the person is.</summary>
public static class Importing
{
    public static Decision Decide(Chart chart, Protocol protocol, ImportRecord wish, DateTimeOffset now)
    {
        if (chart.Imports.Any(i => i.Import == wish.Import)) return Decision.Nothing;
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        if (chart.Who is null)
        {
            switch (Admitting.Decide(chart, new(wish.Record.Who.Who, wish.Today)))
            {
                case Accepted admitted: events.AddRange(admitted.Events); break;
                case Refused refused: return refused;
            }
        }
        else if (Differs(chart.Who, wish.Record.Who.Who) is { } differs && !wish.SamePerson)
            return Decision.Refuse($"{differs} Say that it is the same person, or open a new chart.");
        var (facts, left) = Usable(protocol, wish.Record, now);
        if (!facts.IsEmpty) events.Add(new FactsRecorded(facts));
        if (wish.Record.Medicines is { } medicines) events.Add(new MedicinesRecorded(Joined(chart, medicines), now, FactSource.Record));
        events.Add(new RecordImported(wish.Import, wish.FileName, wish.Sha256, wish.Record.ResourceCount, [.. wish.Record.NotUsed, .. left]));
        return Decision.Accept(events.ToImmutable());
    }

    /// <summary>What sets the person of the record apart from the person of the chart, in sentences; null when nothing does.</summary>
    public static string? Differs(Person chart, Person record)
    {
        var name = Words(chart.Name.Legal).SetEquals(Words(record.Name.Legal)) ? "" : "The name in the record is another than on the chart. ";
        var born = chart.BornOn is null || record.BornOn is null || chart.BornOn == record.BornOn ? "" : "The date of birth in the record is another than on the chart. ";
        return (name + born).TrimEnd() is { Length: > 0 } differs ? differs : null;
    }

    static HashSet<string> Words(string name) => [.. name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The facts this protocol asks and accepts; the others are listed with the reason.</summary>
    public static (ImmutableArray<RecordedFact> Facts, ImmutableArray<string> Left) Usable(Protocol protocol, ImportedRecord record, DateTimeOffset now)
    {
        var facts = ImmutableArray.CreateBuilder<RecordedFact>();
        var left = ImmutableArray.CreateBuilder<string>();
        foreach (var answer in record.Facts)
        {
            if (!protocol.FactById.TryGetValue(answer.Fact, out var fact)) left.Add($"{answer.Fact}: this protocol does not ask it");
            else if (fact.Derivation is not null and not EquivalentSum || fact.Id == "age-years") left.Add($"{answer.Fact}: follows from other answers");
            else if (fact.Refuses(answer.Value) is { } why) left.Add(why);
            else if (answer.ObservedAt > now.AddMinutes(5)) left.Add($"{answer.Fact}: dated in the future");
            else facts.Add(answer);
        }
        return (facts.ToImmutable(), left.ToImmutable());
    }

    /// <summary>The list on the chart, and what the record adds to it. What somebody wrote down here stays until somebody changes it here.</summary>
    static ImmutableArray<Medicine> Joined(Chart chart, ImmutableArray<Medicine> record)
    {
        var kept = chart.MedicineLists.LastOrDefault()?.List.Medicines ?? [];
        return [.. kept, .. record.Where(m => !kept.Any(k => k.Ingredient.Equals(m.Ingredient, StringComparison.OrdinalIgnoreCase)))];
    }
}
