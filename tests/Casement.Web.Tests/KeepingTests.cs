using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Casement.Journal;
using Casement.Web.Keeping;
using Casement.Web.Tests.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Nothing typed is lost: forms that keep themselves, rooms that were left alone, two referrals in one browser.</summary>
public sealed class KeepingTests
{
    /// <summary>What the script of a form sends while somebody types.</summary>
    static async Task<HttpStatusCode> Saves(Browser browser, string which, params (string Name, string Value)[] typed)
    {
        var form = browser.Page.QuerySelector(which) as IHtmlFormElement ?? throw new InvalidOperationException($"No form {which} on {browser.Where}.");
        var address = form.QuerySelector("[data-keeps]")?.GetAttribute("data-keeps") ?? throw new InvalidOperationException("The form does not keep itself.");
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(e => (Name: e.GetAttribute("name") ?? "", Value: e.GetAttribute("value") ?? "")).Concat(typed);
        return (await browser.Client.PostAsync(new Uri(browser.Address, address), new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))))).StatusCode;
    }

    static Dictionary<string, string> PutBack(Browser browser, string which = "main form:has([data-keeps])") =>
        browser.Page.QuerySelector($"{which} [data-keeps]")?.GetAttribute("data-fields") is { } json ? (JsonSerializer.Deserialize<string[][]>(json) ?? []).ToDictionary(f => f[0], f => f[1]) : [];

    static async Task<(House House, PatientId Patient, Guid Link)> Sent(House house, string name = "Claudia Ordóñez Villaseñor", Casement.Referrals.PartnerClinic? clinic = null)
    {
        var patient = await house.ClearedPatient(name);
        var (_, link) = await house.SentTo(patient, clinic ?? await house.Clinic());
        return (house, patient, link);
    }

    [Fact]
    public async Task A_report_is_there_again_after_a_reload_and_on_another_device_of_the_same_link_alone()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var (_, claudia, hers) = await Sent(house, clinic: clinic);
        var (_, mateo, his) = await Sent(house, "Mateo Villanueva Ruiz", clinic);
        using var phone = await house.OnLink(claudia, hers);
        await phone.Go("/partner/report");
        Assert.Empty(PutBack(phone));
        Assert.Equal(HttpStatusCode.OK, await Saves(phone, "main form:has(#Giver)", ("Giver", "Dr Osei"), ("Events", "Nausea for an hour")));
        using var desktop = await house.OnLink(claudia, hers);
        await desktop.Go("/partner/report");
        Assert.Equal("Nausea for an hour", PutBack(desktop)["Events"]);
        Assert.Contains("Saved at", desktop.Page.QuerySelector("[data-saved]")?.TextContent, StringComparison.Ordinal);
        using var other = await house.OnLink(mateo, his);
        Assert.Empty(PutBack(await other.Go("/partner/report")));

        // The phone still holds the version before: its words do not write over newer ones.
        Assert.Equal(HttpStatusCode.OK, await Saves(desktop, "main form:has(#Giver)", ("Events", "Nausea for two hours")));
        Assert.Equal(HttpStatusCode.Conflict, await Saves(phone, "main form:has(#Giver)", ("Events", "older")));
        // The name of a form is good for nobody else.
        await other.Go("/partner/report");
        var foreign = desktop.Page.QuerySelector("[name=_keeps]")?.GetAttribute("value") ?? "";
        other.Page.QuerySelector("[name=_keeps]")?.SetAttribute("value", foreign);
        Assert.Equal(HttpStatusCode.NotFound, await Saves(other, "main form:has(#Giver)", ("Events", "not mine")));
    }

    [Fact]
    public async Task What_was_sent_is_kept_no_longer_and_what_came_back_is()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var mine = await house.AsPatient(claudia);
        await mine.Go("/my/messages/new");
        await Saves(mine, "form:has(#Subject)", ("Subject", ""), ("Text", "Shall I bring the cuff?"));
        await mine.Go("/my/messages/new");
        await mine.Send("form:has(#Subject)", ("Subject", ""), ("Text", "Shall I bring the cuff?"));
        Assert.NotNull(mine.Page.QuerySelector(".error-summary"));
        Assert.Equal("Shall I bring the cuff?", PutBack(await mine.Go("/my/messages/new"))["Text"]);
        await mine.Send("form:has(#Subject)", ("Subject", "The cuff"), ("Text", "Shall I bring the cuff?"));
        Assert.Single((await house.Read(claudia)).Conversations);
        Assert.Empty(PutBack(await mine.Go("/my/messages/new")));
    }

    [Fact]
    public async Task A_clinicians_form_is_kept_for_that_clinician_until_it_grows_old()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{claudia}/safety/plan");
        Assert.Equal(HttpStatusCode.OK, await Saves(alma, ".plan-form", ("plan-1", "I stop answering the phone")));
        using var ben = await house.SignedIn(new("Ben Okafor", "ben@practice.example", [Casement.People.Role.Clinician], "NP"));
        Assert.Empty(PutBack(await ben.Go($"/staff/patients/{claudia}/safety/plan")));
        Assert.Equal("I stop answering the phone", PutBack(await alma.Go($"/staff/patients/{claudia}/safety/plan"))["plan-1"]);
        house.Clock.Ahead += TimeSpan.FromDays(31);
        await house.Services.GetRequiredService<FormDrafts>().RemoveOld(TestContext.Current.CancellationToken);
        using var again = await house.SignedIn();
        Assert.Empty(PutBack(await again.Go($"/staff/patients/{claudia}/safety/plan")));
    }

    [Theory]
    [InlineData("/staff/patients/{0}/safety", "#Findings")]
    [InlineData("/staff/patients/{0}/messages", "#Text")]
    [InlineData("/staff/patients/{0}/referrals/{1}", "#Own")]
    [InlineData("/my/safety-plan/edit", "#plan-1")]
    public async Task A_long_form_keeps_itself(string page, string field)
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        var referral = Guid.NewGuid();
        var clinic = await house.Clinic();
        await house.Carry(patient, chart => Casement.Referrals.Preparing.Draft(chart, new(referral, clinic, "racemic-ketamine-iv", "Please evaluate.", Casement.Referrals.ReferralUrgency.Routine, null), DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime)));
        using var browser = page.StartsWith("/my", StringComparison.Ordinal) ? await house.AsPatient(patient) : await house.SignedIn();
        await browser.Go(string.Format(System.Globalization.CultureInfo.InvariantCulture, page, patient, referral));
        Assert.NotNull(browser.Page.QuerySelector($"form:has({field}) [data-keeps]"));
    }

    [Fact]
    public async Task A_room_left_alone_is_shut_and_what_was_typed_waits_behind_the_link()
    {
        await using var house = await House.Open();
        var (_, claudia, link) = await Sent(house);
        using var partner = await house.OnLink(claudia, link);
        await partner.Go("/partner/report");
        house.Clock.Ahead += TimeSpan.FromMinutes(121);
        await partner.Send("main form:has(#Giver)", ("Giver", "Dr Osei"), ("Events", "Nausea for an hour"));
        Assert.Equal("/open/again?kept=yes", partner.Where.PathAndQuery);
        Assert.Contains("What you typed is kept", partner.Page.Body?.TextContent, StringComparison.Ordinal);
        using var back = await house.OnLink(claudia, link);
        Assert.StartsWith("/partner/kept/", back.Where.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Nausea for an hour", back.Page.QuerySelector(".kept")?.TextContent, StringComparison.Ordinal);
        await back.Send("main form");
        Assert.Equal("/partner/report", back.Where.AbsolutePath);
        Assert.Equal("Nausea for an hour", back.Page.QuerySelector("#Events")?.TextContent);
    }

    [Fact]
    public async Task A_form_of_one_referral_sent_while_another_is_open_is_kept_and_reaches_neither()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var (_, claudia, hers) = await Sent(house, clinic: clinic);
        var (_, mateo, his) = await Sent(house, "Mateo Villanueva Ruiz", clinic);
        using var browser = await house.OnLink(claudia, hers);
        await browser.Go("/partner/report");
        // In another tab the second message is opened.
        var form = browser.Page;
        await browser.Go(new Uri(house.Services.GetRequiredService<Casement.Web.SignIn.LinkDoor>().Address(mateo, his).PathAndQuery, UriKind.Relative).ToString());
        await browser.Send("main form");
        var fields = form.QuerySelectorAll("form:has(#Giver) input[type=hidden]").Select(e => new KeyValuePair<string, string>(e.GetAttribute("name") ?? "", e.GetAttribute("value") ?? ""));
        await browser.Show(await browser.Client.PostAsync(new Uri(house.Address, "/partner/report"), new FormUrlEncodedContent([.. fields, new("Giver", "Dr Osei"), new("Events", "Nausea of Claudia")]), TestContext.Current.CancellationToken));
        Assert.Equal("This form belongs to another link", browser.Heading);
        Assert.Contains("What you typed is kept", browser.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Empty((await house.Read(claudia)).Sessions);
        Assert.Empty((await house.Read(mateo)).Sessions);
        // Mateo's room does not show what was typed for Claudia; hers does.
        Assert.DoesNotContain("Nausea of Claudia", (await browser.Go("/partner")).Page.Body?.TextContent, StringComparison.Ordinal);
        using var other = await house.OnLink(mateo, his);
        Assert.Equal("/partner", other.Where.AbsolutePath);
        using var back = await house.OnLink(claudia, hers);
        Assert.Contains("Nausea of Claudia", back.Page.QuerySelector(".kept")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_room_in_use_stays_open()
    {
        await using var house = await House.Open();
        var (_, claudia, link) = await Sent(house);
        using var partner = await house.OnLink(claudia, link);
        for (var i = 0; i < 3; i++)
        {
            house.Clock.Ahead += TimeSpan.FromMinutes(110);
            Assert.Equal("/partner", (await partner.Go("/partner")).Where.AbsolutePath);
        }
    }
}
