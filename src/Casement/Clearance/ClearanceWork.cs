using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>What a chart's clearance asks of somebody, for the worklist. Derived from the journal alone, so it can be rebuilt.</summary>
public static class ClearanceWork
{
    const string Page = "clearance";

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart.Who is not { } who) return [];
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        void Add(string what, Urgency urgency, DateTimeOffset since, string alarm = "") => rows.Add(Worklist.Row(new(who.Name.Called, what, urgency, since, Page, Alarm: alarm)));
        if (chart.Clearances.LastOrDefault() is { } last)
        {
            if (last.Revoked is { } revoked) Add($"Clearance revoked. {revoked.Because}", Urgency.Now, last.ChangedAt);
            else if (last.Suspended is { } suspended) Add($"Clearance suspended: act {Living.HowSoon(suspended.Within)}. {suspended.Because}", suspended.Within is "at once" or "same day" or "24 h" ? Urgency.Now : Urgency.Today, last.ChangedAt, suspended.Within is "at once" ? Alarm.ClearanceAtOnce : "");
            if (last is { RunAgain: { Run: { Changes.IsEmpty: false } run, At: var ran }, Suspended: null, Revoked: null })
                rows.Add(Worklist.Row(new(who.Name.Called, $"Protocol or limits changed: the clearance would come out otherwise. {string.Join(" ", run.Changes)} Look again and sign", Urgency.Soon, ran, Page, run.ActBy)));
            if (last.Signed.PeerReview) Add($"Peer review: {last.Signed.Given.Overrides.Count} overrides in one decision", Urgency.Soon, last.SignedAt);
        }
        foreach (var waiting in chart.Overrides.Values.Where(o => o.Given.Override is { Cosigner: null, Plan.Length: > 0 }))
            Add("An override waits for a second signature", Urgency.Today, waiting.GivenAt);
        if (chart.NotReadable.Count > 0) Add("Part of this chart cannot be read; clearance waits", Urgency.Now, chart.NotReadable[0].RecordedAt);
        return rows.ToImmutable();
    }

    /// <summary>A clearance about to end, and one that ended by itself. Nothing once a course is over: every referral closed.</summary>
    public static ImmutableArray<ListRow> Ending(Protocol protocol, Chart chart) =>
        chart is { Who: { } who } && chart.Clearances.LastOrDefault() is { Signed.MayProceed: true, Suspended: null, Revoked: null, EndsAt: { } ends } && (chart.Referrals.IsEmpty || chart.Referrals.Values.Any(r => r.IsOpen))
            ? [Worklist.Row(new(who.Name.Called, "Clearance about to end: evaluate again, or let it end", Urgency.Soon, ends.AddDays(-protocol.ExpiryNoticeDays), Page, ends, "The clearance has ended: no session before a new decision"))]
            : [];

    /// <summary>
    /// A chart on which an emergency rule is true, as of its last change, so that the row can be derived again. It stands until an
    /// answer settles it: nobody has to open the chart to find out.
    /// </summary>
    public static ImmutableArray<ListRow> ActNow(Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, Chart chart)
    {
        if (chart is not { Who: { } who, LastChangeAt: { } at } || chart.Facts.IsEmpty) return [];
        // Only the emergency rules are asked: this runs inside every write, and nothing here is explained.
        var sheet = spare?.Protocol == protocol ? spare : spare = new(protocol);
        sheet.Refill(chart.CaseAt(protocol, at, settings, Phase.Clearance, protocol.Emergencies.Facts));
        sheet.Resolve(protocol.Emergencies.Resolving);
        var urgent = protocol.Emergencies.Rules.Where(r => sheet.Ask(r.Condition) == Truth.True).ToArray();
        return urgent.Length == 0 ? [] : [Worklist.Row(new(who.Name.Called, $"Act now: {string.Join("; ", urgent.Select(r => r.Title))}", Urgency.Now, urgent.Max(r => KnownSince(protocol, chart, r)) ?? at, Page, Alarm: Alarm.ActNow))];
    }

    /// <summary>One sheet a thread: a sheet is larger than all else this makes.</summary>
    [ThreadStatic]
    static Sheet? spare;

    /// <summary>When the last answer the rule reads was written down. Other entries do not make an alarm younger; a new answer makes a new alarm.</summary>
    static DateTimeOffset? KnownSince(Protocol protocol, Chart chart, Rule rule)
    {
        var answers = protocol.ReadBy(rule).SelectMany(f => chart.Facts.GetValueOrDefault(f.Id, [])).Select(a => (DateTimeOffset?)a.RecordedAt);
        var medicines = rule.Condition.Classes().Any() ? chart.MedicineLists.LastOrDefault()?.RecordedAt : null;
        return answers.Append(medicines).Max();
    }
}
