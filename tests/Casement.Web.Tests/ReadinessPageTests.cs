using Casement.Readiness;
using Casement.Referrals;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;
using static Casement.Web.Tests.Referring;

namespace Casement.Web.Tests;

/// <summary>The readiness check by HTTP: a link, no sign-in, and a clinic that reads no more than it needs (expectations P8, K5).</summary>
public sealed class ReadinessPageTests
{
    static string Text(Browser browser) => System.Text.RegularExpressions.Regex.Replace(browser.Page.QuerySelector("main")?.TextContent ?? "", @"\s+", " ");

    static (string Name, string Value)[] Ready(params (string Name, string Value)[] but)
    {
        (string Name, string Value)[] usual = [("q-5", "4"), ("q-fast", "1"), ("q-alcohol", "0"), ("q-ill", "0"), ("q-escort", "1"), ("q-drive", "1"), ("Adult", "Sam"), ("Held", "NoneToHold")];
        return [.. usual.Where(u => but.All(b => b.Name != u.Name)), .. but];
    }

    [Fact]
    public async Task A_stop_answer_holds_the_visit_until_somebody_looked_into_it()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, clinic, now.AddHours(3), now, null));
        var options = house.Services.GetRequiredService<WebOptions>();
        var plan = options.Readiness ?? throw new InvalidOperationException("Nothing is asked.");
        await house.Carry(patient, chart => Overdue.Decide(chart, House.ReferralRules, plan, options.Zone, now.AddHours(2)));
        var check = (await house.Read(patient)).Readiness.Keys.Single();

        using var mine = house.Visit();
        var address = house.Services.GetRequiredService<LinkDoor>().Address(patient, check, AskingReadiness.Room).PathAndQuery;
        await mine.Go(address);
        Assert.Equal("Before your visit", mine.Heading);
        await mine.Send("form.check-in", Ready(("Held", "")));
        Assert.Contains("Choose an answer.", Text(mine), StringComparison.Ordinal);
        var preg = mine.Page.QuerySelector("[name=q-preg]") is not null ? ("q-preg", "0") : ("Adult", "Sam");
        await mine.Send("form.check-in", Ready(("q-ill", "1"), preg));
        Assert.Contains("is on hold", Text(mine), StringComparison.Ordinal);
        Assert.Contains("We will call you.", Text(mine), StringComparison.Ordinal);

        using var nurse = await house.OnLink(patient, link);
        Assert.Contains("Not ready", Text(nurse), StringComparison.Ordinal);
        Assert.Contains("An illness or a change of medicines", Text(nurse), StringComparison.Ordinal);
        await nurse.Go(nurse.Page.QuerySelector("a.button[href*='/before']")?.GetAttribute("href") ?? "");
        await nurse.Send("form.checklist", AllInOrder());
        Assert.Contains("own answers put this visit on hold", Text(nurse), StringComparison.Ordinal);
        Assert.Null(nurse.Page.QuerySelector("#Giver"));
        await nurse.Send("form:has(#SettledBy)", ("SettledBy", "Dana Cole, RN"), ("SettledWhat", "A cold last week; well today"));
        Assert.NotNull(nurse.Page.QuerySelector("#Giver"));

        house.Clock.Ahead = TimeSpan.FromHours(3);
        await mine.Go(address);
        Assert.Equal("These questions are closed", mine.Heading);
    }

    [Fact]
    public async Task An_open_page_of_the_clinic_learns_within_a_minute_that_the_clearance_changed()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await house.ClearedPatient();
        var (_, link) = await house.SentTo(patient, await house.Clinic());
        using var nurse = await house.OnLink(patient, link);
        var bar = nurse.Page.QuerySelector("[data-live]");
        var key = bar?.GetAttribute("data-key") ?? "none";
        Assert.Contains($"\"key\":\"{key}\"", await nurse.Client.GetStringAsync(new Uri(house.Address, "/partner/now"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var cleared = (await house.Read(patient)).Clearances[^1].Signed.Clearance;
        await house.Carry(patient, _ => Journal.Decision.Accept(new Casement.Clearance.ClearanceSuspended(cleared, "trig-cssrs", "High.", "same day")));
        var told = await nurse.Client.GetStringAsync(new Uri(house.Address, "/partner/now"), TestContext.Current.CancellationToken);
        Assert.Contains("The clearance is suspended.", told, StringComparison.Ordinal);
        Assert.Contains("Do not treat.", told, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"key\":\"{key}\"", told, StringComparison.Ordinal);
    }
}
