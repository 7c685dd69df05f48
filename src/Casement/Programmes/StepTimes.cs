using System.Collections.Immutable;
using Casement.Courses;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>What a step that opens is counted from, so that a round need not open the chart; in seconds since 1970.</summary>
/// <param name="Sessions">When each session began.</param>
/// <param name="Visits">The visits that stand.</param>
/// <param name="Heard">When the person was last told of steps, or answered one: what opened before is no news.</param>
/// <param name="HasAdded">Somebody opened a step for this person by hand, which no clock tells of.</param>
public sealed record StepTimes(ImmutableArray<long> Sessions, ImmutableArray<long> Visits, long Heard, bool HasAdded)
{
    public static StepTimes Of(Chart chart, CourseDefaults defaults, TimeZoneInfo zone)
    {
        ImmutableArray<long> sessions = [.. TreatmentCourses.Of(chart, defaults, zone).SelectMany(c => c.Sessions).Select(s => StepsOfPerson.Begun(s, zone).ToUnixTimeSeconds())];
        ImmutableArray<long> visits = [.. chart.Referrals.Values.Where(r => r.MayTreat).Select(r => r.Appointment).OfType<DateTimeOffset>().Order().Select(at => at.ToUnixTimeSeconds())];
        // With nothing to count from it is not looked at.
        return new(sessions, visits, sessions.IsEmpty && visits.IsEmpty ? long.MinValue : HeardAt(chart), chart.Programme.Changed.Any(c => c.What is StepAdded));
    }

    /// <summary>Down to the second: of two looks one may be for nothing, none is left out.</summary>
    static long HeardAt(Chart chart) => chart.Messages.Values.Where(m => m.Asked.Template == TakingSteps.Template).Select(m => m.AskedAt).Concat(chart.Programme.Answers.Select(a => a.At)).Select(at => at.ToUnixTimeSeconds()).DefaultIfEmpty(long.MinValue).Max();

    /// <summary>Whether a step may have opened that nobody told of. It may be one that is not theirs: the chart knows.</summary>
    public bool MayHaveNews(ProgrammeBook book, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (HasAdded) return true;
        if (Sessions.IsEmpty && Visits.IsEmpty) return false;
        return book.Programmes.SelectMany(p => p.Steps).Any(step => step.DaysBefore is { } days
            ? Visits.Any(at => At(at).AddHours(StepsOfPerson.VisitLastsHours) > now && IsNews(StepsOfPerson.OpensBefore(At(at), days, zone)))
            : step.HoursAfter is { } hours && Sessions.Any(at => At(at).AddHours(hours) is var opens && IsNews(opens) && now < opens.AddDays(step.OpenForDays).AddSeconds(1)));

        bool IsNews(DateTimeOffset opens) => opens <= now && opens.ToUnixTimeSeconds() >= Heard;

        static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
