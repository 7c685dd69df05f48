using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>The person's own journal: theirs alone until they share an entry, and theirs again when they take that back. Only they decide.</summary>
public static class KeepingAJournal
{
    public const int LongestText = 10_000;
    const string NoSuch = "There is no such entry.";

    /// <summary>Why this cannot be kept, in a sentence; null when it can.</summary>
    public static string? Problem(string text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => "Write something first.",
        { Length: > LongestText } => $"This entry holds {text.Length:N0} characters, and there is room for {LongestText:N0}. Please make two of it.",
        _ => null,
    };

    /// <param name="wish">The hash is of the words as they are kept, apart from the record.</param>
    public static Decision Write(Chart chart, JournalWritten wish) => chart.Programme.Journal.GetValueOrDefault(wish.Entry) switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        { WithdrawnAt: not null } => Decision.Refuse("You took this entry back. Write a new one."),
        { } so when so.Versions.Any(v => v.What.Version == wish.Version) => Decision.Nothing,
        _ => Decision.Accept(wish),
    };

    /// <summary>Shares the newest words. What is changed later is not shared until it is shared again.</summary>
    public static Decision Share(Chart chart, Guid entry, Guid version, string text, OfficeRules office) => chart.Programme.Journal.GetValueOrDefault(entry) switch
    {
        null or { WithdrawnAt: not null } => Decision.Refuse(NoSuch),
        { Versions: [.., var last] } when last.What.Version != version => Decision.Refuse("You changed this entry meanwhile. Look at it again before you share it."),
        { Shared.What.Version: var shown } when shown == version => Decision.Nothing,
        _ => Decision.Accept(new JournalShared(entry, version, office.HoldsCrisisWords(text))),
    };

    public static Decision Unshare(Chart chart, Guid entry) => chart.Programme.Journal.GetValueOrDefault(entry) switch
    {
        null => Decision.Refuse(NoSuch),
        { Shared: null } => Decision.Nothing,
        _ => Decision.Accept(new JournalUnshared(entry)),
    };

    public static Decision Withdraw(Chart chart, Guid entry) => chart.Programme.Journal.GetValueOrDefault(entry) switch
    {
        null => Decision.Refuse(NoSuch),
        { WithdrawnAt: not null } => Decision.Nothing,
        _ => Decision.Accept(new JournalWithdrawn(entry)),
    };
}
