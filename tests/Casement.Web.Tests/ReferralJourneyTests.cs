using Casement.Clearance;
using Casement.Referrals;
using Microsoft.Playwright;
using static Casement.Web.Tests.Referring;

namespace Casement.Web.Tests;

/// <summary>The loop in a real browser: a nurse's phone, a clinician's screen, a patient's phone. Each page with an axe pass and without sideways scrolling.</summary>
[Collection(Window.Shared)]
public sealed class ReferralJourneyTests(Window window)
{
    [Fact]
    public async Task A_nurse_takes_the_referral_through_a_session_on_a_phone()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        var seen = new List<string>();
        var page = await window.Tab(house, 390, requests: seen);
        var address = ((SignIn.LinkDoor)house.Services.GetService(typeof(SignIn.LinkDoor))!).Address(patient, link).PathAndQuery;

        await LookTests.Look(page, address, "partner-open", 390, false);
        await page.ClickAsync("main form button");
        await LookTests.Look(page, null, "partner-received", 390, false);
        await page.FillAsync("#By", "Dana Cole");
        await page.ClickAsync("button[value=accept]");
        await LookTests.Look(page, null, "partner-accepted", 390, false);
        await page.ClickAsync("a.button:has-text('begin the checklist')");
        await LookTests.Look(page, null, "partner-before", 390, false);
        foreach (var (name, value) in AllInOrder(("s-s-bp-sys", "152"), ("s-s-bp-dia", "94"))) await Answer(page, name, value);
        await page.ClickAsync("form.checklist button[type=submit]");
        await page.WaitForSelectorAsync("#outcome");
        await LookTests.Look(page, null, "partner-hold", 390, false);
        foreach (var (name, value) in AllInOrder()) await Answer(page, name, value);
        await page.ClickAsync("form.checklist button[type=submit]");
        await page.WaitForSelectorAsync("#Giver");
        await LookTests.Look(page, null, "partner-go", 390, false);
        await page.FillAsync("#Giver", "Dr Osei, anaesthetist");
        await page.FillAsync("#DoseMg", "35");
        await page.FillAsync("#WeightKg", "70");
        await page.ClickAsync("button:has-text('Session starts now')");
        foreach (var (name, value) in Vitals("184", "104")) await Answer(page, name, value);
        await LookTests.Look(page, null, "partner-vitals", 390, false);
        await page.ClickAsync("button:has-text('Save reading')");
        await page.WaitForSelectorAsync("text=Pause and check again.");
        await LookTests.Look(page, null, "partner-pause", 390, false);
        await page.ClickAsync("a:has-text('Discharge check')");
        await LookTests.Look(page, null, "partner-discharge", 390, false);
        await LookTests.Look(page, "/partner/report", "partner-report", 390, false);
        Assert.All(seen, a => Assert.StartsWith(house.Address.ToString(), a, StringComparison.Ordinal));
        await page.Context.CloseAsync();

        var wide = await window.Tab(house, 1280);
        await wide.GotoAsync((await house.DemoLink()).PathAndQuery);
        await wide.ClickAsync("text=Open the demonstration");
        await LookTests.Look(wide, "/staff/referrals", "board", 1280, false);
        await LookTests.Look(wide, $"/staff/patients/{patient}/referrals/{referral}", "referral", 1280, false);
        await LookTests.Look(wide, $"/staff/patients/{patient}/referrals/new", "referral-new", 1280, false);
        await LookTests.Look(wide, "/staff/partners", "partners", 1280, false);
        await LookTests.Look(wide, $"/staff/partners/{Hillview}", "partner-edit", 1280, false);
        await wide.Context.CloseAsync();
    }

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task A_patient_reads_what_would_be_sent_and_signs(int width, bool dark)
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var referral = Guid.NewGuid();
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => Preparing.Draft(chart, new(referral, clinic, "racemic-ketamine-iv", "Please evaluate and treat.", ReferralUrgency.Routine, null), DateOnly.FromDateTime(now.UtcDateTime)));
        var page = await window.Tab(house, width, dark);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await LookTests.Look(page, $"/staff/patients/{patient}/referrals/{referral}", "packet", width, dark);
        await house.Carry(patient, chart => Preparing.Choose(chart, referral, [.. Packet.Offered(chart, House.Ketamine, House.ReferralRules, House.SafetyRules, chart.Referrals[referral].Drafted, chart.Clearances[^1].Signed, "Front Range Integrative", now, at => at.ToString("MMM d, yyyy")).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));

        await page.GotoAsync((await ((SignIn.PatientDoor)house.Services.GetService(typeof(SignIn.PatientDoor))!).Link(patient, TimeSpan.FromMinutes(9), TestContext.Current.CancellationToken)).PathAndQuery);
        await page.ClickAsync("main form button");
        await LookTests.Look(page, "/my/referrals", "my-referrals", width, dark);
        await LookTests.Look(page, $"/my/referrals/{referral}", "my-preview", width, dark);
        await page.CheckAsync("input[name=Out][value=scales]");
        await page.ClickAsync("text=Leave out what I ticked");
        await page.FillAsync("#Typed", "Claudia Ordóñez");
        await page.ClickAsync("main button:has-text('Sign') >> nth=-1");
        await page.WaitForSelectorAsync("text=What you signed");
        await LookTests.Look(page, null, "my-signed", width, dark);
        await LookTests.Look(page, "/my/support", "my-support", width, dark);
        var chart = await house.Read(patient);
        await LookTests.Look(page, ((Public.CheckDoor)house.Services.GetService(typeof(Public.CheckDoor))!).Address(patient, chart.Clearances[^1].Signed.Clearance).PathAndQuery, "check", width, dark);
        var person = Guid.NewGuid();
        await house.Carry(patient, c => People.Supporting.Name(c, person, Guid.NewGuid(), "Sam", "sam@example.org", "303 555 0111", now.AddDays(90)));
        await page.GotoAsync(((SignIn.LinkDoor)house.Services.GetService(typeof(SignIn.LinkDoor))!).Address(patient, person).PathAndQuery);
        await page.ClickAsync("main form button");
        await LookTests.Look(page, null, "support", width, dark);
        await page.Context.CloseAsync();
    }

    /// <summary>Types, chooses or ticks, whatever the control asks for.</summary>
    internal static async Task Answer(IPage page, string name, string value)
    {
        var field = page.Locator($"[name='{name}']");
        if (await field.CountAsync() == 0) return;
        var kind = await field.First.EvaluateAsync<string>("e => e.tagName === 'SELECT' ? 'select' : e.type");
        if (kind is "select") await field.First.SelectOptionAsync(value);
        else if (kind is "radio" or "checkbox") await page.Locator($"[name='{name}'][value='{value}']").CheckAsync(new() { Force = true });
        else await field.First.FillAsync(value);
    }
}
