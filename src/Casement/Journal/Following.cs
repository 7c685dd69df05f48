using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Programmes;
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

    /// <summary>What courses are judged by; null judges none.</summary>
    public Measuring? Measuring { get; init; }

    /// <summary>The steps people go through; null where there are none.</summary>
    public ProgrammeBook? Programmes { get; init; }

    /// <summary>The rows a chart puts on the lists, by the same definitions.</summary>
    public Func<PatientId, Chart, ImmutableArray<ListRow>> Rows => Lists.With(Protocol, Settings, Sittings, Programmes, Documents);

    /// <summary>What stands before every next session; null where courses are not judged.</summary>
    public CourseGate? Gate => Measuring is null ? null : new(Protocol, Measuring, Settings, Zone);

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
            .. Gate is not { } gate ? [] : CourseNews.Of(gate, Calendar, before, With(after, [.. life, .. triage], now), !life.IsEmpty, now),
        ];
    }

    /// <summary>The chart with what follows so far.</summary>
    static Chart With(Chart chart, ImmutableArray<PatientEvent> events, DateTimeOffset now) => events.Aggregate(chart, (so, what) => so.After(new(so.Version + 1, now, Actor.Casement, what)));
}
