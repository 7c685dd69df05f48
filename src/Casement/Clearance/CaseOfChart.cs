using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>Reads a case off a chart: for every fact the answer in force, the medicine list in force, and what follows from dates.</summary>
public static class CaseOfChart
{
    /// <summary>Mean length of a month in days (365.2425 / 12), for months since an event.</summary>
    const double DaysPerMonth = 30.436875;

    public static Case CaseAt(this Chart chart, Protocol protocol, DateTimeOffset asOf, ImmutableSortedDictionary<string, decimal> settings, Phase phase = Phase.Clearance) =>
        chart.CaseAt(protocol, asOf, settings, phase, protocol.Facts);

    /// <summary>The case with some of the facts alone.</summary>
    public static Case CaseAt(this Chart chart, Protocol protocol, DateTimeOffset asOf, ImmutableSortedDictionary<string, decimal> settings, Phase phase, ImmutableArray<Fact> read)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, RecordedFact>(StringComparer.Ordinal);
        foreach (var fact in read)
        {
            if (FollowsFromOthers(fact, chart)) continue;
            if (chart.Facts.TryGetValue(fact.Id, out var answers) && InForce(protocol, fact, answers, asOf) is { } answer)
                facts[fact.Id] = Grown(fact, answer.Fact, asOf);
        }
        if (protocol.FactById.TryGetValue("age-years", out var age) && chart.Who?.BornOn is { } born)
            facts[age.Id] = new(age.Id, FactValue.Of(YearsSince(born, DateOnly.FromDateTime(asOf.UtcDateTime))), asOf, FactSource.Derived, new("date of birth", $"Born on {born:yyyy-MM-dd}"));
        var list = chart.MedicineLists.LastOrDefault(l => l.List.ObservedAt <= asOf)?.List;
        var given = new Case
        {
            Phase = phase,
            AsOf = asOf,
            Facts = facts.ToImmutable(),
            Medicines = list?.Medicines ?? [],
            MedicinesObservedAt = list?.ObservedAt,
            Settings = settings,
            Opinions = chart.Opinions.Where(o => protocol.RuleById.ContainsKey(o.Key)).ToImmutableSortedDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal),
        };
        return given with
        {
            Overrides = chart.Overrides
                .Where(o => protocol.RuleById.TryGetValue(o.Key, out var rule) && SameAnswers(o.Value.Given.Read, Opinions.AnswersReadBy(protocol, given, rule)))
                .ToImmutableSortedDictionary(o => o.Key, o => o.Value.Given.Override, StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// The newest answer; but to a sticky fact an adverse answer stays until a clinician records another after it was known, however
    /// old the observation: a diagnosis that comes to light late is not cancelled by an earlier "none".
    /// </summary>
    public static ChartedFact? InForce(Protocol protocol, Fact fact, IReadOnlyList<ChartedFact> answers, DateTimeOffset asOf)
    {
        if (!fact.Sticky && answers is [.., { Newest: var newest }] && newest.Fact.ObservedAt <= asOf && fact.Refuses(newest.Fact.Value) is null) return newest;
        ChartedFact? current = null;
        // Oldest entry first, as the chart keeps them.
        foreach (var answer in answers)
            if (answer.Fact.ObservedAt <= asOf && (current is null || Replaces(answer, current)) && fact.Refuses(answer.Fact.Value) is null) current = answer;
        return current;

        bool Replaces(ChartedFact answer, ChartedFact current) => !fact.Sticky ? answer.Fact.ObservedAt >= current.Fact.ObservedAt
            : (protocol.IsReassuring(current.Fact.Value), protocol.IsReassuring(answer.Fact.Value)) switch
            {
                (false, true) => answer.Fact.Source == FactSource.Clinician,
                (true, false) => true,
                _ => answer.Fact.ObservedAt >= current.Fact.ObservedAt,
            };
    }

    /// <summary>A value entered by hand never stands beside the answers it follows from: a tier recorded as none does not hide a yes.</summary>
    static bool FollowsFromOthers(Fact fact, Chart chart) => fact.Derivation switch
    {
        Predicate => true,
        FirstOf => fact.DecidedBy.Any(chart.Facts.ContainsKey),
        _ => false,
    };

    static bool SameAnswers(ImmutableArray<Answer> then, ImmutableArray<Answer> now) =>
        then.Length == now.Length && then.All(t => now.Any(n => n.Fact == t.Fact && Equals(n.Value, t.Value)));

    /// <summary>Months since an event go on counting after they were written down.</summary>
    static RecordedFact Grown(Fact fact, RecordedFact answer, DateTimeOffset asOf) =>
        fact is { Waits: true, Unit: "mo", ValidDays: null } && answer.Value is Number months
            ? answer with { Value = FactValue.Of(Math.Min(fact.Max, months.Value + Math.Round((decimal)((asOf - answer.ObservedAt).TotalDays / DaysPerMonth), 1))) }
            : answer;

    /// <summary>Completed years with the days of the year begun, so that the day before a birthday is still below it.</summary>
    public static decimal YearsSince(DateOnly born, DateOnly on)
    {
        var years = on.Year - born.Year;
        var birthday = Birthday(born, born.Year + years);
        if (birthday > on) birthday = Birthday(born, born.Year + --years);
        var next = Birthday(born, born.Year + years + 1);
        return years + decimal.Floor(100m * (on.DayNumber - birthday.DayNumber) / (next.DayNumber - birthday.DayNumber)) / 100m;
    }

    /// <summary>Someone born on 29 February has the birthday on 1 March in other years.</summary>
    static DateOnly Birthday(DateOnly born, int year) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, born.Month, born.Day);
}
