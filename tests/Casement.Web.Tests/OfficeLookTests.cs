using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.People;
using Casement.Web.Clinician.Office;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>The pages of the office and the patient's messages, narrow and wide: no axe violation, no sideways scrolling; the scripts do what they say.</summary>
[Collection(Window.Shared)]
public sealed class OfficeLookTests(Window window)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Every_page_of_the_office_is_accessible(int width)
    {
        await using var house = await House.Open(o => o with { Rows = Lists.With(House.Ketamine, () => ImmutableSortedDictionary<string, decimal>.Empty) });
        var holly = await house.Chart("pub-021", "Holly Brandt");
        var wren = await house.Chart("pub-001", "Wren Bury");
        var now = house.Clock.GetUtcNow();
        var page = await window.Tab(house, width);
        await page.GotoAsync((await house.DemoLink(new("Ben Okafor", "ben@practice.example", [Role.Clinician], "NP"))).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        var clinicians = await house.Services.GetRequiredService<Colleagues>().Clinicians(Stop);
        var alma = clinicians.Single(c => c.Name == "Alma Reyes");
        await house.Carry(wren, chart => Assigning.Decide(chart, alma));
        await house.Carry(wren, chart => Tasks.Open(chart, new(Guid.NewGuid(), "Call the pharmacy about the doses", alma.Id, alma.Name, now.AddMinutes(1), DueUnit.BusinessDays), now));
        await house.Carry(wren, chart => Outside.Ask(chart, new(Guid.NewGuid(), "cardiology-letter", "Cardiology letter", "Dr Halloran", "", "", now.AddDays(9), DueUnit.CalendarDays), now));
        house.Clock.Ahead = TimeSpan.FromMinutes(2);
        await house.Services.GetRequiredService<AbsenceBook>().Change(b => b.With(new(Guid.NewGuid(), clinicians.Single(c => c.Name == "Ben Okafor").Id, "Ben Okafor", now, now.AddDays(4), alma.Id, alma.Name), alma, now), Stop);

        await Look(page, "/staff", "office-worklist", width);
        await Look(page, "/staff/away", "office-away", width);
        await page.ClickAsync("a[href^='/staff/away/']");
        await Look(page, null, "office-proof", width);
        await Look(page, $"/staff/patients/{wren}", "office-chart", width);
        await Look(page, $"/staff/patients/{wren}/tasks", "office-tasks", width);
        await Look(page, $"/staff/patients/{wren}/files", "office-documents", width);

        await page.GotoAsync($"/staff/patients/{wren}/notes");
        await page.ClickAsync("button:has-text('Visit')");
        await page.WaitForSelectorAsync(".note-form");
        await page.FillAsync("#Part-told", "Sleeps six hours, walks every day.");
        // The version it was saved at: begun at 1, saved by itself at 2.
        await page.WaitForSelectorAsync("[name=Version][value='2']", new() { State = WaitForSelectorState.Attached });
        Assert.StartsWith("Saved at", await page.TextContentAsync("[data-saved]"), StringComparison.Ordinal);
        await page.ClickAsync("summary:has-text('Phrases')");
        await page.FocusAsync("#Part-plan");
        await page.ClickAsync("[data-phrase] >> nth=0");
        Assert.Contains("safety plan reviewed", await page.InputValueAsync("#Part-plan"), StringComparison.Ordinal);
        await Look(page, null, "office-note-draft", width);
        await page.ClickAsync("text=Sign and lock");
        await page.WaitForSelectorAsync(".error-summary");
        await Look(page, null, "office-note-gaps", width);
        await page.FillAsync("#Part-reason", "Follow-up");
        await page.FillAsync("#Part-view", "Better than two weeks ago; low acute risk.");
        await page.ClickAsync("text=Sign and lock");
        await page.WaitForSelectorAsync("article.note");
        await Look(page, null, "office-note-signed", width);
        await Look(page, $"/staff/patients/{wren}/notes", "office-notes", width);
        await page.GotoAsync($"/staff/patients/{wren}/apart");
        await page.ClickAsync("text=New note apart");
        await page.FillAsync("[name=Part-text]", "The house again, and 50 mg.");
        await page.ClickAsync("text=Sign and lock");
        await page.WaitForSelectorAsync(".notice-warning");
        await Look(page, null, "office-apart", width);

        var mine = await window.Tab(house, width);
        var link = await house.Services.GetRequiredService<SignIn.PatientDoor>().Link(wren, TimeSpan.FromMinutes(30), Stop);
        await mine.GotoAsync(link.PathAndQuery);
        await mine.ClickAsync("main form button");
        await Look(mine, "/my/messages/new", "office-my-new", width);
        await mine.FillAsync("#Subject", "The way home");
        await mine.FillAsync("#Text", "My sister drives me. I can’t go on");
        await mine.WaitForSelectorAsync("[data-crisis-card]:not([hidden])");
        await Look(mine, null, "office-my-card", width);
        await mine.ClickAsync("main form button");
        await mine.WaitForSelectorAsync(".said-told");
        await Look(mine, null, "office-my-thread", width);
        await Look(mine, "/my/messages", "office-my-messages", width);
        await mine.Context.CloseAsync();

        await Look(page, $"/staff/patients/{wren}/messages", "office-messages", width);
        await page.ClickAsync(".columns-main a.row-main");
        await page.WaitForSelectorAsync(".thread");
        await Look(page, null, "office-thread", width);
        await Look(page, $"/staff/patients/{holly}", "office-urgent-chart", width);
        await page.Context.CloseAsync();
    }

    static async Task Look(IPage page, string? address, string name, int width)
    {
        if (address is not null) await page.GotoAsync(address);
        if (LookTests.Shots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, $"{name} at {width}: {string.Join("; ", axe.Violations.Select(LookTests.Say))}");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} scrolls sideways at {width}.");
    }
}
