using System.Collections.Immutable;

namespace Casement.Measures;

public enum SessionPhase { Induction, Maintenance }

/// <summary>One dosing session.</summary>
/// <param name="On">Its date.</param>
/// <param name="Phase">Induction or maintenance.</param>
/// <param name="Dosed">False when it was stopped before any dose; it then counts for nothing here.</param>
public sealed record DosingSession(DateOnly On, SessionPhase Phase, bool Dosed = true);

/// <summary>One scored response in the series of one instrument.</summary>
/// <param name="On">The date it was given.</param>
/// <param name="Score">The score the trajectory follows.</param>
/// <param name="Status">Only complete and prorated responses are used.</param>
/// <param name="Item9">PHQ-9 item 9, 0 to 3; null means not recorded.</param>
public sealed record Assessment(DateOnly On, decimal Score, ResponseStatus Status = ResponseStatus.Complete, decimal? Item9 = null);

/// <summary>Something clinical that happened, such as a hospitalisation.</summary>
public sealed record ClinicalEvent(DateOnly On, string Kind);

/// <summary>All that a trajectory is computed from. What is dated after AsOf has not happened yet.</summary>
public sealed record CourseRecord(
    ImmutableArray<DosingSession> Sessions,
    ImmutableArray<Assessment> Assessments,
    ImmutableArray<ClinicalEvent> Events,
    bool InductionComplete,
    DateOnly AsOf)
{
    /// <summary>The sessions that count, in order of date.</summary>
    public ImmutableArray<DosingSession> Dosed => [.. Sessions.Where(session => session.Dosed && session.On <= AsOf).OrderBy(session => session.On)];

    public ImmutableArray<DosingSession> Induction => [.. Dosed.Where(session => session.Phase == SessionPhase.Induction)];

    /// <summary>The responses that count, in order of date.</summary>
    public ImmutableArray<Assessment> Series =>
    [
        .. Assessments.Where(one => one.On <= AsOf && one.Status is (ResponseStatus.Complete or ResponseStatus.Prorated)).OrderBy(one => one.On),
    ];
}
