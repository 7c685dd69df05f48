using Casement.CheckIns;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>What courses are measured by: the scales, the rules that judge a series of scores, and what a course is until it is planned.</summary>
public sealed record Measuring(Scales Scales, CourseDefaults Defaults)
{
    /// <summary>How people read their own scales.</summary>
    public PlainWords Words { get; init; } = PlainWords.None;

    /// <summary>When which questions are asked; nothing is asked without one.</summary>
    public Schedule Schedule { get; init; } = Schedule.None;

    /// <summary>What a course of scores asks of somebody; no alarm is raised without one.</summary>
    public CourseAlarmRules Alarms { get; init; } = CourseAlarmRules.None;

    /// <summary>What answered questionnaires propose.</summary>
    public ProposalRules Proposals { get; init; } = ProposalRules.None;

    public CourseRules Rules => Scales.Courses;

    /// <summary>How one scale moved over a course, as known on a day; null for a scale that has no thresholds of change.</summary>
    public Trajectory? Of(Chart chart, CourseOnChart course, string scale, TimeZoneInfo zone, DateOnly asOf) =>
        Scales.Instruments.Find(scale) is { Trajectory: { } thresholds } found ? Trajectory.Of(thresholds, Rules, course.Record(chart, found, zone, asOf)) : null;
}
