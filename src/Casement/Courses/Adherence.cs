using Casement.Measures;

namespace Casement.Courses;

/// <summary>How the questions of a course were answered (instruments.md section 6, "Adherence metrics"). Only windows that closed count, and only scales that were asked for.</summary>
/// <param name="Closed">Milestones whose window has closed.</param>
/// <param name="Counted">Of them, those that were met.</param>
/// <param name="OnTime">Of those met, the ones answered by the day they were due.</param>
/// <param name="MedianDelayDays">From the day it was due to the day it was met, zero when it was on time; null when none was met.</param>
/// <param name="MissedSafetyChecks">Told apart: checks the day after a session that nobody answered.</param>
public sealed record Adherence(int Closed, int Counted, int OnTime, decimal? MedianDelayDays, int MissedSafetyChecks)
{
    public static Adherence Of(IEnumerable<MilestoneOnChart> milestones, DateOnly today)
    {
        var closed = milestones.Where(m => m.Window.Closes < today && m.Counted.Any()).ToList();
        var met = closed.Where(m => m.IsMet).ToList();
        int[] delays = [.. met.Select(m => Math.Max(0, m.Counted.Max(s => s.AnsweredOn ?? m.Window.Due).DayNumber - m.Window.Due.DayNumber)).Order()];
        return new(
            closed.Count, met.Count, met.Count(m => m.StatusOn(today) is WindowStatus.OnTime),
            delays.Length == 0 ? null : delays.Length % 2 == 1 ? delays[delays.Length / 2] : (delays[delays.Length / 2 - 1] + delays[delays.Length / 2]) / 2m,
            closed.Count(m => m.Is.Safety && !m.IsMet));
    }
}
