using System.Collections.Immutable;
using Casement.Courses;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>Where a person stands with a step.</summary>
public enum StepState { Later, Open, Done, SetAside, Passed, Skipped }

/// <summary>One step for one person at one time.</summary>
/// <param name="Session">The session it comes after; null for a step before the next.</param>
/// <param name="OpensAt">Null while the session it leads to has no date.</param>
/// <param name="Answer">What was last left in it, this time.</param>
public sealed record StepNow(Programme Programme, ProgrammeStep Step, CourseSession? Session, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt, StepState State, Dated<StepAnswered>? Answer)
{
    /// <summary>Names it in an address: the step, and the session it comes after.</summary>
    public string Key => Session is { } after ? $"{Step.Id}.{after.Id:N}" : Step.Id;

    /// <summary>Whether the person may go through it now, first or again.</summary>
    public bool MayBeTaken => State is StepState.Open or StepState.Done or StepState.SetAside;
}

/// <summary>The steps of one person, worked out from the chart each time: a visit that moves, moves them.</summary>
public static class StepsOfPerson
{
    internal const int VisitLastsHours = 12;

    public static ImmutableArray<StepNow> Of(Chart chart, ProgrammeBook book, CourseDefaults defaults, TimeZoneInfo zone, DateTimeOffset now)
    {
        var courses = TreatmentCourses.Of(chart, defaults, zone);
        ImmutableArray<CourseSession> sessions = [.. courses.SelectMany(c => c.Sessions)];
        var visit = NextVisit(chart, now);
        var steps = ImmutableArray.CreateBuilder<StepNow>();
        foreach (var programme in book.Programmes)
            foreach (var step in programme.Steps)
                if (step.DaysBefore is { } days) steps.Add(Before(chart, programme, step, days, courses, visit, zone, now));
                else if (step.HoursAfter is { } hours)
                    for (var i = 0; i < sessions.Length; i++)
                        // What would come after the next session is asked after that one.
                        if (After(chart, programme, step, sessions[i], i + 1 < sessions.Length ? Begun(sessions[i + 1], zone) : null, hours, zone, now) is { } one) steps.Add(one);
        return [.. steps.Where(s => s.State is StepState.Skipped or StepState.Done || s.Step.IsFor(chart) || IsAdded(chart, s.Step, s.Session?.Id, DateTimeOffset.MinValue))];
    }

    /// <summary>The one a person finds under an address; null when there is none of theirs.</summary>
    public static StepNow? Find(IEnumerable<StepNow> steps, string key) => steps.FirstOrDefault(s => s.Key == key && s.State is not StepState.Skipped);

    /// <summary>The next visit for a session that stands.</summary>
    public static DateTimeOffset? NextVisit(Chart chart, DateTimeOffset now) =>
        chart.Referrals.Values.Where(r => r.MayTreat && r.Appointment is { } at && at.AddHours(VisitLastsHours) > now && !chart.Sessions.Values.Any(s => s.Referral == r.Id && s.StartedAt >= at.AddHours(-VisitLastsHours))).Select(r => r.Appointment).Min();

    static StepNow Before(Chart chart, Programme programme, ProgrammeStep step, int days, ImmutableArray<CourseOnChart> courses, DateTimeOffset? visit, TimeZoneInfo zone, DateTimeOffset now)
    {
        // What was left since the last session belongs to the next; a step for a whole course, since the course before it.
        var inCourse = courses is [.., { Closed: null } current] ? current.Sessions : [];
        var before = step.EachSession ? courses.SelectMany(c => c.Sessions).LastOrDefault() : courses.Where(c => c.Closed is not null || c != courses[^1]).SelectMany(c => c.Sessions).LastOrDefault();
        var since = before is { } last ? Begun(last, zone) : DateTimeOffset.MinValue;
        DateTimeOffset? opens = visit is { } at ? OpensBefore(at, days, zone) : null;
        var answer = chart.Programme.Answers.LastOrDefault(a => a.What.Step == step.Id && a.At >= since);
        var state = Said(chart, step, null, since, answer)
            ?? (IsAdded(chart, step, null, since) ? StepState.Open : !step.EachSession && !inCourse.IsEmpty ? StepState.Passed : opens <= now ? StepState.Open : StepState.Later);
        return new(programme, step, null, opens, visit, state, answer);
    }

    static StepNow? After(Chart chart, Programme programme, ProgrammeStep step, CourseSession session, DateTimeOffset? next, int hours, TimeZoneInfo zone, DateTimeOffset now)
    {
        var opens = Begun(session, zone).AddHours(hours);
        var answer = chart.Programme.Answers.LastOrDefault(a => a.What.Step == step.Id && a.What.Session == session.Id);
        var added = IsAdded(chart, step, session.Id, DateTimeOffset.MinValue);
        if (next <= opens && answer is null && !added) return null;
        var closes = opens.AddDays(step.OpenForDays);
        var state = Said(chart, step, session.Id, DateTimeOffset.MinValue, answer) ?? (added ? StepState.Open : now < opens ? StepState.Later : now < closes ? StepState.Open : StepState.Passed);
        return new(programme, step, session, opens, closes, state, answer);
    }

    static StepState? Said(Chart chart, ProgrammeStep step, Guid? session, DateTimeOffset since, Dated<StepAnswered>? answer)
    {
        var changed = chart.Programme.Changed.LastOrDefault(c => c.At >= since && c.What switch { StepAdded e => (e.Step, e.Session) == (step.Id, session), StepSkipped e => (e.Step, e.Session) == (step.Id, session), _ => false });
        if (answer is not null && !(changed?.At > answer.At)) return StepState.Done;
        if (changed?.What is StepSkipped) return StepState.Skipped;
        return chart.Programme.SetAside.Any(s => (s.What.Step, s.What.Session) == (step.Id, session) && s.At >= since && !(changed?.At > s.At)) ? StepState.SetAside : null;
    }

    static bool IsAdded(Chart chart, ProgrammeStep step, Guid? session, DateTimeOffset since) =>
        chart.Programme.Changed.LastOrDefault(c => c.At >= since && (c.What is StepAdded a && (a.Step, a.Session) == (step.Id, session) || c.What is StepSkipped s && (s.Step, s.Session) == (step.Id, session)))?.What is StepAdded;

    /// <summary>When a session began; noon where only the day is known.</summary>
    public static DateTimeOffset Begun(CourseSession session, TimeZoneInfo zone) => session.At ?? At(session.On, new(12, 0), zone);

    /// <summary>The midnight so many days before a visit.</summary>
    internal static DateTimeOffset OpensBefore(DateTimeOffset visit, int days, TimeZoneInfo zone) => At(CourseOnChart.DateIn(visit, zone).AddDays(-days), TimeOnly.MinValue, zone);

    static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone) => FollowUp.BusinessDays.At(day, time, zone);
}
