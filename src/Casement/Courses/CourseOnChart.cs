using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;
using Casement.Sessions;
using Assessment = Casement.Measures.Assessment;

namespace Casement.Courses;

/// <summary>What was written down about courses: plans, ends, and what partners do not tell.</summary>
public sealed record CoursesOnChart(
    ImmutableArray<CoursePlanned> Plans,
    ImmutableArray<InductionEnded> InductionsEnded,
    ImmutableArray<CourseClosed> Closed,
    ImmutableArray<SessionElsewhere> Elsewhere,
    ImmutableArray<ClinicalEventRecorded> Events)
{
    /// <summary>When each clinical event was written down.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> ToldAt { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    public ImmutableArray<EarlySessionAsked> EarlyRequests { get; init; } = [];

    /// <summary>The last override of each rule of a course.</summary>
    public ImmutableDictionary<string, CourseOverrideOnChart> Overrides { get; init; } = ImmutableDictionary<string, CourseOverrideOnChart>.Empty;

    /// <summary>Signed reviews, oldest first.</summary>
    public ImmutableArray<CourseReviewOnChart> Reviews { get; init; } = [];

    /// <summary>How the course came out when it last changed; null while nothing was noted.</summary>
    public (CourseStands How, DateTimeOffset At)? Stands { get; init; }

    public static CoursesOnChart None { get; } = new([], [], [], [], []);

    public CoursesOnChart After(Entry entry) => entry.What switch
    {
        CoursePlanned e => this with { Plans = [.. Plans.Where(p => p.Course != e.Course), e] },
        InductionEnded e => this with { InductionsEnded = InductionsEnded.Add(e) },
        CourseClosed e => this with { Closed = Closed.Add(e) },
        SessionElsewhere e => this with { Elsewhere = Elsewhere.Add(e) },
        ClinicalEventRecorded e => this with { Events = Events.Add(e), ToldAt = ToldAt.SetItem(e.Event, entry.RecordedAt) },
        EarlySessionAsked e => this with { EarlyRequests = EarlyRequests.Add(e) },
        CourseOverrideGiven e => this with { Overrides = Overrides.SetItem(e.Override.Rule, new(e, entry.RecordedAt, entry.By)) },
        CourseOverrideCosigned e => Overrides.TryGetValue(e.Rule, out var given) ? this with { Overrides = Overrides.SetItem(e.Rule, given.With(e)) } : this,
        CourseReviewed e => this with { Reviews = Reviews.Add(new(e, entry.RecordedAt, entry.By)) },
        CourseStands e => this with { Stands = (e, entry.RecordedAt) },
        _ => this,
    };
}

/// <summary>A finding about the course that was set aside.</summary>
public sealed record CourseOverrideOnChart(CourseOverrideGiven Given, DateTimeOffset GivenAt, Actor By)
{
    public CourseOverrideOnChart With(CourseOverrideCosigned second) =>
        this with { Given = Given with { Override = Given.Override with { Cosigner = second.Cosigner, CosignerKind = second.CosignerKind } } };
}

/// <summary>A signed review of the course.</summary>
public sealed record CourseReviewOnChart(CourseReviewed What, DateTimeOffset At, Actor By);

/// <summary>One dosing session of a course, wherever it was.</summary>
/// <param name="Id">Of the session, or of the file or note that tells of it.</param>
/// <param name="On">Its date in the practice's zone.</param>
/// <param name="At">When the dose was begun; null where only the day is known.</param>
/// <param name="Number">Within the course, from 1.</param>
/// <param name="DoseMgPerKg">Null where no weight or dose was told.</param>
/// <param name="Where">Empty for a partner of ours.</param>
public sealed record CourseSession(Guid Id, DateOnly On, DateTimeOffset? At, int Number, SessionPhase Phase, string Product, decimal? DoseMgPerKg, string Where)
{
    /// <summary>In mg; null where it was not told.</summary>
    public decimal? DoseMg { get; init; }

    /// <summary>Neither a record of it nor a report was made here: only that it was.</summary>
    public bool IsOnlyHeardOf { get; init; }
}

/// <summary>One course of treatment as the chart tells it: the sessions that belong together, and the plan they were given under. Worked out each time, never stored.</summary>
/// <param name="Id">Of its plan; of its first session where nobody planned it.</param>
/// <param name="Plan">Null where nobody planned it; the defaults hold then.</param>
/// <param name="PrimaryScale">What it is judged by.</param>
/// <param name="NextFrom">The first session of the course after it, where there is one.</param>
public sealed record CourseOnChart(Guid Id, CoursePlanned? Plan, string Product, string PrimaryScale, int InductionSessions, ImmutableArray<CourseSession> Sessions, InductionEnded? EndedEarly, CourseClosed? Closed, bool SaidComplete, DateOnly? NextFrom)
{
    /// <summary>Time zero: the day of the first dosing session; null before it.</summary>
    public DateOnly? TimeZero => Sessions is [var first, ..] ? first.On : null;

    public bool InductionComplete => EndedEarly is not null || Closed is not null || SaidComplete || Sessions.Count(s => s.Phase is SessionPhase.Induction) >= InductionSessions;

    /// <summary>The day of the last induction session, once the induction is complete.</summary>
    public DateOnly? InductionEnd => InductionComplete ? Sessions.LastOrDefault(s => s.Phase is SessionPhase.Induction)?.On : null;

    /// <summary>What the next session would be.</summary>
    public SessionPhase Phase => InductionComplete ? SessionPhase.Maintenance : SessionPhase.Induction;

    /// <summary>What one scale's trajectory is judged from, as known on a day. A course ends where the next begins.</summary>
    public CourseRecord Record(Chart chart, Instrument scale, TimeZoneInfo zone, DateOnly asOf)
    {
        var until = NextFrom is { } next && next <= asOf ? next.AddDays(-1) : asOf;
        var events = chart.Courses.Events.Select(e => new ClinicalEvent(e.On, e.Kind));
        return new(
            [.. Sessions.Select(s => new DosingSession(s.On, s.Phase))],
            [.. Series(chart, scale, zone)],
            [.. NextFrom is { } from ? events.Append(new(from, "new-induction")) : events],
            InductionComplete,
            NextFrom is not null && until < asOf ? until.AddDays(1) : until);
    }

    /// <summary>Every filling of a scale that has its score, by date; the last word of a sitting counts.</summary>
    public static IEnumerable<Assessment> Series(Chart chart, Instrument scale, TimeZoneInfo zone) =>
        scale.Trajectory is not { } thresholds ? [] :
        from sitting in chart.Scales.Where(s => s.What.Instrument == scale.Id).GroupBy(s => s.What.Sitting)
        let last = sitting.Last().What
        where last.Scores.ContainsKey(thresholds.Score)
        orderby last.AnsweredAt
        select new Assessment(DateIn(last.AnsweredAt, zone), last.Scores[thresholds.Score], last.Status, last.Items.TryGetValue("9", out var nine) && scale.Id == "phq9" ? nine : null);

    public static DateOnly DateIn(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}

public static class TreatmentCourses
{
    const string Indication = "primary-indication";

    /// <summary>The courses of a chart, oldest first; one that is planned and not begun comes last.</summary>
    public static ImmutableArray<CourseOnChart> Of(Chart chart, CourseDefaults defaults, TimeZoneInfo zone)
    {
        var plans = chart.Courses.Plans.OrderBy(p => p.From).ToImmutableArray();
        var groups = new List<(CoursePlanned? Plan, List<Dosed> Sessions)>();
        foreach (var session in SessionsOf(chart, zone))
        {
            var plan = plans.LastOrDefault(p => p.From <= session.On);
            // Within a plan long gaps are maintenance. Without one, a long gap ends a course.
            if (groups.Count == 0 || groups[^1].Plan?.Course != plan?.Course || (plan is null && IsApart(groups[^1].Sessions[^1].On, session.On))) groups.Add((plan, []));
            groups[^1].Sessions.Add(session);
        }
        // A plan written down in the middle of a series takes in how the series began.
        for (var i = 1; i < groups.Count; i++)
            if (groups[i - 1].Plan is null && groups[i].Plan is not null && !IsApart(groups[i - 1].Sessions[^1].On, groups[i].Sessions[0].On))
            {
                groups[i].Sessions.InsertRange(0, groups[i - 1].Sessions);
                groups.RemoveAt(--i);
            }
        foreach (var plan in plans.Where(p => groups.All(g => g.Plan?.Course != p.Course))) groups.Add((plan, []));
        groups.Sort((a, b) => Begin(a).CompareTo(Begin(b)));

        return [.. groups.Select((g, i) => CourseOf(chart, defaults, g.Plan, g.Sessions, groups.Skip(i + 1).Select(n => n.Sessions is [var first, ..] ? first.On : (DateOnly?)null).FirstOrDefault(on => on is not null)))];

        bool IsApart(DateOnly one, DateOnly next) => next.DayNumber - one.DayNumber >= defaults.NewCourseAfterDays;

        static DateOnly Begin((CoursePlanned? Plan, List<Dosed> Sessions) group) => group.Sessions is [var first, ..] ? first.On : group.Plan?.From ?? DateOnly.MaxValue;
    }

    /// <summary>The course that goes on, or is planned; null when none is, or the last was closed.</summary>
    public static CourseOnChart? Current(Chart chart, CourseDefaults defaults, TimeZoneInfo zone) => Of(chart, defaults, zone) is [.., { Closed: null } last] ? last : null;

    static CourseOnChart CourseOf(Chart chart, CourseDefaults defaults, CoursePlanned? plan, List<Dosed> sessions, DateOnly? nextFrom)
    {
        var id = plan?.Course ?? sessions[0].Id;
        var early = chart.Courses.InductionsEnded.LastOrDefault(e => e.Course == id);
        var planned = plan?.InductionSessions ?? defaults.InductionSessions;
        var indication = chart.Facts.GetValueOrDefault(Indication)?.LastOrDefault()?.Newest.Fact.Value is Choice { Value: var condition } ? condition : null;
        return new(
            id, plan,
            plan?.Product ?? sessions[^1].Product,
            plan?.PrimaryScale ?? defaults.PrimaryFor(indication),
            planned,
            [.. sessions.Select((s, i) => new CourseSession(s.Id, s.On, s.At, i + 1, i < planned && !(early?.On < s.On) ? SessionPhase.Induction : SessionPhase.Maintenance, s.Product, s.DoseMgPerKg, s.Where) { DoseMg = s.DoseMg, IsOnlyHeardOf = s.At is null })],
            early,
            chart.Courses.Closed.LastOrDefault(c => c.Course == id),
            sessions is [.., { SaysOver: true }],
            nextFrom);
    }

    sealed record Dosed(Guid Id, DateOnly On, DateTimeOffset? At, string Product, decimal? DoseMgPerKg, string Where, bool SaysOver, decimal? DoseMg = null);

    /// <summary>Every session in which a dose was begun, of all clinics, by date.</summary>
    static IEnumerable<Dosed> SessionsOf(Chart chart, TimeZoneInfo zone)
    {
        List<Dosed> all = [];
        foreach (var s in chart.Sessions.Values)
            if (s is { StartedAt: { } at, CalledOff: null } && s.Report is not { Report.DoseMg: <= 0 })
                all.Add(new(s.Id, CourseOnChart.DateIn(at, zone), at, s.Report?.Report.Product ?? s.Started?.Product ?? "", PerKg(s), "", s.Report?.Report.Next is AfterSession.CourseComplete or AfterSession.TreatmentStopped, s.Report?.Report.DoseMg ?? s.Started?.DoseMg));
        // A file about a session that is told of otherwise tells of no other.
        foreach (var file in chart.SessionFiles.Where(f => !f.File.IsOutcome).Select(f => f.File).DistinctBy(f => f.SessionOn))
            if (all.TrueForAll(s => Math.Abs(s.On.DayNumber - file.SessionOn.DayNumber) > 1))
                all.Add(new(file.File, file.SessionOn, null, chart.Referrals.GetValueOrDefault(file.Referral)?.Drafted.Product ?? "", null, "", false));
        all.AddRange(chart.Courses.Elsewhere.Select(e => new Dosed(e.Session, e.On, null, e.Product, e.DoseMgPerKg, e.Where, false)));
        return all.OrderBy(s => s.On).ThenBy(s => s.At).ThenBy(s => s.Id);
    }

    static decimal? PerKg(SessionOnChart session) =>
        session.Report?.Report.DoseMgPerKg ?? (session.Started is { DoseMg: { } mg, WeightKg: > 0 and var kg } ? Math.Round(mg / kg, 2) : null);
}
