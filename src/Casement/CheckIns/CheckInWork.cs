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
    ];

    /// <summary>Check-ins nobody answered and nobody saw to. Before its time is over a row is not shown; an answer to a later one ends it, for then the person is heard from.</summary>
    public static IEnumerable<CheckInSent> Silent(Chart chart) => chart.CheckIns.Values
        .Where(c => !chart.SilencesSettled.Contains(c.CheckIn) && !chart.CheckIns.Values.Any(later => later.ClosesAt >= c.ClosesAt && chart.Scales.Any(s => s.What.Sitting == later.CheckIn)))
        .OrderBy(c => c.ClosesAt).ThenBy(c => c.CheckIn);

    static Urgency HowSoon(Severity severity) => severity switch { Severity.Critical => Urgency.Now, Severity.Urgent => Urgency.Today, _ => Urgency.Soon };
}
