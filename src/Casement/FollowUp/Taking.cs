using Casement.Journal;
using Casement.Safety;

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

    /// <summary>
    /// Who takes one thing about a person that cannot wait takes all of them: the person is in their hands. It is also "seen" to the pathway: there is one
    /// acknowledgement, wherever it was pressed, and both clocks stop.
    /// </summary>
    public static Decision Take(Chart chart, WorklistRow row, IEnumerable<WorklistRow> ofThisPerson, Actor by) => Take(chart, row, by) switch
    {
        Accepted one when row.Urgency is Urgency.Now => Decision.Accept([.. one.Events, .. Urgent(chart, ofThisPerson.Where(r => r.Key != row.Key)), .. Working.Seen(chart)]),
        Accepted one when row.Page == SafetyWork.Page => Decision.Accept([.. one.Events, .. Working.Seen(chart)]),
        var other => other,
    };

    /// <summary>What cannot wait and nobody has, taken.</summary>
    public static IEnumerable<PatientEvent> Urgent(Chart chart, IEnumerable<WorklistRow> ofThisPerson) =>
        ofThisPerson.Where(r => r.Urgency is Urgency.Now && !chart.Taken.ContainsKey(r.Key)).Select(r => new WorkTaken(r.Key, r.What));

    /// <summary>Anybody who sees the list may hand a thing back: somebody who fell ill must not keep it. What cannot wait goes back whole, and its clocks begin anew.</summary>
    public static Decision LetGo(Chart chart, string key, IEnumerable<WorklistRow> ofThisPerson)
    {
        if (chart.Taken.GetValueOrDefault(key) is not { } taken) return Decision.Nothing;
        var one = new WorkLetGo(key, taken.What);
        var rows = ofThisPerson.ToArray();
        if (rows.FirstOrDefault(r => r.Key == key) is not { Urgency: Urgency.Now }) return Decision.Accept(one);
        return Decision.Accept([one, .. rows.Where(r => r.Urgency is Urgency.Now && r.Key != key && r.TakenById == taken.By.Id).Select(r => new WorkLetGo(r.Key, r.What)), .. Working.HandedBack(chart)]);
    }
}
