using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>One line of the surveillance calendar as it stands for one course.</summary>
/// <param name="LastOn">When it was last done; null when there is no word of it.</param>
/// <param name="DueOn">By when again; null where it is due before the next session.</param>
/// <param name="IsDue">It is due now.</param>
public sealed record SurveillanceDue(Surveillance Line, DateOnly? LastOn, DateOnly? DueOn, bool IsDue);

/// <summary>What is watched over a course, and when each is due (clearance.md 9.4).</summary>
public static class CourseCalendar
{
    public static ImmutableArray<SurveillanceDue> Of(Chart chart, Protocol protocol, Measuring measuring, ImmutableSortedDictionary<string, decimal> settings, TimeZoneInfo zone, CourseOnChart course, DateTimeOffset now)
    {
        var today = CourseOnChart.DateIn(now, zone);
        var last = course.Sessions.LastOrDefault(s => s.On <= today)?.On;
        var phase = course.Phase is SessionPhase.Induction ? "induction" : "maintenance";
        return [.. measuring.Defaults.Questions.Surveillance.Where(l => (l.Phase.Length == 0 || l.Phase == phase) && (l.OnlyIf.Length == 0 || IsYes(l.OnlyIf))).Select(Due)];

        SurveillanceDue Due(Surveillance line)
        {
            var done = line switch
            {
                { Of: "surv-scale", Facts.IsEmpty: true } => measuring.Scales.Instruments.Find(course.PrimaryScale) is { } scale ? CourseOnChart.Series(chart, scale, zone).Where(a => a.On <= today).Select(a => (DateOnly?)a.On).LastOrDefault() : null,
                { Facts.IsEmpty: true } => chart.Courses.Reviews.LastOrDefault()?.At is { } at ? CourseOnChart.DateIn(at, zone) : course.InductionEnd,
                _ => line.Facts.SelectMany(f => chart.Facts.GetValueOrDefault(f, [])).Where(a => a.Fact.ObservedAt <= now).Select(a => (DateOnly?)CourseOnChart.DateIn(a.Fact.ObservedAt, zone)).Max(),
            };
            // Before a session means after the one before it.
            if (line.EverySession) return new(line, done, null, done is null || done < last);
            var by = done?.AddDays(line.Days ?? (int)Limit(line.Parameter));
            var sessions = line.Sessions.Length > 0 && done is { } since && course.Sessions.Count(s => s.On >= since) >= Limit(line.Sessions);
            return new(line, done, by, by is null || by <= today || sessions);
        }

        bool IsYes(string fact) => chart.Facts.GetValueOrDefault(fact)?.LastOrDefault()?.Newest.Fact.Value is Flag { Value: true };

        decimal Limit(string parameter) => settings.GetValueOrDefault(parameter, protocol.ParameterById[parameter].Default);
    }

    /// <summary>How often, in words.</summary>
    public static string HowOften(Surveillance line, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings) =>
        line.EverySession ? "before every session"
        : $"every {(line.Days ?? settings.GetValueOrDefault(line.Parameter, protocol.ParameterById[line.Parameter].Default)).ToString("0", CultureInfo.InvariantCulture)} days{(line.Sessions.Length > 0 ? $", or after {settings.GetValueOrDefault(line.Sessions, protocol.ParameterById[line.Sessions].Default):0} sessions" : "")}";
}
