using Casement.Messages;
using Casement.Referrals;
using Ical.Net.CalendarComponents;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Casement.Web.Tests.Messages;

/// <summary>A whole booking by its pages and its mails: what each of the two reads, and what their calendars make of it.</summary>
public sealed class VisitMailTests
{
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    const string Patient = "claudia@example.org", Clinic = "referrals@hillview.example";

    static CalendarEvent Entry(MimeMessage mail) =>
        Ical.Net.Calendar.Load(Calendar(mail))?.Events.Single() ?? throw new InvalidOperationException("No calendar entry goes along.");

    static string Calendar(MimeMessage mail) => mail.BodyParts.OfType<TextPart>().Single(p => p.ContentType.MimeType == "text/calendar").Text;

    static string Typed(DateTime there) => there.ToString("yyyy-MM-ddTHH:mm");

    [Fact]
    public async Task Dates_are_offered_taken_moved_and_called_off_and_both_calendars_follow()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var open = house;
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, await house.Clinic());
        await house.SendDue();
        post.Taken.Clear();
        var (friday, monday) = (TimeZoneInfo.ConvertTime(house.Clock.GetUtcNow(), Denver).Date.AddDays(4).AddHours(9.5), TimeZoneInfo.ConvertTime(house.Clock.GetUtcNow(), Denver).Date.AddDays(7).AddHours(14));

        using var clinic = await house.OnLink(patient, link);
        await clinic.Send("form:has(#By)", ("By", "Dana Cole"), ("What", "accept"));
        await clinic.Send("form:has(#Date1)", ("Date1", Typed(friday)), ("Date2", Typed(monday)));
        var offer = Assert.Single(await Sent());
        Assert.Equal(("Please choose a date", Patient), (offer.Subject, To(offer)));

        // The mail leads the patient to the page where the dates are.
        using var mine = house.Visit();
        await mine.Go(Mailbox.Link(offer, "/enter/").PathAndQuery);
        await mine.Send("main form");
        Assert.Equal($"/my/referrals/{referral}", mine.Where.AbsolutePath);
        await mine.Send("form:has([name=Date])", ("Date", mine.Page.QuerySelectorAll("[name=Date]")[0].GetAttribute("value") ?? ""));
        Assert.Contains("12 Hill St, Boulder", mine.Page.QuerySelector("main")?.TextContent, StringComparison.Ordinal);

        var booked = await Sent();
        Assert.Equal([("Your visit is booked", Patient), ("A date is set", Clinic)], booked.Select(m => (m.Subject, To(m))).OrderByDescending(m => m.Subject));
        Assert.All(booked, m => Assert.Equal((friday, 0), (Entry(m).Start?.Value, Entry(m).Sequence)));
        Assert.All(booked, m => Assert.Contains("BEGIN:VTIMEZONE", Calendar(m), StringComparison.Ordinal));
        var uid = Assert.Single(booked.Select(m => Entry(m).Uid).Distinct());
        Assert.All(booked, m => Assert.Contains("9:30 AM", m.TextBody, StringComparison.Ordinal));
        Assert.All(booked, m => Assert.DoesNotContain("nfusion", m.TextBody!.Replace("Hello Hillview Infusion,", "", StringComparison.Ordinal) + Calendar(m), StringComparison.Ordinal));
        using var again = house.Visit();
        await again.Go(Mailbox.Link(booked.Single(m => To(m) == Clinic), "/open/").PathAndQuery);
        await again.Send("main form");
        Assert.Equal("/partner", again.Where.AbsolutePath);

        await clinic.Go("/partner");
        await clinic.Send("form:has(#Date1)", ("Date1", Typed(monday)));
        await Sent();
        await mine.Go($"/my/referrals/{referral}");
        await mine.Send("form:has([name=Date])", ("Date", mine.Page.QuerySelectorAll("[name=Date]")[0].GetAttribute("value") ?? ""));
        var moved = await Sent();
        Assert.Equal(["Your visit has changed", "A date has changed"], moved.Select(m => m.Subject).OrderDescending());
        Assert.All(moved, m => Assert.Equal((uid, 1, monday), (Entry(m).Uid, Entry(m).Sequence, Entry(m).Start?.Value)));

        // The reminder of the first date is dropped, that of the second goes the day before.
        await Until(friday.Date.AddDays(-1).AddHours(10.5));
        Assert.Empty(await Sent());
        await Until(monday.Date.AddDays(-1).AddHours(10.5));
        var reminder = Assert.Single(await Sent());
        Assert.Equal(("A reminder of your visit", Patient, 1), (reminder.Subject, To(reminder), Entry(reminder).Sequence));

        using var later = await house.OnLink(patient, link);
        await later.Send("form:has(#OffReason)", ("OffReason", "The nurse is ill"));
        var off = await Sent();
        Assert.Equal(["Your visit has changed", "A visit will not take place"], off.Select(m => m.Subject).OrderDescending());
        Assert.All(off, m => Assert.Equal((uid, 2, "CANCELLED"), (Entry(m).Uid, Entry(m).Sequence, Entry(m).Status)));
        Assert.All(off, m => Assert.Contains("METHOD:CANCEL", Calendar(m), StringComparison.Ordinal));
        Assert.All(off, m => Assert.Contains("(cancelled)", m.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain(off, m => m.TextBody!.Contains("nurse", StringComparison.Ordinal));

        async Task<MimeMessage[]> Sent()
        {
            post.Taken.Clear();
            await house.SendDue();
            return [.. post.Taken];
        }

        // In steps, so that nobody's session is idle for long.
        Task Until(DateTime there)
        {
            house.Clock.Ahead += new DateTimeOffset(there, Denver.GetUtcOffset(there)) - house.Clock.GetUtcNow();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Who_wants_no_mail_about_visits_is_called()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var open = house;
        var patient = await house.ClearedPatient();
        var (referral, _) = await house.SentTo(patient, await house.Clinic());
        await house.Carry(patient, chart => Delivering.Choose(chart, [new(Purpose.Appointment, Channel.Call)]));
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, null, now.AddDays(5), now, null));
        await house.SendDue();
        Assert.DoesNotContain(post.Taken, m => To(m) == Patient && m.Attachments.Any());
        Assert.DoesNotContain(post.Taken, m => To(m) == Patient && m.Subject?.Contains("visit", StringComparison.OrdinalIgnoreCase) == true);
        var held = (await house.Read(patient)).Messages.Values.Single(m => m.Asked.Template == "appointment-booked");
        Assert.Equal((HeldBecause.CallInstead, true), (held.HeldBack?.Because, held.HeldBack?.Call));
    }

    static string To(MimeMessage mail) => ((MailboxAddress)mail.To[0]).Address;
}
