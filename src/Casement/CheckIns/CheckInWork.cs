using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;

namespace Casement.CheckIns;

/// <summary>What the answers of check-ins ask of somebody, for the worklist.</summary>
public static class CheckInWork
{
    const string Page = "check-ins";

    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
    [
        .. chart.Alarms.Where(a => a.Closed is null).Select(a => Worklist.Row(new(who.Name.Called, a.Raised.Says, HowSoon(a.Raised.Severity), a.RaisedAt, Page, Alarm: a.Raised.Severity is Severity.Critical ? Alarm.CheckIn : ""))),
        .. Silent(chart).Select(c => Worklist.Row(new(who.Name.Called, "Has not answered a check-in: reach them another way", Urgency.Today, c.ClosesAt, Page))),
        .. SilentSittings(chart).Select(s => Worklist.Row(Calls(chart, s.Asked)
            ? new(who.Name.Called, $"Call: no answer to the questions “{s.Asked.Called}”", Urgency.Today, s.Asked.CallAt, Page)
            : new(who.Name.Called, $"No answer to the questions “{s.Asked.Called}”: reach out", Urgency.Soon, s.Asked.ClosesAt, Page))),
    ];

    /// <summary>Check-ins nobody answered and nobody saw to. Before its time is over a row is not shown; an answer to a later one ends it, for then the person is heard from.</summary>
    public static IEnumerable<CheckInSent> Silent(Chart chart) => chart.CheckIns.Values
        .Where(c => !chart.SilencesSettled.Contains(c.CheckIn)
            && !chart.CheckIns.Values.Any(later => later.ClosesAt >= c.ClosesAt && chart.Scales.Any(s => s.What.Sitting == later.CheckIn))
            && !chart.Sittings.Values.Any(later => later.Asked.ClosesAt >= c.ClosesAt && chart.Scales.Any(s => s.What.Sitting == later.Asked.CheckIn)))
        .OrderBy(c => c.ClosesAt).ThenBy(c => c.CheckIn);

    /// <summary>Sittings without any answer that nobody saw to; of those that ask for no call the oldest alone, for it says since when. A row is shown when its time is over.</summary>
    public static ImmutableArray<SittingOnChart> SilentSittings(Chart chart)
    {
        SittingOnChart[] silent = [.. chart.Sittings.Values
            .Where(s => IsSilent(chart, s))
            .OrderBy(s => s.Asked.ClosesAt).ThenBy(s => s.Asked.CheckIn)];
        return [.. silent.Where(s => Calls(chart, s.Asked)), .. silent.Where(s => !Calls(chart, s.Asked)).Take(1)];
    }

    public static bool IsSilent(Chart chart, SittingOnChart sitting) => !chart.SilencesSettled.Contains(sitting.Asked.CheckIn) && !sitting.IsHeard(chart);

    /// <summary>Silence after this sitting has somebody call.</summary>
    public static bool Calls(Chart chart, SittingAsked sitting) => sitting.IfSilent switch
    {
        IfSilent.Call => true,
        IfSilent.CallIfFlagged => Flagged(chart, sitting),
        _ => false,
    };

    /// <summary>The last session before it had an event, a finding, or an answer after it that raised an alarm.</summary>
    static bool Flagged(Chart chart, SittingAsked sitting) =>
        chart.Sessions.Values.Where(s => s.StartedAt < sitting.ClosesAt).OrderBy(s => s.StartedAt).LastOrDefault() is { } session
        && (!session.Events.IsEmpty
            || session.Handled.Length > 0
            || Sessions.Findings.Open(session) is not []
            || chart.Alarms.Any(a => a.Raised.Severity > Severity.Info && a.RaisedAt >= session.StartedAt && a.RaisedAt < sitting.ClosesAt));

    static Urgency HowSoon(Severity severity) => severity switch { Severity.Critical => Urgency.Now, Severity.Urgent => Urgency.Today, _ => Urgency.Soon };
}
