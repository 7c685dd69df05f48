using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Courses;

/// <summary>What the protocol says about a course at an instant, asked about a session at another.</summary>
/// <param name="Sessions">How many there were by then, at every clinic.</param>
public sealed record CourseReading(CourseOnChart Course, Assessment Assessed, int Sessions, CourseQuestion Question)
{
    /// <summary>Null before the first session of a course.</summary>
    public static CourseReading? Of(Chart chart, Protocol protocol, Measuring measuring, ImmutableSortedDictionary<string, decimal> settings, TimeZoneInfo zone, CourseQuestion question)
    {
        if (CourseCase.Asked(chart, measuring.Defaults, zone, question.Now) is not { } course || CourseCase.Of(chart, protocol, measuring, settings, zone, question) is not { } given) return null;
        return new(course, Assessing.Assess(protocol, given), TreatmentCourses.Of(chart, measuring.Defaults, zone).Sum(c => c.Sessions.Length), question);
    }

    /// <summary>Asked about the earliest session that the rules of spacing would let be: what a review and a signature look at.</summary>
    public static CourseReading? Earliest(Chart chart, Protocol protocol, Measuring measuring, ImmutableSortedDictionary<string, decimal> settings, TimeZoneInfo zone, CourseQuestion question)
    {
        var reading = Of(chart, protocol, measuring, settings, zone, question);
        if (reading is null || !reading.TooSoon(measuring.Defaults.Questions)) return reading;
        // Spacing can only be met anew when a session of before leaves a week, or is as far away as a rule asks.
        TimeSpan[] spans = [TimeSpan.FromDays(7), .. measuring.Defaults.Questions.Spacing.SelectMany(r => protocol.RuleById[r].Condition.Parameters()).Where(p => p.Unit == "h").Select(p => TimeSpan.FromHours((double)settings.GetValueOrDefault(p.Id, p.Default)))];
        foreach (var at in TreatmentCourses.Of(chart, measuring.Defaults, zone).SelectMany(c => c.Sessions).SelectMany(s => spans.Select(span => LatestStart(s, zone) + span)).Where(at => at > question.RequestedAt).Distinct().Order())
        {
            reading = Of(chart, protocol, measuring, settings, zone, question with { RequestedAt = at });
            if (reading?.TooSoon(measuring.Defaults.Questions) is not true) return reading;
        }
        return reading;
    }

    /// <summary>When a session was; the end of its day where the hour is not known.</summary>
    static DateTimeOffset LatestStart(CourseSession session, TimeZoneInfo zone)
    {
        var midnight = session.On.AddDays(1).ToDateTime(default);
        return session.At ?? new(midnight, zone.GetUtcOffset(midnight));
    }

    public bool MayProceed => Assessed.Outcome.MayProceed;

    /// <summary>Rules that hold the session, strongest first.</summary>
    public IEnumerable<Finding> Holding => Assessed.Fired.Where(f => f.Blocks(Assessed.Algebra));

    /// <summary>Nothing is wrong that is known; something is not known.</summary>
    public bool OnlyUnknown => !MayProceed && !Holding.Any();

    public bool TooSoon(CourseQuestions questions) => Holding.Any(f => questions.Spacing.Contains(f.Rule.Id));

    /// <summary>It is held by the day asked for and by nothing else.</summary>
    public bool OnlyTooSoon(CourseQuestions questions) => Holding.Any() && Holding.All(f => questions.Spacing.Contains(f.Rule.Id));

    /// <summary>What holds it and what resolves that, or what is missing; for the practice, not for a clinic or the patient.</summary>
    public string Says => Holding.Any()
        ? $"{Assessed.Outcome.Clinician} {string.Join(" ", Holding.Select(f => $"{f.Rule.Title}: {Inside(f.Rule.Action)}."))}"
        : OnlyUnknown ? $"{Assessed.Outcome.Clinician} Missing: {string.Join(", ", Assessed.Missing.Where(m => m.OnlyIf.IsEmpty).Select(m => m.Fact.Label.Length > 0 ? m.Fact.Label : m.Fact.Means))}."
        : Assessed.Fired.Any() ? $"{Assessed.Outcome.Clinician} {string.Join(" ", Assessed.Fired.Where(f => f.Rank > 0).Select(f => $"{f.Rule.Title}: {Inside(f.Rule.Action)}."))}"
        : Assessed.Outcome.Clinician;

    static string Inside(string action) => action.Length == 0 ? "" : char.ToLowerInvariant(action[0]) + action[1..].TrimEnd('.');
}
