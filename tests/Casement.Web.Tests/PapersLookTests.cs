using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>Papers and the safety pages in a real browser: looked at by axe, narrow and wide, light and dark; and the plan without a network.</summary>
[Collection(Window.Shared)]
public sealed class PapersLookTests(Window window)
{
    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    [InlineData(1280, true)]
    public async Task Every_page_of_papers_and_safety_is_accessible_and_ours_alone(int width, bool dark)
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await house.Admit(new Person(new("Claudia Ordóñez Villaseñor", "Clau", "she/her"), new(1984, 3, 27), "claudia@example.org", "303 555 0199"));
        await SafetyTests.Says(house, patient, "cssrs-q3");
        var seen = new List<string>();
        var page = await window.Tab(house, width, dark, seen);

        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, "/staff", "worklist-safety", width, dark);
        await Look(page, $"/staff/patients/{patient}/documents", "documents", width, dark);
        await page.CheckAsync("#offer-doc-telehealth");
        await page.CheckAsync("#offer-doc-ket-consent");
        await page.ClickAsync("text=Put the checked ones before the patient");
        await Look(page, null, "documents-offered", width, dark);
        await Look(page, $"/staff/patients/{patient}/documents/doc-roi/in-person", "document-in-person", width, dark);
        await page.ClickAsync("text=Write it down");
        await Look(page, null, "document-in-person-error", width, dark);
        await Look(page, $"/staff/patients/{patient}/safety", "safety", width, dark);
        await page.ClickAsync("text=Sign the evaluation");
        await Look(page, null, "safety-error", width, dark);
        await Look(page, $"/staff/patients/{patient}/safety/plan", "safety-plan-together", width, dark);

        await page.GotoAsync((await PatientLink(house, patient)).PathAndQuery);
        await page.ClickAsync("main form button");
        await Look(page, "/my", "my", width, dark);
        await Look(page, "/my/documents", "my-documents", width, dark);
        await Look(page, "/my/documents/doc-ket-consent", "my-sign", width, dark);
        await page.ClickAsync("main form.signing button");
        await Look(page, null, "my-sign-error", width, dark);
        await Sign(page);
        await Look(page, null, "my-copy", width, dark);
        await page.ClickAsync("text=Take it back");
        await Look(page, null, "my-take-back", width, dark);
        await Look(page, "/my/safety-plan", "my-plan-none", width, dark);
        await Look(page, "/my/safety-plan/edit", "my-plan-edit", width, dark);
        await Plan(page);
        await Look(page, null, "my-plan", width, dark);
        await Look(page, "/my/safety-plan/kept", "my-plan-kept", width, dark);

        var signature = (await house.Read(patient)).Consents.Signatures[^1].Signed.Signature;
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, $"/staff/patients/{patient}/documents/signed/{signature}", "signed", width, dark);
        await Look(page, $"/staff/patients/{patient}/safety", "safety-with-plan", width, dark);
        await Look(page, $"/staff/patients/{patient}", "chart-safety", width, dark);
        Assert.All(seen, address => Assert.StartsWith(house.Address.ToString(), address, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_plan_that_was_kept_opens_without_a_network_and_without_signing_in_and_is_gone_after_signing_out()
    {
        await using var house = await House.Open();
        var patient = await house.Admit(new Person(new("Wren Ó Bury"), new(1988, 1, 2), "wren@example.org"));
        var page = await window.Tab(house, 390);
        await page.GotoAsync((await PatientLink(house, patient)).PathAndQuery);
        await page.ClickAsync("main form button");
        await page.GotoAsync("/my/safety-plan/edit");
        await Plan(page);

        // A plan is not kept by itself: without a network the crisis card stands in its place.
        await page.WaitForSelectorAsync("html[data-kept]", new() { State = WaitForSelectorState.Attached });
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        Assert.Equal("Help right now", await page.TextContentAsync("h1"));
        Assert.DoesNotContain("I stop answering the phone", await page.TextContentAsync("body"), StringComparison.Ordinal);
        await page.Context.SetOfflineAsync(false);
        await page.GotoAsync("/my/safety-plan");
        await page.ClickAsync("text=Keep on this phone");
        await page.WaitForSelectorAsync("text=Kept on this phone.");

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/my/safety-plan");
        Assert.Equal("My safety plan", await page.TextContentAsync("h1"));
        Assert.Contains("I stop answering the phone", await page.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Equal("tel:988", await page.GetAttributeAsync(".crisis-words a[href^='tel:988']", "href"));
        // Its own stylesheet came along.
        Assert.Equal("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.plan')).listStyleType"));
        Assert.Empty((await page.RunAxe()).Violations);
        await page.Context.SetOfflineAsync(false);

        // The session ends by itself: the plan still opens, everything else asks to sign in.
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/my/safety-plan");
        Assert.Contains("I stop answering the phone", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.GotoAsync("/my/safety-plan/edit");
        Assert.DoesNotContain("I stop answering the phone", await page.TextContentAsync("body"), StringComparison.Ordinal);

        await page.GotoAsync((await PatientLink(house, patient)).PathAndQuery);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/my");
        await page.ClickAsync("text=Sign out");
        await page.WaitForURLAsync("**/my/sign-in*");
        await page.Context.SetOfflineAsync(true);
        await Assert.ThrowsAsync<PlaywrightException>(() => page.GotoAsync("/my/safety-plan"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_copy_leaves_when_somebody_else_signs_in_on_the_same_phone_or_when_it_is_taken_off()
    {
        await using var house = await House.Open();
        var wren = await house.Admit(new Person(new("Wren Ó Bury"), new(1988, 1, 2), "wren@example.org"));
        var robin = await house.Admit(new Person(new("Robin Bury"), new(1986, 1, 2), "robin@example.org"));
        var page = await window.Tab(house, 390);
        async Task Keep()
        {
            await page.GotoAsync((await PatientLink(house, wren)).PathAndQuery);
            await page.ClickAsync("main form button");
            await page.WaitForURLAsync("**/my");
            if ((await house.Read(wren)).Safety.Plan is null)
            {
                await page.GotoAsync("/my/safety-plan/edit");
                await Plan(page);
            }
            else await page.GotoAsync("/my/safety-plan");
            await page.ClickAsync("text=Keep on this phone");
            await page.WaitForSelectorAsync("text=Kept on this phone.");
        }

        await Keep();
        await page.ClickAsync("text=Take it off this phone");
        await page.WaitForSelectorAsync("text=Keep on this phone");
        Assert.False(await page.EvaluateAsync<bool>("caches.has('casement-safety-plan')"));

        await Keep();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync((await PatientLink(house, robin)).PathAndQuery);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/my");
        await page.WaitForFunctionAsync("async () => !(await caches.has('casement-safety-plan'))");
        await page.Context.CloseAsync();
    }

    static async Task<Uri> PatientLink(House house, PatientId patient) =>
        new(house.Address, (await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(30), default)).PathAndQuery);

    static async Task Sign(IPage page)
    {
        foreach (var question in House.Documents.Find("doc-ket-consent")?.TeachBack ?? [])
            await page.CheckAsync($"input[name='{question.Id}'][value=\"{question.Right}\"]");
        await page.CheckAsync("#Agreed");
        await page.FillAsync("#TypedName", "Claudia Ordonez");
        await page.ClickAsync("main form.signing button");
        await page.WaitForURLAsync("**/my/documents/signed/**");
    }

    static async Task Plan(IPage page)
    {
        await page.FillAsync("#plan-1", "I stop answering the phone\nI cannot sleep");
        await page.FillAsync("#plan-2", "Walk the dog\nPlay the piano");
        await page.FillAsync("#plan-3", "Coffee at Ada’s\nThe reading room of the library");
        await page.FillAsync("#plan-4", "Ada, 303 555 0142");
        await page.FillAsync("#plan-5", "Dr. Okafor, 303 555 0177");
        await page.FillAsync("#plan-6", "Ada keeps my sleeping pills");
        await page.ClickAsync("text=Save my plan");
        await page.WaitForURLAsync("**/my/safety-plan");
    }

    static async Task Look(IPage page, string? address, string name, int width, bool dark)
    {
        if (address is not null) await page.GotoAsync(address);
        if (LookTests.Shots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, $"{name} at {width}: {string.Join("; ", axe.Violations.Select(LookTests.Say))}");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} scrolls sideways at {width}.");
    }
}
