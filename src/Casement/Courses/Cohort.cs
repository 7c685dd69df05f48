using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>A course that goes on, as the list of all of them holds it: enough to judge it on any day without opening the chart.</summary>
/// <param name="Who">The name the person is called by.</param>
/// <param name="Scale">What it is judged by.</param>
/// <param name="Course">The sessions, answers and events it is judged from; its day is the day it is looked at.</param>
public sealed record CohortRow(string Who, Guid Id, string Product, string Scale, int InductionSessions, CourseRecord Course);

/// <summary>A course of the cohort on a day.</summary>
public sealed record CohortMember(PatientId Patient, CohortRow Row, Trajectory Trajectory)
{
    /// <summary>Such as "relapsed" or "response"; "no-baseline" where nothing can be judged.</summary>
    public string State => Trajectory.Outcome?.CurrentState ?? "no-baseline";

    public JudgedResponse? Last => Trajectory.Outcome?.Responses.LastOrDefault();

    /// <summary>The last answer asks for a look.</summary>
    public bool Warns => State != "relapsed" && Last?.Warnings.IsEmpty is false;
}

/// <summary>Everybody in a course, by how they fare.</summary>
public static class Cohort
{
    public const string List = "courses";

    /// <summary>The states in the order somebody should look at them.</summary>
    public static ImmutableArray<string> States { get; } = ["relapsed", "deteriorated", "lost-to-follow-up", "no-response", "no-baseline", "awaiting-first-assessment", "partial", "not-evaluable", "response", "remission"];

    public static ImmutableArray<ListRow> Rows(Chart chart, Measuring measuring, TimeZoneInfo zone)
    {
        if (chart.Who is not { } who || TreatmentCourses.Current(chart, measuring.Defaults, zone) is not { Sessions.IsEmpty: false } course || measuring.Scales.Instruments.Find(course.PrimaryScale) is not { } scale) return [];
        // What is older than any baseline can be says nothing about this course.
        var from = course.Sessions[0].On.AddDays(-measuring.Rules.BaselineDays);
        var record = course.Record(chart, scale, zone, DateOnly.MaxValue);
        var row = new CohortRow(who.Name.Called, course.Id, course.Product, course.PrimaryScale, course.InductionSessions, record with { Assessments = [.. record.Assessments.Where(a => a.On >= from)] });
        return [new(List, JsonSerializer.Serialize(row, ListJson.Default.CohortRow))];
    }

    public static CohortRow Read(string json) => JsonSerializer.Deserialize(json, ListJson.Default.CohortRow) ?? throw new JsonException("A row of the cohort is empty.");

    /// <summary>The rows as they stand on a day, those who need somebody first.</summary>
    public static ImmutableArray<CohortMember> On(IEnumerable<(PatientId Patient, CohortRow Row)> rows, Measuring measuring, DateOnly today) =>
    [
        .. rows.Where(r => measuring.Scales.Instruments.Find(r.Row.Scale) is { Trajectory: not null })
            .Select(r => new CohortMember(r.Patient, r.Row, Trajectory.Of(measuring.Scales.Instruments.Find(r.Row.Scale)!.Trajectory!, measuring.Rules, r.Row.Course with { AsOf = today })))
            .OrderBy(m => m.Warns ? 1 : 2 * Math.Max(0, States.IndexOf(m.State))).ThenBy(m => m.Last?.On).ThenBy(m => m.Row.Who, StringComparer.Ordinal),
    ];
}
