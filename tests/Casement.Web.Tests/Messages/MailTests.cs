using System.Net;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Web.Messages;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Casement.Web.Tests.Messages;

/// <summary>From asking to arriving: what a message says, where its links lead, and what the chart knows of it.</summary>
public sealed class MailTests
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task A_patient_is_told_that_something_waits_and_the_link_leads_there_once()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        var id = await house.Ask(patient, "intake-waiting", page: "/my/messages/preferences");
        Assert.Equal(Delivery.Queued, (await house.Message(patient, id)).State);
        Assert.Equal(1, await house.SendDue());
        Assert.Equal(0, await house.SendDue());

        var mail = Assert.Single(post.Taken);
        Assert.Equal(("Some questions are waiting for you", "claudia@example.org", "mail@practice.example"), (mail.Subject, mail.To.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Address));
        Assert.StartsWith("Hello Clau,", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Ordóñez", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("{", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal($"{id:N}@practice.example", mail.MessageId);

        using var browser = house.Visit();
        // A scanner looks first, twice; the link still opens, once.
        await browser.Go(Mailbox.Link(mail, "/enter/"));
        await browser.Go(Mailbox.Link(mail, "/enter/"));
        await browser.Send("main form");
        Assert.Equal("/my/messages/preferences", browser.Where.AbsolutePath);
        using var second = house.Visit();
        Assert.Equal("This link no longer opens", (await second.Go(Mailbox.Link(mail, "/enter/"))).Heading);

        var message = await house.Message(patient, id);
        Assert.Equal((Delivery.Sent, "mailbox", "claudia@example.org"), (message.State, message.Sent?.Through, message.Sent?.To));
        Assert.DoesNotContain(house.Log.Lines, l => l.Contains("claudia", StringComparison.OrdinalIgnoreCase) || l.Contains("/enter/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_lasts_as_long_as_the_template_says()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "sign-in");
        await house.SendDue();
        house.Clock.Ahead += TimeSpan.FromMinutes(61);
        using var browser = house.Visit();
        Assert.Equal("This link no longer opens", (await browser.Go(Mailbox.Link(post.Taken.Single(), "/enter/"))).Heading);
    }

    [Fact]
    public async Task An_old_link_sends_a_new_one_to_the_address_on_the_chart_with_one_press()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "intake-waiting", page: "/my/messages/preferences");
        await house.SendDue();
        house.Clock.Ahead += TimeSpan.FromDays(4);
        using var browser = house.Visit();
        await browser.Go(Mailbox.Link(post.Taken.Single(), "/enter/"));
        // Looking asks for nothing; pressing twice sends one.
        Assert.Single((await house.Read(patient)).Messages);
        await browser.Send("main form");
        Assert.Equal("A new link is on its way", browser.Heading);
        await browser.Go(Mailbox.Link(post.Taken.Single(), "/enter/"));
        await browser.Send("main form");
        Assert.Equal(1, await house.SendDue());
        Assert.Equal("claudia@example.org", post.Taken.Last().To.Mailboxes.Single().Address);
        await browser.Go(Mailbox.Link(post.Taken.Last(), "/enter/"));
        await browser.Send("main form");
        Assert.Equal("/my/messages/preferences", browser.Where.AbsolutePath);
        using var stranger = house.Visit();
        Assert.Empty((await stranger.Go($"/enter/{new string('0', 64)}")).Page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task A_partner_gets_the_link_that_needs_no_account_and_no_way_to_stop_work()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        var link = Guid.NewGuid();
        await house.Carry(patient, _ => Decision.Accept(new LinkGiven(link, LinkFor.Referral, Guid.NewGuid(), "Hillview", house.Clock.GetUtcNow().AddDays(3))));
        await house.Ask(patient, "referral-waiting", new(AddresseeKind.Partner, "Hillview", "desk@hillview.example"), "/partner", m => m with { Through = link });
        await house.SendDue();
        var mail = Assert.Single(post.Taken);
        using var browser = house.Visit();
        Assert.Equal("For Hillview", (await browser.Go(Mailbox.Link(mail, "/open/"))).Heading);
        Assert.DoesNotContain("/messages/stop", mail.TextBody, StringComparison.Ordinal);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
        Assert.DoesNotContain("Clau", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_without_an_address_means_every_clinician()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        await house.Invite(new("Alma Reyes", "alma@practice.example", [Role.Clinician]));
        await house.Invite(new("Ben Okafor", "ben@practice.example", [Role.Guide]));
        await house.Invite(new("Cleo Marsh", "cleo@practice.example", [Role.Clinician]));
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "staff-urgent", new(AddresseeKind.Staff), "/staff");
        await house.SendDue();
        Assert.Equal(["alma@practice.example", "cleo@practice.example"], post.Taken.Single().To.Mailboxes.Select(m => m.Address));
    }

    [Fact]
    public async Task At_night_a_message_waits_for_the_morning()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        house.ToLocal(new(21, 0));
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "intake-waiting");
        await house.Ask(patient, "sign-in");
        Assert.Equal(1, await house.SendDue());
        Assert.Equal("Your sign-in link", post.Taken.Single().Subject);
        Assert.Equal(0, await house.SendDue());
        house.ToLocal(new(9, 0));
        Assert.Equal(1, await house.SendDue());
    }

    [Fact]
    public async Task A_name_cannot_become_a_header_or_a_second_recipient()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Card = new("Praxis Größe\r\nBcc: thief@example.net", "") });
        await using var _ = house;
        var patient = await house.Admit(new Person(new("Nguyễn Thị Hạnh\r\nBcc: thief@example.net\r\n\r\n{link}", "", ""), null, "hanh@example.org"));
        await house.Ask(patient, "intake-waiting");
        var bad = await house.Ask(patient, "referral-waiting", new(AddresseeKind.Partner, "Hillview\nBcc: thief@example.net", "desk@hillview.example\r\nBcc: thief@example.net"));
        await house.SendDue();
        var mail = Assert.Single(post.Taken);
        Assert.Empty(mail.Bcc);
        Assert.Null(mail.Headers["Bcc"]);
        Assert.Equal(["hanh@example.org"], mail.GetRecipients().Select(r => r.Address));
        Assert.StartsWith("Hello Nguyễn Thị Hạnh Bcc: thief@example.net {link},\n", mail.TextBody?.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("Praxis Größe Bcc: thief@example.net", mail.From.Mailboxes.Single().Name);
        Assert.Equal(Delivery.GivenUp, (await house.Message(patient, bad)).State);
    }

    [Fact]
    public async Task A_long_subject_with_accents_arrives_whole()
    {
        var subject = string.Join(' ', Enumerable.Repeat("Größe über alles señalado", 12));
        var (house, post) = await Sayings.OpenWithMail(o => o with { Messages = o.Messages with { Templates = o.Messages.Templates.SetItem("long", new("long", Purpose.Task, subject, "Grüße {name}")) } });
        await using var _ = house;
        await house.Ask(await house.Admit(Sayings.Claudia), "long");
        await house.SendDue();
        Assert.Equal(subject, post.Taken.Single().Subject);
        Assert.StartsWith("Grüße Clau", post.Taken.Single().TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_comes_with_a_calendar_entry()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var visit = new Visit(Guid.NewGuid(), house.Clock.GetUtcNow().AddDays(3), 50, Place: "By video");
        await house.Ask(await house.Admit(Sayings.Claudia), "appointment-booked", with: m => m with { Visit = visit });
        await house.SendDue();
        var mail = post.Taken.Single();
        Assert.Contains("Denver (UTC", mail.TextBody, StringComparison.Ordinal);
        var entry = Assert.IsType<TextPart>(Assert.Single(mail.Attachments));
        Assert.Equal(("text/calendar", "REQUEST", "visit.ics"), (entry.ContentType.MimeType, entry.ContentType.Parameters["method"], entry.FileName));
        Assert.Contains("SUMMARY:Visit arranged by Front Range Integrative", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Clau", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_delivered_becomes_a_row_on_the_worklist_with_what_to_do()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        post.Before = _ => throw new NotDeliveredException("The mail server cannot be reached.");
        var patient = await house.Admit(Sayings.Claudia);
        var id = await house.Ask(patient, "intake-waiting");
        var tries = 0;
        for (var i = 0; i < 40 && (await house.Message(patient, id)).Waits; i++)
        {
            await house.SendDue();
            tries = (await house.Message(patient, id)).Failures.Count;
            // A second look at once tries nothing.
            await house.SendDue();
            Assert.Equal(tries, (await house.Message(patient, id)).Failures.Count);
            house.ToLocal(new(12, 0));
        }
        var given = await house.Message(patient, id);
        Assert.Equal((Delivery.GivenUp, House.Messages.Policy.Waits.Length + 1), (given.State, given.GivenUp?.Attempts));

        using var browser = await house.SignedIn();
        Assert.Contains("could not be delivered", browser.Page.QuerySelector(".rows")?.TextContent, StringComparison.Ordinal);
        await browser.Go($"/staff/patients/{patient}/mail");
        await browser.Send($"form:has(#How-{id})", ($"How-{id}", " "), ("Do", "settle"));
        Assert.StartsWith("Error: ", browser.Page.Title, StringComparison.Ordinal);
        Assert.Equal(Delivery.GivenUp, (await house.Message(patient, id)).State);
        await browser.Send($"form:has(#How-{id})", ($"How-{id}", "Called her, she knows."), ("Do", "settle"));
        Assert.Equal(Delivery.Settled, (await house.Message(patient, id)).State);
        Assert.DoesNotContain(await house.Store.ReadList(default, Worklist.List, Stop), r => r.Json.Contains("could not be delivered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scanner_stops_nothing_and_a_button_stops_everything()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var (patient, other) = (await house.Admit(Sayings.Claudia), await house.Admit(Sayings.Claudia with { Email = "other@example.org" }));
        await house.Ask(patient, "intake-waiting");
        await house.SendDue();
        var queued = await house.Ask(patient, "consent-waiting", with: m => m with { NotBefore = house.Clock.GetUtcNow().AddDays(1) });
        var stop = Mailbox.Link(post.Taken.Single(), "/messages/stop/");

        using var browser = house.Visit();
        Assert.Equal("Stop all messages?", (await browser.Go(stop)).Heading);
        Assert.Null((await house.Read(patient)).Reaching.StoppedAt);
        await browser.Send("main form");
        Assert.Equal("The messages are stopped", browser.Heading);
        Assert.NotNull((await house.Read(patient)).Reaching.StoppedAt);
        Assert.Equal(Delivery.HeldBack, (await house.Message(patient, queued)).State);
        Assert.Null((await house.Read(other)).Reaching.StoppedAt);
        Assert.Equal("This link stops nothing", (await browser.Go(stop.AbsolutePath[..^4])).Heading);

        await house.Ask(patient, "sign-in");
        await house.Ask(patient, "intake-waiting");
        Assert.Equal(1, await house.SendDue());
        Assert.Equal("Your sign-in link", post.Taken.Last().Subject);
    }

    [Fact]
    public async Task A_mail_program_may_stop_them_by_itself()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Public = new("https://portal.practice.example") });
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "intake-waiting");
        await house.SendDue();
        var mail = post.Taken.Single();
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var address = new Uri(mail.Headers["List-Unsubscribe"]?.Trim('<', '>') ?? "");
        using var robot = new HttpClient { BaseAddress = house.Address };
        Assert.NotEqual(HttpStatusCode.OK, (await robot.GetAsync(address.PathAndQuery, Stop)).StatusCode);
        Assert.Null((await house.Read(patient)).Reaching.StoppedAt);
        Assert.Equal(HttpStatusCode.OK, (await robot.PostAsync(address.PathAndQuery, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Stop)).StatusCode);
        Assert.NotNull((await house.Read(patient)).Reaching.StoppedAt);
        Assert.Equal(HttpStatusCode.NotFound, (await robot.PostAsync("/messages/stop/forged/now", null, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_patient_chooses_per_purpose_stops_and_starts_again()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var (patient, other) = (await house.Admit(Sayings.Claudia), await house.Admit("Wren", new(1990, 1, 1)));
        using var browser = await house.AsPatient(patient);
        await browser.Go("/my/messages/preferences");
        Assert.Contains("claudia@example.org", browser.Page.Body?.TextContent, StringComparison.Ordinal);
        await browser.Send("form:has(#Appointment)", ("Appointment", "Call"), ("Staff", "None"), ("Task", "99"));
        Assert.NotNull(browser.Page.QuerySelector(".notice-good"));
        var reaching = (await house.Read(patient)).Reaching;
        Assert.Equal((Channel.Call, Channel.Email, Channel.Email), (reaching.For(Purpose.Appointment), reaching.For(Purpose.Staff), reaching.For(Purpose.Task)));
        Assert.Equal(Reaching.Unasked, (await house.Read(other)).Reaching);

        await house.Ask(patient, "appointment-booked");
        Assert.Equal(0, await house.SendDue());
        Assert.Contains(await house.Store.ReadList(default, Worklist.List, Stop), r => r.Json.Contains("asked to be phoned", StringComparison.Ordinal));

        await browser.Send("form:has(button.danger)");
        Assert.Contains("All messages are stopped", browser.Page.Body?.TextContent, StringComparison.Ordinal);
        await browser.Send("main form");
        Assert.Null((await house.Read(patient)).Reaching.StoppedAt);
        Assert.Empty(post.Taken);
    }

    [Fact]
    public async Task The_owner_sees_that_mail_went_and_never_whose()
    {
        var folder = Directory.CreateTempSubdirectory("casement-mail-");
        await using var house = await House.Open(o => o with { Post = new MailFolder(folder.FullName) });
        house.ToLocal(new(12, 0));
        var id = await house.Ask(await house.Admit(Sayings.Claudia), "intake-waiting");
        await house.SendDue();
        using var owner = await house.SignedIn(new("Olga", "olga@practice.example", [Role.Owner]));
        await owner.Go("/staff/mail");
        Assert.Contains("Some questions are waiting for you", owner.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sent", owner.Page.QuerySelector(".rows .tag")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Clau", owner.Page.Body?.TextContent, StringComparison.Ordinal);
        // Among invented people the mail opens, and its link may be followed.
        await owner.Go($"/staff/mail/{id}");
        await owner.Go(owner.Page.QuerySelector("main a[href^='/enter/']")?.GetAttribute("href") ?? "");
        Assert.Equal("Open your pages", owner.Heading);

        var file = Assert.Single(folder.GetFiles());
        Assert.Equal($"{id:N}.eml", file.Name);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task With_real_records_nobody_opens_another_persons_mail()
    {
        var options = new WebOptions { Journals = new InMemory(), Shelf = new InMemory(), Practice = default, Protocol = House.Ketamine, Post = new MailFolder("x") };
        Assert.False(Owner.MailShown.CanOpen(options));
        Assert.True(Owner.MailShown.CanOpen(options with { Demo = true }));
        var (house, _) = await Sayings.OpenWithMail();
        await using var open = house;
        var id = await house.Ask(await house.Admit(Sayings.Claudia), "intake-waiting");
        await house.SendDue();
        using var owner = await house.SignedIn();
        await owner.Go($"/staff/mail/{id}");
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
    }
}
