using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>What a person has answered, by scale and day; the last word of each sitting.</summary>
sealed class Answers(Chart chart, Instruments instruments, TimeZoneInfo zone)
{
    public sealed record Given(DateOnly On, Guid Sitting, ScaleAnswered What)
    {
        /// <summary>Whole enough to have its score: anything less asks again.</summary>
        public bool Counts => What.Status is ResponseStatus.Complete or ResponseStatus.Prorated;
    }

    readonly ILookup<string, Given> byScale = (
        from filled in chart.Scales.GroupBy(s => (s.What.Sitting, s.What.Instrument))
        let last = filled.Last().What
        orderby last.AnsweredAt
        select new Given(CourseOnChart.DateIn(last.AnsweredAt, zone), last.Sitting, last)).ToLookup(g => g.What.Instrument);

    public int MinInterval(string scale) => instruments.Find(scale)?.MinIntervalDays ?? 0;

    /// <summary>The first that counts within a window.</summary>
    public Given? In(string scale, DateOnly from, DateOnly to) => byScale[scale].FirstOrDefault(g => g.Counts && g.On >= from && g.On <= to);

    /// <summary>The day of the last complete one before a day.</summary>
    public DateOnly? Last(string scale, DateOnly before) => byScale[scale].LastOrDefault(g => g.What.Status is ResponseStatus.Complete && g.On < before)?.On;

    public Given? LastOf(IEnumerable<string> scales, DateOnly before) => scales.SelectMany(s => byScale[s]).Where(g => g.On < before).OrderBy(g => g.What.AnsweredAt).LastOrDefault();

    /// <summary>The last filling of the scale that has this flag fired it.</summary>
    public bool LastWithItsScaleFired(string flag, DateOnly before) =>
        instruments.All.Where(i => i.Flags.Any(f => f.Id == flag)).Any(i => byScale[i.Id].LastOrDefault(g => g.On < before) is { } last && last.What.Flags.Contains(flag));

    /// <summary>One that came too late for a window or too early, where it belongs to no other of the kind.</summary>
    public Given? Outside(string scale, MeasureWindow window, Guid sitting, DateOnly? closedBefore, DateOnly? opensAfter) =>
        byScale[scale].FirstOrDefault(g => g.Counts && g.On > window.Closes && (g.Sitting == sitting || g.On < opensAfter))
        ?? byScale[scale].LastOrDefault(g => g.Counts && g.On < window.Opens && g.On > closedBefore);

    /// <summary>The last so many scores before a day, over every form of the scale, were below caseness.</summary>
    public bool BelowCaseness(string scale, int count, DateOnly before)
    {
        var family = instruments.Find(scale)?.VariantOf ?? scale;
        var last = instruments.All.Where(i => i.Id == family || i.VariantOf == family).SelectMany(i => byScale[i.Id].Select(g => (i.Trajectory, Given: g)))
            .Where(g => g.Given.On < before && g.Trajectory is { } t && g.Given.What.Scores.ContainsKey(t.Score))
            .OrderBy(g => g.Given.What.AnsweredAt).TakeLast(count).ToArray();
        return last.Length == count && last.All(g => g.Trajectory is { } t && !t.IsCase(g.Given.What.Scores[t.Score]));
    }

    /// <summary>The day of the first score above the line that begins the quality measures; null when there is none.</summary>
    public DateOnly? Index(Schedule schedule) =>
        instruments.Find(schedule.IndexScale)?.Trajectory is not { } thresholds ? null
        : byScale[schedule.IndexScale].FirstOrDefault(g => g.What.Scores.TryGetValue(thresholds.Score, out var score) && score > schedule.IndexAbove)?.On;
}
