using System.Collections.Immutable;

namespace Casement.Clearance;

public enum Phase { Clearance, PreSession, InSession, Discharge, Course }

/// <summary>Whether a licensed person may set a finding aside: never, alone with a reason, or with a second licensed person. None: there is nothing to set aside.</summary>
public enum OverridePolicy { None, Never, Reason, Cosign }

/// <summary>One rule: when its condition holds it raises a flag. A rule only flags; a licensed person decides.</summary>
public sealed record Rule(string Id)
{
    public required Phase Phase { get; init; }
    public required string Title { get; init; }

    /// <summary>The criterion as written.</summary>
    public required string When { get; init; }

    public required Condition Condition { get; init; }

    /// <summary>The category it raises, one of the phase's.</summary>
    public required Category Raises { get; init; }

    public required OverridePolicy Override { get; init; }

    /// <summary>What is to be done about it; empty for rules that say it in <see cref="ResolvedBy"/>.</summary>
    public string Action { get; init; } = "";

    /// <summary>The window discussed with the prescriber; the software never tells a patient to stop a medicine.</summary>
    public string Hold { get; init; } = "";

    public string ResolvedBy { get; init; } = "";
    public string Why { get; init; } = "";

    /// <summary>What a patient is told, in plain words.</summary>
    public string Patient { get; init; } = "";

    /// <summary>What carries it: label, guideline, trial, consensus, case-reports, law, house; empty when the source gives none.</summary>
    public ImmutableArray<string> Basis { get; init; } = [];

    public ImmutableArray<string> Cites { get; init; } = [];

    /// <summary>A rule it deliberately repeats in a narrower case to ask for another act; the proof accepts that it adds nothing to the outcome.</summary>
    public string Sharpens { get; init; } = "";

    /// <summary>The source says nothing in this protocol resolves it.</summary>
    public bool NoWayBack { get; init; }

    public int Index { get; init; }
    public string File { get; init; } = "";
    public int Line { get; init; }

    public bool Equals(Rule? other) => other is not null && Id == other.Id;
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Id;
}

/// <summary>What a rule may raise in a phase, and what that does to the outcome.</summary>
/// <param name="Id">Such as "defer".</param>
/// <param name="Means">In a few words.</param>
/// <param name="Outcome">The rank of the outcome it brings when true; null for a note.</param>
/// <param name="Overridden">The rank when validly set aside; null when nothing is left.</param>
/// <param name="Unknown">The rank when it cannot be told; null for a note.</param>
public sealed record Category(string Id, string Means, int? Outcome, int? Overridden, int? Unknown)
{
    /// <summary>Consult is answered by an opinion.</summary>
    public bool IsConsult => Id == "consult";
    public bool IsEmergency => Id == "emergency";
    public override string ToString() => Id;
}

/// <summary>An outcome of a phase. Rank 0 is the best; the outcome of an assessment is the highest rank any rule brings.</summary>
public sealed record Outcome(string Id, int Rank, string Clinician, string Patient)
{
    /// <summary>A clearance, or a session, may go ahead at this outcome.</summary>
    public bool MayProceed { get; init; }
    public override string ToString() => Id;
}

/// <summary>The outcomes and categories of one phase; clearance.md 6.1, 8.2, 8.4, 8.5, 9.3.</summary>
public sealed record PhaseAlgebra(Phase Phase, ImmutableArray<Outcome> ByRank, ImmutableDictionary<string, Category> Categories)
{
    public int RankOf(string outcome) => ByRank.First(o => o.Id == outcome).Rank;
}
