using System.Collections.Immutable;

namespace Casement.Courses;

/// <summary>What the days of a milestone are counted from.</summary>
public enum MilestoneAnchor { TimeZero, Session, InductionEnd, Index }

/// <summary>When the questions of a milestone are sent.</summary>
public enum AsksAt { Opening, Due, Never }

/// <summary>After what kind of session a missed milestone has somebody call.</summary>
public enum CallsAfter { FirstSession, FlaggedSession }

/// <summary>When a scale is asked that is not asked of everybody.</summary>
public enum AskedIf { Trauma, Screen, Bladder }

/// <summary>One row of the schedule, in days of the practice's calendar; definitions/measures/schedule.yaml.</summary>
public sealed record ScheduledMilestone
{
    public required string Id { get; init; }

    /// <summary>What staff call it.</summary>
    public required string Called { get; init; }

    public required MilestoneAnchor Anchor { get; init; }

    /// <summary>Days from the anchor to the days it is due; one for a milestone that comes once, the first for one that comes again.</summary>
    public required ImmutableArray<int> OffsetDays { get; init; }

    /// <summary>Null when it does not come again.</summary>
    public int? EveryDays { get; init; }

    /// <summary>How often it comes; null when another rule ends it.</summary>
    public int? Count { get; init; }

    /// <summary>The last day it may be due, counted from the end of the induction.</summary>
    public int? UntilAfterInductionDays { get; init; }

    public required int BeforeDays { get; init; }
    public required int AfterDays { get; init; }
    public required ImmutableArray<string> Scales { get; init; }
    public required ImmutableSortedDictionary<AskedIf, ImmutableArray<string>> If { get; init; }

    /// <summary>A scale asked in place of another that was answered within its own interval.</summary>
    public ImmutableSortedDictionary<string, string> Or { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public AsksAt Asks { get; init; }

    /// <summary>Never asked once the dose of its session was given.</summary>
    public bool BeforeDose { get; init; }

    /// <summary>The one session of a course it follows; null for every one.</summary>
    public int? OnlySession { get; init; }

    /// <summary>It is dropped when another session falls before it.</summary>
    public bool UnlessNextSession { get; init; }

    /// <summary>The milestone in whose sitting it is asked when both are due the same day; empty for none.</summary>
    public string Joins { get; init; } = "";

    /// <summary>A missed one is counted as a missed safety check.</summary>
    public bool Safety { get; init; }

    public ImmutableArray<CallsAfter> CallsAfter { get; init; } = [];
}

public sealed record TraumaRule(ImmutableArray<string> Indications, ImmutableArray<string> PrimaryScales);

public sealed record ScreenRule(ImmutableArray<string> Scales, int EveryDays, ImmutableArray<string> AfterFlags);

public sealed record BladderRule(string Scale, int EverySessions, int EveryDays);

/// <summary>When a scale of a condition that is not treated is no longer asked at every milestone.</summary>
/// <param name="After">So many scores in a row below caseness.</param>
/// <param name="StillAskedAt">The milestones that ask it nevertheless.</param>
public sealed record WellRule(ImmutableArray<string> Scales, int After, ImmutableArray<string> StillAskedAt);

/// <summary>What is asked when around a course; definitions/measures/schedule.yaml.</summary>
/// <param name="AsksAt">The hour of the practice at which a sitting is asked for and reminded of.</param>
/// <param name="CallsAfterBusinessDays">How many business days after a missed window somebody calls.</param>
/// <param name="CallsAt">At which hour.</param>
/// <param name="IndexAbove">A score of the index scale above this begins the index.</param>
public sealed record Schedule(
    string Version,
    TimeOnly AsksAt,
    int CallsAfterBusinessDays,
    TimeOnly CallsAt,
    TraumaRule Trauma,
    ScreenRule Screen,
    BladderRule Bladder,
    WellRule Well,
    string IndexScale,
    decimal IndexAbove,
    ImmutableArray<ScheduledMilestone> Milestones)
{
    public static Schedule None { get; } = new("", default, 1, default, new([], []), new([], 0, []), new("", 0, 0), new([], 0, []), "", 0, []);

    public ScheduledMilestone? Find(string id) => Milestones.FirstOrDefault(m => m.Id == id);
}
