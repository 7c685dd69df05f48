using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Tests.Clearance;

/// <summary>
/// Invented cases that visit the corners: answers absent, fresh, just in and just out of date; numbers at each limit, one step
/// below and above; medicines with and without times; settings at their bounds. The same seed gives the same case.
/// </summary>
static class RandomCases
{
    public static readonly DateTimeOffset AsOf = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly Protocol Protocol = Ketamine.Protocol;

    static readonly ILookup<string, Operand> Limits = Protocol.Rules.Select(r => r.Condition).Concat(Protocol.Facts.SelectMany(f => f.RestsOn()))
        .SelectMany(c => c.Leaves()).OfType<Compare>()
        .SelectMany(c => new[] { (c.Left, c.Right), (c.Right, c.Left) }).Where(p => p.Item1 is FactOperand)
        .ToLookup(p => ((FactOperand)p.Item1).Fact.Id, p => p.Item2);

    static readonly ILookup<string, Operand> Windows = Protocol.Rules.SelectMany(r => r.Condition.Leaves()).OfType<TakenWithin>().Where(t => Protocol.Classes[t.Class.Index].Ingredients.Length > 0).ToLookup(t => t.Class.Id, t => t.Hours);

    public static Case Make(int seed, Phase phase)
    {
        var random = new Random(seed);
        var settings = random.Next(3) == 0
            ? Protocol.Parameters.Where(_ => random.Next(3) == 0).ToImmutableSortedDictionary(p => p.Id, p => random.Next(3) switch { 0 => p.Min, 1 => p.Max, _ => (p.Min + p.Max) / 2 })
            : ImmutableSortedDictionary<string, decimal>.Empty;
        decimal Setting(Operand operand) => operand switch
        {
            ParameterOperand p => settings.GetValueOrDefault(p.Parameter.Id, p.Parameter.Default),
            LiteralOperand l => l.Value,
            _ => 0,
        };
        var known = random.Next(5) switch { 0 => 40, 1 => 80, 2 => 95, _ => 100 };
        var calm = random.Next(4) switch { 0 => 0, 1 => 60, _ => 95 };
        var facts = Protocol.Facts
            .Where(f => f.Type != FactType.List && f.Derivation is not Predicate && random.Next(100) < (f.Derivation is null ? known : 10))
            .Select(f => new RecordedFact(f.Id, Value(f, random, calm, Setting), Observed(f, random), f.Sources.FirstOrDefault(FactSource.Clinician)))
            .ToImmutableSortedDictionary(f => f.Fact, f => f);
        return new Case
        {
            Phase = phase,
            AsOf = AsOf,
            Facts = facts,
            Settings = settings,
            Medicines = [.. Enumerable.Range(0, random.Next(4) * random.Next(3)).Select(_ => Medicine(random, Setting))],
            MedicinesObservedAt = random.Next(10) switch { 0 => null, 1 => AsOf.AddDays(-31), 2 => AsOf.AddDays(-30), _ => AsOf.AddDays(-1) },
        };
    }

    static DateTimeOffset Observed(Fact fact, Random random) => (fact.ValidDays, random.Next(12)) switch
    {
        (null, _) => AsOf.AddDays(-random.Next(2000)),
        ({ } days, 0) => AsOf.AddDays(-days),
        ({ } days, 1) => AsOf.AddDays(-days).AddMinutes(-1),
        _ => AsOf.AddHours(-random.Next(20)),
    };

    static FactValue Value(Fact fact, Random random, int calm, Func<Operand, decimal> setting)
    {
        var quiet = random.Next(100) < calm;
        switch (fact.Type)
        {
            case FactType.Flag:
                return FactValue.Of(!quiet && random.Next(2) == 0);
            case FactType.Choice:
                return FactValue.Of(quiet && fact.Values.Contains("none") ? "none" : fact.Values[random.Next(fact.Values.Length)]);
            case FactType.Choices:
                return FactValue.Of(fact.Values.Where(_ => !quiet && random.Next(fact.Values.Length) == 0));
            default:
                var limits = Limits[fact.Id].ToArray();
                var step = fact.Type == FactType.Whole ? 1m : 0.1m;
                var value = limits.Length > 0 && random.Next(4) > 0
                    ? setting(limits[random.Next(limits.Length)]) + (step * (random.Next(3) - 1))
                    : fact.Min + Math.Round((fact.Max - fact.Min) * random.Next(1001) / 1000, 1);
                return FactValue.Of(Math.Clamp(fact.Type == FactType.Whole ? Math.Round(value) : value, fact.Min, fact.Max));
        }
    }

    static Medicine Medicine(Random random, Func<Operand, decimal> setting)
    {
        var filled = Protocol.Classes.Where(c => c.Ingredients.Length > 0).ToArray();
        var asked = Windows.ElementAt(random.Next(Windows.Count)).Key;
        var named = random.Next(3) == 0 ? Protocol.Classes.First(c => c.Id == asked) : filled[random.Next(filled.Length)];
        var windows = Windows[named.Id].ToArray();
        var hours = windows.Length > 0 ? setting(windows[random.Next(windows.Length)]) + (random.Next(3) - 1) : random.Next(700);
        var ingredient = named.Ingredients[random.Next(named.Ingredients.Length)];
        return new Medicine(
            ingredient.Name,
            random.Next(2) == 0 ? ingredient.Rxcui : null,
            random.Next(4) == 0 ? null : random.Next(1, 60),
            LastTakenAt: random.Next(3) == 0 ? null : AsOf.AddHours(-(double)Math.Max(hours, 0)),
            Active: random.Next(5) > 0);
    }
}
