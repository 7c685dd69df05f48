using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Conversations;

/// <summary>One message with who wrote it and when.</summary>
public sealed record MessageInConversation(ConversationWritten Written, Actor By, DateTimeOffset At)
{
    public bool IsFromPatient => By.Kind is ActorKind.Patient;
}

/// <summary>A conversation as it stands.</summary>
public sealed record ConversationOnChart(Guid Id, string Subject, ImmutableList<MessageInConversation> Messages)
{
    /// <summary>How many of the messages the person has opened.</summary>
    public int ReadCount { get; init; }

    /// <summary>The last thing the practice settled without writing; null when it never did.</summary>
    public ConversationSettled? Settled { get; init; }

    public MessageInConversation Last => Messages[^1];

    /// <summary>Once labelled, what follows is too.</summary>
    public bool Sud => Messages.Any(m => m.Written.Sud);

    /// <summary>The person's messages since the practice last wrote or settled.</summary>
    public IEnumerable<MessageInConversation> Unanswered =>
        Settled?.Message == Last.Written.Message ? [] : Messages.Reverse().TakeWhile(m => m.IsFromPatient && m.Written.Message != Settled?.Message).Reverse();

    /// <summary>What the person has not opened yet.</summary>
    public IEnumerable<MessageInConversation> Unopened => Messages.Skip(ReadCount).Where(m => !m.IsFromPatient);
}

/// <summary>The conversations of a chart, and what they ask of whom.</summary>
public static class Conversing
{
    public static ImmutableDictionary<Guid, ConversationOnChart> After(this ImmutableDictionary<Guid, ConversationOnChart> all, PatientEvent what, Entry entry) => what switch
    {
        ConversationWritten e => all.SetItem(e.Conversation, all.TryGetValue(e.Conversation, out var known)
            ? known with { Messages = known.Messages.Add(new(e, entry.By, entry.RecordedAt)) }
            : new(e.Conversation, e.Subject, [new(e, entry.By, entry.RecordedAt)])),
        ConversationRead e when all.TryGetValue(e.Conversation, out var known) =>
            all.SetItem(e.Conversation, known with { ReadCount = Math.Max(known.ReadCount, known.Messages.FindIndex(m => m.Written.Message == e.Message) + 1) }),
        ConversationSettled e when all.TryGetValue(e.Conversation, out var known) => all.SetItem(e.Conversation, known with { Settled = e }),
        _ => all,
    };

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart.Who is not { } who) return [];
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        foreach (var conversation in chart.Conversations.Values)
        {
            var page = $"messages/{conversation.Id}";
            MessageInConversation[] waiting = [.. conversation.Unanswered];
            if (waiting.FirstOrDefault(m => m.Written.SameDay) is { } first)
                rows.Add(Worklist.Row(new(who.Name.Called, "Read this message today: it holds words that may mean danger", Urgency.Today, first.At, page, first.Written.DueAt, "Nobody has answered a message with words that may mean danger", DueUnit.Hours, Key: $"message-{first.Written.Message:N}")));
            else if (waiting.Length > 0)
                rows.Add(Worklist.Row(new(who.Name.Called, waiting.Length == 1 ? "Answer a message" : $"Answer {waiting.Length} messages", Urgency.Soon, waiting[0].At, page, waiting[0].Written.DueAt, "A message waits for an answer past the time we promise", DueUnit.BusinessDays, Key: $"message-{waiting[0].Written.Message:N}")));
            if (conversation.Unopened.FirstOrDefault() is { } unread)
                rows.Add(Worklist.Row(new(who.Name.Called, "Has not opened our message: reach them another way", Urgency.Soon, unread.Written.DueAt, page, Key: $"unread-{unread.Written.Message:N}")));
        }
        return rows.ToImmutable();
    }

    /// <summary>What the person's home page says about messages.</summary>
    public static IEnumerable<NextStep> Steps(Chart chart) => chart.Conversations.Values.Where(c => c.Unopened.Any())
        .OrderBy(c => c.Unopened.First().At).Select(c => new NextStep("Read a message from us", $"/my/messages/{c.Id}", c.Sud ? "" : c.Subject));
}
