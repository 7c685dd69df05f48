using Casement.People;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>What only a real browser can show: passkeys and the keyboard.</summary>
[Collection(Window.Shared)]
public sealed class JourneyTests(Window window)
{
    [Fact]
    public async Task A_passkey_is_added_and_then_signs_in_alone()
    {
        await using var house = await House.Open();
        var page = await WithAuthenticator(house);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await page.GotoAsync("/staff/account");
        await page.FillAsync("#PasskeyName", "my phone");
        await page.ClickAsync("text=Add a passkey");
        await page.WaitForSelectorAsync(".row-title:has-text('my phone')");

        await page.ClickAsync("text=Sign out >> nth=0");
        await page.WaitForURLAsync("**/sign-in*");
        await page.ClickAsync("text=Sign in with a passkey");
        await page.WaitForURLAsync("**/staff");
        Assert.Equal("Worklist", await page.TextContentAsync("h1"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_patient_adds_a_passkey_and_comes_back_with_it()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Wren Bury", new(1987, 6, 5));
        var page = await WithAuthenticator(house);
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync((await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken)).PathAndQuery);
        await page.ClickAsync("text=Open my pages");
        await page.GotoAsync("/my/account");
        await page.FillAsync("#PasskeyName", "my phone");
        await page.ClickAsync("text=Add a passkey");
        await page.WaitForSelectorAsync(".row-title:has-text('my phone')");

        await page.ClickAsync("text=Sign out >> nth=0");
        await page.WaitForURLAsync("**/my/sign-in*");
        await page.ClickAsync("text=Use a passkey");
        await page.WaitForURLAsync("**/my");
        Assert.Equal("Hello, Wren Bury", await page.TextContentAsync("h1"));
        // A patient's passkey opens no staff door.
        await page.GotoAsync("/sign-in");
        await page.ClickAsync("text=Sign in with a passkey");
        await page.WaitForSelectorAsync("text=That passkey is not known here");
        await page.Context.CloseAsync();
    }

    async Task<IPage> WithAuthenticator(House house)
    {
        var page = await window.Tab(house);
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return page;
    }

    [Fact]
    public async Task Signing_in_needs_no_mouse()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(new("Ben Okafor", "ben@practice.example", [Role.Clinician]));
        using var setup = house.Visit();
        var key = await setup.Enrol(link, house);
        house.Clock.Ahead = TimeSpan.FromMinutes(2);
        var page = await window.Tab(house);
        await page.GotoAsync("/sign-in");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the page", await Focused(page));
        await TabTo(page, "Email");
        await page.Keyboard.TypeAsync("ben@practice.example");
        await TabTo(page, "Password");
        await page.Keyboard.TypeAsync(Arriving.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/code*");
        await TabTo(page, "Code");
        await page.Keyboard.TypeAsync(house.CodeFor(key));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/staff");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_page_works_without_script()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        Assert.Equal("Patients", (await browser.Go("/staff/patients")).Heading);
        foreach (var script in browser.Page.QuerySelectorAll("script")) Assert.StartsWith("/assets/js/", script.GetAttribute("src"), StringComparison.Ordinal);
    }

    static async Task TabTo(IPage page, string id)
    {
        for (var i = 0; i < 20; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.id") == id) return;
        }
        Assert.Fail($"Twenty tabs did not reach {id}.");
    }

    static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent");
}
