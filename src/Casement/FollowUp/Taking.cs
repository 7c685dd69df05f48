using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>Somebody said "I have it": it stops escalating, and stays on the list until it is settled.</summary>
/// <param name="Key">The row of the worklist.</param>
/// <param name="What">What it said, so that the journal reads by itself.</param>
[StoredAs("work.taken")]
public sealed record WorkTaken(string Key, string What) : PatientEvent;

/// <summary>Nobody has it any more.</summary>
[StoredAs("work.let-go")]
public sealed record WorkLetGo(string Key, string What) : PatientEvent;

/// <summary>Who has a thing, and since when.</summary>
public sealed record TakenOnChart(string What, Actor By, DateTimeOffset At);

public static class Taking
{
    public static Decision Take(Chart chart, WorklistRow row, Actor by) => chart.Taken.GetValueOrDefault(row.Key) switch
    {
        null => Decision.Accept(new WorkTaken(row.Key, row.What)),
        { By: var holder } when holder.Id == by.Id => Decision.Nothing,
        { By: var holder } => Decision.Refuse($"{holder.Name} has this already. Ask them, or hand it back for them first."),
    };

    /// <summary>Who takes one thing about a person that cannot wait takes all of them: the person is in their hands.</summary>
    public static Decision Take(Chart chart, WorklistRow row, IEnumerable<WorklistRow> ofThisPerson, Actor by)
    {
        if (Take(chart, row, by) is not Accepted one || row.Urgency is not Urgency.Now) return Take(chart, row, by);
        return Decision.Accept([.. one.Events, .. ofThisPerson.Where(r => r.Urgency is Urgency.Now && r.Key != row.Key && !chart.Taken.ContainsKey(r.Key)).Select(r => new WorkTaken(r.Key, r.What))]);
    }

    /// <summary>Anybody who sees the list may hand a thing back: somebody who fell ill must not keep it.</summary>
    public static Decision LetGo(Chart chart, string key) =>
        chart.Taken.GetValueOrDefault(key) is { } taken ? Decision.Accept(new WorkLetGo(key, taken.What)) : Decision.Nothing;
}
