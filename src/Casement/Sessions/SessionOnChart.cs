using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Sessions;

/// <summary>One session day with what became of it.</summary>
public sealed record SessionOnChart(Guid Id, Guid Referral)
{
    public ImmutableArray<(SessionChecked Check, DateTimeOffset At, Actor By)> Checks { get; init; } = [];

    public SessionStarted? Started { get; init; }

    public ImmutableArray<(SessionReadingTaken Reading, DateTimeOffset At, Actor By)> Readings { get; init; } = [];

    public SessionDoseEnded? DoseEnded { get; init; }

    public ImmutableArray<SessionAdverseEvent> Events { get; init; } = [];

    public ImmutableArray<(SessionDischargeChecked Check, DateTimeOffset At)> DischargeChecks { get; init; } = [];

    /// <summary>The last check before going home; null before the first.</summary>
    public (SessionDischargeChecked Check, DateTimeOffset At)? DischargeCheck => DischargeChecks.IsEmpty ? null : DischargeChecks[^1];

    /// <summary>What the practice said it did about findings.</summary>
    public ImmutableArray<SessionFindingHandled> Handled { get; init; } = [];

    public SessionDischarged? Discharged { get; init; }

    public SessionCalledOff? CalledOff { get; init; }

    public SessionReported? Report { get; init; }

    public DateTimeOffset? ReportedAt { get; init; }

    public bool IsRead { get; init; }

    public bool IsUnderWay => Started is not null && Discharged is null && CalledOff is null && Report is null;

    /// <summary>When it began: by the record kept during it, or by the report.</summary>
    public DateTimeOffset? StartedAt => Started?.StartedAt ?? Report?.Report.StartedAt;
}

/// <summary>A file a partner sent instead of a report.</summary>
public sealed record SessionFileOnChart(SessionFileReceived File, DateTimeOffset At, Actor By, bool IsRead = false);

public static class SessionFolding
{
    public static ImmutableDictionary<Guid, SessionOnChart> After(this ImmutableDictionary<Guid, SessionOnChart> all, SessionEvent what, Entry entry)
    {
        var so = all.GetValueOrDefault(what.Session) ?? what switch
        {
            SessionChecked e => new SessionOnChart(e.Session, e.Referral),
            SessionReported e => new SessionOnChart(e.Session, e.Referral),
            SessionStarted e => new SessionOnChart(e.Session, e.Referral),
            _ => null,
        };
        return so is null ? all : all.SetItem(what.Session, After(so, what, entry));
    }

    static SessionOnChart After(SessionOnChart so, SessionEvent what, Entry entry) => what switch
    {
        SessionChecked e => so with { Checks = so.Checks.Add((e, entry.RecordedAt, entry.By)) },
        SessionOverrideRefused => so,
        SessionStarted e => so with { Started = so.Started ?? e },
        SessionReadingTaken e => so with { Readings = so.Readings.Add((e, entry.RecordedAt, entry.By)) },
        SessionDoseEnded e => so with { DoseEnded = so.DoseEnded ?? e },
        SessionAdverseEvent e => so with { Events = so.Events.Add(e) },
        SessionDischargeChecked e => so with { DischargeChecks = so.DischargeChecks.Add((e, entry.RecordedAt)) },
        SessionFindingHandled e => so with { Handled = so.Handled.Add(e) },
        SessionDischarged e => so with { Discharged = so.Discharged ?? e },
        SessionCalledOff e => so with { CalledOff = so.CalledOff ?? e },
        SessionReported e => so with { Report = so.Report ?? e, ReportedAt = so.ReportedAt ?? entry.RecordedAt },
        var other => throw new System.Diagnostics.UnreachableException($"A session does not fold {other.GetType().Name}."),
    };

    public static Chart WithRead(this Chart chart, SessionReportRead read) => chart with
    {
        Sessions = chart.Sessions.TryGetValue(read.What, out var so) ? chart.Sessions.SetItem(read.What, so with { IsRead = true }) : chart.Sessions,
        SessionFiles = [.. chart.SessionFiles.Select(f => f.File.File == read.What ? f with { IsRead = true } : f)],
    };

    /// <summary>A session that starts while the clearance is in force takes away the day by which the first had to.</summary>
    public static Chart WithFirstSession(this Chart chart, DateTimeOffset startedAt) =>
        chart.Clearances.LastOrDefault() is { FirstSessionAt: null } last && startedAt >= last.SignedAt && last.EndsAt is { } end && startedAt < end
            ? chart with { Clearances = chart.Clearances.SetItem(chart.Clearances.Count - 1, last with { FirstSessionAt = startedAt }) }
            : chart;
}
