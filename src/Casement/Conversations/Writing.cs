using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Conversations;

/// <summary>Somebody wrote, on the person's side or the practice's.</summary>
/// <param name="IsNew">It opens a conversation; otherwise the conversation must be on this very chart.</param>
public sealed record Write(Guid Conversation, Guid Message, bool IsNew, string Subject, string Text, bool Sud = false);

public static class Writing
{
    public const int LongestText = 8000;
    public const string SubjectMissing = "Say in a few words what it is about.";
    const int LongestSubject = 120;

    public static Decision FromPatient(Chart chart, Write wish, OfficeRules rules, DateTimeOffset now, TimeZoneInfo zone, Func<DateTimeOffset, string> say)
    {
        if (Problem(chart, wish) is { } decision) return decision;
        var sameDay = rules.HoldsCrisisWords($"{wish.Subject} {wish.Text}");
        // What we promise is the same for everybody; that somebody should look sooner is our affair and no promise.
        var promised = rules.Calendar.Due(now, rules.AnswerMessagesBusinessDays, DueUnit.BusinessDays, zone);
        var due = sameDay ? rules.Calendar.NextClose(now, zone) : promised;
        var known = chart.Conversations.GetValueOrDefault(wish.Conversation);
        return Decision.Accept(new ConversationWritten(wish.Conversation, wish.Message, known?.Subject ?? wish.Subject.Trim(), wish.Text.Trim(), known?.Sud ?? false, due, sameDay,
            rules.AutomaticReply.Replace("{date}", say(promised), StringComparison.Ordinal)));
    }

    /// <summary>The practice writes, and the person is told in the same act that something waits.</summary>
    public static Decision FromPractice(Chart chart, Write wish, Guid notice, OfficeRules rules, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Problem(chart, wish) is { } decision) return decision;
        var known = chart.Conversations.GetValueOrDefault(wish.Conversation);
        var written = new ConversationWritten(wish.Conversation, wish.Message, known?.Subject ?? wish.Subject.Trim(), wish.Text.Trim(), wish.Sud || known?.Sud is true,
            rules.Calendar.Due(now, rules.PatientReadsWithinDays, DueUnit.CalendarDays, zone), SameDay: false, Told: "");
        return Decision.Accept(written, new MessageAsked(notice, "secure-message-waiting", new(AddresseeKind.Patient, chart.Who?.Name.Called ?? ""), $"/my/messages/{wish.Conversation}"));
    }

    /// <summary>The person opened a conversation; nothing to note when nothing in it was new.</summary>
    public static Decision Open(Chart chart, Guid conversation) =>
        chart.Conversations.GetValueOrDefault(conversation) is { } known && known.Unopened.Any() ? Decision.Accept(new ConversationRead(conversation, known.Last.Written.Message)) : Decision.Nothing;

    public static Decision Settle(Chart chart, Guid conversation, string because) => chart.Conversations.GetValueOrDefault(conversation) switch
    {
        null => Decision.Refuse("There is no such conversation."),
        var known when !known.Unanswered.Any() => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(because) => Decision.Refuse("Say why no answer is needed, such as “Spoke by phone”."),
        var known => Decision.Accept(new ConversationSettled(conversation, known.Last.Written.Message, because.Trim())),
    };

    static Decision? Problem(Chart chart, Write wish) => wish switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ when chart.Conversations.Values.Any(c => c.Messages.Any(m => m.Written.Message == wish.Message)) => Decision.Nothing,
        { IsNew: false } when !chart.Conversations.ContainsKey(wish.Conversation) => Decision.Refuse("There is no such conversation."),
        { IsNew: true } when string.IsNullOrWhiteSpace(wish.Subject) => Decision.Refuse(SubjectMissing),
        { IsNew: true } when wish.Subject.Length > LongestSubject => Decision.Refuse($"Say what it is about in at most {LongestSubject} characters."),
        _ when string.IsNullOrWhiteSpace(wish.Text) => Decision.Refuse("Write your message first."),
        _ when wish.Text.Length > LongestText => Decision.Refuse($"The message is longer than {LongestText} characters. Please send it in two."),
        _ => null,
    };
}
