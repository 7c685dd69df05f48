using System.Collections.Immutable;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Referrals;

namespace Casement.Sessions;

/// <summary>What a session leaves to do for the practice, written with the news that it is over: contacts with their clocks, and the count of the course (clearance.md 8.5, 9).</summary>
public static class Afterwards
{
    const string Tier = "s-cssrs-tier";

    public static ImmutableArray<PatientEvent> Consequences(ReferralRules rules, PracticeCalendar calendar, TimeZoneInfo zone, Chart before, Chart after, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var session in after.Sessions.Values.Where(s => IsOver(s) && !(before.Sessions.TryGetValue(s.Id, out var then) && IsOver(then))).OrderBy(s => s.Id))
        {
            var over = session.Discharged?.At ?? session.Report?.Report.EndedAt ?? now;
            foreach (var task in rules.Session.Afterwards.Where(t => t.Tiers.IsEmpty || t.Tiers.Contains(TierOf(session))))
                if (DerivedId.Of("after-session", session.Id.ToString("D"), task.Id) is var id && !after.Tasks.ContainsKey(id))
                    events.Add(new TaskOpened(id, task.What, "", "", calendar.Due(over, task.Amount, task.Unit, zone), task.Unit));
        }
        var more = Count(after) - Count(before);
        if (more > 0) events.Add(new FactsRecorded([new(rules.Session.Counts, FactValue.Of(Known(rules, after) + more), now, FactSource.Derived, new("sessions at partner clinics", "Counted when a session was over or reported"))]));
        return events.ToImmutable();
    }

    static bool IsOver(SessionOnChart session) => session.Discharged is not null || session.Report is not null;

    /// <summary>Those recorded or reported, and those only a file tells of.</summary>
    static int Count(Chart chart) => chart.Sessions.Values.Count(IsOver)
        + chart.SessionFiles.Select(f => f.File.SessionOn).Distinct().Count(day => !chart.Sessions.Values.Any(s => IsOver(s) && s.StartedAt is { } at && Math.Abs(DateOnly.FromDateTime(at.UtcDateTime).DayNumber - day.DayNumber) <= 1));

    /// <summary>What was counted or written down last; a clinician who begins a new phase writes 0.</summary>
    static decimal Known(ReferralRules rules, Chart chart) => chart.Facts.GetValueOrDefault(rules.Session.Counts)?.LastOrDefault()?.Fact.Value is Number n ? n.Value : 0;

    static string TierOf(SessionOnChart session) =>
        session.Checks.LastOrDefault().Check?.Evaluation.Given.Facts.GetValueOrDefault(Tier)?.Value is Choice { Value: var tier } ? tier : "";
}
