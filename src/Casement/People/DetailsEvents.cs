using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.People;

/// <summary>The language the person wants to speak with us, as they name it; empty means not asked.</summary>
[StoredAs("patient.language-chosen")]
public sealed record PatientLanguageChosen(string Language) : PatientEvent;

/// <summary>What a patient says is wrong.</summary>
public enum CorrectionOf { Name, BirthDate, Answer, Medicines, Other }

/// <summary>The patient says that something on the record is wrong, and what is right. The record itself is not changed by this.</summary>
/// <param name="Fact">The fact of the protocol when it is an answer; else empty.</param>
/// <param name="About">What it is about, in the words the patient read.</param>
/// <param name="Original">What the record said then, in the words the patient read; empty when it is about something not shown.</param>
/// <param name="Wrong">What is wrong, in their words.</param>
/// <param name="Right">What is right, in their words.</param>
/// <param name="AnswerBy">When they are to have an answer.</param>
[StoredAs("correction.asked")]
public sealed record CorrectionAsked(Guid Correction, CorrectionOf Of, string Fact, string About, string Original, string Wrong, string Right, DateTimeOffset AnswerBy) : PatientEvent;

/// <summary>Staff agreed, and what is right stands on the record now; what was there before stays beside it.</summary>
/// <param name="Done">What was changed, as the patient reads it.</param>
[StoredAs("correction.accepted")]
public sealed record CorrectionAccepted(Guid Correction, string Done) : PatientEvent;

/// <summary>Staff did not agree. The patient's words stay on the record.</summary>
/// <param name="Because">As the patient reads it.</param>
[StoredAs("correction.declined")]
public sealed record CorrectionDeclined(Guid Correction, string Because) : PatientEvent;

/// <summary>The patient disagrees with the answer; their statement stays with it.</summary>
[StoredAs("correction.disagreed")]
public sealed record CorrectionDisagreed(Guid Correction, string Says) : PatientEvent;

/// <summary>A correction the patient asked for, with what became of it.</summary>
public sealed record CorrectionOnChart(CorrectionAsked Asked, DateTimeOffset AskedAt)
{
    public CorrectionAccepted? Accepted { get; init; }
    public CorrectionDeclined? Declined { get; init; }
    public CorrectionDisagreed? Disagreed { get; init; }

    /// <summary>Who answered.</summary>
    public Actor? By { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public bool IsOpen => AnsweredAt is null;

    internal static ImmutableList<CorrectionOnChart> After(ImmutableList<CorrectionOnChart> all, Entry entry) => entry.What switch
    {
        CorrectionAsked e => all.Add(new(e, entry.RecordedAt)),
        CorrectionAccepted e => With(all, e.Correction, c => c with { Accepted = e, By = entry.By, AnsweredAt = entry.RecordedAt }),
        CorrectionDeclined e => With(all, e.Correction, c => c with { Declined = e, By = entry.By, AnsweredAt = entry.RecordedAt }),
        CorrectionDisagreed e => With(all, e.Correction, c => c with { Disagreed = e }),
        _ => all,
    };

    static ImmutableList<CorrectionOnChart> With(ImmutableList<CorrectionOnChart> all, Guid id, Func<CorrectionOnChart, CorrectionOnChart> change) =>
        [.. all.Select(c => c.Asked.Correction == id ? change(c) : c)];
}
