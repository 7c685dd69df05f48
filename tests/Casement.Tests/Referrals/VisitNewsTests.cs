using Casement.Definitions;
using Casement.Journal;
using Casement.Messages;
using Casement.Referrals;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Referrals;

/// <summary>Who is told what about a date at a clinic, and by which calendar entry.</summary>
public sealed class VisitNewsTests
{
    static readonly MessageRules Templates = MessageFolder.Read(Root.Path("definitions", "messages"));

    static readonly DateTimeOffset Saturday = Friday.AddDays(1);

    /// <summary>The act with what follows by itself, as the desk writes both.</summary>
    static Chart Act(Chart chart, Decision decision, DateTimeOffset? at = null, Actor? by = null)
    {
        var after = chart.Do(decision, at, by);
        return At(after, at ?? Now, Actor.Casement, VisitNews.Of(Rules, Denver, chart, after, at ?? Now).AsSpan());
    }

    static MessageAsked[] New(Chart before, Chart after) => [.. after.Messages.Values.Where(m => !before.Messages.ContainsKey(m.Asked.Message)).Select(m => m.Asked).OrderBy(m => m.Template, StringComparer.Ordinal)];

    static readonly Chart Offered = Act(Loop.Accepted, Answering.Propose(Loop.Accepted, Id, [Friday, Saturday], Now, null), by: Clinic);
    static readonly Chart Picked = Act(Offered, Answering.Pick(Offered, Id, Loop.Hillview, Friday, Now));
    static readonly Chart Moved = Act(Picked, Answering.Schedule(Picked, Id, Loop.Hillview, Saturday, Now, null), by: Clinic);
    static readonly Chart Off = Act(Moved, Answering.CallOff(Moved, Id, "Nurse ill", null), by: Clinic);

    static Visit Told(Chart before, Chart after, string template) => New(before, after).Single(m => m.Template == template).Visit ?? throw new InvalidOperationException("No visit goes along.");

    [Fact]
    public void Dates_offered_are_told_to_the_patient_with_the_way_to_choose()
    {
        var told = Assert.Single(New(Loop.Accepted, Offered));
        Assert.Equal(("dates-proposed", AddresseeKind.Patient, $"/my/referrals/{Id}"), (told.Template, told.To.Kind, told.Page));
        var others = Act(Offered, Answering.Propose(Offered, Id, [Saturday], Now, null), by: Clinic);
        Assert.Single(New(Offered, others));
        Assert.IsType<AlreadySo>(Answering.Propose(others, Id, [Saturday], Now, null));
    }

    [Fact]
    public void A_date_taken_is_told_to_both_with_one_visit_and_the_patient_is_reminded_the_day_before()
    {
        var told = New(Offered, Picked);
        Assert.Equal(["appointment-booked", "appointment-reminder", "partner-date-set"], told.Select(m => m.Template));
        Assert.Single(told.Select(m => m.Visit?.Id).Distinct());
        Assert.All(told, m => Assert.Equal((Friday, 0, false), (m.Visit?.At, m.Visit?.Sequence, m.Visit?.Cancelled)));
        Assert.Equal(("referrals@hillview.example", Link), (told[2].To.Email, told[2].Through));
        var reminder = TimeZoneInfo.ConvertTime(told[1].NotBefore ?? default, Denver).DateTime;
        Assert.Equal(TimeZoneInfo.ConvertTime(Friday, Denver).Date.AddDays(-1) + new TimeSpan(10, 0, 0), reminder);
    }

    [Fact]
    public void A_moved_visit_is_the_same_entry_with_the_next_number_and_a_cancelled_one_ends_it()
    {
        var (booked, moved, off) = (Told(Offered, Picked, "appointment-booked"), Told(Picked, Moved, "appointment-changed"), Told(Moved, Off, "appointment-changed"));
        Assert.Equal((booked.Id, 1, Saturday, false), (moved.Id, moved.Sequence, moved.At, moved.Cancelled));
        Assert.Equal((booked.Id, 2, Saturday, true), (off.Id, off.Sequence, off.At, off.Cancelled));
        Assert.Equal(moved with { Place = "" }, Told(Picked, Moved, "partner-date-changed"));
        Assert.Equal(off with { Place = "" }, Told(Moved, Off, "partner-date-off"));
        Assert.DoesNotContain(New(Moved, Off), m => m.Template == "appointment-reminder");
    }

    [Fact]
    public void After_one_was_called_off_the_next_is_a_visit_of_its_own_even_at_the_same_hour()
    {
        var again = Act(Off, Answering.Schedule(Off, Id, Loop.Hillview, Saturday, Now, null), by: Clinic);
        var (first, second) = (Told(Offered, Picked, "appointment-booked"), Told(Off, again, "appointment-booked"));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(0, second.Sequence);
        var moved = Act(again, Answering.Schedule(again, Id, Loop.Hillview, Friday, Now, null), by: Clinic);
        Assert.Equal((second.Id, 1), (Told(again, moved, "appointment-changed").Id, Told(again, moved, "appointment-changed").Sequence));
    }

    public static TheoryData<string> Ends => ["decline", "cancel", "finish", "revoke"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Whatever_ends_the_referral_takes_the_visit_out_of_both_calendars(string end)
    {
        var asked = end == "cancel" ? Act(Picked, Closing.AskToCancel(Picked, Id, "Moved away", Guid.NewGuid(), Rules, Denver, Now)) : Picked;
        Assert.DoesNotContain(New(Picked, asked), m => m.Visit is not null);
        var over = Act(asked, end switch
        {
            "decline" => Answering.Decline(asked, Id, "Closing down", "Dana", null),
            "cancel" => Answering.ConfirmCancel(asked, Id, null),
            "finish" => Answering.Finish(asked, Id, "Done", null, null),
            _ => Preparing.Revoke(asked, Id, "", Guid.NewGuid()),
        });
        Assert.True(Told(asked, over, "appointment-changed").Cancelled);
        Assert.Equal((true, null), (Told(asked, over, "partner-date-off").Cancelled, New(asked, over).Single(m => m.Template == "partner-date-off").Through));
    }

    [Fact]
    public void A_visit_that_is_over_or_was_missed_is_nobodys_news()
    {
        var late = Friday.AddHours(3);
        Assert.Empty(New(Picked, Act(Picked, Answering.Missed(Picked, Id, "", late, null), late, Clinic)));
        var past = Act(Loop.Accepted, Answering.Schedule(Loop.Accepted, Id, Loop.Hillview, Now.AddDays(-1), Now, new("telephone", Now)));
        Assert.Empty(New(Loop.Accepted, past));
        // The next one is new, though the last was never reported.
        Assert.Equal(0, Told(Picked, Act(Picked, Answering.Schedule(Picked, Id, Loop.Hillview, late.AddDays(3), late, null), late, Clinic), "appointment-booked").Sequence);
    }

    [Fact]
    public void A_visit_tomorrow_morning_gets_no_reminder_for_an_hour_that_has_passed()
    {
        var near = Act(Loop.Accepted, Answering.Schedule(Loop.Accepted, Id, Loop.Hillview, Now.AddHours(6), Now, null), by: Clinic);
        Assert.DoesNotContain(New(Loop.Accepted, near), m => m.Template == "appointment-reminder");
    }

    static Dispatch Next(Chart chart, MessageAsked message, DateTimeOffset at) => Delivering.Next(chart, message.Message, Templates, Denver, at);

    [Fact]
    public void The_reminder_goes_the_day_before_and_is_dropped_when_the_visit_moved_or_is_off()
    {
        var reminder = New(Offered, Picked).Single(m => m.Template == "appointment-reminder");
        var due = reminder.NotBefore ?? default;
        Assert.Equal(new Casement.Messages.Wait(due), Next(Picked, reminder, due.AddMinutes(-1)));
        Assert.IsType<Send>(Next(Picked, reminder, due));
        foreach (var changed in (Chart[])[Moved, Off])
        {
            var held = Assert.IsType<Hold>(Next(changed, reminder, due));
            Assert.Equal((HeldBecause.TooLate, false), (held.Because, held.Call));
        }
        var next = New(Picked, Moved).Single(m => m.Template == "appointment-reminder");
        Assert.IsType<Send>(Next(Moved, next, next.NotBefore ?? default));
        Assert.Equal(due.AddDays(1), next.NotBefore);
    }

    [Fact]
    public void A_visit_early_tomorrow_is_told_in_the_night_and_one_next_week_waits_for_the_morning()
    {
        var night = new DateTimeOffset(Now.Year, Now.Month, Now.Day, 22, 0, 0, Denver.GetUtcOffset(Now)).ToUniversalTime();
        foreach (var (visit, goes) in new[] { (night.AddHours(9), true), (night.AddDays(6), false) })
        {
            var chart = Act(Loop.Accepted, Answering.Schedule(Loop.Accepted, Id, Loop.Hillview, visit, night, null), night, Clinic);
            Assert.Equal(goes, Next(chart, New(Loop.Accepted, chart).Single(m => m.Template == "appointment-booked"), night) is Send);
        }
    }

    [Fact]
    public void A_clinic_that_has_not_answered_is_reminded_once_before_it_is_late()
    {
        var due = Of(Sent).Sent!.Terms.AcknowledgeBy;
        var early = due.AddHours(-Rules.RemindPartnerHoursBefore);
        Assert.Empty(Overdue.Reminders(Sent, Rules, early.AddMinutes(-1)));
        var reminder = Assert.IsType<MessageAsked>(Assert.Single(Overdue.Reminders(Sent, Rules, early)));
        Assert.Equal(("referral-reminder", "referrals@hillview.example", Link), (reminder.Template, reminder.To.Email, reminder.Through));
        var reminded = At(Sent, early, Actor.Casement, reminder);
        Assert.Empty(Overdue.Reminders(reminded, Rules, due.AddMinutes(-1)));
        Assert.Equal("referral-overdue", Assert.IsType<MessageAsked>(Assert.Single(Overdue.Reminders(reminded, Rules, due))).Template);
        Assert.Empty(Overdue.Reminders(Acknowledged, Rules, early));
    }
}
