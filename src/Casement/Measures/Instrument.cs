using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>One questionnaire at one version: wording, answers, scoring, bands and flags; instruments.md section 1.</summary>
public sealed record Instrument
{
    public const string Schema = "casement.instrument/1";

    public required string Id { get; init; }
    public required string Version { get; init; }
    public required string Title { get; init; }
    public required string ShortTitle { get; init; }
    public required string Domain { get; init; }
    public required string Respondent { get; init; }
    public required int Minutes { get; init; }
    public required string Language { get; init; }
    public required Licence Licence { get; init; }
    public required ImmutableArray<string> Citations { get; init; }
    public required InstrumentCodes Loinc { get; init; }
    public string? Instructions { get; init; }
    public string? Stem { get; init; }

    /// <summary>Days the items ask about; 0 is right now, null is lifetime or since the last contact.</summary>
    public required int? RecallDays { get; init; }

    /// <summary>Soft minimum of days between two administrations in the same series.</summary>
    public required int MinIntervalDays { get; init; }

    public ImmutableArray<Variant> Variants { get; init; } = [];
    public required ImmutableArray<Item> Items { get; init; }
    public required string PrimaryScore { get; init; }
    public required ImmutableArray<Score> Scores { get; init; }
    public required ImmutableSortedDictionary<string, ImmutableArray<Band>> Bands { get; init; }
    public required ImmutableArray<FlagRule> Flags { get; init; }

    /// <summary>Null when the instrument is not followed over a course.</summary>
    public required ChangeThresholds? Trajectory { get; init; }

    /// <summary>The second category of its Observations; null when there is none.</summary>
    public required string? FhirCategory { get; init; }

    /// <summary>Score id to FHIRPath.</summary>
    public required ImmutableSortedDictionary<string, string> FhirExpressions { get; init; }

    /// <summary>The id of the instrument this is a variant of; null when it is its own. A variant's scores are a separate
    /// series, and codes scoped to the original's recall window do not carry over.</summary>
    public string? VariantOf { get; init; }

    public Item? Item(string linkId) => Items.FirstOrDefault(item => item.LinkId == linkId);

    public Score? Score(string id) => Scores.FirstOrDefault(score => score.Id == id);

    public Instrument As(Variant variant) => this with
    {
        Id = variant.Id,
        Stem = variant.Stem,
        RecallDays = variant.RecallDays,
        MinIntervalDays = variant.MinIntervalDays,
        Variants = [],
        VariantOf = Id,
    };
}

public sealed record Licence(string Class, string Statement, bool RedistributeText, string CommercialUse, string Verification);

public sealed record InstrumentCodes(string? Panel, string? PanelStatus, string? AnswerList, ImmutableSortedDictionary<string, string> AnswerLists, string? AnswerListStatus, string? Note);

/// <summary>The same items and scoring asked about another stretch of time.</summary>
public sealed record Variant(string Id, string Stem, int? RecallDays, int MinIntervalDays, string? Note);

public enum ItemType { Choice, Integer, Decimal }

/// <summary>One question.</summary>
public sealed record Item
{
    public required string LinkId { get; init; }

    /// <summary>The published wording; null when it is not ours to redistribute.</summary>
    public required string? Text { get; init; }

    /// <summary>Our short label for staff where the wording is withheld. Never shown to a patient as the question.</summary>
    public string? Concept { get; init; }

    public required ItemType Type { get; init; }
    public required bool Required { get; init; }
    public required bool Scored { get; init; }
    public string? Loinc { get; init; }
    public string? LoincStatus { get; init; }
    public string? AnswerList { get; init; }
    public required ImmutableArray<Option> Options { get; init; }

    /// <summary>Null when the item is always asked.</summary>
    public Condition? EnableWhen { get; init; }

    public bool AllowNotApplicable { get; init; }
    public string? NotApplicableLabel { get; init; }

    /// <summary>Lowest number accepted, in Unit; null is unbounded.</summary>
    public decimal? Min { get; init; }

    /// <summary>Highest number accepted, in Unit; null is unbounded.</summary>
    public decimal? Max { get; init; }

    /// <summary>UCUM.</summary>
    public string? Unit { get; init; }
}

public sealed record Option(decimal Value, string Label, string? Loinc, string? LoincStatus);

/// <summary>A named stretch of a score. A score lies in the first band whose Max it does not exceed, so no value falls between two.</summary>
public sealed record Band(decimal Min, decimal Max, string Code, string Label, string? Loinc, string? LoincStatus);

public enum Severity { Info, Warning, Urgent, Critical }

/// <summary>Something to notice in a response. It proposes; a licensed person decides.</summary>
public sealed record FlagRule(string Id, Severity Severity, bool Hold, Condition When, ImmutableArray<string> Actions, string? Note);
