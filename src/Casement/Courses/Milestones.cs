using System.Collections.Immutable;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>Why a scale of a milestone is not asked though nothing in the window answers it.</summary>
public enum NotAsked { No, AnsweredRecently, BelowCaseness }

/// <summary>One scale at one milestone.</summary>
/// <param name="AnsweredOn">The day of the response that is counted here, which may lie outside the window; null when there is none.</param>
/// <param name="By">The sitting of that response; one may satisfy several milestones.</param>
public sealed record ScaleAtMilestone(string Scale, DateOnly? AnsweredOn, Guid? By, NotAsked NotAsked);

/// <summary>One milestone of a course with its window and what is asked at it; from the chart alone, no clock read.</summary>
/// <param name="Course">The id of the course; derived from the referral while no session was given and nobody planned it.</param>
/// <param name="Number">Of the session, or of the repetition, from 1.</param>
/// <param name="Dosed">The session it belongs to was given; null when it belongs to none.</param>
/// <param name="AskOn">The first day its questions may be sent; null when nothing is to be sent.</param>
/// <param name="Ask">What is asked then.</param>
/// <param name="IsOver">Nothing is asked or reminded of any more: the course was closed, or the dose it was to come before was given.</param>
public sealed record MilestoneOnChart(ScheduledMilestone Is, Guid Course, int Number, bool? Dosed, MeasureWindow Window, ImmutableArray<ScaleAtMilestone> Scales, DateOnly? AskOn, ImmutableArray<string> Ask, bool IsOver)
{
    /// <summary>Names its sitting: the same milestone due the same day is asked once, on whichever node.</summary>
    public Guid Sitting => DerivedId.Of("milestone", Course.ToString("D"), Is.Id, $"{Window.Due:yyyy-MM-dd}");

    public WindowStatus StatusOn(DateOnly today, ScaleAtMilestone scale) => Window.StatusOn(today, scale.AnsweredOn);

    /// <summary>The scales that count towards it: what was waived or dropped was not asked for.</summary>
    public IEnumerable<ScaleAtMilestone> Counted => Scales.Where(s => s.NotAsked is NotAsked.No);

    /// <summary>As a whole: met only when each scale that was asked is, and then as late as the latest of them.</summary>
    public WindowStatus StatusOn(DateOnly today)
    {
        var all = Counted.Select(s => StatusOn(today, s)).ToArray();
        if (all.Length == 0) return Window.StatusOn(today, Window.Due);
        var open = all.Where(s => !MeasureWindow.CountsForMilestone(s)).ToArray();
        return open.Length == 0 ? all.Max() : Window.StatusOn(today, null) is var waits && waits is WindowStatus.Missed && open.All(s => s is WindowStatus.Late) ? WindowStatus.Late : waits;
    }

    public bool IsMet => Counted.All(s => s.AnsweredOn is { } on && MeasureWindow.CountsForMilestone(Window.StatusOn(on, on)));
}

/// <summary>What is asked of one person when (instruments.md section 6). Worked out each time from the chart, never stored.</summary>
public static class Milestones
{
    /// <summary>Every milestone of the present course whose window has opened or was closed, and of each kind the one that opens next.</summary>
    public static ImmutableArray<MilestoneOnChart> Of(Chart chart, Measuring measuring, TimeZoneInfo zone, DateOnly today)
    {
        var all = All(chart, measuring, zone);
        var next = all.Where(m => m.Window.Opens > today).GroupBy(m => m.Is.Id).Select(g => g.MinBy(m => m.Window.Opens)).ToHashSet();
        return [.. all.Where(m => m.Window.Opens <= today || next.Contains(m))];
    }

    /// <summary>Every milestone of the present course, by the day it is due.</summary>
    public static ImmutableArray<MilestoneOnChart> All(Chart chart, Measuring measuring, TimeZoneInfo zone)
    {
        var schedule = measuring.Schedule;
        if (schedule.Milestones.IsEmpty || chart.Who is null || CoursePast.Of(chart, measuring, zone) is not { } past) return [];
        var answers = new Answers(chart, measuring.Scales.Instruments, zone);
        var dues = schedule.Milestones.SelectMany(m => Dues(m, past, schedule, answers)).Where(d => !(past.ClosedOn <= d.Window.Due)).ToList();
        var all = dues.Select(d => Judged(d, dues, past, measuring, answers)).ToList();
        // What joins another is asked in its sitting.
        foreach (var (i, joining) in all.Index().Where(m => m.Item.Is.Joins.Length > 0 && m.Item.AskOn is not null).ToList())
            if (all.FindIndex(m => m.Is.Id == joining.Is.Joins && m.Window.Due == joining.Window.Due) is >= 0 and var host)
            {
                all[host] = all[host] with { Ask = [.. all[host].Ask.Union(joining.Ask)], AskOn = all[host].AskOn ?? all[host].Window.Opens };
                all[i] = joining with { AskOn = null, Ask = [] };
            }
        return [.. all.OrderBy(m => m.Window.Due).ThenBy(m => m.Window.Opens)];
    }

    sealed record Due(ScheduledMilestone Is, int Number, MeasureWindow Window, PastSession? Session);

    static IEnumerable<Due> Dues(ScheduledMilestone m, CoursePast past, Schedule schedule, Answers answers) => m.Anchor switch
    {
        // A date that was agreed is no session yet: nobody is asked how it went before there is word of it.
        MilestoneAnchor.TimeZero when past.Sessions is [var first, ..] && (first.Given || m.BeforeDose) => Repeated(m, first.On, m.UntilAfterInductionDays is { } days ? past.InductionEnd?.AddDays(days) ?? past.StallsOn : null).Select(d => d with { Session = m.BeforeDose ? first : null }),
        MilestoneAnchor.InductionEnd when past.InductionEnd is { } end => Repeated(m, end, null),
        MilestoneAnchor.Index when answers.Index(schedule) is { } index => Repeated(m, index, null),
        MilestoneAnchor.Session => past.Sessions
            .Where(s => (s.Given || m.BeforeDose) && (m.OnlySession is not { } only || s.Number == only))
            .Where(s => !(m.UnlessNextSession && past.Sessions.Any(o => o.On > s.On && o.On < s.On.AddDays(m.OffsetDays[0]))))
            .SelectMany(s => m.OffsetDays.Select(o => new Due(m, s.Number, MeasureWindow.Around(s.On, o, m.BeforeDays, m.AfterDays), s))),
        _ => [],
    };

    static IEnumerable<Due> Repeated(ScheduledMilestone m, DateOnly anchor, DateOnly? until)
    {
        var times = m.EveryDays is null ? 1 : m.Count ?? int.MaxValue;
        for (var i = 0; i < times; i++)
            foreach (var (n, offset) in m.OffsetDays.Index())
            {
                var window = MeasureWindow.Around(anchor, offset + i * (m.EveryDays ?? 0), m.BeforeDays, m.AfterDays);
                if (window.Due > until) yield break;
                yield return new(m, i + n + 1, window, null);
            }
    }

    static MilestoneOnChart Judged(Due due, List<Due> all, CoursePast past, Measuring measuring, Answers answers)
    {
        var (m, window) = (due.Is, due.Window);
        var same = all.Where(d => d.Is.Id == m.Id).ToList();
        var closedBefore = same.Where(d => d.Window.Due < window.Due).Select(d => (DateOnly?)d.Window.Closes).Max();
        var opensAfter = same.Where(d => d.Window.Due > window.Due).Select(d => (DateOnly?)d.Window.Opens).Min();
        var sitting = DerivedId.Of("milestone", past.Course.ToString("D"), m.Id, $"{window.Due:yyyy-MM-dd}");

        var asked = m.Scales.Concat(m.If.Where(c => Holds(c.Key, due, past, measuring, answers)).SelectMany(c => c.Value)).Distinct()
            .Select(id => m.Or.TryGetValue(id, out var other) && answers.Last(id, window.Opens) is { } last && last.AddDays(answers.MinInterval(id)) > window.Due ? other : id)
            .Select(id => (Scale: id, From: From(id), In: answers.In(id, window.Opens, window.Closes))).ToList();
        // All of it in one sitting: what may not be asked again by the day it is due is waived, unless nothing else is asked.
        var usable = asked.Where(a => a.From <= window.Due).ToList() is { Count: > 0 } byDue ? byDue : [.. asked.Where(a => a.From <= window.Closes && a.From == asked.Min(o => o.From))];
        var scales = asked.Select(a => a.In is { } counted ? new(a.Scale, counted.On, counted.Sitting, NotAsked.No)
            : IsWell(a.Scale) ? new(a.Scale, null, null, NotAsked.BelowCaseness)
            : !usable.Contains(a) ? new(a.Scale, null, null, NotAsked.AnsweredRecently)
            : answers.Outside(a.Scale, window, sitting, closedBefore, opensAfter) is { } other ? new(a.Scale, other.On, other.Sitting, NotAsked.No)
            : new ScaleAtMilestone(a.Scale, null, null, NotAsked.No)).ToImmutableArray();

        var ask = usable.Where(a => a.In is null && !IsWell(a.Scale)).ToList();
        var over = (m.BeforeDose && due.Session is { Given: true }) || past.ClosedOn is not null;
        var silent = over || m.Asks is AsksAt.Never || ask.Count == 0;
        var first = m.Asks is AsksAt.Due ? window.Due : window.Opens;
        return new(m, past.Course, due.Number, due.Session?.Given, window, scales, silent ? null : ask.Max(a => a.From) is var latest && latest > first ? latest : first, silent ? [] : [.. ask.Select(a => a.Scale)], over);

        DateOnly From(string id) => answers.Last(id, window.Opens) is { } last && last.AddDays(answers.MinInterval(id)) is var again && again > window.Opens ? again : window.Opens;

        bool IsWell(string id) => measuring.Schedule.Well is var well && well.Scales.Contains(id) && !well.StillAskedAt.Contains(m.Id) && !past.Treats(id) && answers.BelowCaseness(id, well.After, window.Opens);
    }

    static bool Holds(AskedIf condition, Due due, CoursePast past, Measuring measuring, Answers answers)
    {
        var (schedule, opens) = (measuring.Schedule, due.Window.Opens);
        return condition switch
        {
            AskedIf.Trauma => schedule.Trauma.Indications.Contains(past.Indication) || schedule.Trauma.PrimaryScales.Contains(past.PrimaryScale),
            AskedIf.Screen => answers.LastOf(schedule.Screen.Scales, opens) is not { } screen
                || screen.On < due.Window.Due.AddDays(-schedule.Screen.EveryDays)
                || screen.What.Flags.Length > 0
                || schedule.Screen.AfterFlags.Any(f => answers.LastWithItsScaleFired(f, opens)),
            AskedIf.Bladder => due.Session is { Phase: SessionPhase.Maintenance } session
                && (answers.Last(schedule.Bladder.Scale, opens) is not { } last
                    || last.AddDays(schedule.Bladder.EveryDays) <= session.On
                    || past.Sessions.Count(s => s.On > last && s.On < session.On && s.Phase is SessionPhase.Maintenance) >= schedule.Bladder.EverySessions - 1),
            _ => false,
        };
    }
}
