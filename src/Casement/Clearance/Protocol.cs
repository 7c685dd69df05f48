using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>A published source a rule may cite.</summary>
/// <param name="Status">How far it was checked.</param>
public sealed record Reference(string Key, string Text, string Status);

/// <param name="Id">Such as "std-escort".</param>
/// <param name="Patient">The same in plain words.</param>
public sealed record StandardCondition(string Id, string Text, string Patient);

/// <summary>What a trigger does to a clearance in force.</summary>
public enum TriggerEffect { Reevaluate, Suspend, Revoke }

/// <summary>A new fact that ends or suspends a signed clearance; clearance.md 6.4.</summary>
/// <param name="When">Compared on the new facts alone; null for triggers that are not about a fact.</param>
public sealed record Trigger(string Id, string Title, TriggerEffect Effect, string Then, string Within, Condition? When, string On)
{
    /// <summary>The facts whose changed answer fires it.</summary>
    public ImmutableArray<string> Facts { get; init; } = [];

    /// <summary>Days that must pass before a time trigger fires.</summary>
    public int? Days { get; init; }
}

/// <summary>A depth of work-up and the life of a clearance given at it; clearance.md 5.2.</summary>
/// <param name="When">Null for the tier of everyone else.</param>
/// <param name="Life">Days a clearance lives.</param>
public sealed record Tier(string Id, string Means, Condition? When, Parameter Life);

/// <summary>One line of the work-up matrix; clearance.md 5.3.</summary>
public sealed record WorkUpItem(string Id, string Item, ImmutableArray<string> ByTier, string Also);

/// <summary>What an override needs; clearance.md 6.2.</summary>
/// <param name="ReasonLength">Characters of reason a single signer must give.</param>
/// <param name="CosignReasonLength">Characters of reason when a second signer is needed.</param>
/// <param name="PeerReviewAbove">More overrides than this in one evaluation are listed for peer review.</param>
/// <param name="RepeatsInYear">The same rule overridden this often in 12 months by one clinician is listed.</param>
/// <param name="Cosigners">By rule prefix, who may co-sign.</param>
public sealed record OverrideRules(int ReasonLength, int CosignReasonLength, int PeerReviewAbove, int RepeatsInYear, ImmutableDictionary<string, ImmutableArray<string>> Cosigners)
{
    /// <summary>The kinds of licensed clinician who may co-sign an override of a rule.</summary>
    public ImmutableArray<string> For(string rule) => Cosigners.GetValueOrDefault(rule[..rule.IndexOf('-', StringComparison.Ordinal)], []);
}

/// <summary>Everything a clinician reviewed and signed off as data: facts, parameters, rules, medicines, outcomes. Its version is the hash of its content.</summary>
public sealed class Protocol
{
    public required string Id { get; init; }
    public required string Version { get; init; }

    /// <summary>SHA-256 over every file, in hex: two protocols are the same when this is.</summary>
    public required string Hash { get; init; }

    /// <summary>What the software must say wherever an outcome is shown.</summary>
    public required string Notice { get; init; }

    public required ImmutableArray<Fact> Facts { get; init; }
    public required ImmutableArray<Parameter> Parameters { get; init; }
    public required ImmutableArray<Rule> Rules { get; init; }
    public required ImmutableArray<MedicineClass> Classes { get; init; }
    public required ImmutableDictionary<Phase, PhaseAlgebra> Phases { get; init; }
    public required ImmutableArray<FactValue> Reassuring { get; init; }
    public required ImmutableArray<Reference> References { get; init; }
    public required ImmutableArray<StandardCondition> StandardConditions { get; init; }
    public required ImmutableArray<Trigger> Triggers { get; init; }
    public required ImmutableArray<Tier> Tiers { get; init; }
    public required ImmutableArray<WorkUpItem> WorkUp { get; init; }
    public required OverrideRules Overrides { get; init; }

    /// <summary>Days before its end from which a clearance is on the worklist.</summary>
    public required int ExpiryNoticeDays { get; init; }

    /// <summary>What it claims of its own rules; read by the proof.</summary>
    public required Claims Claims { get; init; }

    /// <summary>Days a consult opinion stays good unless it says less; clearance.md 6.1.</summary>
    public required int OpinionDays { get; init; }

    /// <summary>Facts whose value follows from others or whose need depends on others, each after everything it rests on.</summary>
    public required ImmutableArray<Fact> Resolving { get; init; }

    /// <summary>The files as loaded, by path: what a past decision is replayed from.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    public FrozenDictionary<string, Fact> FactById => field ??= Facts.ToFrozenDictionary(f => f.Id);
    public FrozenDictionary<string, Rule> RuleById => field ??= Rules.ToFrozenDictionary(r => r.Id);
    public FrozenDictionary<string, Parameter> ParameterById => field ??= Parameters.ToFrozenDictionary(p => p.Id);
    public FrozenDictionary<string, Reference> ReferenceByKey => field ??= References.ToFrozenDictionary(r => r.Key);

    /// <summary>The rules of a phase, in the order of the files.</summary>
    public ImmutableArray<Rule> RulesOf(Phase phase) => (ruleLists ??= Enum.GetValues<Phase>().Select(p => Rules.Where(r => r.Phase == p).ToImmutableArray()).ToArray())[(int)phase];

    ImmutableArray<Rule>[]? ruleLists;

    /// <summary>What is asked of every chart at every write.</summary>
    public Emergencies Emergencies => field ??= Emergencies.Of(this);

    /// <summary>A reassuring answer expires; any other answer to a sticky fact is adverse and stays.</summary>
    public bool IsReassuring(FactValue value) => Reassuring.Contains(value);

    /// <summary>The ingredients a name stands for: itself, and each component of a combination.</summary>
    public static ImmutableArray<string> Components(string ingredient)
    {
        var whole = string.Join(" / ", ingredient.ToLowerInvariant().Split(['/', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var parts = whole.Split(" / ");
        return parts.Length == 1 ? [whole] : [whole, .. parts];
    }

    FrozenDictionary<string, ImmutableArray<MedicineClass>>? byIngredient;
    FrozenDictionary<string, ImmutableArray<MedicineClass>>? byRxcui;

    /// <summary>The classes a medicine is in, by its RxNorm ingredient code, its name, and each component of a combination.</summary>
    public IEnumerable<MedicineClass> ClassesOf(Medicine medicine)
    {
        byIngredient ??= Index(i => i.Name == Sorted(i.Name) ? [i.Name] : [i.Name, Sorted(i.Name)]);
        byRxcui ??= Index(i => i.Rxcui is { } code ? [code] : []);
        var names = Components(medicine.Ingredient);
        var found = names.Append(Sorted(names[0])).SelectMany(n => byIngredient.GetValueOrDefault(n, []));
        return (medicine.Rxcui is { } rxcui ? found.Concat(byRxcui.GetValueOrDefault(rxcui, [])) : found).Distinct();
    }

    static string Sorted(string combination) => string.Join(" / ", combination.Split(" / ").Order(StringComparer.Ordinal));

    FrozenDictionary<string, ImmutableArray<MedicineClass>> Index(Func<Ingredient, ImmutableArray<string>> keys) => Classes
        .SelectMany(c => c.Ingredients.SelectMany(i => keys(i).Select(k => (Key: k, Class: c))))
        .GroupBy(p => p.Key)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Class).Distinct().ToImmutableArray());
}
