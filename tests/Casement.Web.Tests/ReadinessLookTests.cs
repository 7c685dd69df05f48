using Casement.Readiness;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The readiness check, the chair and the day after, looked at on a phone and on a desk; axe finds nothing.</summary>
[Collection(Window.Shared)]
public sealed class ReadinessLookTests(Window window)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task What_a_patient_a_clinic_and_a_support_person_see_is_calm(int width)
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        var (now, options, session, person) = (house.Clock.GetUtcNow(), house.Services.GetRequiredService<WebOptions>(), Guid.NewGuid(), Guid.NewGuid());
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, clinic, now.AddHours(3), now, null));
        await house.Carry(patient, chart => Overdue.Decide(chart, House.ReferralRules, options.Readiness, options.Zone, now.AddHours(2)));
        await house.Carry(patient, chart => Casement.People.Supporting.Name(chart, person, Guid.NewGuid(), "Sam", "sam@example.org", "303 555 0111", now.AddDays(90)));
        var door = house.Services.GetRequiredService<LinkDoor>();
        var check = (await house.Read(patient)).Readiness.Keys.Single();

        var phone = await window.Tab(house, width);
        await LookTests.Look(phone, door.Address(patient, check, AskingReadiness.Room).PathAndQuery, "readiness", width, false);
        foreach (var field in new[] { "q-5", "q-fast", "q-alcohol", "q-ill", "q-preg", "q-escort", "q-drive", "Held" })
            if (await phone.Locator($"[name={field}]").CountAsync() > 0) await phone.Locator($"[name={field}]").Nth(field is "q-5" ? 4 : field is "q-alcohol" or "q-preg" ? 1 : 0).CheckAsync();
        await phone.FillAsync("#Adult", "Sam");
        await phone.ClickAsync("form.check-in button");
        await LookTests.Look(phone, null, "readiness-held", width, false);
        await phone.Context.CloseAsync();

        var partner = await window.Tab(house, width);
        await partner.GotoAsync(door.Address(patient, link).PathAndQuery);
        await partner.ClickAsync("main form button");
        await LookTests.Look(partner, null, "partner-held", width, false);
        await house.Carry(patient, _ => Journal.Decision.Accept(
            new SessionStarted(session, referral, check, "racemic-ketamine-iv", now, "Dr Osei", 35, 70, now.AddDays(7)), new SessionDoseEnded(session, now, Stopped: false)));
        await LookTests.Look(partner, $"/partner/session/{session}", "partner-chair", width, false);
        var sheet = await partner.APIRequest.GetAsync(new Uri(house.Address, $"/partner/session/{session}/sheet.pdf").ToString());
        Assert.Equal((200, "application/pdf"), (sheet.Status, sheet.Headers["content-type"]));
        Assert.Equal(404, (await partner.APIRequest.GetAsync(new Uri(house.Address, $"/partner/session/{Guid.NewGuid()}/sheet.pdf").ToString())).Status);

        await house.Carry(patient, _ => Journal.Decision.Accept(new SessionDischarged(session, now, "Sam")));
        var support = await window.Tab(house, width);
        await support.GotoAsync(door.Address(patient, person).PathAndQuery);
        await support.ClickAsync("main form button");
        await support.WaitForSelectorAsync("[data-until]:not(:empty)");
        await LookTests.Look(support, null, "support-after", width, false);
        Assert.Contains("to go.", await support.TextContentAsync("main") ?? "", StringComparison.Ordinal);
    }
}
