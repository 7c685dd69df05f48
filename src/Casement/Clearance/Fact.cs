using System.Collections.Immutable;

namespace Casement.Clearance;

public enum FactType { Flag, Whole, Number, Choice, Choices, List }

/// <summary>When a fact must be known: always, never (it may help), or when its predicate holds or is unknown.</summary>
public enum Required { Always, Optional, When }

/// <summary>A code of a terminology that names a fact.</summary>
/// <param name="System">"SNOMED", "LOINC", "ICD-10-CM" or "RxNorm".</param>
/// <param name="Value">The code, or a range of codes as written in the source.</param>
/// <param name="Checked">Seen in a public copy of the terminology; otherwise from memory, to be checked before release.</param>
public sealed record Code(string System, string Value, bool Checked);

/// <summary>One question the protocol may ask about a person: its type, unit, range, how long an answer stays good and when it is needed (clearance.md section 1).</summary>
public sealed record Fact(string Id, FactType Type)
{
    /// <summary>What it means, in clinical words.</summary>
    public required string Means { get; init; }

    /// <summary>A few words for a heading; falls back to the meaning.</summary>
    public string Label { get; init; } = "";

    /// <summary>The question as put to a patient, in plain words; empty when only a clinician can answer.</summary>
    public string Ask { get; init; } = "";

    /// <summary>UCUM unit; empty when it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The values of a choice or set, in order.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>What a value of a choice means where its name does not say it.</summary>
    public ImmutableDictionary<string, string> ValueNotes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Smallest and largest value a number may have; outside it is refused at entry.</summary>
    public decimal Min { get; init; }

    public decimal Max { get; init; }

    public ImmutableArray<FactSource> Sources { get; init; } = [];

    /// <summary>Days an answer stays good, counted from when it was so; null means it never expires.</summary>
    public int? ValidDays { get; init; }

    /// <summary>An adverse answer stays until a clinician records a new one; only a reassuring answer expires.</summary>
    public bool Sticky { get; init; }

    public Required Required { get; init; }

    public Condition? RequiredWhen { get; init; }

    /// <summary>What silence means for a fail-safe fact; null for the others.</summary>
    public FactValue? IfAbsent { get; init; }

    public Derivation? Derivation { get; init; }

    /// <summary>Describes the past or a trait: it can be corrected but no care can change it, so no path to clearance runs through it.</summary>
    public bool Lasting { get; init; }

    /// <summary>Time alone changes it, such as months since an event.</summary>
    public bool Waits { get; init; }

    public ImmutableArray<Code> Codes { get; init; } = [];

    /// <summary>Its place in the dense sheet.</summary>
    public int Index { get; init; }

    public string File { get; init; } = "";

    /// <summary>The phase whose page asks it.</summary>
    public Phase Phase { get; init; }

    /// <summary>The facts of which any one, answered, decides its value; empty where nothing or everything does.</summary>
    public ImmutableArray<string> DecidedBy =>
        decidedBy.IsDefault ? decidedBy = Derivation is FirstOf first ? [.. first.Cases.SelectMany(c => c.When.Asks()).Select(f => f.Id).Distinct()] : [] : decidedBy;

    ImmutableArray<string> decidedBy;

    /// <summary>The conditions that decide its value or whether it applies.</summary>
    public IEnumerable<Condition> RestsOn()
    {
        if (RequiredWhen is { } when) yield return when;
        switch (Derivation)
        {
            case Predicate p: yield return p.When; break;
            case FirstOf f: foreach (var c in f.Cases) yield return c.When; break;
        }
    }

    public bool Equals(Fact? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Id;

    /// <summary>All values of a flag or choice as bits of a mask.</summary>
    public ulong AllValues => Type == FactType.Flag ? 3UL : Values.Length == 64 ? ulong.MaxValue : (1UL << Values.Length) - 1;

    /// <summary>Why a value cannot be one of this fact's, in a sentence; null when it can.</summary>
    public string? Refuses(FactValue value) => (Type, value) switch
    {
        (FactType.Flag, Flag) => null,
        (FactType.Whole, Number n) when n.Value != decimal.Truncate(n.Value) => $"{Id} is counted in whole numbers; {n} is not one.",
        (FactType.Whole or FactType.Number, Number n) when n.Value < Min || n.Value > Max => $"{Id} lies between {Min} and {Max} {Unit}; {n} is outside and was not kept.".Replace("  ", " ", StringComparison.Ordinal),
        (FactType.Whole or FactType.Number, Number) => null,
        (FactType.Choice, Choice c) => Values.Contains(c.Value) ? null : $"{Id} has no value '{c.Value}'; it is one of {string.Join(", ", Values)}.",
        (FactType.Choices, Choices c) => c.Values.FirstOrDefault(v => !Values.Contains(v)) is { } v ? $"{Id} has no value '{v}'; it holds {string.Join(", ", Values)}." : null,
        _ => $"{Id} is a {Type switch { FactType.Flag => "yes or no", FactType.Choice => "choice", FactType.Choices => "set", FactType.List => "list", _ => "number" }}; '{value}' is not.",
    };
}

/// <summary>How a fact follows from others.</summary>
public abstract record Derivation;

/// <summary>The first value whose condition holds. Reached only when every condition above it is settled; otherwise unknown.</summary>
public sealed record FirstOf(ImmutableArray<(int Value, Condition When)> Cases, int Otherwise) : Derivation;

/// <summary>A predicate that reads as a yes-or-no fact.</summary>
public sealed record Predicate(Condition When) : Derivation;

/// <summary>Sum over the active medicines of a class of daily dose times factor; unknown when any dose or factor is missing.</summary>
public sealed record EquivalentSum(MedicineClass Class, ImmutableDictionary<string, decimal> Factors) : Derivation;

/// <summary>A threshold the practice may move inside its bounds.</summary>
public sealed record Parameter(string Id)
{
    public required string Means { get; init; }
    public required decimal Default { get; init; }
    public required decimal Min { get; init; }
    public required decimal Max { get; init; }
    public required string Unit { get; init; }

    /// <summary>True when a higher value makes the protocol stricter.</summary>
    public required bool SaferUp { get; init; }

    /// <summary>It feeds a definition (trial table, life of a clearance) rather than a rule.</summary>
    public bool FeedsDefinition { get; init; }

    public int Index { get; init; }

    public bool Equals(Parameter? other) => other is not null && Id == other.Id;
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Id;
}

/// <summary>A class of medicines that rules speak of, by ingredient; clearance.md 4.1.</summary>
public sealed record MedicineClass(string Id)
{
    public required string Means { get; init; }
    public required ImmutableArray<Ingredient> Ingredients { get; init; }
    public int Index { get; init; }

    public bool Equals(MedicineClass? other) => other is not null && Id == other.Id;
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Id;
}

/// <param name="Name">Lower-case name; a combination has its components joined by " / ".</param>
/// <param name="Rxcui">RxNorm ingredient code; null for substances without one.</param>
/// <param name="Checked">Verified against the release named in the file.</param>
public sealed record Ingredient(string Name, string? Rxcui, bool Checked);
