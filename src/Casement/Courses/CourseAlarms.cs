using System.Collections.Immutable;
using System.Globalization;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>How soon a kind of alarm needs somebody, and what the worklist says.</summary>
/// <param name="Says">With {scale}, {score} and {baseline} left open.</param>
public sealed record CourseAlarmRule(Severity Severity, string Says);

/// <summary>What a course of scores asks of somebody; definitions/measures/alarms.yaml.</summary>
public sealed record CourseAlarmRules(string Version, ImmutableSortedDictionary<string, CourseAlarmRule> ByKind)
{
    public const string Relapse = "relapse", Deteriorated = "deteriorated", CheckpointA = "checkpoint-a", CheckpointB = "checkpoint-b";

    public static CourseAlarmRules None { get; } = new("", ImmutableSortedDictionary<string, CourseAlarmRule>.Empty);

    public static string KindOf(Warning warning) => warning switch { Warning.Rise => "rise", Warning.Threshold => "threshold", Warning.Item9New => "item9-new", _ => "trend" };

    /// <summary>Every kind there is.</summary>
    public static ImmutableArray<string> Kinds { get; } = [.. Enum.GetValues<Warning>().Select(KindOf), Relapse, Deteriorated, CheckpointA, CheckpointB];
}

/// <summary>A response changed how a course is going in a way that needs somebody. It stands until a clinician says what was done.</summary>
/// <param name="Alarm">Derived from course, scale, kind and day of the response: told once.</param>
/// <param name="Kind">Such as "rise".</param>
/// <param name="On">The day of the response.</param>
/// <param name="Score">The score then.</param>
/// <param name="Baseline">Before the first session.</param>
/// <param name="Says">What the worklist says, as of that day.</param>
/// <param name="Rules">The versions of the rules that judged it and of the words.</param>
[StoredAs("course.alarm-raised")]
public sealed record CourseAlarmRaised(Guid Alarm, Guid Course, string Scale, string Kind, DateOnly On, decimal Score, decimal Baseline, Severity Severity, string Says, string Rules) : PatientEvent;

/// <summary>What was done about it.</summary>
[StoredAs("course.alarm-closed")]
public sealed record CourseAlarmClosed(Guid Alarm, string Done) : PatientEvent;

public sealed record CourseAlarmOnChart(CourseAlarmRaised Raised, DateTimeOffset RaisedAt, CourseAlarmClosed? Closed = null);

public static class CourseAlarms
{
    const string Page = "check-ins";

    /// <summary>What the answers just written say of the course, against the person's own baseline; written in the same transaction.</summary>
    public static ImmutableArray<PatientEvent> Consequences(Measuring measuring, TimeZoneInfo zone, Chart before, Chart after, DateTimeOffset now)
    {
        if (after.Scales.Count == before.Scales.Count || TreatmentCourses.Current(after, measuring.Defaults, zone) is not { } course) return [];
        var today = CourseOnChart.DateIn(now, zone);
        return
        [
            .. from answered in after.Scales.Skip(before.Scales.Count).Select(s => s.What).DistinctBy(s => s.Instrument)
               let scale = measuring.Scales.Instruments.Find(answered.Instrument)
               where scale?.Trajectory is not null
               from raised in Found(measuring, after, course, scale, zone, CourseOnChart.DateIn(answered.AnsweredAt, zone), today)
               where !after.CourseAlarms.ContainsKey(raised.Alarm)
               select raised,
        ];
    }

    /// <summary>What one response, on its day, raises.</summary>
    static IEnumerable<CourseAlarmRaised> Found(Measuring measuring, Chart chart, CourseOnChart course, Instrument scale, TimeZoneInfo zone, DateOnly on, DateOnly today)
    {
        if (measuring.Of(chart, course, scale.Id, zone, today) is not { Evaluable: true, Baseline: { } baseline, Outcome: { } outcome } || outcome.Responses.LastOrDefault(r => r.On == on) is not { } response) yield break;
        var kinds = response.Warnings.Select(CourseAlarmRules.KindOf).ToList();
        if (outcome.Relapse?.ConfirmedOn == on) kinds.Add(CourseAlarmRules.Relapse);
        if (response.Reliable is Reliability.Deteriorated) kinds.Add(CourseAlarmRules.Deteriorated);
        if (outcome.CheckpointA is { Result: "inadequate" or "deteriorated" } a && a.On == on) kinds.Add(CourseAlarmRules.CheckpointA);
        if (outcome.CheckpointB is { Result: "no-response" or "deteriorated" } b && b.On == on) kinds.Add(CourseAlarmRules.CheckpointB);
        foreach (var kind in kinds.Where(measuring.Alarms.ByKind.ContainsKey))
        {
            var rule = measuring.Alarms.ByKind[kind];
            var says = rule.Says.Replace("{scale}", scale.ShortTitle, StringComparison.Ordinal).Replace("{score}", Plain(response.Score), StringComparison.Ordinal).Replace("{baseline}", Plain(baseline.Score), StringComparison.Ordinal);
            yield return new(
                DerivedId.Of("course-alarm", course.Id.ToString("D"), scale.Id, kind, $"{on:yyyy-MM-dd}"), course.Id, scale.Id, kind, on, response.Score, baseline.Score, rule.Severity, says,
                $"trajectory {measuring.Rules.Version}, {scale.Id} {scale.Version}, alarms {measuring.Alarms.Version}");
        }
    }

    static string Plain(decimal score) => score.ToString("0.##", CultureInfo.InvariantCulture);

    public static Decision Close(Chart chart, Guid alarm, string done) => chart.CourseAlarms.GetValueOrDefault(alarm) switch
    {
        null => Decision.Refuse("There is no such alarm."),
        { Closed: not null } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(done) => Decision.Refuse("Say what was done. An alarm is closed by an act, not by reading it."),
        _ => Decision.Accept(new CourseAlarmClosed(alarm, done.Trim())),
    };

    public static IEnumerable<CourseAlarmOnChart> Open(Chart chart) => chart.CourseAlarms.Values.Where(a => a.Closed is null).OrderByDescending(a => a.Raised.Severity).ThenBy(a => a.RaisedAt).ThenBy(a => a.Raised.Alarm);

    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
        [.. Open(chart).Select(a => Worklist.Row(new(who.Name.Called, a.Raised.Says, a.Raised.Severity switch { Severity.Critical => Urgency.Now, Severity.Urgent => Urgency.Today, _ => Urgency.Soon }, a.RaisedAt, Page, Key: $"course-alarm-{a.Raised.Alarm:N}")))];

    public static ImmutableDictionary<Guid, CourseAlarmOnChart> After(this ImmutableDictionary<Guid, CourseAlarmOnChart> all, PatientEvent what, DateTimeOffset at) => what switch
    {
        CourseAlarmRaised e when !all.ContainsKey(e.Alarm) => all.Add(e.Alarm, new(e, at)),
        CourseAlarmClosed e when all.TryGetValue(e.Alarm, out var so) => all.SetItem(e.Alarm, so with { Closed = e }),
        _ => all,
    };
}
