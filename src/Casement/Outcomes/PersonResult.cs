using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Outcomes;

/// <summary>An alarm with how long it stood.</summary>
public sealed record AlarmResult(Severity Severity, DateTimeOffset RaisedAt, DateTimeOffset? ClosedAt);

/// <summary>Something untoward at a session.</summary>
public sealed record EventResult(DateTimeOffset At, string Kind, bool Serious);

/// <summary>A check-in that was sent and is over.</summary>
/// <param name="DayAfter">It was one of the day after a session.</param>
public sealed record CheckInResult(DateTimeOffset ClosesAt, bool Answered, bool DayAfter);

/// <summary>What the practice counts about one person, besides their courses. Nothing in it names them.</summary>
/// <param name="AdmittedAt">When the record was opened.</param>
/// <param name="ClearedAt">The first decision that let them go ahead.</param>
/// <param name="Referrals">When each was sent, and when it was closed, read and signed.</param>
/// <param name="Remission">Depression remission at twelve months, as in CMS159; null where the person does not belong to it.</param>
public sealed record PersonResult(
    DateTimeOffset AdmittedAt, DateTimeOffset? ClearedAt,
    ImmutableArray<(DateTimeOffset Sent, DateTimeOffset? Closed)> Referrals,
    ImmutableArray<AlarmResult> Alarms, ImmutableArray<EventResult> Events, ImmutableArray<CheckInResult> CheckIns,
    ImmutableArray<CourseResult> Courses, (DateOnly Index, RemissionAt12Months Measure)? Remission)
{
    const string Phq9 = "phq9", DayAfterScale = "side-effects-24h";

    /// <summary>Active diagnoses of depression, by the ids of the protocol.</summary>
    static readonly ImmutableArray<string> Depression = ["mdd", "persistent-depressive"];

    public static PersonResult? Of(Chart chart, Measuring measuring, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (chart.Who is null || chart.AdmittedAt is not { } admitted) return null;
        var today = CourseOnChart.DateIn(now, zone);
        return new(
            admitted,
            chart.Clearances.FirstOrDefault(c => c.Signed.MayProceed)?.SignedAt,
            [.. chart.Referrals.Values.Where(r => r.SentAt is not null).Select(r => (r.SentAt ?? default, r.ClosedAt))],
            [.. chart.Alarms.Select(a => new AlarmResult(a.Raised.Severity, a.RaisedAt, a.ClosedAt))],
            [.. chart.Sessions.Values.SelectMany(s => s.Events).Select(e => new EventResult(e.At, e.Kind, e.Serious))],
            [.. CheckInsOf(chart, now)],
            [.. TreatmentCourses.Of(chart, measuring.Defaults, zone).Select(c => CourseResult.Of(chart, measuring, c, zone, today)).OfType<CourseResult>()],
            RemissionOf(chart, measuring, zone));
    }

    static IEnumerable<CheckInResult> CheckInsOf(Chart chart, DateTimeOffset now)
    {
        var answered = chart.Scales.Select(s => s.What.Sitting).ToHashSet();
        return chart.CheckIns.Values.Where(c => c.ClosesAt <= now || answered.Contains(c.CheckIn)).Select(c => new CheckInResult(c.ClosesAt, answered.Contains(c.CheckIn), c.Scale == DayAfterScale));
    }

    /// <summary>Only complete two-week PHQ-9 count, and the first above the line is the index, whatever treatment followed.</summary>
    static (DateOnly, RemissionAt12Months)? RemissionOf(Chart chart, Measuring measuring, TimeZoneInfo zone)
    {
        if (Value(chart, "primary-indication") is not Choice { Value: var indication } || !Depression.Contains(indication) || chart.Who?.BornOn is not { } born) return null;
        if (measuring.Scales.Instruments.Find(Phq9) is not { } scale) return null;
        var rule = measuring.Scales.Practice.RemissionAtTwelveMonths;
        var results = CourseOnChart.Series(chart, scale, zone).Where(a => a.Status is ResponseStatus.Complete).Select(a => new Phq9Result(a.On, a.Score)).ToImmutableArray();
        if (results.FirstOrDefault(r => r.Score > rule.IndexAbove) is not { } index) return null;
        string[] exclusions =
        [
            .. Value(chart, "bipolar-type") is Choice { Value: not "none" } ? ["bipolar"] : Array.Empty<string>(),
            .. Value(chart, "schizophrenia-spectrum") is Flag { Value: true } ? ["psychotic"] : Array.Empty<string>(),
        ];
        return (index.On, RemissionAt12Months.Of(rule, (int)CaseOfChart.YearsSince(born, index.On), index, [.. results.Where(r => r.On > index.On)], [.. exclusions]));
    }

    static FactValue? Value(Chart chart, string fact) => chart.Facts.GetValueOrDefault(fact)?.LastOrDefault()?.Newest.Fact.Value;
}
