using System.Collections.Immutable;

namespace Casement.Courses;

/// <summary>Something only a person can say about a course, and how long a reassuring answer stays good.</summary>
/// <param name="Fact">By its id in the protocol.</param>
/// <param name="Days">Longest age of an answer.</param>
/// <param name="AfterHours">So long after the last session it can first be told.</param>
/// <param name="Also">Other facts of the protocol that ask the same.</param>
/// <param name="AnySession">One answer does for several sessions.</param>
/// <param name="Silence">Why no answer at all counts as no; empty where it does not.</param>
public sealed record CourseAnswer(string Fact, int Days, int AfterHours, ImmutableArray<string> Also, bool AnySession, string Silence);

/// <summary>One line of the surveillance calendar (clearance.md 9.4).</summary>
/// <param name="Of">Its id in the protocol's schedules.</param>
/// <param name="Facts">The facts whose newest answer it goes by; none for the main scale and the full review.</param>
/// <param name="EverySession">Before every session.</param>
/// <param name="Days">In so many days after the last answer; null where a parameter says it.</param>
/// <param name="Parameter">The parameter that says the days; empty where none does.</param>
/// <param name="Sessions">The parameter that says after how many sessions, whichever is first; empty where none does.</param>
/// <param name="Phase">Induction or maintenance; empty for both.</param>
/// <param name="OnlyIf">A fact that must be yes; empty for everybody.</param>
public sealed record Surveillance(string Of, string What, ImmutableArray<string> Facts, bool EverySession, int? Days, string Parameter, string Sessions, string Phase, string OnlyIf);

/// <summary>What is asked of people about a course, and what is due when; definitions/measures/course-answers.yaml.</summary>
/// <param name="AnswerDays">How long a clinician's own answer counts where nothing can be worked out.</param>
/// <param name="Spacing">Rules about the day of the next session alone.</param>
/// <param name="SettledByClearance">Facts that a new clearance looks at itself.</param>
/// <param name="SeriousEvents">Kinds of clinical events that are serious.</param>
/// <param name="ReviewDays">How soon a review is due that lets the session go ahead.</param>
public sealed record CourseQuestions(
    string Version,
    int AnswerDays,
    ImmutableArray<CourseAnswer> Asked,
    ImmutableArray<string> Spacing,
    ImmutableArray<string> SettledByClearance,
    ImmutableArray<string> SeriousEvents,
    int ReviewDays,
    ImmutableArray<Surveillance> Surveillance)
{
    public static CourseQuestions None { get; } = new("", 14, [], [], [], [], 14, []);
}
