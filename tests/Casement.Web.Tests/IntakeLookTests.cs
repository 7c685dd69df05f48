using Casement.Clearance;
using Casement.Intake;
using Casement.People;
using Casement.Web.Patient.Intake;
using Casement.Web.SignIn;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>The health questions in a real browser: how they look, and what the script adds.</summary>
[Collection(Window.Shared)]
public sealed class IntakeLookTests(Window window)
{
    static async Task<(Casement.Journal.PatientId Wren, IPage Page)> OnAPhone(House house, Window window, int width = 390, bool dark = false, List<string>? requests = null)
    {
        var wren = await house.Admit(new Person(new("Wren Bury", "Wren", "they/them"), new(1988, 4, 2), "wren@example.org"));
        await house.Carry(wren, chart => IntakeRound.Offer(chart, house.Services.GetRequiredService<IntakeAtDesk>().Now, new(Guid.NewGuid(), Guid.NewGuid())));
        var page = await window.Tab(house, width, dark, requests);
        await Enter(house, wren, page);
        return (wren, page);
    }

    static async Task Enter(House house, Casement.Journal.PatientId wren, IPage page)
    {
        await page.GotoAsync((await house.Services.GetRequiredService<PatientDoor>().Link(wren, TimeSpan.FromMinutes(30), default)).PathAndQuery);
        await page.ClickAsync("text=Open my pages");
    }

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task Every_page_of_the_questions_is_accessible(int width, bool dark)
    {
        await using var house = await House.Open();
        var seen = new List<string>();
        var (wren, page) = await OnAPhone(house, window, width, dark, seen);
        await Look(page, null, "my-home", width, dark);
        await Look(page, "/my/intake", "intake-start", width, dark);
        await page.ClickAsync("text=Start");
        await Look(page, null, "intake-weight", width, dark);
        await page.FillAsync("#Answer", "9000");
        await page.ClickAsync("text=Save and continue");
        await Look(page, null, "intake-error", width, dark);
        await Look(page, "/my/intake/height", "intake-height", width, dark);
        await Look(page, "/my/intake/hopes", "intake-text", width, dark);
        await Look(page, "/my/intake/phq9-1", "intake-item", width, dark);
        await Look(page, "/my/intake/drug1-1", "intake-number", width, dark);
        await house.Answer(wren, "urinary-symptoms", FactValue.Of("mild"), FactSource.Record);
        await Look(page, "/my/intake/urinary-symptoms", "intake-confirm", width, dark);
        await page.GotoAsync("/my/intake/heart-ever");
        await page.ClickAsync("text=A heart attack");
        await Look(page, null, "intake-list", width, dark);
        await page.ClickAsync("text=None of these, or none of the others");
        await page.ClickAsync("text=Save and continue");
        await Look(page, null, "intake-month", width, dark);
        await page.GotoAsync("/my/intake/asq-3");
        await page.ClickAsync("label:has-text('Yes')");
        await Look(page, null, "intake-danger", width, dark);
        await page.ClickAsync("text=Save and continue");
        await Look(page, null, "intake-help", width, dark);
        await Look(page, "/my/intake/treatments", "intake-treatments", width, dark);
        await Look(page, "/my/intake/medication-list?find=lor", "intake-find", width, dark);
        await page.ClickAsync("text=Lorazepam");
        await Look(page, null, "intake-dose", width, dark);
        await page.FillAsync("#Dose", "2");
        await page.ClickAsync("text=Add to my list");
        await Look(page, null, "intake-medicines", width, dark);
        await page.GotoAsync("/my/intake/acs-current");
        await page.ClickAsync("text=I would rather talk about it");
        await Look(page, "/my/intake/review", "intake-review", width, dark);
        await page.ClickAsync("text=I have answered as well as I can");
        await Look(page, null, "intake-done", width, dark);
        await Look(page, "/my/intake/print", "intake-paper", width, dark);
        Assert.All(seen, address => Assert.StartsWith(house.Address.ToString(), address, StringComparison.Ordinal));

        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, $"/staff/patients/{wren}/intake", "staff-intake", width, dark);
        await page.FillAsync("#PaperOn", house.Clock.GetUtcNow().AddDays(-2).ToString("M/d/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        await page.ClickAsync("text=Begin to enter it");
        await Look(page, null, "staff-intake-question", width, dark);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Typing_is_saved_by_itself_and_survives_a_new_sign_in()
    {
        await using var house = await House.Open();
        var (wren, page) = await OnAPhone(house, window);
        await page.GotoAsync("/my/intake");
        await page.ClickAsync("text=Start");
        await page.GotoAsync("/my/intake/hopes");
        await page.FillAsync("#Answer", "To sleep through the night");
        await page.WaitForSelectorAsync("[data-saved]:has-text('Saved at')", new() { Timeout = 5000 });
        Assert.Matches(@"Saved at \d+:\d\d Denver", await page.TextContentAsync("[data-saved]"));

        // Another device, and this one after the session ended: the words are there.
        await page.Context.ClearCookiesAsync();
        await Enter(house, wren, page);
        await page.GotoAsync("/my/intake/hopes");
        Assert.Equal("To sleep through the night", await page.InputValueAsync("#Answer"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_session_that_ends_while_typing_loses_nothing()
    {
        await using var house = await House.Open();
        var (wren, page) = await OnAPhone(house, window);
        await page.GotoAsync("/my/intake");
        await page.ClickAsync("text=Start");
        await page.GotoAsync("/my/intake/hopes");
        await page.Context.ClearCookiesAsync();
        await page.FillAsync("#Answer", "To laugh with my son");
        await page.WaitForSelectorAsync("[data-saved]:has-text('signed out')", new() { Timeout = 6000 });
        await Enter(house, wren, page);
        await page.GotoAsync("/my/intake/hopes");
        Assert.Equal("To laugh with my son", await page.InputValueAsync("#Answer"));
        await page.WaitForSelectorAsync("[data-saved]:has-text('Saved at')", new() { Timeout = 5000 });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_a_network_help_still_shows_at_once_and_the_answer_is_sent_when_it_is_back()
    {
        await using var house = await House.Open();
        var (wren, page) = await OnAPhone(house, window);
        await page.GotoAsync("/my/intake");
        await page.ClickAsync("text=Start");
        await page.GotoAsync("/my/intake/phq9-9");
        Assert.False(await page.IsVisibleAsync("[data-danger-card=suicide]"));
        await page.Context.SetOfflineAsync(true);
        await page.ClickAsync("label:has-text('Several days')");
        await page.WaitForSelectorAsync("[data-danger-card=suicide]", new() { State = WaitForSelectorState.Visible, Timeout = 1000 });
        Assert.True(await page.IsVisibleAsync("[data-danger-card] a[href='tel:988']"));
        await page.WaitForSelectorAsync("[data-saved]:has-text('Not saved yet')", new() { Timeout = 6000 });
        Assert.Empty((await house.Read(wren)).Facts);
        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync("[data-saved]:has-text('Saved at')", new() { Timeout = 8000 });
        Assert.Equal(FactValue.Of(1m), (await house.Read(wren)).Facts["phq9-item9"][^1].Fact.Value);

        await page.ClickAsync("label:has-text('Not at all')");
        Assert.False(await page.IsVisibleAsync("[data-danger-card=suicide]"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_question_needs_no_mouse()
    {
        await using var house = await House.Open();
        var (wren, page) = await OnAPhone(house, window);
        await page.GotoAsync("/my/intake");
        await page.ClickAsync("text=Start");
        await page.GotoAsync("/my/intake/cannabis-use");
        await page.FocusAsync("#Answer");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-intake]:not([data-intake=cannabis-use])");
        Assert.Equal(FactValue.Of("weekly"), (await house.Read(wren)).Facts["cannabis-use"][^1].Fact.Value);
        await page.Context.CloseAsync();
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
