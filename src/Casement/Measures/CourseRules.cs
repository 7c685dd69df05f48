namespace Casement.Measures;

/// <summary>The numbers that judge a course of scores, whatever the instrument; instruments.md section 7, kept in definitions/measures/trajectory.yaml.
/// Days are calendar dates in the practice's time zone.</summary>
public sealed record CourseRules
{
    /// <summary>Stored with every trajectory computed by them.</summary>
    public required string Version { get; init; }

    /// <summary>A baseline lies at most this many days before time zero.</summary>
    public required int BaselineDays { get; init; }

    public required RunRule SustainedResponse { get; init; }
    public required RunRule SustainedRemission { get; init; }
    public required RecoveryRule Recovery { get; init; }
    public required RelapseRule Relapse { get; init; }

    /// <summary>Points by which each of two consecutive rises must be at least, for the trend warning.</summary>
    public required decimal TrendRise { get; init; }

    public required CheckpointARule CheckpointA { get; init; }
    public required CheckpointBRule CheckpointB { get; init; }

    /// <summary>More days than this without a response, and the person is lost to follow-up.</summary>
    public required int LostAfterDays { get; init; }

    /// <summary>What contradicts itself, a sentence each. A window that ends before it begins would switch a rule off without a word.</summary>
    public IEnumerable<string> Problems()
    {
        if (Relapse.ConfirmFromDays > Relapse.ConfirmToDays) yield return "relapse: confirm-from-days lies after confirm-to-days.";
        if (Relapse.ClinicalEvents.Count == 0) yield return "relapse: clinical-events may not be empty.";
        if (CheckpointA.FromDays > CheckpointA.ToDays) yield return "checkpoint-a: from-days lies after to-days.";
        if (CheckpointA.AfterSession < 1) yield return "checkpoint-a: after-session is counted from 1.";
        if (CheckpointB.NearestToDays < CheckpointB.FromDays || CheckpointB.NearestToDays > CheckpointB.ToDays) yield return "checkpoint-b: nearest-to-days must lie between from-days and to-days.";
        if (SustainedResponse.MinResponses < 1 || SustainedRemission.MinResponses < 1) yield return "A run needs at least one response.";
        if (TrendRise <= 0) yield return "trend-rise must be above zero.";
        if (BaselineDays < 0 || LostAfterDays < 0) yield return "A number of days is never negative.";
    }
}

/// <summary>A run of consecutive responses long enough to count.</summary>
public sealed record RunRule
{
    public required int MaxGapDays { get; init; }
    public required int MinResponses { get; init; }
    public required int MinSpanDays { get; init; }
}

public sealed record RecoveryRule
{
    /// <summary>Counted from the start of the sustained remission.</summary>
    public required int MinDays { get; init; }

    public required int MaxGapDays { get; init; }
}

public sealed record RelapseRule
{
    /// <summary>The confirming response comes at least this many days after the first.</summary>
    public required int ConfirmFromDays { get; init; }

    /// <summary>The confirming response comes at most this many days after the first.</summary>
    public required int ConfirmToDays { get; init; }

    /// <summary>Kinds of clinical event that are a relapse on their date.</summary>
    public required IReadOnlyList<string> ClinicalEvents { get; init; }
}

public sealed record CheckpointARule
{
    /// <summary>The induction session it follows, counted from 1.</summary>
    public required int AfterSession { get; init; }

    public required int FromDays { get; init; }
    public required int ToDays { get; init; }
}

/// <summary>Days after the last induction session.</summary>
public sealed record CheckpointBRule
{
    public required int FromDays { get; init; }
    public required int ToDays { get; init; }
    public required int NearestToDays { get; init; }
}
