using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Readiness;

public enum ReadinessState { NotAnswered, Ready, NotReady }

/// <summary>One readiness check with what became of it.</summary>
public sealed record ReadinessOnChart(ReadinessAsked Asked, DateTimeOffset AskedAt)
{
    public ImmutableArray<(ReadinessAnswered Answer, DateTimeOffset At)> Answers { get; init; } = [];

    public (ReadinessSettled Settled, DateTimeOffset At)? Settled { get; init; }

    /// <summary>How many of the answers somebody has looked into.</summary>
    public int LookedInto { get; init; }

    /// <summary>What stops the visit now: of the last answers everything, of those before only what no answer ends by itself.</summary>
    public ImmutableArray<ReadinessStop> Stops =>
    [
        .. Answers.Skip(LookedInto).SelectMany((a, i) => a.Answer.Stops.Where(s => !s.EndsByItself || i == Answers.Length - LookedInto - 1)).DistinctBy(s => s.Id),
    ];

    public ReadinessState State => Answers.IsEmpty ? ReadinessState.NotAnswered : Stops.IsEmpty ? ReadinessState.Ready : ReadinessState.NotReady;
}

public static class ReadinessFolding
{
    public static ImmutableDictionary<Guid, ReadinessOnChart> After(this ImmutableDictionary<Guid, ReadinessOnChart> all, ReadinessEvent what, Entry entry) => (what, all.GetValueOrDefault(what.Check)) switch
    {
        (ReadinessAsked e, null) => all.Add(e.Check, new(e, entry.RecordedAt)),
        (ReadinessAnswered e, { } so) => all.SetItem(e.Check, so with { Answers = so.Answers.Add((e, entry.RecordedAt)) }),
        (ReadinessSettled e, { } so) => all.SetItem(e.Check, so with { Settled = (e, entry.RecordedAt), LookedInto = so.Answers.Length }),
        _ => all,
    };

    /// <summary>The check before the visit that is next, or was last.</summary>
    public static ReadinessOnChart? Latest(Chart chart, Guid referral) => Of(chart, referral).LastOrDefault();

    /// <summary>The checks whose answers stop treatment and that nobody has looked into.</summary>
    public static IEnumerable<ReadinessOnChart> Standing(Chart chart, Guid referral) => Of(chart, referral).Where(r => r.State is ReadinessState.NotReady);

    static IEnumerable<ReadinessOnChart> Of(Chart chart, Guid referral) => chart.Readiness.Values.Where(r => r.Asked.Referral == referral).OrderBy(r => r.Asked.VisitAt).ThenBy(r => r.AskedAt);
}

/// <summary>What readiness checks ask of staff.</summary>
public static class ReadinessWork
{
    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
    [
        .. chart.Readiness.Values.Where(r => chart.Referrals.TryGetValue(r.Asked.Referral, out var so) && so.IsOpen).OrderBy(r => r.Asked.VisitAt).SelectMany(r => Row(chart, r, who.Name.Called)),
    ];

    static IEnumerable<ListRow> Row(Chart chart, ReadinessOnChart check, string who)
    {
        var page = $"referrals/{check.Asked.Referral}#readiness";
        if (check.Stops is { IsEmpty: false } stops)
            yield return Worklist.Row(new(who, $"Visit on hold, call: {string.Join("; ", stops.Select(s => s.Says))}", stops.Any(s => s.Now) ? Urgency.Now : Urgency.Today, check.Answers[check.LookedInto].At, page));
        else if (check.State is ReadinessState.NotAnswered && StillComes(chart, check))
            yield return Worklist.Row(new(who, "Has not answered the questions before the visit: call", Urgency.Today, check.Asked.AnswerBy, page));
    }

    static bool StillComes(Chart chart, ReadinessOnChart check) =>
        chart.Referrals[check.Asked.Referral] is { MayTreat: true } so && so.Appointment == check.Asked.VisitAt
        && !chart.Sessions.Values.Any(s => s.Referral == so.Id && s.StartedAt >= check.AskedAt);
}
