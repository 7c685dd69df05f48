using Casement.Courses;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Outcomes;

/// <summary>A time to something, in days, or until when it was watched for.</summary>
public sealed record Watched(int Days, bool Happened);

/// <summary>One course as the practice counts it (instruments.md section 8). Nothing in it names the person.</summary>
/// <param name="Programme">What was given, by its id.</param>
/// <param name="CountedOn">The day that decides the period: of the last induction session, or of the last session where it stopped before.</param>
/// <param name="IsSettled">The window of checkpoint B has closed; before that the course is not counted.</param>
/// <param name="EndOfInduction">The word of checkpoint B.</param>
/// <param name="Reliable">At checkpoint B; null without an outcome.</param>
/// <param name="Recovered">At checkpoint B.</param>
/// <param name="CompletedInduction">Every planned session was given.</param>
/// <param name="Stopped">Why it ended before; null where it did not, or nobody said.</param>
/// <param name="ToResponse">From time zero; null where nothing is claimed.</param>
/// <param name="Durability">From the day response was shown at or after checkpoint B to relapse; null where there was none.</param>
/// <param name="Maintained">Had sessions after the induction.</param>
public sealed record CourseResult(
    string Programme, string PrimaryScale, DateOnly TimeZero, DateOnly CountedOn, bool IsSettled, int Sessions,
    bool Evaluable, string EndOfInduction, Reliability? Reliable, bool Recovered,
    bool CompletedInduction, WhyEnded? Stopped, Watched? ToResponse, Watched? Durability, bool Maintained)
{
    /// <summary>Null before the first session, and for a scale nothing is judged by.</summary>
    public static CourseResult? Of(Chart chart, Measuring measuring, CourseOnChart course, TimeZoneInfo zone, DateOnly asOf)
    {
        if (course.TimeZero is not { } zero || measuring.Of(chart, course, course.PrimaryScale, zone, asOf) is not { } trajectory) return null;

        var induction = course.Sessions.Count(s => s.Phase is SessionPhase.Induction);
        var counted = course.InductionEnd ?? course.Sessions[^1].On;
        var outcome = trajectory.Evaluable ? trajectory.Outcome : null;
        var read = outcome?.CheckpointB.On is { } on ? outcome.Responses.LastOrDefault(r => r.On == on) : null;
        return new(
            course.Product, course.PrimaryScale, zero, counted,
            counted.AddDays(measuring.Rules.CheckpointB.ToDays) < asOf && (course.InductionComplete || asOf.DayNumber - counted.DayNumber > measuring.Defaults.NewCourseAfterDays),
            course.Sessions.Length,
            trajectory.Evaluable, outcome?.CheckpointB.Result ?? Category.NotEvaluable.Word, read?.Reliable, read?.Recovered ?? false,
            induction >= course.InductionSessions, induction >= course.InductionSessions ? null : course.EndedEarly?.Why ?? course.Closed?.Why,
            outcome is null ? null : TimeToResponse(outcome, zero),
            outcome is null ? null : HowLong(outcome, course, measuring.Rules),
            course.Sessions.Any(s => s.Phase is SessionPhase.Maintenance));
    }

    /// <summary>Censored at the last response to the scale: what came after nobody knows.</summary>
    static Watched? TimeToResponse(Outcome outcome, DateOnly zero) => outcome.FirstResponse is { } first ? new(first.Day, Happened: true)
        : outcome.Responses is [.., var last] ? new(last.On.DayNumber - zero.DayNumber, Happened: false)
        : null;

    /// <summary>Counted from a response at or after checkpoint B, so that an early responder has no head start.</summary>
    static Watched? HowLong(Outcome outcome, CourseOnChart course, CourseRules rules)
    {
        if (course.InductionEnd is not { } end || outcome.Responses.FirstOrDefault(r => r.InResponse && r.On >= end.AddDays(rules.CheckpointB.FromDays)) is not { } shown || outcome.Relapse?.On < shown.On) return null;
        return outcome.Relapse is { } relapse ? new(relapse.On.DayNumber - shown.On.DayNumber, Happened: true) : new(outcome.Responses[^1].On.DayNumber - shown.On.DayNumber, Happened: false);
    }
}
