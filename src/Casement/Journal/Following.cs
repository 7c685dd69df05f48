using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Referrals;
using Casement.Safety;
using Casement.Sessions;

namespace Casement.Journal;

/// <summary>Everything that follows by itself from an act: what new facts do to a clearance and to signatures, and the safety pathway. Every desk that writes to charts uses this one list.</summary>
public sealed record Following(Protocol Protocol, Func<ImmutableSortedDictionary<string, decimal>> Settings, SafetyRules? Safety, ConsentDocuments Documents, TimeZoneInfo Zone)
{
    /// <summary>What dates and sessions are told and leave to do; null writes nothing of it.</summary>
    public ReferralRules? Referrals { get; init; }

    /// <summary>What is asked around courses, and what a finished sitting leaves to do; null writes nothing of it.</summary>
    public SittingRules? Sittings { get; init; }

    public PracticeCalendar Calendar { get; init; } = PracticeCalendar.Plain;

    public ImmutableArray<PatientEvent> Of(Chart before, Chart after, DateTimeOffset now)
    {
        var triage = Safety is null ? [] : Triage.Consequences(Safety, Protocol, Zone, before, after, now);
        var life = Living.Consequences(Protocol, before, after, Settings(), now);
        if (life.IsEmpty && Safety is not null) life = Triage.Suspending(Safety, Protocol, before, after, triage, now);
        return
        [
            .. life,
            .. ClearanceNews.Of(before, after, life),
            .. Reopening.Consequences(Documents, Protocol, before, after, now),
            .. Referrals is null ? [] : VisitNews.Of(Referrals, Zone, before, after, now),
            .. triage,
            .. Sittings is null ? [] : CourseAlarms.Consequences(Sittings.Measuring, Zone, before, after, now),
            .. Referrals is null ? [] : Afterwards.Consequences(Referrals, Calendar, Zone, before, after, now),
        ];
    }
}
