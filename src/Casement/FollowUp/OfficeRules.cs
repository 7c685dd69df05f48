using System.Collections.Immutable;
using Casement.Notes;

namespace Casement.FollowUp;

/// <summary>How the practice works day by day: its calendar, the times it keeps, its notes, documents and messages; from definitions/practice.</summary>
public sealed record OfficeRules
{
    public PracticeCalendar Calendar { get; init; } = PracticeCalendar.Plain;

    /// <summary>What the practice is called and how it is reached. Its hours are the calendar's, and its reply time that of messages.</summary>
    public PracticeCard Card { get; init; } = new("Casement practice");

    /// <summary>What needs somebody now and is not taken in this time is said to have been left.</summary>
    public int TakeUrgentWithinMinutes { get; init; } = 15;

    public int AnswerMessagesBusinessDays { get; init; } = 2;

    /// <summary>A message of ours not opened in this many days is silence.</summary>
    public int PatientReadsWithinDays { get; init; } = 5;

    /// <summary>A correction a patient asked for has its answer in this many calendar days.</summary>
    public int AnswerCorrectionsDays { get; init; } = 60;

    public int SignNotesBusinessDays { get; init; } = 2;

    /// <summary>A note or addendum written down later than this after the event is marked as a late entry.</summary>
    public int LateEntryAfterHours { get; init; } = 24;

    public long LargestDocumentBytes { get; init; } = 10 * 1024 * 1024;

    public NoteRules Notes { get; init; } = NoteRules.None;

    public ImmutableArray<(string Id, string Label)> DocumentKinds { get; init; } = [("other", "Other")];

    public ImmutableArray<(string Id, string Label)> OutsideKinds { get; init; } = [("other", "Other")];

    /// <summary>The notice that goes with a labelled record (42 CFR 2.32).</summary>
    public string RedisclosureNotice { get; init; } = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

    /// <summary>What a person is told at once when they wrote; {date} is when they will have an answer.</summary>
    public string AutomaticReply { get; init; } = "We got your message. No one is reading it right now. If this cannot wait, call or text 988, or call 911. Otherwise we will answer by {date}.";

    /// <summary>Words that may mean danger. They open a card and bring somebody the same day; they block nothing and label nobody.</summary>
    public ImmutableArray<string> CrisisWords { get; init; } = [];

    public bool HoldsCrisisWords(string text)
    {
        var words = Words.Of(text);
        return CrisisWords.Any(phrase => Words.Contain(words, phrase));
    }

    public static OfficeRules Plain { get; } = new();
}
