using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>One rule that is true, or cannot be told yet, and what it does to the outcome.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value">True or unknown; false rules are no findings.</param>
/// <param name="Rank">The outcome rank it brings; null when it brings none (a note, or a condition set aside).</param>
/// <param name="Because">The answers that made it true, or the open questions that keep it unknown.</param>
/// <param name="Opinion">The specialist opinion that counts; null when none does.</param>
/// <param name="Override">The override that counts; null when none does.</param>
/// <param name="Remark">Why an opinion or override that was given does not count; empty when all count.</param>
public sealed record Finding(Rule Rule, Truth Value, int? Rank, ImmutableArray<Evidence> Because, Opinion? Opinion, Override? Override, string Remark)
{
    public bool Blocks(PhaseAlgebra algebra) => Rank is { } rank && !algebra.ByRank[rank].MayProceed;
}

/// <summary>One test of a criterion with what stood behind it.</summary>
/// <param name="Test">The test.</param>
/// <param name="Value">How it came out.</param>
/// <param name="Fact">The fact asked; null for a medicine test.</param>
/// <param name="Answer">The answer in force; null when there is none.</param>
/// <param name="Standing">How the fact stands on the sheet.</param>
/// <param name="Medicines">The medicines that made a medicine test true.</param>
public sealed record Evidence(Condition Test, Truth Value, Fact? Fact, RecordedFact? Answer, Standing Standing, ImmutableArray<Medicine> Medicines);

/// <summary>A fact somebody must supply before the rules that read it can be told.</summary>
/// <param name="Fact">What is missing.</param>
/// <param name="Stale">The answer that grew too old; null when there was none.</param>
/// <param name="OnlyIf">It may turn out not to be needed: these must be known first. Empty when it is needed for sure.</param>
/// <param name="Rules">The rules waiting for it, strongest first.</param>
/// <param name="Rank">The strongest outcome any of them could bring.</param>
public sealed record MissingFact(Fact Fact, RecordedFact? Stale, ImmutableArray<Fact> OnlyIf, ImmutableArray<Rule> Rules, int Rank);

/// <summary>What the protocol says about a case: a proposal until a licensed clinician signs it.</summary>
public sealed record Assessment
{
    public required Protocol Protocol { get; init; }
    public required Case Case { get; init; }
    public required PhaseAlgebra Algebra { get; init; }
    public required Outcome Outcome { get; init; }

    /// <summary>True and unknown rules, strongest first, then in the order of the protocol.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    public required ImmutableArray<MissingFact> Missing { get; init; }

    /// <summary>An emergency rule cannot be told yet: the missing answer must be obtained in the same contact.</summary>
    public required bool UrgentOpen { get; init; }

    /// <summary>C-SSRS item 2 is yes and a later item is unanswered: handle as at least moderate until it is complete.</summary>
    public required bool HandleAsModerate { get; init; }

    /// <summary>Depth of work-up; unknown counts as the higher tier. Null outside clearance.</summary>
    public Tier? Tier { get; init; }

    /// <summary>When a clearance signed now would end at the latest; null outside clearance.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>More overrides than the protocol lets pass without peer review.</summary>
    public bool PeerReview { get; init; }

    public required Sheet Sheet { get; init; }

    public IEnumerable<Finding> Fired => Findings.Where(f => f.Value == Truth.True && f.Rule.Raises.Outcome is not null);

    public IEnumerable<Finding> Open => Findings.Where(f => f.Value == Truth.Unknown && f.Rule.Raises.Outcome is not null);

    public IEnumerable<Finding> Notes => Findings.Where(f => f.Value == Truth.True && f.Rule.Raises.Outcome is null);
}
