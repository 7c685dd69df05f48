using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>Something was asked of somebody outside: a letter, a call back, a result. It is tracked until it came or is no longer needed.</summary>
/// <param name="Kind">Of definitions/practice, such as "cardiology-letter".</param>
/// <param name="What">As read on the list.</param>
/// <param name="From">Who is to send it.</param>
/// <param name="Owner">The account that sees to it; empty for any clinician.</param>
[StoredAs("outside.asked")]
public sealed record OutsideAsked(Guid Item, string Kind, string What, string From, string Owner, string OwnerName, DateTimeOffset DueAt, DueUnit Unit) : PatientEvent;

/// <summary>It came, or was told.</summary>
/// <param name="Said">What it says, in a sentence.</param>
/// <param name="Document">The document on this chart that holds it; null when there is none.</param>
[StoredAs("outside.received")]
public sealed record OutsideReceived(Guid Item, string Said, Guid? Document) : PatientEvent;

/// <summary>It is not needed any more.</summary>
[StoredAs("outside.dropped")]
public sealed record OutsideDropped(Guid Item, string Because) : PatientEvent;

/// <summary>What was asked outside, as it stands.</summary>
public sealed record OutsideOnChart(OutsideAsked Asked, Actor By, DateTimeOffset AskedAt, OutsideReceived? Received = null, OutsideDropped? Dropped = null, DateTimeOffset? EndedAt = null)
{
    public bool IsOpen => Received is null && Dropped is null;
}

/// <summary>Missing outside information is a condition with an owner and a date, never a hope.</summary>
public static class Outside
{
    public static Decision Ask(Chart chart, OutsideAsked wish, DateTimeOffset now) => wish switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ when chart.Outside.ContainsKey(wish.Item) => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(wish.What) => Decision.Refuse("Say what is missing."),
        _ when string.IsNullOrWhiteSpace(wish.From) => Decision.Refuse("Say who is to send it."),
        _ when wish.DueAt <= now => Decision.Refuse("The due time has passed already."),
        _ => Decision.Accept(wish with { What = wish.What.Trim(), From = wish.From.Trim() }),
    };

    public static Decision Receive(Chart chart, Guid item, string said, Guid? document) => chart.Outside.GetValueOrDefault(item) switch
    {
        null => Decision.Refuse("Nothing of the kind was asked for."),
        { Received: not null } => Decision.Nothing,
        { Dropped: not null } => Decision.Refuse("It was marked as no longer needed. Ask for it anew."),
        _ when string.IsNullOrWhiteSpace(said) => Decision.Refuse("Say what it says, in a sentence."),
        _ when document is { } id && !chart.Documents.ContainsKey(id) => Decision.Refuse("There is no such document on this chart."),
        _ => Decision.Accept(new OutsideReceived(item, said.Trim(), document)),
    };

    public static Decision Drop(Chart chart, Guid item, string because) => chart.Outside.GetValueOrDefault(item) switch
    {
        null => Decision.Refuse("Nothing of the kind was asked for."),
        { IsOpen: false } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(because) => Decision.Refuse("Say why it is no longer needed."),
        _ => Decision.Accept(new OutsideDropped(item, because.Trim())),
    };

    public static Chart After(Chart chart, Guid item, Func<OutsideOnChart, OutsideOnChart> change) =>
        chart.Outside.TryGetValue(item, out var known) ? chart with { Outside = chart.Outside.SetItem(item, change(known)) } : chart;

    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
        [.. chart.Outside.Values.Where(o => o.IsOpen).Select(o => Worklist.Row(new(
            who.Name.Called, $"Waiting for {o.Asked.What} from {o.Asked.From}", Urgency.Soon, o.AskedAt, "tasks", o.Asked.DueAt,
            $"Not received: {o.Asked.What} from {o.Asked.From}", o.Asked.Unit, o.Asked.Owner, $"outside-{o.Asked.Item:N}")))];
}
