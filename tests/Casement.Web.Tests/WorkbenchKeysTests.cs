namespace Casement.Web.Tests;

/// <summary>The workbench by keyboard alone.</summary>
[Collection(Window.Shared)]
public sealed class WorkbenchKeysTests(Window window)
{
    [Fact]
    public async Task Findings_are_walked_opened_and_the_missing_answered_without_a_mouse()
    {
        await using var house = await House.Open();
        var patient = await house.Busy();
        var page = await window.Tab(house);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await page.GotoAsync($"/staff/patients/{patient}/clearance");

        await page.Keyboard.PressAsync("?");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.keys-help').open"));
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('details.finding').open"));

        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("Tab");
        for (var i = 0; i < 12 && !await page.EvaluateAsync<bool>("document.activeElement.name === 'f-cssrs-q2'"); i++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("no", await page.EvaluateAsync<string>("document.activeElement.value"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("text=1 answer is saved");
        Assert.Null(await page.QuerySelectorAsync(".urgent"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_page_does_all_of_it_with_script_switched_off()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        await house.Papers(patient, Charts.ForClearance);
        var page = await window.Tab(house);
        await page.RouteAsync("**/*.js", route => route.AbortAsync());
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await page.GotoAsync($"/staff/patients/{patient}/clearance");
        await page.FillAsync("#PickName", "Systolic blood pressure, mean");
        await page.ClickAsync("text=Add it");
        await page.FillAsync("#w-bp-sys-avg", "171");
        await page.ClickAsync("text=See what would change");
        Assert.Contains("Deferred", await page.TextContentAsync("#try-result") ?? "", StringComparison.Ordinal);
        await page.CheckAsync("#verdict-Cleared");
        await page.FillAsync("#Rationale", "Meets the protocol; agreed with the patient today.");
        await page.ClickAsync("text=Sign as");
        await page.WaitForSelectorAsync(".replay");
        Assert.Contains("Identical", await page.TextContentAsync(".replay") ?? "", StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
