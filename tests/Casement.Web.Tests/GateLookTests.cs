using Casement.Consent;
using Casement.Referrals;
using Casement.Safety;
using Casement.Web.SignIn;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>Shut gates, the packet with its gaps, the contact and the papers of clinics in a real browser, narrow and wide.</summary>
[Collection(Window.Shared)]
public sealed class GateLookTests(Window window)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Every_page_that_tells_of_a_shut_gate_is_accessible(int width)
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (clinic, waiting, patient) = (await house.Clinic(), await house.Chart("pub-001", "Wren Bury"), await house.ClearedPatient());
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => SafetyPlan.Decide(chart, House.SafetyRules, new(Guid.NewGuid(), Guid.Empty, [new("plan-1", ["I stop answering the phone"])]), Charts.Alma, now));
        await SafetyTests.Says(house, patient, "cssrs-q3");
        var referral = Guid.NewGuid();
        await house.Carry(patient, chart => Preparing.Draft(chart, new(referral, clinic, "racemic-ketamine-iv", "Please evaluate and treat.", ReferralUrgency.Routine, null), DateOnly.FromDateTime(now.UtcDateTime)));
        await house.Carry(patient, chart => Preparing.Choose(chart, referral, [.. Packet.Offered(chart, House.Ketamine, House.ReferralRules, House.SafetyRules, chart.Referrals[referral].Drafted, chart.Clearances[^1].Signed, "us", now, at => at.ToString("MMM d, yyyy")).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));
        var page = await window.Tab(house, width, dark: false, []);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, $"/staff/patients/{patient}/safety", "gates-safety", width);
        Assert.Contains("Ada Marsh", await page.Locator("[aria-labelledby=contact]").TextContentAsync(), StringComparison.Ordinal);
        var contact = (await house.Read(patient)).Consents.Newest("doc-emergency-contact").Last().Signed.Signature;
        await house.Carry(patient, chart => TakingBack.Withdraw(chart, House.Documents, new(contact, "Said so by phone.", Guid.NewGuid()), Charts.Alma, now));
        await Look(page, $"/staff/patients/{waiting}/clearance", "gates-clearance", width);
        await Look(page, $"/staff/patients/{patient}/referrals/{referral}", "gates-referral", width);
        Assert.Contains("asked for: suicide-risk tier moderate", await page.Locator("#packet, [aria-labelledby=packet]").First.TextContentAsync(), StringComparison.Ordinal);
        await Look(page, "/staff", "gates-staff", width);
        await Look(page, "/staff/partners", "gates-partners", width);
        await Look(page, $"/staff/partners/{clinic.Id}", "gates-partner", width);
        await page.GotoAsync(new Uri(house.Address, (await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(30), TestContext.Current.CancellationToken)).PathAndQuery).PathAndQuery);
        await page.ClickAsync("main form button");
        await Look(page, $"/my/referrals/{referral}", "gates-my-referral", width);
        await Look(page, "/my/documents", "gates-my-documents", width);
    }

    static async Task Look(IPage page, string address, string name, int width)
    {
        await page.GotoAsync(address);
        if (LookTests.Shots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, $"{name} at {width}: {string.Join("; ", axe.Violations.Select(LookTests.Say))}");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} scrolls sideways at {width}.");
    }
}
