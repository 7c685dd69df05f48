using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Safety;

/// <summary>What the pathway puts on the worklist, from the chart alone. While it is open there is always at least one row: neglect keeps it there.</summary>
public static class SafetyWork
{
    public const string Page = "safety";

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart.Who is not { } who) return [];
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        void Add(string what, Urgency urgency, DateTimeOffset since, DateTimeOffset? due, DueUnit unit = DueUnit.CalendarDays) => rows.Add(Worklist.Row(new(who.Name.Called, what, urgency, since, Page, due, Unit: unit)));
        foreach (var alert in chart.Safety.Alerts.Where(a => a.Seen is null))
            Add($"{(alert.Alerted.Unattended ? "Answered alone" : "Answered")}, not seen yet: {alert.Alerted.Because}", Working.IsUrgent(alert.Alerted) ? Urgency.Now : Urgency.Today, alert.WaitsSince, null);
        foreach (var action in chart.Safety.Actions)
            Add(action.Due.Short, Of(action.Due.Unit), action.AskedAt, action.Due.DueAt, CountedIn(action.Due.Unit));
        if (chart.Safety.IsOpen && rows.Count == 0) Add("Safety pathway open: evaluate or close", Urgency.Today, chart.Safety.Alerts[^1].AlertedAt, null);
        else if (chart.Safety.IsOpen && chart.Safety.Actions.All(a => a.Due.Action == SafetyOnChart.FollowUp)) Add("Safety pathway ready to be closed", Urgency.Today, chart.Safety.Evaluations.LastOrDefault()?.RecordedAt ?? chart.Safety.Alerts[^1].AlertedAt, null);
        if (chart.Safety.Plan is { } plan && SafetyPlan.LastReview(chart) is { Reviewed: { } review } reviewed)
        {
            if (plan.Entry > reviewed.ReviewEntry) Add("The patient changed the safety plan: look at it together", Urgency.Soon, plan.WrittenAt, null);
            Add("Safety plan: review due", Urgency.Soon, review.AgainBy.AddDays(-14), review.AgainBy);
        }
        else if (chart.Safety.Plan is { Reviewed: null } waiting) Add("Safety plan written: go through it together", chart.Safety.IsOpen ? Urgency.Today : Urgency.Soon, waiting.WrittenAt, null);
        return rows.ToImmutable();
    }

    /// <summary>For the patient: an offer, in the same words whatever the reason.</summary>
    public static IEnumerable<NextStep> NextSteps(Chart chart, DateTimeOffset now)
    {
        if (chart.Safety is { IsOpen: true, Plan: null }) yield return new("Make a plan for hard moments", "/my/safety-plan", "Begin it alone or with us. It stays yours.");
        else if (SafetyPlan.LastReview(chart) is { Reviewed: { } review } && now >= review.AgainBy.AddDays(-14)) yield return new("Look at your safety plan again", "/my/safety-plan", "Does it still fit? We go through it with you.", review.AgainBy);
    }

    /// <summary>Counted on the worklist in the unit of the rule (expectations C20).</summary>
    static DueUnit CountedIn(ClockUnit unit) => unit switch
    {
        ClockUnit.Now or ClockUnit.Minutes => DueUnit.Minutes,
        ClockUnit.Hours => DueUnit.Hours,
        ClockUnit.SameDay => DueUnit.SameDay,
        _ => DueUnit.CalendarDays,
    };

    static Urgency Of(ClockUnit unit) => unit switch { ClockUnit.Now or ClockUnit.Minutes => Urgency.Now, ClockUnit.Days => Urgency.Soon, _ => Urgency.Today };
}

/// <summary>The clock beside the pathway: tells the next person when nobody has looked. Hooked to whatever runs chores; running it twice changes nothing.</summary>
public static class SafetyClocks
{
    /// <returns>How many charts were escalated.</returns>
    public static async Task<int> Run(Desk desk, IJournals journals, PracticeId practice, SafetyRules rules, DateTimeOffset now, CancellationToken stop)
    {
        var open = (await journals.ReadList(practice, Worklist.List, stop)).Where(r => Worklist.Read(r.Json).Page == "safety").Select(r => r.Patient).Distinct();
        var escalated = 0;
        foreach (var patient in open)
            if (await desk.CarryOut(patient, Actor.Casement, chart => Decision.Accept(Working.Escalations(rules, chart, now)), stop) is Accepted) escalated++;
        return escalated;
    }
}
