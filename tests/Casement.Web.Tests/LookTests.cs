using Casement.People;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>Every page, narrow and wide, light and dark: no axe violation, no sideways scrolling, no request to anybody else.</summary>
[Collection(Window.Shared)]
public sealed class LookTests(Window window)
{
    /// <summary>Where to leave pictures for somebody to look at; none are taken when it is not set.</summary>
    public static string? Shots => Environment.GetEnvironmentVariable("CASEMENT_SHOTS") is { Length: > 0 } folder ? folder : null;

    [Theory]
    [InlineData(390, false)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Every_page_is_accessible_and_ours_alone(int width, bool dark)
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(new Person(new("Claudia Ordóñez Villaseñor", "Clau", "she/her"), new(1984, 3, 27), "claudia@example.org", "303 555 0199"));
        await house.Admit("Nguyễn Thị Hạnh", new(1971, 11, 2));
        await house.Admit("Sukarno", new(1990, 6, 6));
        var (_, enrolment) = await house.Invite(new("Ben Okafor", "ben@practice.example", [Role.Guide]));
        var seen = new List<string>();
        var page = await window.Tab(house, width, dark, seen);

        await Look(page, "/", "front", width, dark);
        await Look(page, "/sign-in", "sign-in", width, dark);
        await page.FillAsync("#Email", "alma@practice.example");
        await page.FillAsync("#Password", "not the password");
        await page.ClickAsync("text=Continue");
        await Look(page, null, "sign-in-error", width, dark);
        await page.ClickAsync("summary:has-text('Crisis help')");
        await Look(page, null, "crisis", width, dark);
        await Look(page, "/no/such/page", "not-found", width, dark);

        await Look(page, enrolment.PathAndQuery, "enter", width, dark);
        await page.ClickAsync("text=Begin");
        await Look(page, null, "enrol-password", width, dark);
        await page.FillAsync("#Password", Arriving.Password);
        await page.ClickAsync("text=Continue");
        await Look(page, null, "enrol-authenticator", width, dark);
        await page.FillAsync("#Code", house.CodeFor(string.Concat((await page.TextContentAsync(".secret code") ?? "").Where(c => c != ' '))));
        await page.ClickAsync("text=Continue");
        await Look(page, null, "enrol-codes", width, dark);
        await page.ClickAsync("text=Show my codes");
        await Look(page, null, "enrol-codes-shown", width, dark);

        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, null, "worklist", width, dark);
        await Look(page, "/staff/patients", "patients", width, dark);
        await page.FillAsync("#Search", "ordonez");
        await page.PressAsync("#Search", "Enter");
        await Look(page, null, "patients-found", width, dark);
        await Look(page, "/staff/patients/new", "new", width, dark);
        await page.ClickAsync("text=Open the chart");
        await Look(page, null, "new-error", width, dark);
        await Look(page, $"/staff/patients/{claudia}", "chart", width, dark);
        await Look(page, "/staff/patients/import", "import", width, dark);
        await Look(page, "/staff/account", "account", width, dark);
        await Look(page, "/staff/people", "people", width, dark);

        Assert.All(seen, address => Assert.StartsWith(house.Address.ToString(), address, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task The_pages_about_a_person_and_the_settings_are_accessible(int width, bool dark)
    {
        await using var house = await House.Open();
        var claudia = await house.ClearedPatient();
        var clinic = await house.Clinic();
        var (_, link) = await house.SentTo(claudia, clinic);
        var now = house.Clock.GetUtcNow();
        await house.Answer(claudia, "pregnant", Casement.Clearance.FactValue.Of(false), Casement.Clearance.FactSource.Patient);
        await house.Carry(claudia, chart => Assigning.Decide(chart, new("alma", "Alma Reyes", "PMHNP-BC", IsClinician: true, IsActive: true)));
        foreach (var (of, fact, about) in new[] { (CorrectionOf.Answer, "pregnant", "Are you pregnant?"), (CorrectionOf.Name, "", "Your name on papers"), (CorrectionOf.Other, "", "Something else") })
            await house.Carry(claudia, chart => Correcting.Ask(chart, new(Guid.NewGuid(), of, fact, about, of is CorrectionOf.Answer ? "No" : "", "That is not so", "It is otherwise", now.AddDays(60))));
        await house.Carry(claudia, chart => Correcting.Decline(chart, chart.CorrectionRequests[^1].Asked.Correction, "The letter of the hospital says so."));
        var seen = new List<string>();
        var page = await window.Tab(house, width, dark, seen);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, $"/staff/patients/{claudia}/details", "details", width, dark);
        await page.FillAsync("#Email", "not@an@address");
        await page.ClickAsync("text=Save the details");
        await Look(page, null, "details-error", width, dark);
        await Look(page, "/staff/settings", "settings", width, dark);
        await Look(page, "/open/again?other=yes&kept=yes", "open-again", width, dark);

        await page.GotoAsync((await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Casement.Web.SignIn.PatientDoor>(house.Services).Link(claudia, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken)).PathAndQuery);
        await page.ClickAsync("text=Open my pages");
        await Look(page, "/my", "my-home", width, dark);
        await Look(page, "/my/details", "my-details", width, dark);
        await Look(page, "/my/details/wrong?about=pregnant", "my-wrong", width, dark);
        await page.ClickAsync("main button:has-text('Send')");
        await Look(page, null, "my-wrong-error", width, dark);
        await page.GotoAsync(Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Casement.Web.SignIn.LinkDoor>(house.Services).Address(claudia, link).PathAndQuery);
        await page.ClickAsync("main button");
        await Look(page, "/partner/report", "report-kept", width, dark);
        Assert.All(seen, address => Assert.StartsWith(house.Address.ToString(), address, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    internal static async Task Look(IPage page, string? address, string name, int width, bool dark)
    {
        if (address is not null) await page.GotoAsync(address);
        if (Shots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, $"{name} at {width}: {string.Join("; ", axe.Violations.Select(Say))}");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} scrolls sideways at {width}.");
        if (width > 390) return;
        // The narrowest screen a page must fit on (E1); the narrow look stands for it in all but this.
        await page.SetViewportSizeAsync(320, 844);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, $"{name} scrolls sideways at 320.");
        await page.SetViewportSizeAsync(width, 844);
    }

    public static string Say(AxeResultItem violation) => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(n => n.Html))}";
}
