using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Programmes;
using static Casement.Tests.Programmes.Steps;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Programmes;

/// <summary>Nobody is left without a next human contact after a session (expectations C12, C25).</summary>
public sealed class IntegrationTests
{
    static readonly DateTimeOffset Began = Now.AddDays(-1);
    static readonly Chart Treated = At(Scheduled, Began.AddHours(2), Clinic, Reported(Began));

    static WorklistRow[] Rows(Chart chart) => [.. Worklist.Of(Lists.With(Rulebook, () => Casement.Tests.Referrals.Loop.Defaults, programmes: Book)(new(Guid.Empty), chart)).Where(r => r.Page == "programme")];

    static Decision Plan(Chart chart, int? days, string none = "", DateOnly? today = null) =>
        Integration.Plan(chart, new(Guid.NewGuid(), "Sleep through", "Walk", days is { } d ? (today ?? Today).AddDays(d) : null, "Alma", none), today ?? Today, Denver);

    [Fact]
    public void After_a_session_somebody_is_asked_for_a_next_contact_when_the_days_are_over()
    {
        Assert.Empty(Rows(Scheduled));
        var row = Assert.Single(Rows(Treated));
        Assert.Equal(Began.AddDays(Book.ContactWithinDays), row.Since);
    }

    [Fact]
    public void A_planned_contact_is_asked_for_when_its_day_has_passed_and_then_for_the_next()
    {
        var planned = Treated.Do(Plan(Treated, 3), Now);
        Assert.Equal(BusinessDays.At(Today.AddDays(4), TimeOnly.MinValue, Denver), Assert.Single(Rows(planned)).Since);
        var held = planned.Do(Integration.Note(planned, new(planned.Programme.Plans[^1].What.Plan, Today.AddDays(3), Held: true, "Well"), Today.AddDays(3)), Now.AddDays(3));
        Assert.Equal(Now.AddDays(3 + Book.ContactWithinDays), Assert.Single(Rows(held)).Since);
        Assert.IsType<AlreadySo>(Integration.Note(held, new(held.Programme.Plans[^1].What.Plan, Today.AddDays(3), Held: true, "Well"), Today.AddDays(3)));
    }

    [Fact]
    public void No_further_contact_needs_a_reason_and_does_not_outlast_the_next_session()
    {
        Assert.IsType<Refused>(Plan(Treated, null));
        var ended = Treated.Do(Plan(Treated, null, "Moved abroad"), Now);
        Assert.Empty(Rows(ended));
        Assert.Single(Rows(At(ended, Now.AddDays(5), Clinic, Reported(Now.AddDays(5)))));
    }

    [Fact]
    public void A_plan_needs_a_day_to_come_and_a_person()
    {
        Assert.Equal("The day of the next contact has passed already.", Assert.IsType<Refused>(Plan(Treated, -1)).Because);
        Assert.Equal("Name who will be in touch.", Assert.IsType<Refused>(Integration.Plan(Treated, new(Guid.NewGuid(), "Sleep", "", Today, " ", ""), Today, Denver)).Because);
        Assert.IsType<Refused>(Plan(Treated, 3, "Moved abroad"));
    }

    [Fact]
    public void The_last_two_contacts_are_missed_only_when_both_are()
    {
        var one = Treated.Do(Plan(Treated, 1), Now);
        Assert.False(Integration.MissedLastTwo(one, Now.AddDays(4)));
        var missed = one.Do(Integration.Note(one, new(one.Programme.Plans[^1].What.Plan, Today.AddDays(1), Held: false, "No answer"), Today.AddDays(2)), Now.AddDays(2));
        var two = missed.Do(Plan(missed, 1, today: Today.AddDays(2)), Now.AddDays(2));
        Assert.False(Integration.MissedLastTwo(two, Now.AddDays(3)));
        Assert.True(Integration.MissedLastTwo(two, Now.AddDays(5)));
        var held = two.Do(Integration.Note(two, new(two.Programme.Plans[^1].What.Plan, Today.AddDays(3), Held: true, ""), Today.AddDays(3)), Now.AddDays(3));
        Assert.False(Integration.MissedLastTwo(held, Now.AddDays(5)));
    }

    [Fact]
    public void A_contact_moved_before_its_day_was_not_missed()
    {
        var chart = Treated.Do(Plan(Treated, 2), Now);
        chart = chart.Do(Plan(chart, 5), Now.AddDays(1));
        chart = chart.Do(Plan(chart, 6), Now.AddDays(1).AddHours(1));
        Assert.False(Integration.MissedLastTwo(chart, Now.AddDays(30)));
    }
}
