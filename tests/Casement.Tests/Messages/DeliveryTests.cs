using System.Collections.Immutable;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;

namespace Casement.Tests.Messages;

/// <summary>Whether a message goes, when and to whom, and what the chart and the lists say of it.</summary>
public sealed class DeliveryTests
{
    static readonly MessageRules Rules = MessageFolder.Read(Root.Path("definitions", "messages"));
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);
    static readonly Guid Id = new("7b0c7a6e-0000-4000-8000-000000000001");
    static readonly Guid Other = new("7b0c7a6e-0000-4000-8000-000000000002");
    static readonly Addressee Patient = new(AddresseeKind.Patient);
    static readonly Addressee Partner = new(AddresseeKind.Partner, "Hillview", "desk@hillview.example");

    static Chart Given(params PatientEvent[] events) => GivenAt(Noon, [new PatientAdmitted(new(new("Wren"), null, "wren@example.org")), .. events]);

    static Chart GivenAt(DateTimeOffset at, params PatientEvent[] events) => After(Chart.Empty, at, events);

    static Chart After(Chart chart, DateTimeOffset at, params PatientEvent[] events) => events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, at, Actor.Casement, e)));

    static Dispatch Next(Chart chart, DateTimeOffset? at = null, Guid? message = null) => Delivering.Next(chart, message ?? Id, Rules, Denver, at ?? Noon);

    static MessageAsked Asked(string template = "intake-waiting", Addressee? to = null, Guid? id = null, string page = "/my/intake") => new(id ?? Id, template, to ?? Patient, page);

    static MessageSent SentAt(DateTimeOffset at, Guid? id = null) => new(id ?? Id, "Subject", "00", "wren@example.org", "folder", at);

    static ImmutableArray<PatientEvent> Accepted(Decision decision) => Assert.IsType<Accepted>(decision).Events;

    static int Rows(Chart chart, string list) => Outbox.Rows(chart).Count(r => r.List == list);

    [Fact]
    public void A_message_goes_to_the_address_on_the_chart()
    {
        Assert.Equal("wren@example.org", Assert.IsType<Send>(Next(Given(Asked()))).To);
        Assert.Equal("desk@hillview.example", Assert.IsType<Send>(Next(Given(Asked("referral-waiting", Partner)))).To);
        Assert.Equal("", Assert.IsType<Send>(Next(Given(Asked("staff-urgent", new(AddresseeKind.Staff))))).To);
    }

    [Fact]
    public void A_message_is_sent_once()
    {
        var chart = Given(Asked(), SentAt(Noon));
        Assert.IsType<Done>(Next(chart));
        Assert.Same(Decision.Nothing, Delivering.Sent(chart, SentAt(Noon)));
        Assert.Equal((Delivery.Sent, 0), (chart.Messages[Id].State, Rows(chart, Outbox.List)));
        Assert.Equal(Noon, chart.Messages[Id].AskedAt);
        Assert.IsType<Done>(Next(After(chart, Noon, Asked())));
    }

    [Fact]
    public void It_does_not_go_before_its_time()
    {
        var chart = Given(Asked() with { NotBefore = Noon.AddHours(2) });
        Assert.Equal(new Wait(Noon.AddHours(2)), Next(chart));
        Assert.IsType<Send>(Next(chart, Noon.AddHours(2)));
        Assert.Equal(Noon.AddHours(2), Outbox.Read(Outbox.Rows(chart).First(r => r.List == Outbox.List).Json).DueAt);
    }

    [Theory]
    // Summer: Denver is six hours behind UTC.
    [InlineData("2026-06-02T01:59:00Z", null)]
    [InlineData("2026-06-02T02:00:00Z", "2026-06-02T15:00:00Z")]
    [InlineData("2026-06-02T06:30:00Z", "2026-06-02T15:00:00Z")]
    [InlineData("2026-06-02T14:59:59Z", "2026-06-02T15:00:00Z")]
    [InlineData("2026-06-02T15:00:00Z", null)]
    // The hour after UTC midnight is still the afternoon before.
    [InlineData("2026-06-02T00:30:00Z", null)]
    // The night the clock goes forward, and the night it goes back.
    [InlineData("2026-03-08T03:30:00Z", "2026-03-08T15:00:00Z")]
    [InlineData("2026-11-01T02:30:00Z", "2026-11-01T16:00:00Z")]
    public void A_patient_is_not_written_to_at_night(string at, string? until)
    {
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        var chart = GivenAt(now, new PatientAdmitted(new(new("Wren"), null, "wren@example.org")), Asked(), Asked("referral-waiting", Partner, Other));
        if (until is null) Assert.IsType<Send>(Next(chart, now));
        else Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), Assert.IsType<Wait>(Next(chart, now)).Until);
        Assert.IsType<Send>(Next(chart, now, Other));
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("clearance-changed")]
    [InlineData("appointment-changed")]
    public void What_was_asked_for_or_cannot_wait_goes_at_night(string template) =>
        Assert.IsType<Send>(Next(Given(Asked(template)), Noon.AddHours(12)));

    [Fact]
    public void Quiet_hours_that_end_in_an_hour_the_clock_leaps_over_end_after_the_leap()
    {
        var quiet = new QuietHours(new(22, 0), new(2, 30));
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 9, 0, 0, TimeSpan.Zero), quiet.NextOpen(new(2026, 3, 8, 8, 0, 0, TimeSpan.Zero), Denver));
        Assert.Equal(Noon, new QuietHours(new(9, 0), new(9, 0)).NextOpen(Noon, Denver));
    }

    [Fact]
    public void A_task_is_mentioned_three_times_at_most()
    {
        var past = Enumerable.Range(1, 3).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var chart = Given([.. past.SelectMany(i => new PatientEvent[] { Asked(id: i), SentAt(Noon.AddDays(-1), i) }), Asked(), Asked("consent-waiting", id: Other)]);
        Assert.Equal(new Hold(HeldBecause.EnoughNudges, false), Next(chart));
        Assert.IsType<Send>(Next(chart, message: Other));
        // A month later a task that is named by nothing but its page may be mentioned again; one that is named may not.
        Assert.IsType<Send>(Next(chart, Noon.AddDays(30)));
        var named = Given([.. past.SelectMany(i => new PatientEvent[] { Asked(id: i) with { About = Other }, SentAt(Noon.AddDays(-1), i) }), Asked() with { About = Other }]);
        Assert.Equal(new Hold(HeldBecause.EnoughNudges, false), Next(named, Noon.AddDays(300)));
    }

    [Fact]
    public void A_failed_try_waits_longer_each_time_and_is_given_up_in_the_end()
    {
        var (chart, now, waits) = (Given(Asked()), Noon, new List<double>());
        while (Accepted(Delivering.Failed(chart, Id, "The mail server cannot be reached.", false, Rules.Policy, now)) is [MessageFailed failed])
        {
            waits.Add((failed.NextAt - now).TotalMinutes);
            chart = After(chart, now, failed);
            Assert.Equal((Delivery.Retrying, 1, 0), (chart.Messages[Id].State, Rows(chart, Outbox.List), Rows(chart, Worklist.List)));
            Assert.Equal(new Wait(failed.NextAt), Next(chart, now));
            now = failed.NextAt;
        }
        Assert.Equal(Rules.Policy.Waits.Select(w => w.TotalMinutes), waits);
        chart = After(chart, now, [.. Accepted(Delivering.Failed(chart, Id, "The mail server cannot be reached.", false, Rules.Policy, now))]);
        Assert.Equal((Delivery.GivenUp, waits.Count + 1), (chart.Messages[Id].State, chart.Messages[Id].GivenUp?.Attempts));
        Assert.Equal((0, 1), (Rows(chart, Outbox.List), Rows(chart, Worklist.List)));
        Assert.Same(Decision.Nothing, Delivering.Failed(chart, Id, "Again", false, Rules.Policy, now));
    }

    [Fact]
    public void An_address_that_does_not_exist_is_given_up_at_once() =>
        Assert.IsType<MessageGivenUp>(Accepted(Delivering.Failed(Given(Asked()), Id, "There is no such address.", true, Rules.Policy, Noon)).Single());

    [Fact]
    public void Staff_settle_what_did_not_arrive_or_send_it_again()
    {
        var chart = Given(Asked(), new MessageGivenUp(Id, 8, "No such address."));
        Assert.IsType<Refused>(Delivering.Settle(chart, Id, " "));
        var settled = After(chart, Noon, [.. Accepted(Delivering.Settle(chart, Id, "Told her by phone."))]);
        Assert.Equal((Delivery.Settled, 0), (settled.Messages[Id].State, Rows(settled, Worklist.List)));
        Assert.Same(Decision.Nothing, Delivering.Settle(settled, Id, "Told her again."));
        var again = After(chart, Noon, [.. Accepted(Delivering.Again(chart, Id))]);
        Assert.Equal((Delivery.Queued, 1, 0), (again.Messages[Id].State, Rows(again, Outbox.List), Rows(again, Worklist.List)));
        Assert.Same(Decision.Nothing, Delivering.Again(again, Id));
        Assert.IsType<Refused>(Delivering.Settle(again, Id, "Nothing is wrong"));
        Assert.IsType<Refused>(Delivering.Again(Given(Asked(), SentAt(Noon)), Id));
        Assert.Equal(Decision.Refuse("We have no such message."), Delivering.Again(chart, Other));
    }

    [Fact]
    public void Stop_stops_at_once_what_waits_and_what_comes()
    {
        var chart = Given(Asked(), Asked("sign-in", id: Other), Asked("clearance-changed", id: new(9, 0, 0, new byte[8])), Asked("referral-waiting", Partner, new(8, 0, 0, new byte[8])));
        chart = After(chart, Noon, [.. Accepted(Delivering.Stop(chart, Rules, AddresseeKind.Patient))]);
        Assert.Equal(Delivery.HeldBack, chart.Messages[Id].State);
        // Their own request for a link and the mail to the partner still go; what they have to learn is now a call.
        Assert.Equal(2, Rows(chart, Outbox.List));
        Assert.Equal(1, Rows(chart, Worklist.List));
        Assert.Same(Decision.Nothing, Delivering.Stop(chart, Rules, AddresseeKind.Patient));

        var later = After(chart, Noon, Asked("consent-waiting", id: new(7, 0, 0, new byte[8])), Asked("secure-message-waiting", id: new(6, 0, 0, new byte[8])));
        Assert.Equal(new Hold(HeldBecause.Stopped, false), Next(later, message: new(7, 0, 0, new byte[8])));
        Assert.Equal(new Hold(HeldBecause.Stopped, true), Next(later, message: new(6, 0, 0, new byte[8])));
        Assert.IsType<Refused>(Delivering.Again(chart, Id));

        var back = After(later, Noon, [.. Accepted(Delivering.StartAgain(later))]);
        Assert.IsType<Send>(Next(back, message: new(7, 0, 0, new byte[8])));
        Assert.Equal(Delivery.HeldBack, back.Messages[Id].State);
    }

    [Fact]
    public void A_support_person_stops_their_own_messages_and_no_others()
    {
        var support = new Addressee(AddresseeKind.Support, "Jo", "Jo@Example.org");
        var chart = Given(Asked("support-person-invited", support), Asked(id: Other));
        chart = After(chart, Noon, [.. Accepted(Delivering.Stop(chart, Rules, AddresseeKind.Support, "jo@example.org"))]);
        Assert.Equal(Delivery.HeldBack, chart.Messages[Id].State);
        Assert.IsType<Send>(Next(chart, message: Other));
        Assert.IsType<Refused>(Delivering.Stop(chart, Rules, AddresseeKind.Partner, "desk@hillview.example"));
    }

    [Fact]
    public void A_choice_holds_for_its_purpose()
    {
        var chart = Given(Asked("appointment-booked"), Asked(id: Other));
        chart = After(chart, Noon, [.. Accepted(Delivering.Choose(chart, [new(Purpose.Appointment, Channel.Call), new(Purpose.Staff, Channel.None)]))]);
        Assert.Equal(new Hold(HeldBecause.CallInstead, true), Next(chart));
        Assert.IsType<Send>(Next(chart, message: Other));
        Assert.Equal(Channel.Email, chart.Reaching.For(Purpose.Staff));
        Assert.Same(Decision.Nothing, Delivering.Choose(chart, [new(Purpose.Appointment, Channel.Call)]));
        var none = After(chart, Noon, [.. Accepted(Delivering.Choose(chart, [new(Purpose.Task, Channel.None)]))]);
        Assert.Equal(new Hold(HeldBecause.NotWanted, false), Next(none, message: Other));
        // Texts are not connected: until they are, an email goes.
        var text = After(chart, Noon, [.. Accepted(Delivering.Choose(chart, [new(Purpose.Appointment, Channel.Text)]))]);
        Assert.IsType<Send>(Next(text));
    }

    [Fact]
    public void Nobody_is_forgotten_for_want_of_an_address()
    {
        var chart = GivenAt(Noon, new PatientAdmitted(new(new("Wren"), null)), Asked());
        var hold = Assert.IsType<Hold>(Next(chart));
        Assert.Equal(new Hold(HeldBecause.NoAddress, true), hold);
        var held = After(chart, Noon, [.. Accepted(Delivering.Held(chart, Id, hold))]);
        Assert.Equal(1, Rows(held, Worklist.List));
        // With an address since then, it goes when staff say so.
        var known = After(held, Noon, new PatientDetailsChanged(new(new("Wren"), null, "wren@example.org"), "Asked"));
        Assert.IsType<Send>(Next(After(known, Noon, [.. Accepted(Delivering.Again(known, Id))])));
    }

    [Fact]
    public void What_is_over_is_not_sent()
    {
        var link = new LinkGiven(Other, LinkFor.Referral, Id, "Hillview", Noon.AddDays(1));
        Assert.IsType<Send>(Next(Given(link, Asked("referral-waiting", Partner) with { Through = Other })));
        Assert.Equal(new Hold(HeldBecause.TooLate, false), Next(Given(link, new LinkWithdrawn(Other, "Closed"), Asked("referral-waiting", Partner) with { Through = Other })));
        Assert.Equal(new Hold(HeldBecause.TooLate, false), Next(Given(Asked("referral-waiting", Partner) with { Through = Id })));
        var visit = new Visit(Id, Noon.AddHours(-2), 50);
        Assert.Equal(new Hold(HeldBecause.TooLate, false), Next(Given(Asked("appointment-reminder") with { Visit = visit })));
        Assert.IsType<Send>(Next(Given(Asked("appointment-changed") with { Visit = visit with { Cancelled = true } })));
    }

    [Fact]
    public void What_left_in_the_moment_of_stop_is_told_as_sent()
    {
        var chart = Given(Asked());
        chart = After(chart, Noon, [.. Accepted(Delivering.Stop(chart, Rules, AddresseeKind.Patient))]);
        Assert.Equal(Delivery.Sent, After(chart, Noon, [.. Accepted(Delivering.Sent(chart, SentAt(Noon)))]).Messages[Id].State);
    }

    /// <summary>P15: by text where they chose it; a choice that cannot be kept becomes mail and never nothing.</summary>
    [Theory]
    [InlineData(true, "303 555 0142", "sms:+13035550142")]
    [InlineData(false, "303 555 0142", "wren@example.org")]
    [InlineData(true, "", "wren@example.org")]
    [InlineData(true, "ask at the desk", "wren@example.org")]
    public void Who_chose_text_messages_gets_them_where_they_can_go(bool texts, string phone, string to)
    {
        var chart = GivenAt(Noon, new PatientAdmitted(new(new("Wren"), null, "wren@example.org", phone)), new MessagePreferencesChosen([new(Purpose.Task, Channel.Text)]), Asked());
        Assert.Equal(to, Assert.IsType<Send>(Delivering.Next(chart, Id, Rules, Denver, Noon, texts: texts)).To);
        // What they ask for themselves, and what they chose nothing for, comes by mail as before.
        var sign = After(chart, Noon, Asked("sign-in", id: Other));
        Assert.Equal("wren@example.org", Assert.IsType<Send>(Delivering.Next(sign, Other, Rules, Denver, Noon, texts: texts)).To);
    }
}
