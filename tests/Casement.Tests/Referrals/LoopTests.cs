using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Referrals;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Referrals;

/// <summary>The table of practice.md 2.6, every step allowed and refused.</summary>
public sealed class LoopTests
{
    static readonly (string Name, Chart Chart)[] States =
    [
        ("draft", Drafted), ("received", Sent), ("acknowledged", Acknowledged), ("accepted", Loop.Accepted), ("scheduled", Scheduled), ("cancel-asked", CancelAsked),
        ("declined", Declined), ("cancelled", Cancelled), ("completed", Completed), ("closed", Closed), ("revoked", Revoked),
    ];

    /// <summary>+ changes the state, = is already so, - is refused; one letter for each state above, in order.</summary>
    [Theory]
    [InlineData("acknowledge", "-+=========")]
    [InlineData("accept", "-++==------")]
    [InlineData("decline", "-++++-=----")]
    [InlineData("propose", "---++------")]
    [InlineData("schedule", "---++------")]
    [InlineData("miss", "-----------")]
    [InlineData("call-off", "----+------")]
    [InlineData("note", "---+++-----")]
    [InlineData("ask-to-cancel", "-++++=-----")]
    [InlineData("confirm-cancel", "-----+-=---")]
    [InlineData("finish", "---+++--==-")]
    [InlineData("close", "+-----+++=+")]
    [InlineData("reopen", "=========+=")]
    [InlineData("send", "-==========")]
    [InlineData("revoke", "-+++++++++=")]
    public void A_step_is_taken_only_from_the_states_that_allow_it(string step, string expected)
    {
        var found = string.Concat(States.Select(s => Take(step, s.Chart) switch { Journal.Accepted => '+', AlreadySo => '=', _ => '-' }));
        Assert.Equal(expected, found);
    }

    static Decision Take(string step, Chart chart) => step switch
    {
        "acknowledge" => Answering.Acknowledge(chart, Id, "Dana", null),
        "accept" => Answering.Accept(chart, Id, "Dana", null),
        "decline" => Answering.Decline(chart, Id, "Full", "Dana", null),
        "propose" => Answering.Propose(chart, Id, [Friday.AddDays(1)], Now, null),
        "schedule" => Answering.Schedule(chart, Id, Hillview, Friday.AddDays(1), Now, null),
        "miss" => Answering.Missed(chart, Id, "", Now, null),
        "call-off" => Answering.CallOff(chart, Id, "Nurse ill", null),
        "note" => Answering.Note(chart, Id, "Going well", null),
        "ask-to-cancel" => Closing.AskToCancel(chart, Id, "Moved", Guid.NewGuid(), Rules, Denver, Now),
        "confirm-cancel" => Answering.ConfirmCancel(chart, Id, null),
        "finish" => Answering.Finish(chart, Id, "Done", null, null),
        "close" => Closing.Close(chart, Id, "Weekly integration", "", Nurse, Guid.NewGuid(), Now),
        "reopen" => Closing.Reopen(chart, Id, "Another session after all"),
        "send" => Send(chart),
        _ => Preparing.Revoke(chart, Id, "", Guid.NewGuid()),
    };

    [Theory]
    [InlineData("draft", "draft", "not sent")]
    [InlineData("received", "received", "2.0 created")]
    [InlineData("accepted", "accepted", "3.0 accepted")]
    [InlineData("scheduled", "in-progress", "5.1.1 event scheduled")]
    [InlineData("cancel-asked", "in-progress", "5.2 cancellation requested")]
    [InlineData("declined", "rejected", "4.0 declined")]
    [InlineData("cancelled", "cancelled", "6.0 fulfilment cancelled")]
    [InlineData("completed", "completed", "7.0 fulfilment completed")]
    public void The_task_and_its_business_status_are_those_of_the_guide(string state, string task, string business)
    {
        var so = Of(States.First(s => s.Name == state).Chart);
        Assert.Equal((task, business), (so.TaskStatus, so.BusinessStatus));
    }

    [Fact]
    public void A_missed_appointment_counts_once_it_has_passed_and_twice_calls_for_outreach()
    {
        var late = Friday.AddHours(2);
        var once = Scheduled.Do(Answering.Missed(Scheduled, Id, "", late, null), late, Clinic);
        Assert.Equal("5.1.2 event unattended", Of(once).BusinessStatus);
        Assert.IsType<AlreadySo>(Answering.Missed(once, Id, "", late, null));
        Assert.DoesNotContain(Waits.Of(once, Of(once)), w => w.Kind == "outreach");
        var again = once.Do(Answering.Schedule(once, Id, Hillview, late.AddDays(3), late, null), late, Clinic);
        var twice = again.Do(Answering.Missed(again, Id, "", late.AddDays(4), null), late.AddDays(4), Clinic);
        Assert.Contains(Waits.Of(twice, Of(twice)), w => w is { Kind: "outreach", For: WaitsFor.Practice });
        Assert.Contains("Say why it is closed", Refused(Closing.Close(twice, Id, "Call weekly", "", Nurse, Guid.Empty, late.AddDays(4))), StringComparison.Ordinal);
        Assert.IsType<Journal.Accepted>(Closing.Close(twice, Id, "Call weekly", "Reached by phone; screen negative", Nurse, Guid.Empty, late.AddDays(4)));
    }

    [Fact]
    public void A_note_before_any_session_moves_nothing()
    {
        var noted = Loop.Accepted.Do(Answering.Note(Loop.Accepted, Id, "Parking is behind the house.", null), Now.AddHours(1), Clinic);
        Assert.Equal((ReferralStage.Accepted, "3.0 accepted", Now.AddHours(1)), (Of(noted).Stage, Of(noted).BusinessStatus, Of(noted).LastNewsAt));
        Assert.Equal(["Parking is behind the house."], Of(noted).Notes);
        Assert.Contains(Waits.Of(noted, Of(noted)), w => w.Kind == "first-appointment");
        var late = Friday.AddHours(2);
        var missed = Scheduled.Do(Answering.Missed(Scheduled, Id, "", late, null), late, Clinic);
        var told = missed.Do(Answering.Note(missed, Id, "We tried to call.", null), late, Clinic);
        Assert.Equal(("5.1.2 event unattended", 1), (Of(told).BusinessStatus, Of(told).NoShows));
        var due = Scheduled.Do(Answering.Note(Scheduled, Id, "Please bring the list.", null), late, Clinic);
        Assert.Equal(Of(Scheduled).Appointment, Of(due).Appointment);
    }

    [Fact]
    public void Who_signs_again_in_another_tab_has_signed_already()
    {
        var again = Authorisation(Authorised) with { Id = Guid.NewGuid(), SignedName = "Wren Bury" };
        Assert.IsType<AlreadySo>(Preparing.Authorise(Authorised, Id, again, Rules, Now));
        var over = Now.AddDays(366);
        Assert.IsType<Journal.Accepted>(Preparing.Authorise(Authorised, Id, again with { EndsAt = over.AddDays(365) }, Rules, over));
    }

    [Fact]
    public void Completed_is_not_closed()
    {
        Assert.Null(Of(Completed).Closed);
        Assert.Contains(Waits.Of(Completed, Of(Completed)), w => w is { Kind: "close", For: WaitsFor.Practice });
        Assert.Contains("licence", Refused(Closing.Close(Completed, Id, "Plan", "", Nurse with { Credentials = "" }, Guid.Empty, Now)), StringComparison.Ordinal);
        Assert.Contains("Write what follows", Refused(Closing.Close(Completed, Id, " ", "", Nurse, Guid.Empty, Now)), StringComparison.Ordinal);
        Assert.Empty(ReferralWork.Rows(Closed));
        Assert.All(Closed.Links.Values, l => Assert.NotNull(l.Withdrawn));
    }

    [Fact]
    public void The_patient_picks_only_what_the_clinic_offers_and_only_while_cleared()
    {
        Assert.Contains("no longer offers", Refused(Answering.Pick(Proposed, Id, Hillview, Friday.AddDays(1), Now)), StringComparison.Ordinal);
        Assert.Contains("has passed", Refused(Answering.Pick(Proposed, Id, Hillview, Friday, Friday.AddDays(1))), StringComparison.Ordinal);
        Assert.Contains("clearance ends before", Refused(Answering.Propose(Loop.Accepted, Id, [Now.AddDays(40)], Now, null)), StringComparison.Ordinal);
        var late = At(Loop.Accepted, Now, Clinic, new ReferralDatesProposed(Id, [Now.AddDays(40)], null));
        Assert.Contains("clearance ends before", Refused(Answering.Pick(late, Id, Hillview, Now.AddDays(40), Now)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("draft", "Put the packet together", WaitsFor.Practice)]
    [InlineData("received", "Hillview Infusion to acknowledge the referral", WaitsFor.Partner)]
    [InlineData("accepted", "Hillview Infusion to propose a date", WaitsFor.Partner)]
    [InlineData("declined", "Hillview Infusion declined: find another clinic, then close", WaitsFor.Practice)]
    public void The_board_says_who_acts_next(string state, string what, WaitsFor who)
    {
        var chart = States.First(s => s.Name == state).Chart;
        var first = Waits.Of(chart, Of(chart))[0];
        Assert.Equal((what, who), (first.What, first.For));
    }

    [Fact]
    public void Silence_is_overdue_by_the_clock_and_says_so_once_per_deadline()
    {
        var due = Of(Sent).Sent!.Terms.AcknowledgeBy;
        Assert.Empty(Overdue.Reminders(Sent, Rules, due.AddHours(-25)));
        var reminder = Assert.IsType<MessageAsked>(Assert.Single(Overdue.Reminders(Sent, Rules, due)));
        Assert.Equal(("referral-overdue", "referrals@hillview.example", Link), (reminder.Template, reminder.To.Email, reminder.Through));
        var reminded = At(Sent, due, Actor.Casement, reminder);
        Assert.Empty(Overdue.Reminders(reminded, Rules, due.AddDays(1)));
        var row = Worklist.Read(ReferralWork.Rows(Sent).First(r => r.List == Worklist.List).Json);
        Assert.Equal(Urgency.Soon, row.At(due.AddMinutes(-1)).Urgency);
        Assert.Equal((Urgency.Today, "Hillview Infusion has not answered: acknowledge the referral"), (row.At(due).Urgency, row.At(due).What));
        Assert.Single(Overdue.Reminders(Acknowledged, Rules, Of(Sent).Sent!.Terms.AnswerBy));
    }

    [Fact]
    public void Thirty_silent_days_call_for_outreach()
    {
        var wait = Waits.Of(Scheduled, Of(Scheduled)).First(w => w.Kind == "silence");
        Assert.Equal((Now.AddDays(30), WaitsFor.Practice), (wait.DueAt, wait.For));
    }

    [Theory]
    [InlineData("2026-11-23T18:00:00Z", 2, "2026-11-26T00:00:00Z")] // Monday: due Wednesday 17:00 in Denver
    [InlineData("2026-11-24T18:00:00Z", 2, "2026-12-01T00:00:00Z")] // Tuesday before Thanksgiving; the practice is closed on Friday too
    [InlineData("2026-11-20T18:00:00Z", 1, "2026-11-24T00:00:00Z")] // Friday: Monday
    [InlineData("2027-03-12T20:00:00Z", 1, "2027-03-15T23:00:00Z")] // over the change to summer time
    [InlineData("2027-12-30T18:00:00Z", 1, "2028-01-04T00:00:00Z")] // New Year's Day 2028 is a Saturday, kept on Friday
    public void Business_days_skip_weekends_and_holidays(string from, int days, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due), Rules.Calendar.Due(DateTimeOffset.Parse(from), days, DueUnit.BusinessDays, Denver));

    [Fact]
    public void A_suspended_clearance_is_told_to_patient_and_partner_in_the_same_breath_and_waits_to_be_confirmed()
    {
        var news = new FactsRecorded([new("bp-sys-avg", FactValue.Of(172), Now, FactSource.Measurement)]);
        var after = After(Scheduled, news);
        var following = Living.Consequences(Rulebook, Scheduled, after, Defaults, Now);
        var told = ClearanceNews.Of(Scheduled, after, following);
        Assert.Equal(["clearance-changed", "partner-clearance-changed"], told.OfType<MessageAsked>().Select(m => m.Template));
        Assert.Equal(told, ClearanceNews.Of(Scheduled, after, following));
        var chart = After(after, [.. following, .. told]);
        var live = LiveClearance.Of(chart, "racemic-ketamine-iv", Now);
        Assert.Equal((Cleared, ClearanceState.Suspended), live.ToConfirm(Of(chart)));
        Assert.Contains(Waits.Of(chart, Of(chart)), w => w.Kind == "clearance-change");
        var seen = chart.Do(Answering.SawChange(chart, Id, Cleared, ClearanceState.Suspended, "Dana", Now), by: Clinic);
        Assert.Null(live.ToConfirm(Of(seen)));
        Assert.DoesNotContain(Waits.Of(seen, Of(seen)), w => w.Kind == "clearance-change");
        Assert.IsType<AlreadySo>(Answering.SawChange(seen, Id, Cleared, ClearanceState.Suspended, "Dana", Now));
    }

    [Fact]
    public void A_clearance_that_ends_by_itself_is_told_once()
    {
        var end = Scheduled.Clearances[^1].EndsAt!.Value;
        var told = Overdue.Reminders(Scheduled, Rules, end).OfType<MessageAsked>().Where(m => m.Template == "partner-clearance-changed").ToArray();
        Assert.Single(told);
        Assert.DoesNotContain(Overdue.Reminders(At(Scheduled, end, Actor.Casement, told[0]), Rules, end.AddDays(1)), e => e is MessageAsked { Template: "partner-clearance-changed" });
    }

    [Fact]
    public void A_support_person_is_one_at_a_time_and_lets_go_of_the_one_before()
    {
        var first = ClearedChart.Do(Supporting.Name(ClearedChart, Link, Guid.NewGuid(), "Sam", "sam@example.org", "303 555 0111", Now.AddDays(90)));
        Assert.True(first.Links[Link].OpensAt(Now));
        var second = first.Do(Supporting.Name(first, Id, Guid.NewGuid(), "Kim", "kim@example.org", "303 555 0112", Now.AddDays(90)));
        Assert.Equal("Kim", Assert.Single(second.SupportPeople).Name);
        Assert.False(second.Links[Link].OpensAt(Now));
    }

    [Theory]
    [InlineData("acknowledge")]
    [InlineData("accept")]
    [InlineData("decline")]
    public void Somebody_with_a_name_answers_for_the_clinic_unless_staff_name_their_source(string step)
    {
        Decision Answer(Heard? heard) => step switch
        {
            "acknowledge" => Answering.Acknowledge(Sent, Id, "  ", heard),
            "accept" => Answering.Accept(Sent, Id, "", heard),
            _ => Answering.Decline(Sent, Id, "Full", "", heard),
        };
        Assert.StartsWith("Write your name", Refused(Answer(null)), StringComparison.Ordinal);
        Assert.IsType<Journal.Accepted>(Answer(new Heard("telephone, Dana", Now)));
    }

    [Fact]
    public void Once_we_asked_to_stop_no_date_is_offered_any_more()
    {
        var asked = Proposed.Do(Closing.AskToCancel(Proposed, Id, "Moved away", Guid.Empty, Rules, Denver, Now));
        Assert.Empty(Of(asked).Proposed);
        Assert.DoesNotContain(Waits.Of(asked, Of(asked)), w => w.For is WaitsFor.Patient);
    }

    [Fact]
    public void A_corrected_address_is_where_every_later_mail_to_the_clinic_goes()
    {
        var corrected = Hillview with { Email = "new@hillview.example" };
        var renewed = Sent.Do(Preparing.Renew(Sent, Id, Guid.NewGuid(), Guid.Empty, corrected, Rules, Casement.Consent.ConsentDocuments.None, Now));
        Assert.Equal("new@hillview.example", renewed.Messages[Guid.Empty].Asked.To.Email);
        var waiting = Sent.Messages.Values.Single(m => m.Asked.Template == "referral-waiting").Asked;
        Assert.Equal(Hillview.Id, PartnerAddress.ClinicOf(Sent, waiting));
        var templates = Casement.Definitions.MessageFolder.Read(Root.Path("definitions", "messages"));
        Assert.Equal("new@hillview.example", Assert.IsType<Casement.Messages.Send>(Casement.Messages.Delivering.Next(Sent, waiting.Message, templates, Denver, Now, corrected.Email)).To);
    }

    [Fact]
    public void Dates_that_have_all_passed_are_no_choice_and_the_clinic_is_asked_for_others()
    {
        var late = Friday.AddDays(4);
        Assert.Equal(Friday.AddDays(3), Waits.Of(Proposed, Of(Proposed)).Single(w => w.Kind == "pick").DueAt);
        Assert.Contains(PatientSteps.Of(Proposed, Friday), s => s.What.StartsWith("Choose a date", StringComparison.Ordinal));
        Assert.Contains(PatientSteps.Of(Proposed, late), s => s.What == "Ask Hillview Infusion for new dates");
        Assert.DoesNotContain(PatientSteps.Of(Proposed, late), s => s.What.StartsWith("Choose a date", StringComparison.Ordinal));
        Assert.Contains(ReferralWork.Rows(Proposed), r => r.Json.Contains("all have passed", StringComparison.Ordinal));

        var asked = Proposed.Do(Answering.AskForDates(Proposed, Id, Guid.Empty, Rules, Denver, late), late);
        var wait = Waits.Of(asked, Of(asked)).Single(w => w.Kind == "new-dates");
        Assert.Equal((WaitsFor.Partner, true), (wait.For, wait.DueAt > late));
        Assert.Equal("partner-dates-asked", asked.Messages[Guid.Empty].Asked.Template);
        Assert.IsType<AlreadySo>(Answering.AskForDates(asked, Id, Guid.NewGuid(), Rules, Denver, late));
        var offered = asked.Do(Answering.Propose(asked, Id, [late.AddDays(2)], late, null), late, Clinic);
        Assert.DoesNotContain(Waits.Of(offered, Of(offered)), w => w.Kind == "new-dates");
    }

    [Fact]
    public void A_packet_nobody_signs_is_a_row_once_its_day_has_passed()
    {
        var asked = Loop.After(Chosen, new ReferralSignatureAsked(Id, Now.AddDays(5)));
        Assert.Equal(Now.AddDays(5), Waits.Of(asked, Of(asked)).Single(w => w.Kind == "authorise").DueAt);
        Assert.Contains(ReferralWork.Rows(asked), r => r.Json.Contains("Has not signed what may be sent", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unanswered_check_in_is_a_row_until_somebody_was_reached()
    {
        var (check, later) = (Guid.NewGuid(), Guid.NewGuid());
        var silent = Loop.After(Sent, new Casement.CheckIns.CheckInSent(check, "pulse", Now.AddDays(3)));
        Assert.Contains(Casement.CheckIns.CheckInWork.Rows(silent), r => r.Json.Contains("Has not answered a check-in", StringComparison.Ordinal));
        Assert.StartsWith("Say how you reached", Refused(Casement.CheckIns.CheckingIn.SettleSilence(silent, check, " ", Now)), StringComparison.Ordinal);
        Assert.Empty(Casement.CheckIns.CheckInWork.Rows(silent.Do(Casement.CheckIns.CheckingIn.SettleSilence(silent, check, "Called; all well", Now))));
        Assert.Equal("There is no such check-in.", Refused(Casement.CheckIns.CheckingIn.SettleSilence(silent, later, "x", Now)));
    }
}
