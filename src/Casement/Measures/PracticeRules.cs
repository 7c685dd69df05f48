namespace Casement.Measures;

/// <summary>The numbers behind the measures a practice reports; instruments.md section 8, kept in definitions/measures/practice.yaml.</summary>
public sealed record PracticeRules
{
    public required string Version { get; init; }

    /// <summary>Courses; a smaller group is never published.</summary>
    public required int SmallestPublishedGroup { get; init; }

    /// <summary>Figures of fewer are shown within the practice and called unstable.</summary>
    public required int UnstableBelow { get; init; }

    public required RemissionMeasure RemissionAtTwelveMonths { get; init; }
    public required FollowUpMeasure ResponseAtFourToEightMonths { get; init; }

    /// <summary>What contradicts itself, a sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (SmallestPublishedGroup < 1) yield return "smallest-published-group must be at least 1.";
        if (UnstableBelow < SmallestPublishedGroup) yield return "unstable-below must not be smaller than smallest-published-group.";
        if (RemissionAtTwelveMonths.DaysEitherSide < 0) yield return "remission-at-twelve-months: days-either-side is never negative.";
        if (ResponseAtFourToEightMonths.FromDays > ResponseAtFourToEightMonths.ToDays) yield return "response-at-four-to-eight-months: from-days lies after to-days.";
    }
}

/// <summary>Depression remission at twelve months, as in CMS159.</summary>
public sealed record RemissionMeasure
{
    /// <summary>Years, at the index.</summary>
    public required int YoungestAge { get; init; }

    /// <summary>The index PHQ-9 lies above this.</summary>
    public required int IndexAbove { get; init; }

    public required int AfterMonths { get; init; }
    public required int DaysEitherSide { get; init; }
    public required int RemissionBelow { get; init; }
}

/// <summary>Follow-up, remission and response four to eight months on, as in HEDIS DRR-E.</summary>
public sealed record FollowUpMeasure
{
    public required int FromDays { get; init; }
    public required int ToDays { get; init; }
    public required int RemissionBelow { get; init; }

    /// <summary>Percent of the index by which the score fell.</summary>
    public required int ResponsePct { get; init; }
}
