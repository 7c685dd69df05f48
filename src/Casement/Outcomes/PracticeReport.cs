using System.Collections.Immutable;
using Casement.Courses;
using Casement.Measures;

namespace Casement.Outcomes;

/// <summary>A share as a practice reports it: always with the group it is of.</summary>
/// <param name="Id">For the file, such as "response-all".</param>
/// <param name="Measure">In words.</param>
/// <param name="Of">Who is counted in the group, in words.</param>
/// <param name="Count">Null where it is not shown.</param>
/// <param name="Group">Null where it is not shown.</param>
/// <param name="Unstable">Too small a group to build on.</param>
public sealed record Share(string Id, string Measure, string Of, int? Count, int? Group, decimal? Rate, Interval? Ci95, bool Unstable)
{
    /// <summary>Nothing of it is shown: the group is so small that it could point at a person.</summary>
    public bool IsHidden => Group is null;
}

/// <summary>A number of days, in the middle and at the end of the middle half.</summary>
public sealed record Span(string Id, string Measure, int? Group, decimal? MedianDays, decimal? UpperQuartileDays);

/// <summary>A curve of how many are still without the event.</summary>
/// <param name="Watched">What it is made of; empty where nothing is shown.</param>
public sealed record Curve(string Id, string Title, string Of, Survival? Survival, ImmutableArray<Observation> Watched, string Note);

/// <summary>The figures of one programme, or of all.</summary>
public sealed record ProgrammeReport(string Programme, int? Courses, ImmutableArray<Share> Shares, ImmutableArray<Curve> Curves);

/// <summary>What a practice tells about its work over a period (instruments.md section 8). No names, no clinicians, and small groups left out where it is to be published.</summary>
public sealed record PracticeReport(DateOnly From, DateOnly To, bool ForPublishing, ProgrammeReport All, ImmutableArray<ProgrammeReport> ByProgramme, ImmutableArray<Share> Work, ImmutableArray<Span> Spans, ImmutableArray<(string Kind, int? Count, bool Serious)> Events)
{
    /// <param name="forPublishing">Leaves out what could point at a person.</param>
    public static PracticeReport Of(ImmutableArray<PersonResult> people, PracticeRules rules, TimeZoneInfo zone, DateOnly from, DateOnly to, bool forPublishing)
    {
        bool InPeriod(DateOnly day) => day >= from && day <= to;
        bool During(DateTimeOffset at) => InPeriod(CourseOnChart.DateIn(at, zone));

        var writer = new Writer(rules, forPublishing);
        var courses = people.SelectMany(p => p.Courses).Where(c => c.IsSettled && InPeriod(c.CountedOn)).ToImmutableArray();
        var groups = courses.GroupBy(c => c.Programme, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        // One small group beside a total would give itself away, so the next smallest goes as well.
        var hidden = forPublishing ? Complementary([.. groups.Select(g => g.Count())], rules.SmallestPublishedGroup) : [];
        var checkIns = people.SelectMany(p => p.CheckIns).Where(c => During(c.ClosesAt)).ToArray();
        var alarms = people.SelectMany(p => p.Alarms).Where(a => During(a.RaisedAt) && a.Severity is Severity.Critical or Severity.Urgent).ToArray();
        var referrals = people.SelectMany(p => p.Referrals).Where(r => During(r.Sent)).ToArray();
        var remission = people.Select(p => p.Remission).OfType<(DateOnly Index, RemissionAt12Months Measure)>().Where(r => InPeriod(r.Measure.WindowEnd) && r.Measure.InitialPopulation && !r.Measure.Excluded).ToArray();
        return new(
            from, to, forPublishing,
            writer.Programme("", courses),
            [.. groups.Where((_, i) => !hidden.Contains(i)).Select(g => writer.Programme(g.Key, [.. g]))],
            [
                writer.Share("check-ins-answered", "Check-ins answered", "check-ins whose time is over", checkIns.Count(c => c.Answered), checkIns.Length),
                writer.Share("day-after-answered", "Day-after checks answered", "checks of the day after a session", checkIns.Count(c => c is { DayAfter: true, Answered: true }), checkIns.Count(c => c.DayAfter)),
                writer.Share("loops-closed", "Referrals closed, read and signed", "referrals sent in the period", referrals.Count(r => r.Closed is not null), referrals.Length),
                writer.Share("alarms-within-hour", "Urgent alarms closed within an hour", "critical and urgent alarms", alarms.Count(a => a.ClosedAt - a.RaisedAt <= TimeSpan.FromHours(1)), alarms.Length),
                writer.Share("cms159", "Depression remission at 12 months (CMS159)", "adults with depression whose index PHQ-9 was above 9 and whose window ended in the period", remission.Count(r => r.Measure.Numerator), remission.Length),
            ],
            [
                writer.Span("to-clearance", "From first contact to clearance", people.Where(p => p.ClearedAt is { } at && During(at)).Select(p => (p.ClearedAt - p.AdmittedAt) ?? default)),
                writer.Span("to-closing", "From sending a referral to closing it", referrals.Where(r => r.Closed is not null).Select(r => (r.Closed - r.Sent) ?? default)),
                writer.Span("alarm-open", "An urgent alarm stood open", alarms.Where(a => a.ClosedAt is not null).Select(a => (a.ClosedAt - a.RaisedAt) ?? default)),
            ],
            [.. people.SelectMany(p => p.Events).Where(e => During(e.At)).GroupBy(e => (e.Kind, e.Serious)).OrderByDescending(g => g.Key.Serious).ThenByDescending(g => g.Count()).Select(g => (g.Key.Kind, writer.Number(g.Count()), g.Key.Serious))]);
    }

    /// <summary>Which groups are left out: the small ones, and with a single small one the next, from which it could be reckoned.</summary>
    static ImmutableArray<int> Complementary(ImmutableArray<int> sizes, int least)
    {
        var small = Enumerable.Range(0, sizes.Length).Where(i => sizes[i] < least).ToList();
        if (small.Count == 0 || small.Sum(i => sizes[i]) >= least && small.Count > 1) return [.. small];
        if (Enumerable.Range(0, sizes.Length).Except(small).OrderBy(i => sizes[i]).ToArray() is [var next, ..]) small.Add(next);
        return [.. small];
    }

    sealed class Writer(PracticeRules rules, bool forPublishing)
    {
        public ProgrammeReport Programme(string id, ImmutableArray<CourseResult> courses)
        {
            var evaluable = courses.Where(c => c.Evaluable).ToArray();
            var observed = evaluable.Where(c => c.Reliable is not null).ToArray();
            const string all = "evaluable courses; one without an outcome counts as not", seen = "evaluable courses with an outcome", begun = "courses with at least one session";
            int responders = evaluable.Count(Responded), remitters = evaluable.Count(c => c.EndOfInduction == Category.Remission.Word);
            return new(
                id, Number(courses.Length),
                [
                    Share("follow-up", "With an outcome at the end of the induction", "evaluable courses", observed.Length, evaluable.Length),
                    Share("response-all", "Response, all", all, responders, evaluable.Length),
                    Share("response-observed", "Response, observed", seen, responders, observed.Length),
                    Share("remission-all", "Remission, all", all, remitters, evaluable.Length),
                    Share("remission-observed", "Remission, observed", seen, remitters, observed.Length),
                    Share("improved", "Reliable improvement", all, evaluable.Count(c => c.Reliable is Reliability.Improved), evaluable.Length),
                    Share("recovered", "Recovered (clinically significant change)", all, evaluable.Count(c => c.Recovered), evaluable.Length),
                    Share("deteriorated", "Reliable deterioration", all, evaluable.Count(c => c.Reliable is Reliability.Deteriorated), evaluable.Length),
                    Share("completed", "Every planned induction session given", begun, courses.Count(c => c.CompletedInduction), courses.Length),
                    .. Enum.GetValues<WhyEnded>().Where(w => w is not WhyEnded.AsPlanned && courses.Any(c => c.Stopped == w)).Select(w => Share($"stopped-{w}".ToLowerInvariant(), $"Stopped before the end: {Why(w)}", begun, courses.Count(c => c.Stopped == w), courses.Length)),
                    Share("maintained", "Had sessions after the induction", begun, courses.Count(c => c.Maintained), courses.Length),
                ],
                [
                    Curve("to-response", "Time to first response", "days since the first session, evaluable courses", [.. courses.Select(c => c.ToResponse).OfType<Watched>()]),
                    Curve("durability", "How long a response lasted", "days since a response shown at or after the end of the induction, until relapse", [.. courses.Select(c => c.Durability).OfType<Watched>()]),
                ]);
        }

        public Share Share(string id, string measure, string of, int count, int group)
        {
            if (forPublishing && group < rules.SmallestPublishedGroup) return new(id, measure, of, null, null, null, null, false);
            var (rate, interval) = Proportion.Of(count, group);
            return new(id, measure, of, count, group, rate, interval, group < rules.UnstableBelow);
        }

        public int? Number(int count) => forPublishing && count < rules.SmallestPublishedGroup ? null : count;

        public Span Span(string id, string measure, IEnumerable<TimeSpan> times)
        {
            var days = times.Select(t => (decimal)t.TotalDays).Order().ToArray();
            return Number(days.Length) is not { } group || days.Length == 0 ? new(id, measure, Number(days.Length), null, null) : new(id, measure, group, Round(At(days, 0.5m)), Round(At(days, 0.75m)));
        }

        public Curve Curve(string id, string title, string of, ImmutableArray<Watched> watched)
        {
            if (watched.IsEmpty) return new(id, title, of, null, [], "No course to show yet.");
            var few = watched.Length < rules.SmallestPublishedGroup;
            if (forPublishing && few) return new(id, title, of, null, [], $"Fewer than {rules.SmallestPublishedGroup} courses: not shown.");
            var observed = watched.Select(w => new Observation(w.Days, w.Happened)).ToImmutableArray();
            var curve = Survival.Of(observed);
            return few ? new(id, title, of, curve with { Median = null }, observed, $"Fewer than {rules.SmallestPublishedGroup} courses: no median is given.") : new(id, title, of, curve, observed, "");
        }

        static bool Responded(CourseResult course) => course.EndOfInduction == Category.Remission.Word || course.EndOfInduction == Category.Response.Word;

        static string Why(WhyEnded why) => why switch { WhyEnded.Response => "well enough", WhyEnded.AdverseEffect => "adverse effect", WhyEnded.Cost => "cost", WhyEnded.Choice => "own choice", _ => "not known" };

        /// <summary>Between the two values nearest to the place, by its share.</summary>
        static decimal At(decimal[] sorted, decimal share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
        }

        static decimal Round(decimal days) => Math.Round(days, 1, MidpointRounding.AwayFromZero);
    }
}
