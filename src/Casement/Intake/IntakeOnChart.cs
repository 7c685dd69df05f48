using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>What was given to a question, with who wrote it down and when.</summary>
public sealed record GivenAnswer(IntakeAnswered What, long Entry, DateTimeOffset At, Actor By);

/// <summary>A question left open, with when.</summary>
public sealed record OpenMark(IntakeLeftOpen What, long Entry, DateTimeOffset At, Actor By);

/// <summary>The health questions of one person as they stand: the round last offered or begun.</summary>
/// <param name="Intake">Names the round.</param>
/// <param name="Began">The entry that opened it; answers written down before belong to an earlier round.</param>
/// <param name="BeganAt">When that was.</param>
/// <param name="Minutes">About how long it takes; 0 when nobody was told.</param>
public sealed record IntakeOnChart(Guid Intake, long Began, DateTimeOffset BeganAt, int Minutes)
{
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The date on the paper form staff are entering; null when there is none.</summary>
    public DateOnly? PaperOn { get; init; }

    public ImmutableDictionary<string, GivenAnswer> Answers { get; init; } = ImmutableDictionary<string, GivenAnswer>.Empty;

    public ImmutableDictionary<string, OpenMark> LeftOpen { get; init; } = ImmutableDictionary<string, OpenMark>.Empty;

    public ImmutableArray<TreatmentTold> Treatments { get; init; } = [];

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The last change of an answer; null while there is none.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The entry up to which a clinician has read.</summary>
    public long ReadTo { get; init; }

    /// <summary>Answers that signal danger and that no clinician has dealt with, oldest first.</summary>
    public IEnumerable<GivenAnswer> Dangers => Alarms.Where(a => a.Entry > ReadTo).OrderBy(a => a.Entry);

    /// <summary>Every answer that signalled danger, also one that was changed afterwards: it was said.</summary>
    public ImmutableList<GivenAnswer> Alarms { get; init; } = [];

    public static IntakeOnChart? After(IntakeOnChart? before, IntakeEvent what, Entry entry) => what switch
    {
        IntakeOffered e => Anew(before, new(e.Intake, entry.Sequence, entry.RecordedAt, e.Minutes)),
        IntakeStarted e when before?.Intake == e.Intake => before with { StartedAt = before.StartedAt ?? entry.RecordedAt, PaperOn = e.PaperOn ?? before.PaperOn },
        IntakeStarted e => Anew(before, new(e.Intake, entry.Sequence, entry.RecordedAt, 0) { StartedAt = entry.RecordedAt, PaperOn = e.PaperOn }),
        _ => before?.With(what, entry),
    };

    /// <summary>A new round begins empty; danger that nobody has dealt with goes on.</summary>
    static IntakeOnChart Anew(IntakeOnChart? before, IntakeOnChart round) => before is null ? round : round with { Alarms = before.Alarms, ReadTo = before.ReadTo };

    IntakeOnChart With(IntakeEvent what, Entry entry) => what switch
    {
        IntakeAnswered e => With(new GivenAnswer(e, entry.Sequence, entry.RecordedAt, entry.By)),
        IntakeLeftOpen e => this with { LeftOpen = LeftOpen.SetItem(e.Question, new(e, entry.Sequence, entry.RecordedAt, entry.By)), Answers = Answers.Remove(e.Question), ChangedAt = entry.RecordedAt },
        TreatmentsTold e => this with { Treatments = e.Treatments, ChangedAt = entry.RecordedAt },
        IntakeSubmitted => this with { SubmittedAt = entry.RecordedAt },
        IntakeReviewed => this with { ReadTo = entry.Sequence },
        _ => this,
    };

    IntakeOnChart With(GivenAnswer given) => this with
    {
        Answers = Answers.SetItem(given.What.Question, given),
        LeftOpen = LeftOpen.Remove(given.What.Question),
        Alarms = given.What.Danger.Length > 0 ? Alarms.Add(given) : Alarms,
        ChangedAt = given.At,
    };
}
