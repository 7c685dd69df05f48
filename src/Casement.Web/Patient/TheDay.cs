using System.Collections.Immutable;
using Casement.Journal;
using Casement.Referrals;

namespace Casement.Web.Patient;

/// <summary>The day of a visit, for whoever has it: what is ahead within a day, and when they last went home as long as it matters.</summary>
/// <param name="HomeAt">When the last visit ended; null once its rules have run out.</param>
public sealed record TheDay(ImmutableArray<ComingUp> Ahead, DateTimeOffset? HomeAt)
{
    static readonly TimeSpan OneDay = TimeSpan.FromHours(24);

    public bool IsAny => HomeAt is not null || !Ahead.IsEmpty;

    public static TheDay Of(Chart chart, ReferralRules? rules, TimeZoneInfo zone, DateTimeOffset now)
    {
        var home = chart.Sessions.Values.Select(s => s.Discharged?.At ?? s.Report?.Report.EndedAt).Where(at => at <= now).Max();
        var matters = home is { } left && rules is not null && rules.Session.AfterVisit.Any(r => r.Until(left, zone) > now);
        return new([.. WhereYouAre.Coming(chart, now).Where(c => c.At < now + OneDay)], matters ? home : null);
    }
}
