using System.Collections.Immutable;

namespace Casement.Courses;

/// <summary>A kind of thing that may have happened.</summary>
/// <param name="Id">As the rules of the trajectory name it.</param>
public sealed record ClinicalEventKind(string Id, string Says);

/// <summary>What a course is taken to be until a clinician plans it otherwise; definitions/measures/courses.yaml.</summary>
/// <param name="InductionSessions">How many sessions an induction has.</param>
/// <param name="NewCourseAfterDays">A series begun after as many days without a session is a new course.</param>
/// <param name="PrimaryScale">The scale a course is judged by where the condition has no other.</param>
/// <param name="ByIndication">The scale of a condition, by its id in the protocol.</param>
public sealed record CourseDefaults(string Version, int InductionSessions, int NewCourseAfterDays, string PrimaryScale, ImmutableSortedDictionary<string, string> ByIndication, ImmutableArray<ClinicalEventKind> ClinicalEvents)
{
    /// <summary>What is asked of people before a session, and what is due when.</summary>
    public CourseQuestions Questions { get; init; } = CourseQuestions.None;

    public string PrimaryFor(string? indication) => indication is { } id && ByIndication.TryGetValue(id, out var scale) ? scale : PrimaryScale;
}
