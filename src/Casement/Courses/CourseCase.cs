using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Courses;

/// <summary>What a course is asked about.</summary>
/// <param name="Now">What is known is read at this instant.</param>
/// <param name="RequestedAt">When the next session would be; spacing is counted to it.</param>
/// <param name="Product">What would be given; empty for that of the course.</param>
/// <param name="Renewing">A new clearance is about to be signed, which itself looks at what calls for one.</param>
public sealed record CourseQuestion(DateTimeOffset Now, DateTimeOffset RequestedAt, string Product = "", bool Renewing = false)
{
    public static CourseQuestion At(DateTimeOffset now) => new(now, now);
}

/// <summary>
/// Puts together what the protocol is asked about a course that goes on (clearance.md 9.2): every fact is worked out from the chart, with a sentence saying from
/// what; where nothing can be worked out, the last answer of a person counts while it is fresh; otherwise it is unknown, and unknown is never fine.
/// </summary>
public static class CourseCase
{
    /// <summary>The course the next session would belong to; null before the first session of a course, when these rules have nothing to hold it by.</summary>
    /// <remarks>Where the last course was closed a short time ago, or another planned, what was given still counts for spacing and for every limit.</remarks>
    public static CourseOnChart? Asked(Chart chart, CourseDefaults defaults, TimeZoneInfo zone, DateTimeOffset now)
    {
        var courses = TreatmentCourses.Of(chart, defaults, zone);
        if (courses.SelectMany(c => c.Sessions).LastOrDefault() is not { } given) return null;
        // A plan spans long gaps. Without one, the next session after such a gap is the first of a new course.
        var isApart = CourseOnChart.DateIn(now, zone).DayNumber - given.On.DayNumber >= defaults.NewCourseAfterDays;
        if (courses is [.., { Closed: null, Sessions.IsEmpty: false } last] && (last.Plan is not null || !isApart)) return last;
        if (isApart) return null;
        return courses[^1].Closed is null ? courses[^1] : courses[^1] with { Id = Guid.Empty, Plan = null, Sessions = [], Closed = null, EndedEarly = null, SaidComplete = false };
    }

    /// <summary>Null where these rules have nothing to ask: before the first session of a course.</summary>
    public static Case? Of(Chart chart, Protocol protocol, Measuring measuring, ImmutableSortedDictionary<string, decimal> settings, TimeZoneInfo zone, CourseQuestion question)
    {
        if (Asked(chart, measuring.Defaults, zone, question.Now) is not { } course) return null;
        var from = new CourseFacts(chart, protocol, measuring, settings, zone, question, course);
        var facts = ImmutableSortedDictionary.CreateBuilder<string, RecordedFact>(StringComparer.Ordinal);
        foreach (var fact in protocol.Facts.Where(f => f.Phase is Phase.Course))
            if (from.Of(fact) is { } known) facts[fact.Id] = known;
        var given = new Case { Phase = Phase.Course, AsOf = question.Now, Facts = facts.ToImmutable(), Settings = settings };
        return given with { Overrides = CourseOverriding.Counting(protocol, chart, given, from.AllSessions.Length, question.Now, measuring.Defaults.Questions.AnswerDays) };
    }
}
