using System.Collections.Immutable;

namespace Casement.Measures;

public enum ScoreMethod { Sum, Mean, Max, CountAtLeast, CountRules, PercentOfMax, FirstMatch }

public enum MissingPolicy { Reject, Prorate, Exclude, Floor, Default }

/// <summary>What a score does about unanswered items.</summary>
/// <param name="Policy">Reject: no score. Prorate: scale up. Exclude: leave out. Floor: count what is there. Default: a fixed value.</param>
/// <param name="MaxMissing">The most unanswered items for prorate and exclude.</param>
/// <param name="MinAnswered">The fewest values for exclude.</param>
public sealed record MissingRule(MissingPolicy Policy, int MaxMissing = 0, int MinAnswered = 0);

/// <summary>The item counts as Min + Max - value.</summary>
public sealed record Reversal(decimal Min, decimal Max)
{
    public decimal Of(decimal value) => Min + Max - value;
}

/// <summary>One line of a first-match or rule-counting score.</summary>
/// <param name="When">The condition.</param>
/// <param name="Value">The score it gives; 1 for each rule of a rule-counting score.</param>
public sealed record ScoreRule(Condition When, decimal Value);

/// <summary>How one number is made from the answers; instruments.md section 1.</summary>
public sealed record Score
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required ScoreMethod Method { get; init; }
    public required ImmutableArray<string> Items { get; init; }
    public required decimal Min { get; init; }
    public required decimal Max { get; init; }
    public required MissingRule Missing { get; init; }
    public string? Loinc { get; init; }
    public string? LoincStatus { get; init; }
    public decimal Factor { get; init; } = 1;
    public int Decimals { get; init; }
    public decimal Threshold { get; init; }
    public decimal ItemMax { get; init; }
    public decimal Default { get; init; }
    public ImmutableDictionary<string, Reversal> Reverse { get; init; } = ImmutableDictionary<string, Reversal>.Empty;
    public ImmutableArray<string> Requires { get; init; } = [];
    public ImmutableArray<ScoreRule> Rules { get; init; } = [];

    /// <summary>The items it stands on: those it lists, or, when it lists none, those its rules ask about.</summary>
    public IEnumerable<string> StandsOn() => Items.IsEmpty ? Rules.SelectMany(rule => rule.When.ItemsNamed()).Distinct() : Items;
}
