using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Journal;
using Casement.Referrals;
using Casement.Sessions;

namespace Casement.Courses;

/// <summary>
/// The one gate of a course: it stands at the desk, before anything is written, so that no page and no other way past it signs, asks for, dates or begins a next
/// session that the course does not allow. A first session is not its concern.
/// </summary>
public sealed record CourseGate(Protocol Protocol, Measuring Measuring, Func<ImmutableSortedDictionary<string, decimal>> Settings, TimeZoneInfo Zone)
{
    /// <summary>Why the events of a decision may not be written on this chart, in a sentence for whoever wished it; null when they may.</summary>
    public string? Refuses(Chart chart, Actor by, ImmutableArray<PatientEvent> events, DateTimeOffset now) => events.Select(e => e switch
    {
        ClearanceSigned { MayProceed: true } => Renewal(chart, now) is { MayProceed: false } held ? $"Nothing was signed. {held.Says}" : null,
        ReferralSent e2 => Asking(chart, ProductOf(chart, e2.Referral), now) is { MayProceed: false } held ? $"Nothing was sent. {held.Says}" : null,
        ReferralScheduled e2 when e2.At > now => NotOn(chart, by, ProductOf(chart, e2.Referral), e2.At, now),
        ReferralDatesProposed e2 => e2.Dates.Where(d => d > now).Select(d => NotOn(chart, by, ProductOf(chart, e2.Referral), d, now)).OfType<string>().FirstOrDefault(),
        SessionStarted e2 => NotNow(chart, e2.Product, now),
        _ => null,
    }).OfType<string>().FirstOrDefault();

    /// <summary>The course as a signature of a new clearance looks at it; null when no course goes on.</summary>
    public CourseReading? Renewal(Chart chart, DateTimeOffset now) => CourseReading.Earliest(chart, Protocol, Measuring, Settings(), Zone, CourseQuestion.At(now) with { Renewing = true });

    /// <summary>The course as somebody who asks for another session, on no day yet, looks at it.</summary>
    public CourseReading? Asking(Chart chart, string product, DateTimeOffset now) => CourseReading.Earliest(chart, Protocol, Measuring, Settings(), Zone, CourseQuestion.At(now) with { Product = product });

    /// <summary>Why a clinic may not begin now, in words without a reason; null when it may. What is not known holds as well.</summary>
    public string? NotNow(Chart chart, string product, DateTimeOffset now) => At(chart, product, now, now) switch
    {
        null or { MayProceed: true } => null,
        var held when held.OnlyTooSoon(Measuring.Defaults.Questions) => $"It is too soon after the last session. {Soonest(chart, product, now)}Do not treat. Call the practice.",
        _ => "The practice has to look at the course of treatment before the next session. Do not treat. Call the practice.",
    };

    /// <summary>Why no date may be set for a day; null when one may. Answers that are missing hold up no date: they are asked before the session begins.</summary>
    string? NotOn(Chart chart, Actor by, string product, DateTimeOffset date, DateTimeOffset now)
    {
        if (At(chart, product, date, now) is not { } held || held.MayProceed || held.OnlyUnknown) return null;
        if (held.OnlyTooSoon(Measuring.Defaults.Questions)) return $"This date is too soon after the last session. {Soonest(chart, product, now)}";
        return by.Kind is ActorKind.Staff ? $"No date was set. {held.Says}" : "The practice has to look at the course of treatment before there is another date. Please call the practice.";
    }

    /// <summary>How the last course goes on, for the clocks of a clearance; null where no session is known.</summary>
    public CoursePace? Pace(Chart chart)
    {
        if (TreatmentCourses.Of(chart, Measuring.Defaults, Zone).LastOrDefault(c => !c.Sessions.IsEmpty) is not { } course) return null;
        return new(At(course.Sessions[^1]), course.Sessions.FirstOrDefault(s => s.Phase is Measures.SessionPhase.Maintenance) is { } first ? At(first) : null);

        DateTimeOffset At(CourseSession session) => session.At ?? new(session.On.ToDateTime(new(12, 0)), Zone.GetUtcOffset(session.On.ToDateTime(new(12, 0))));
    }

    string Soonest(Chart chart, string product, DateTimeOffset now) =>
        Asking(chart, product, now) is { } earliest && !earliest.TooSoon(Measuring.Defaults.Questions)
            ? $"The earliest is {TimeZoneInfo.ConvertTime(earliest.Question.RequestedAt, Zone).ToString("dddd, MMMM d", CultureInfo.InvariantCulture)}. " : "";

    CourseReading? At(Chart chart, string product, DateTimeOffset requested, DateTimeOffset now) =>
        CourseReading.Of(chart, Protocol, Measuring, Settings(), Zone, new(now, requested, product));

    static string ProductOf(Chart chart, Guid referral) => chart.Referrals.GetValueOrDefault(referral)?.Drafted.Product ?? "";
}
