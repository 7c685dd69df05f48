using System.Collections.Immutable;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Referrals;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Clearance;

/// <summary>What time and a changed protocol do to a signed clearance (clearance.md 6.4).</summary>
public sealed class ClearanceClocksTests
{
    static readonly Following Everything = new(Rulebook, () => Defaults, null, Casement.Consent.ConsentDocuments.None, Denver);

    static Chart Taken => Referrals.Loop.Accepted;

    static Decision Clocks(Chart chart, DateTimeOffset at, ImmutableSortedDictionary<string, decimal>? settings = null) => ClearanceClocks.Decide(chart, Rulebook, settings ?? Defaults, at);

    static Chart Round(Chart chart, DateTimeOffset at, ImmutableSortedDictionary<string, decimal>? settings = null)
    {
        var after = chart.Do(Clocks(chart, at, settings), at, Actor.Casement);
        return At(after, at, Actor.Casement, Everything.Of(chart, after, at).AsSpan());
    }

    static Chart Treated(DateTimeOffset at) => At(Scheduled, at, Clinic, new Casement.Sessions.SessionStarted(Session, Id, Guid.NewGuid(), "racemic-ketamine-iv", at, "Dr Osei", 35, 70, at.AddDays(7)));

    [Fact]
    public void Ninety_days_without_a_session_suspend_and_tell_patient_and_partner()
    {
        var treated = Treated(Now.AddDays(1));
        Assert.IsType<AlreadySo>(Clocks(treated, Now.AddDays(91)));
        var due = Now.AddDays(91).AddHours(1);
        var suspended = Round(treated, due);
        Assert.Equal("trig-gap", suspended.Clearances[^1].Suspended?.Trigger);
        Assert.Contains(suspended.Messages.Values, m => m.Asked is { Template: ClearanceNews.ForPatient, Page: ClearanceNews.PatientPage });
        Assert.Contains(suspended.Messages.Values, m => m.Asked.Template == "partner-clearance-changed");
        Assert.Contains(ClearanceWork.Rows(suspended), r => r.Json.Contains("Clearance suspended", StringComparison.Ordinal));
        Assert.IsType<AlreadySo>(Clocks(suspended, due.AddDays(1)));
    }

    [Fact]
    public void A_decision_signed_after_the_gap_is_not_suspended_for_it()
    {
        var clearance = Treated(Now.AddDays(1)).Clearances[^1];
        Assert.Empty(Living.FiredByTime(Rulebook, clearance with { SignedAt = Now.AddDays(100) }, Now.AddDays(1), null, Now.AddDays(101)));
    }

    [Fact]
    public void Six_months_of_maintenance_ask_for_a_new_evaluation()
    {
        Chart Phase(Chart chart, string phase, DateTimeOffset at) => At(chart, at, Nurse, new FactsRecorded([new("c-phase", FactValue.Of(phase), at, FactSource.Clinician)]));
        var maintained = Phase(Phase(Phase(Treated(Now.AddDays(1)), "induction", Now.AddDays(-200)), "maintenance", Now.AddDays(-60)), "maintenance", Now);
        maintained = At(maintained, Now.AddDays(80), Clinic, new Casement.Sessions.SessionStarted(Guid.NewGuid(), Id, Guid.NewGuid(), "racemic-ketamine-iv", Now.AddDays(80), "Dr Osei", 35, 70, Now.AddDays(87)));
        Assert.Equal(Now.AddDays(-60), ClearanceClocks.MaintenanceSince(maintained));
        Assert.Equal("trig-6-month", Round(maintained, Now.AddDays(123)).Clearances[^1].Suspended?.Trigger);
        Assert.Null(ClearanceClocks.MaintenanceSince(Phase(maintained, "induction", Now.AddDays(1))));
    }

    [Fact]
    public void A_stricter_limit_that_turns_the_decision_round_suspends_it()
    {
        var signed = ClearedChart.Clearances[^1].Signed;
        var strict = Rulebook.Parameters.SelectMany(p => new[] { p.Min, p.Max }, (p, end) => Defaults.SetItem(p.Id, end)).First(s => !Assessing.Assess(Rulebook, signed.Given with { Settings = s }).Outcome.MayProceed);
        var after = Round(Sent, Now.AddDays(1), strict);
        Assert.Equal(("trig-config", "7 days"), (after.Clearances[^1].Suspended?.Trigger, after.Clearances[^1].Suspended?.Within));
        Assert.Contains(after.Messages.Values, m => m.Asked.Template == "partner-clearance-changed");
    }

    [Fact]
    public void A_changed_protocol_under_which_the_decision_comes_out_otherwise_is_told_once_with_its_clock_and_the_clearance_holds()
    {
        var strict = Defaults.SetItem("p-d-aldrete", 10);
        var was = ClearedChart.Clearances[^1];
        var older = ClearedChart with { Clearances = [was with { Signed = was.Signed with { ProtocolHash = "another", Fired = ["cv-bp-above-target"] } }] };
        var after = Round(older, Now.AddDays(1), strict);
        Assert.Null(after.Clearances[^1].Suspended);
        var row = ClearanceWork.Rows(after).Select(r => Worklist.Read(r.Json)).Single();
        Assert.Contains("No longer: ", row.What);
        Assert.Equal(Now.AddDays(8), row.DueAt);
        Assert.IsType<AlreadySo>(Clocks(after, Now.AddDays(2), strict));
    }

    [Fact]
    public void A_limit_that_changes_nothing_writes_nothing() =>
        Assert.IsType<AlreadySo>(Clocks(ClearedChart, Now.AddDays(1), Defaults.SetItem("p-d-aldrete", 10)));

    [Fact]
    public void The_end_is_on_the_worklist_before_and_after_and_the_patient_is_told()
    {
        static WorklistRow? Row(Chart chart) => ClearanceWork.Ending(Rulebook, chart).Select(r => Worklist.Read(r.Json)).SingleOrDefault();
        var row = Row(Scheduled) ?? throw new InvalidOperationException();
        Assert.Equal((Now.AddDays(30 - Rulebook.ExpiryNoticeDays), Now.AddDays(30)), (row.Since, row.DueAt));
        Assert.StartsWith("The clearance has ended", row.At(Now.AddDays(31)).What, StringComparison.Ordinal);
        Assert.IsType<AlreadySo>(Clocks(Scheduled, Now.AddDays(29)));
        var told = Round(Scheduled, Now.AddDays(30));
        Assert.Contains(told.Messages.Values, m => m.Asked is { Template: ClearanceNews.ForPatient, To.Kind: Casement.Messages.AddresseeKind.Patient });
        Assert.IsType<AlreadySo>(Clocks(told, Now.AddDays(31)));
        Assert.Null(Row(Completed.Do(Closing.Close(Completed, Id, "Weekly integration visits", "Read the report", Nurse, Guid.NewGuid(), Now))));
    }

    [Theory]
    [InlineData("suspended", "The clearance is suspended.")]
    [InlineData("revoked", "The clearance was revoked.")]
    [InlineData("expired", "The clearance has expired.")]
    public void Without_a_clearance_in_force_nothing_is_scheduled(string how, string says)
    {
        var now = how is "expired" ? Now.AddDays(31) : Now;
        Chart Broken(Chart chart) => how switch
        {
            "suspended" => After(chart, new ClearanceSuspended(Cleared, "trig-bp-event", "High.", "7 days")),
            "revoked" => After(chart, new ClearanceRevoked(Cleared, "trig-pregnancy", "Test.", "at once")),
            _ => chart,
        };
        Assert.StartsWith(says, Refused(Answering.Propose(Broken(Taken), Id, [now.AddDays(2)], now, null)));
        Assert.StartsWith(says, Refused(Answering.Schedule(Broken(Taken), Id, Hillview, now.AddDays(2), now, null)));
        var offered = Broken(At(Taken, Now, Clinic, new ReferralDatesProposed(Id, [now.AddDays(2)], null)));
        Assert.StartsWith(says, Refused(Answering.Pick(offered, Id, Hillview, now.AddDays(2), now)));
    }

    [Fact]
    public void A_date_after_the_end_is_not_offered_and_not_set()
    {
        Assert.StartsWith("The clearance ends before this date", Refused(Answering.Propose(Taken, Id, [Now.AddDays(2), Now.AddDays(31)], Now, null)));
        Assert.StartsWith("The clearance ends before this date", Refused(Answering.Schedule(Taken, Id, Hillview, Now.AddDays(31), Now, null)));
    }
}
