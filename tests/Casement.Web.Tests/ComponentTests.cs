using Casement.Web.Shell;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Casement.Web.Tests;

/// <summary>The components on one page, as a feature would use them.</summary>
[Collection(Window.Shared)]
public sealed class ComponentTests(Window window)
{
    [Theory]
    [InlineData(390, false)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Every_component_is_accessible(int width, bool dark)
    {
        await using var house = await House.Open();
        await using var renderer = new HtmlRenderer(house.Services, NullLoggerFactory.Instance);
        var body = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Sample>()).ToHtmlString());
        var page = await window.Tab(house, width, dark);
        await page.GotoAsync("/");
        await page.SetContentAsync($"<!DOCTYPE html><html lang=en><head><title>Components</title><link rel=stylesheet href='{Asset.Url("casement.css")}'></head><body>{body}</body></html>");
        await page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        if (LookTests.Shots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"components-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, string.Join("; ", axe.Violations.Select(LookTests.Say)));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");
        await page.Context.CloseAsync();
    }
}
