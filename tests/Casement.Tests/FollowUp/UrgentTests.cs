using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.Safety;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.FollowUp;

/// <summary>Whatever cannot wait calls somebody, once for a person, and the next when nobody has it (expectations C10).</summary>
public sealed class UrgentTests
{
    static readonly UrgentRules Rules = UrgentFile.Read(Root.Path("definitions", "safety"));

    static Chart Raised(Chart? chart = null, Severity severity = Severity.Critical, int minutes = 0) =>
        Then(chart ?? Admitted, minutes, new AlarmRaised(Guid.NewGuid(), "flag", severity, "Phone them now"));

    static Chart Then(Chart chart, int minutes, params PatientEvent[] events) => events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, Monday.AddMinutes(minutes), Alma, e)));

    static ImmutableArray<PatientEvent> Due(Chart chart, int minutes) => Urgently.Due(Rules, chart, Rows(chart), Monday.AddMinutes(minutes));

    static Chart Called(Chart chart, int minutes) => Then(chart, minutes, [.. Due(chart, minutes)]);

    static IEnumerable<Duty> Told(IEnumerable<PatientEvent> events) => events.OfType<DutyCalled>().Select(d => d.To);

    [Fact]
    public void It_calls_the_clinician_responsible_at_once_and_urgently()
    {
        var due = Due(Raised(), 0);
        Assert.Equal(["Phone them now"], Assert.IsType<UrgentCalled>(due[0]).What);
        Assert.True(Assert.Single(due.OfType<DutyCalled>()) is { To: Duty.Responsible, Urgent: true });
    }

    [Fact]
    public void What_can_wait_calls_nobody() => Assert.Empty(Due(Raised(severity: Severity.Urgent), 0));

    [Fact]
    public void A_second_thing_of_the_same_person_is_the_same_call()
    {
        var called = Called(Raised(), 0);
        Assert.Empty(Due(Raised(called, minutes: 1), 1));
    }

    [Fact]
    public void Nobody_has_it_so_the_next_is_told_once_for_each_step()
    {
        var chart = Called(Raised(), 0);
        Assert.Empty(Due(chart, 14));
        Assert.Equal([Duty.Cover], Told(Due(chart, 15)));
        chart = Called(chart, 15);
        Assert.Empty(Due(chart, 29));
        Assert.Equal([Duty.Everyone], Told(Due(chart, 30)));
        Assert.Equal([Duty.Everyone, Duty.EveryoneAndOwner], Told(Due(chart, 999)));
        Assert.Empty(Due(Called(chart, 999), 2000));
    }

    [Fact]
    public void Having_it_stops_the_clock_and_handing_it_back_begins_another()
    {
        var chart = Called(Raised(), 0);
        var row = Rows(chart).Single(r => r.Alarm == Alarm.CheckIn);
        var taken = chart.Then(Ben, Monday.AddMinutes(5), Taking.Take(chart, row, Rows(chart), Ben));
        Assert.IsType<UrgentEnded>(Assert.Single(Due(taken, 5)));
        taken = Called(taken, 5);
        Assert.Empty(Due(taken, 999));
        var back = taken.Then(Ben, Monday.AddMinutes(20), Taking.LetGo(taken, Rows(taken).Single(r => r.Alarm == Alarm.CheckIn).Key, Rows(taken)));
        Assert.Equal([Duty.Responsible], Told(Due(back, 20)));
        Assert.Empty(Due(Called(back, 20), 34));
        Assert.Equal([Duty.Cover], Told(Due(Called(back, 20), 35)));
    }

    [Fact]
    public void News_after_somebody_had_it_is_another_call()
    {
        var chart = Called(Raised(), 0);
        chart = Called(chart.Then(Ben, Monday.AddMinutes(1), Taking.Take(chart, Rows(chart).Single(r => r.Alarm == Alarm.CheckIn), Rows(chart), Ben)), 1);
        Assert.Equal([Duty.Responsible], Told(Due(Raised(chart, minutes: 40), 40)));
    }

    [Fact]
    public void What_is_settled_calls_nobody_more()
    {
        var chart = Called(Raised(), 0);
        var alarm = chart.Alarms[0].Raised;
        Assert.IsType<UrgentEnded>(Assert.Single(Due(Then(chart, 3, new AlarmClosed(alarm.CheckIn, alarm.Flag, "Spoke with them")), 3)));
    }

    [Fact]
    public void While_the_pathway_calls_there_is_no_second_call_and_its_seen_counts_here()
    {
        var alert = Guid.NewGuid();
        var chart = Raised(Then(Admitted, 0, new SafetyAlerted(alert, SafetyTier.High, Unattended: true, "An answer", [], "1.0.0")));
        Assert.Empty(Due(chart, 0));
        Assert.Empty(Due(chart, 999));
        var seen = Then(chart, 2, new SafetyAcknowledged(alert));
        Assert.Empty(Due(seen, 999));
        Assert.Equal([Duty.Responsible], Told(Due(Raised(seen, minutes: 10), 10)));
    }

    [Theory]
    [InlineData("alarms: [check-in, boredom]", "'boredom' is no alarm")]
    [InlineData("alarms: [check-in]\nsurprise: 1", "surprise")]
    public void A_slip_in_the_file_is_named(string changed, string says)
    {
        var text = $"version: 1.0.0\n{changed}\nescalation:\n- {{after-minutes: 15, to: cover, whom: cover}}\n";
        Assert.Contains(says, Assert.Throws<DefinitionException>(() => UrgentFile.Parse(text)).Message, StringComparison.Ordinal);
    }
}
