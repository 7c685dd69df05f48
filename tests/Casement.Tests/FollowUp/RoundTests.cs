using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Programmes;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Tests.Consent;
using static Casement.Tests.Referrals.Loop;
using Step = Casement.Tests.Programmes.Steps;

namespace Casement.Tests.FollowUp;

/// <summary>A round that reads rows misses nothing that a look into every chart would have found, and leaves most charts shut.</summary>
public sealed class RoundTests
{
    /// <summary>Every few hours for more than a year.</summary>
    static IEnumerable<DateTimeOffset> Hours(DateTimeOffset from) => Enumerable.Range(0, 1_000).Select(i => from.AddHours(i * 11));

    /// <summary>As a round goes: what it writes makes the row anew. Answers at how many of a thousand looks the chart was opened.</summary>
    static int Opened(Chart chart, Func<Chart, DateTimeOffset, bool> isDue, Func<Chart, DateTimeOffset, Decision> decide)
    {
        var opened = 0;
        foreach (var now in Hours((chart.LastChangeAt ?? Now).AddSeconds(1)))
        {
            var due = isDue(chart, now);
            if (due) opened++;
            if (decide(chart, now) is not Accepted { Events: var events }) continue;
            Assert.True(due, $"{now:u}: {events[0]} would have been left out");
            chart = At(chart, now, Actor.Casement, events.AsSpan());
        }
        return opened;
    }

    static bool IsDue(Chart chart, DateTimeOffset now, ImmutableSortedDictionary<string, decimal> settings) =>
        ClearanceClocks.Rows(chart, _ => null) is [var row] && ClearanceClocks.IsDue(ClearanceClocks.Read(row.Json), Rulebook, ClearanceClocks.LimitsHash(settings), now);

    static int Clearance(Chart chart, ImmutableSortedDictionary<string, decimal>? settings = null) => Opened(chart,
        (c, now) => IsDue(c, now, settings ?? Defaults), (c, now) => ClearanceClocks.Decide(c, Rulebook, settings ?? Defaults, now));

    static Chart Treated => At(Scheduled, Now.AddDays(1), Clinic, new SessionStarted(Session, Id, Guid.NewGuid(), "racemic-ketamine-iv", Now.AddDays(1), "Dr Osei", 35, 70, Now.AddDays(8)));

    [Fact]
    public void A_clearance_is_looked_at_when_it_ends_or_its_gap_is_full_and_not_before()
    {
        Assert.Equal(1, Clearance(ClearedChart));
        Assert.Equal(1, Clearance(Treated));
        var maintained = At(Treated, Now.AddDays(2), Nurse, new FactsRecorded([new("c-phase", FactValue.Of("maintenance"), Now.AddDays(-150), FactSource.Clinician)]));
        Assert.Equal(1, Clearance(maintained));
    }

    [Fact]
    public void Another_protocol_or_limit_opens_every_clearance()
    {
        var other = Rulebook.Parameters.First();
        Assert.True(IsDue(Treated, Now.AddDays(3), Defaults.SetItem(other.Id, other.Min)));
        var was = Treated.Clearances[^1];
        var older = Treated with { Clearances = [was with { Signed = was.Signed with { ProtocolHash = "another" } }] };
        Assert.True(IsDue(older, Now.AddDays(3), Defaults));
        Clearance(older, settings: Defaults.SetItem("p-d-aldrete", 10));
    }

    [Fact]
    public void A_row_of_an_earlier_version_is_looked_at() =>
        Assert.True(ClearanceClocks.IsDue(ClearanceClocks.Read("{}"), Rulebook, ClearanceClocks.LimitsHash(Defaults), Now));

    static int Renewals(Chart chart, ConsentDocuments documents, ConsentDocuments? written = null) => Opened(chart,
        (c, now) => Renewing.Times(c, written is not null && c.Version == chart.Version ? written : documents).Any(p => p.IsDue(documents, now)),
        (c, now) => Renewing.Decide(c, documents, now));

    static ConsentDocuments Newer(string family) => Papers.All with
    {
        All = [.. Papers.All.All.Select(d => d.Id != family ? d : d with { Version = "2.0.0", History = d.History.Add(new("2.0.0", new(2027, 1, 2), true, "We use another video line.")) })],
    };

    [Fact]
    public void A_signature_is_looked_at_when_it_ends_soon_and_when_it_ended()
    {
        Assert.Equal(0, Renewals(Papers.Admitted, Papers.All));
        Assert.Equal(2, Renewals(Papers.Signed("doc-telehealth"), Papers.All));
        Assert.Equal(2, Renewals(Papers.SignedByBoth("doc-ket-consent"), Papers.All));
        Assert.Equal(0, Renewals(Papers.Signed("doc-roi"), Papers.All));
    }

    [Fact]
    public void A_signature_used_up_by_sessions_is_looked_at_at_once()
    {
        var twelve = Papers.After(Papers.SignedByBoth("doc-ket-consent"), new FactsRecorded([new("c-sessions-done", FactValue.Of(15), Papers.Now, FactSource.Clinician)]));
        Assert.Equal(1, Renewals(twelve, Papers.All));
    }

    [Fact]
    public void A_newer_text_opens_the_charts_signed_under_the_older_once_beside_their_end() =>
        Assert.Equal(2, Renewals(Papers.Signed("doc-telehealth"), Newer("doc-telehealth"), written: Papers.All));

    [Fact]
    public void A_referral_is_looked_at_when_somebody_is_to_be_reminded_or_told()
    {
        static int Referral(Chart chart) => Opened(chart, (c, now) => ReferralTimes.Of(c, c.Referrals[Id]).IsDue(Rules, now), (c, now) => Overdue.Decide(c, Rules, Readiness, Denver, now));
        Assert.InRange(Referral(Sent), 2, 10);
        Assert.InRange(Referral(Acknowledged), 2, 10);
        Assert.InRange(Referral(Scheduled), 2, 20);
        Assert.InRange(Referral(Treated), 1, 20);
        Assert.Equal(0, Referral(Drafted));
    }

    static Casement.Readiness.ReadinessPlan Readiness { get; } = Casement.Definitions.ReadinessFile.Load(Root.Path("definitions"), Rulebook, Casement.Definitions.ScalesFolder.Read(Root.Path("definitions")).Instruments);

    [Fact]
    public void Steps_are_looked_at_when_one_opens_and_not_before_or_after()
    {
        static bool Due(Chart c, DateTimeOffset now) => StepTimes.Of(c, Step.Defaults, Denver).MayHaveNews(Step.Book, Denver, now);
        static Decision Decide(Chart c, DateTimeOffset now) => TakingSteps.Due(c, Step.Of(c, now)) is { IsEmpty: false } due ? Decision.Accept(due) : Decision.Nothing;
        Assert.Equal(0, Opened(ClearedChart, Due, Decide));
        Assert.InRange(Opened(Scheduled, Due, Decide), 1, 20);
        var visit = Scheduled.Referrals[Id].Appointment ?? Now;
        Assert.InRange(Opened(At(Scheduled, visit.AddHours(2), Clinic, Step.Reported(visit)), Due, Decide), 1, 60);
        // Somebody answered without ever being told: what opened before is no news.
        Assert.InRange(Opened(Step.Answered(Scheduled, "intention", visit.AddDays(-1), ("my-intention", "Rest")), Due, Decide), 0, 5);
    }
}
