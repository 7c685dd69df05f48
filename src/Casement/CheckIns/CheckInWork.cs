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
    ];

    static Urgency HowSoon(Severity severity) => severity switch { Severity.Critical => Urgency.Now, Severity.Urgent => Urgency.Today, _ => Urgency.Soon };
}
