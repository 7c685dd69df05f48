using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>A session that was given, or that a date was agreed for.</summary>
sealed record PastSession(DateOnly On, int Number, SessionPhase Phase, bool Given);

/// <summary>The present course as the schedule counts from it: sessions given, and the one a date was agreed for.</summary>
/// <param name="StallsOn">The last day of a course whose induction never ended: a series begun later is another course.</param>
sealed record CoursePast(Guid Course, string PrimaryScale, string Indication, ImmutableArray<PastSession> Sessions, DateOnly? InductionEnd, DateOnly? StallsOn, DateOnly? ClosedOn, ImmutableSortedDictionary<string, string> ByIndication)
{
    /// <summary>Null where no session was given and none is to come.</summary>
    public static CoursePast? Of(Chart chart, Measuring measuring, TimeZoneInfo zone)
    {
        var defaults = measuring.Defaults;
        var course = TreatmentCourses.Of(chart, defaults, zone).LastOrDefault();
        var indication = chart.Facts.GetValueOrDefault("primary-indication")?.LastOrDefault()?.Newest.Fact.Value is Choice { Value: var condition } ? condition : "";
        var given = course?.Sessions ?? [];
        var coming = Coming(chart, given, zone);
        if (course is null || (coming is { } date && IsNew(course, date.On, defaults)))
            return coming is not { } first ? null : new(
                DerivedId.Of("course-to-be", first.Referral.ToString("D")), defaults.PrimaryFor(indication), indication, [new(first.On, 1, SessionPhase.Induction, Given: false)], null, null, null, defaults.ByIndication);

        var sessions = given.Select(s => new PastSession(s.On, s.Number, s.Phase, Given: true)).ToImmutableArray();
        if (coming is { } next && course.Closed is null) sessions = sessions.Add(new(next.On, given.Length + 1, course.Phase, Given: false));
        if (sessions.IsEmpty) return null;
        return new(course.Id, course.PrimaryScale, indication, sessions, course.InductionEnd, (given is [.., var last] ? last.On : sessions[^1].On).AddDays(defaults.NewCourseAfterDays - 1), course.Closed?.On, defaults.ByIndication);
    }

    /// <summary>The scale, or the one it is a form of, measures the condition that is treated.</summary>
    public bool Treats(string scale) => PrimaryScale == scale || scale.StartsWith($"{PrimaryScale}-", StringComparison.Ordinal)
        || (ByIndication.TryGetValue(Indication, out var own) && (own == scale || scale.StartsWith($"{own}-", StringComparison.Ordinal)));

    static bool IsNew(CourseOnChart course, DateOnly on, CourseDefaults defaults) =>
        course.Closed is not null || (course.Plan is null && course.Sessions is [.., var last] && on.DayNumber - last.On.DayNumber >= defaults.NewCourseAfterDays);

    /// <summary>The next date a clinic and the patient agreed on, after every session there is word of.</summary>
    static (Guid Referral, DateOnly On)? Coming(Chart chart, ImmutableArray<CourseSession> given, TimeZoneInfo zone)
    {
        var coming = chart.Referrals.Values.Where(r => r.MayTreat && r.Appointment is not null)
            .Select(r => (Referral: r.Id, On: CourseOnChart.DateIn(r.Appointment ?? default, zone)))
            .Where(r => given is not [.., var last] || r.On > last.On)
            .OrderBy(r => r.On).ThenBy(r => r.Referral).ToArray();
        return coming is [var first, ..] ? first : null;
    }
}
