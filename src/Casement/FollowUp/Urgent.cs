using System.Collections.Immutable;
using Casement.Journal;
using Casement.Messages;
using Casement.Safety;

namespace Casement.FollowUp;

/// <summary>Something of this person cannot wait and nobody has it: the clinician responsible is told, and the clock runs until somebody says "I have it".</summary>
/// <param name="What">What the worklist says of it. What comes while the clock runs is told by the same call.</param>
/// <param name="Rules">The version of the rules the clock was taken from.</param>
[StoredAs("urgent.called")]
public sealed record UrgentCalled(Guid Episode, ImmutableArray<string> What, string Rules) : PatientEvent;

/// <summary>Nobody had said "I have it" in time, and the next person was told.</summary>
[StoredAs("urgent.escalated")]
public sealed record UrgentEscalated(Guid Episode, int Step, string Whom) : PatientEvent;

/// <summary>Somebody has all of it, or it is settled: the clock stands still.</summary>
[StoredAs("urgent.ended")]
public sealed record UrgentEnded(Guid Episode) : PatientEvent;

/// <summary>A call that nobody has answered yet.</summary>
public sealed record UrgentOnChart(UrgentCalled Called, DateTimeOffset CalledAt)
{
    public ImmutableList<UrgentEscalated> Steps { get; init; } = [];

    public static UrgentOnChart? After(UrgentOnChart? so, PatientEvent what, DateTimeOffset at) => what switch
    {
        UrgentCalled e => new(e, at),
        UrgentEscalated e when so?.Called.Episode == e.Episode => so with { Steps = so.Steps.Add(e) },
        UrgentEnded e when so?.Called.Episode == e.Episode => null,
        _ => so,
    };
}

/// <summary>What cannot wait, from definitions/safety/urgent.yaml.</summary>
/// <param name="Alarms">The kinds of worklist rows that call somebody.</param>
/// <param name="Steps">Who is told when nobody has it; the clinician responsible is told at once.</param>
public sealed record UrgentRules(string Version, ImmutableHashSet<string> Alarms, ImmutableArray<EscalationStep> Steps);

/// <summary>One clock for everything that cannot wait, beside that of the suicide-risk pathway, which has its own.</summary>
public static class Urgently
{
    const string Template = "staff-urgent", Page = "/staff";

    /// <summary>
    /// Who is to be told now. One call for a person and an episode, however many rows it has: it begins with the first thing nobody has, and ends when
    /// nothing is left that nobody has. Pure, and harmless to ask again.
    /// </summary>
    /// <param name="rows">What the worklist says of this person.</param>
    public static ImmutableArray<PatientEvent> Due(UrgentRules rules, Chart chart, IEnumerable<WorklistRow> rows, DateTimeOffset now)
    {
        // The pathway calls already, for the same person.
        if (chart.Who is null || chart.Safety.Alerts.Any(a => a.Seen is null && Working.IsUrgent(a.Alerted))) return [];
        var inHand = InHandSince(chart);
        WorklistRow[] waiting = [.. rows.Where(r => rules.Alarms.Contains(r.Alarm) && !r.IsTaken && r.Since <= now && !(r.Since <= inHand))];
        return (waiting, chart.Urgent) switch
        {
            ([], null) => [],
            ([], { } over) => [new UrgentEnded(over.Called.Episode)],
            (_, null) => Call(rules, chart, waiting, now),
            (_, { } open) => Escalate(rules, open, now),
        };
    }

    /// <summary>Who said "seen" to the pathway, or closed it, has what there was of this person then.</summary>
    static DateTimeOffset? InHandSince(Chart chart) => chart.Safety.Alerts.Select(a => a.Seen?.At).Append(chart.Safety.LastClosed?.At).Max();

    static ImmutableArray<PatientEvent> Call(UrgentRules rules, Chart chart, WorklistRow[] waiting, DateTimeOffset now)
    {
        var episode = DerivedId.Of("urgent", chart.Who?.Name.Legal ?? "", $"{chart.Who?.BornOn:O}", $"{chart.Version}", $"{now.UtcTicks}");
        return [new UrgentCalled(episode, [.. waiting.Select(r => r.What)], rules.Version), Told(episode, 0, Duty.Responsible)];
    }

    static ImmutableArray<PatientEvent> Escalate(UrgentRules rules, UrgentOnChart open, DateTimeOffset now) =>
    [
        .. from step in rules.Steps
           where now >= open.CalledAt.AddMinutes(step.AfterMinutes) && open.Steps.All(s => s.Step != step.Step)
           from told in new PatientEvent[] { new UrgentEscalated(open.Called.Episode, step.Step, step.Whom), Told(open.Called.Episode, step.Step, step.To) }
           select told,
    ];

    static DutyCalled Told(Guid episode, int step, Duty to) => new(DerivedId.Of("urgent-told", episode.ToString("D"), $"{step}"), to, Urgent: true, Template, Page, episode);
}

/// <summary>The general clock, run by a chore: once for each step, on whichever node.</summary>
public static class UrgentClocks
{
    /// <param name="rows">The rows of one chart, as the worklist derives them.</param>
    /// <returns>How many charts somebody was told of.</returns>
    public static async Task<int> Run(Desk desk, IJournals journals, PracticeId practice, UrgentRules rules, Func<PatientId, Chart, ImmutableArray<ListRow>> rows, DateTimeOffset now, CancellationToken stop)
    {
        var waiting = (await journals.ReadList(practice, Worklist.List, stop)).Where(r => Worklist.Read(r.Json) is var row && rules.Alarms.Contains(row.Alarm) && !row.IsTaken).Select(r => r.Patient).Distinct();
        var told = 0;
        foreach (var patient in waiting)
            if (await desk.CarryOut(patient, Actor.Casement, chart => Urgently.Due(rules, chart, Worklist.Of(rows(patient, chart)), now) is { IsEmpty: false } due ? Decision.Accept(due) : Decision.Nothing, stop) is Accepted) told++;
        return told;
    }
}
