using System.Collections.Immutable;
using System.Text.Json;
using Casement.FollowUp;
using Casement.Journal;
using Casement.People;

namespace Casement.Messages;

/// <summary>A message that waits to go out, or a call for somebody that waits to become one.</summary>
public sealed record OutboxRow(Guid Message, DateTimeOffset DueAt);

/// <summary>A message as the owner sees it: that it went, never to whom or about what.</summary>
public sealed record MailRow(Guid Message, string Template, AddresseeKind To, Delivery State, DateTimeOffset AskedAt, DateTimeOffset ChangedAt);

/// <summary>The messages of every chart, as lists that cross patients.</summary>
public static class Outbox
{
    public const string List = "outbox";
    public const string Latest = "mail";

    /// <summary>The newest of each chart that the owner's list shows; older ones stand on the chart.</summary>
    const int LatestPerChart = 10;

    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Messages.IsEmpty && chart.Duties.IsEmpty ? [] :
    [
        .. chart.Duties.Values.Where(d => d.Found is null).OrderBy(d => d.CalledAt).ThenBy(d => d.Called.Call)
            .Select(d => new ListRow(List, JsonSerializer.Serialize(new(d.Called.Call, d.CalledAt), ListJson.Default.OutboxRow))),
        .. chart.Messages.Values.Where(m => m.Waits).OrderBy(m => m.DueAt).ThenBy(m => m.Asked.Message)
            .Select(m => new ListRow(List, JsonSerializer.Serialize(new(m.Asked.Message, m.DueAt), ListJson.Default.OutboxRow))),
        .. chart.Messages.Values.OrderByDescending(m => m.AskedAt).ThenBy(m => m.Asked.Message).Take(LatestPerChart)
            .Select(m => new ListRow(Latest, JsonSerializer.Serialize(new(m.Asked.Message, m.Asked.Template, m.Asked.To.Kind, m.State, m.AskedAt, m.ChangedAt), ListJson.Default.MailRow))),
        .. chart.Who is { } who ? Waiting(chart, who.Name.Called) : [],
    ];

    /// <summary>One row for all messages that need the same done: ten letters without an address are one thing to do.</summary>
    static IEnumerable<ListRow> Waiting(Chart chart, string called) =>
        from message in chart.Messages.Values
        where message.NeedsSomebody
        orderby message.ChangedAt, message.Asked.Message
        group message by (What: ToDo(message), Page: Changing.WaitsForAnAddress(message) ? "details#Email" : "mail") into same
        let count = same.Count()
        select Worklist.Row(new(called, count == 1 ? same.Key.What : $"{same.Key.What} ({count} messages)", Urgency.Today, same.First().ChangedAt, same.Key.Page));

    public static OutboxRow Read(string json) => JsonSerializer.Deserialize(json, ListJson.Default.OutboxRow) ?? throw new JsonException("An outbox row is empty.");

    public static MailRow ReadLatest(string json) => JsonSerializer.Deserialize(json, ListJson.Default.MailRow) ?? throw new JsonException("A mail row is empty.");

    /// <summary>What somebody has to do about it.</summary>
    public static string ToDo(MessageOnChart message)
    {
        var to = Party(message.Asked.To.Kind);
        return message switch
        {
            { State: Delivery.GivenUp } => $"A message to {to} could not be delivered. Check the address, or tell them another way.",
            { HeldBack.Because: HeldBecause.CallInstead } => $"Call {to}: they asked to be phoned, not written to.",
            { HeldBack.Because: HeldBecause.NoAddress } => $"There is no address for {to}. Call them, or add one and send the message again.",
            _ => $"Call {to}: they get no messages and have to know this.",
        };
    }

    public static string Party(AddresseeKind kind) => kind switch
    {
        AddresseeKind.Patient => "the patient",
        AddresseeKind.Partner => "the partner clinic",
        AddresseeKind.Support => "the support person",
        _ => "staff",
    };
}
