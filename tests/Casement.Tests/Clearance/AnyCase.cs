using System.Collections.Immutable;
using Casement.Clearance;
using CsCheck;

namespace Casement.Tests.Clearance;

/// <summary>Random cases over every fact, medicine and setting: unknown, stale, at the edge of a limit and beside it.</summary>
static class AnyCase
{
    public static readonly DateTimeOffset AsOf = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly decimal[] Steps = [-1, -0.1m, 0, 0.1m, 1];

    static readonly ImmutableDictionary<string, decimal[]> Limits = Ketamine.Protocol.Rules.Select(r => r.Condition)
        .Concat(Ketamine.Protocol.Facts.SelectMany(f => f.RestsOn()))
        .SelectMany(c => c.Leaves()).OfType<Compare>()
        .SelectMany(c => new[] { (c.Left, c.Right), (c.Right, c.Left) })
        .Where(p => p.Item1 is FactOperand)
        .GroupBy(p => ((FactOperand)p.Item1).Fact.Id, p => p.Item2 switch { ParameterOperand o => o.Parameter.Default, LiteralOperand l => l.Value, _ => 0 })
        .ToImmutableDictionary(g => g.Key, g => g.Distinct().ToArray());

    static readonly string[] Names = [.. Ketamine.Protocol.Classes.SelectMany(c => c.Ingredients).Select(i => i.Name).Distinct()];

    /// <summary>Per mille of facts that are known; many cases hold nearly everything, some hold little.</summary>
    static readonly int[] Fullness = [0, 300, 800, 970, 1000];

    public static Gen<Case> Of(Phase phase) => Gen.Int[1, int.MaxValue].Select(seed => From(phase, new Random(seed)));

    public static FactValue Value(Fact fact, Random random) => fact.Type switch
    {
        FactType.Flag => FactValue.Of(random.Next(2) == 0),
        FactType.Choice => FactValue.Of(Pick(fact.Values.AsSpan(), random)),
        FactType.Choices => FactValue.Of(Enumerable.Range(0, random.Next(3)).Select(_ => Pick(fact.Values.AsSpan(), random))),
        _ => Number(fact, random),
    };

    static FactValue Number(Fact fact, Random random)
    {
        var value = random.Next(3) > 0 && Limits.TryGetValue(fact.Id, out var limits)
            ? Pick<decimal>(limits, random) + Pick<decimal>(Steps, random)
            : Math.Round(fact.Min + ((fact.Max - fact.Min) * (decimal)random.NextDouble()), 1);
        return FactValue.Of(Math.Clamp(fact.Type == FactType.Whole ? decimal.Truncate(value) : value, fact.Min, fact.Max));
    }

    static T Pick<T>(ReadOnlySpan<T> of, Random random) => of[random.Next(of.Length)];

    public static Case From(Phase phase, Random random)
    {
        var full = Pick<int>(Fullness, random);
        var tight = random.Next(4) == 0;
        return new Case
        {
            Phase = phase,
            AsOf = AsOf,
            Medicines = [.. Enumerable.Range(0, random.Next(5)).Select(_ => AnyMedicine(random))],
            MedicinesObservedAt = random.Next(10) == 0 ? null : AsOf.AddDays(random.Next(10) == 0 ? -31 : 0),
            Facts = Ketamine.Protocol.Facts
                .Where(f => (f.Phase == phase || f.Id == "medication-list-reconciled") && f.Derivation is null && f.Type != FactType.List && random.Next(1000) < full)
                .ToImmutableSortedDictionary(f => f.Id, f => Record(f, random), StringComparer.Ordinal),
            Settings = tight
                ? Ketamine.Protocol.Parameters.ToImmutableSortedDictionary(p => p.Id, p => p.SaferUp ? p.Max : p.Min, StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, decimal>.Empty,
        };
    }

    static Medicine AnyMedicine(Random random) => new(
        Pick<string>(Names, random),
        null,
        random.Next(4) == 0 ? null : random.Next(100),
        null,
        random.Next(4) == 0 ? null : AsOf.AddHours(-random.Next(800)),
        random.Next(10) > 0);

    static RecordedFact Record(Fact fact, Random random)
    {
        var age = random.Next(10) == 0 ? Math.Max(0, (fact.ValidDays ?? 0) + random.Next(-1, 2)) : 0;
        return new(fact.Id, Value(fact, random), AsOf.AddDays(-age), FactSource.Clinician);
    }
}
