using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>One Chromium for every journey: Debian's, without a network of its own.</summary>
public sealed class Window : IAsyncLifetime
{
    /// <summary>The classes that look at pages share one browser and take turns: two at once on a small machine only wait for each other.</summary>
    public const string Shared = "window";

    IPlaywright? playwright;
    IBrowser? browser;

    static string[] Switches => ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CASEMENT_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Switches,
        });
    }

    /// <summary>A fresh tab of its own browser profile. Every request it makes is listed in <paramref name="requests"/>.</summary>
    public async Task<IPage> Tab(House house, int width = 1280, bool dark = false, List<string>? requests = null, bool script = true)
    {
        if (browser is null) throw new InvalidOperationException("The browser is not started.");
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = house.Address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            DeviceScaleFactor = 1,
            JavaScriptEnabled = script,
        });
        var page = await context.NewPageAsync();
        page.Request += (_, request) => requests?.Add(request.Url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

[CollectionDefinition(Window.Shared)]
public sealed class SharedWindow : ICollectionFixture<Window>;
