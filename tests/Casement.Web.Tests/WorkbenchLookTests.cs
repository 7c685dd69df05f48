using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>The workbench and the pages around it, narrow and wide: no axe violation, no sideways scrolling.</summary>
[Collection(Window.Shared)]
public sealed class WorkbenchLookTests(Window window)
{
    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Every_page_of_clearance_is_accessible(int width, bool dark)
    {
        await using var house = await House.Open();
        var busy = await house.Busy();
        var anew = await house.Admit("Sukarno", new(1990, 6, 6));
        var clear = await house.Chart("pub-001", "Hạnh Nguyễn");
        var page = await window.Tab(house, width, dark);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");

        await Look(page, $"/staff/patients/{busy}/clearance", "workbench", width, dark);
        await page.EvaluateAsync("document.querySelector('details.finding').open = true");
        await Guide(page, "workbench", width, dark);
        await Look(page, null, "workbench-open", width, dark);
        await Look(page, $"/staff/patients/{anew}/clearance", "workbench-new", width, dark);
        await Look(page, $"/staff/patients/{clear}/clearance", "workbench-clear", width, dark);
        await Look(page, $"/staff/patients/{busy}/medicines", "medicines", width, dark);
        await Look(page, $"/staff/patients/{busy}", "chart", width, dark);
        // The longest page; its colours are those of the others.
        if (!dark) await Look(page, "/staff/protocol", "protocol", width, dark);

        await page.GotoAsync($"/staff/patients/{clear}/clearance");
        await page.CheckAsync("input[name=Verdict]:not([disabled]) >> nth=0");
        await page.FillAsync("#Rationale", "Meets the protocol; agreed with the patient today.");
        await page.ClickAsync("text=Sign as");
        await page.WaitForSelectorAsync(".replay");
        await Look(page, null, "decision", width, dark);
        await Guide(page, "decision", width, dark);

        await page.GotoAsync("/staff/protocol");
        await page.FillAsync("#Find", "systolic");
        await page.PressAsync("#Find", "Enter");
        await page.WaitForFunctionAsync("document.querySelectorAll('.parameter').length < 20");
        await page.EvaluateAsync("document.querySelector('#p-bp-sys-defer').open = true");
        await Guide(page, "protocol", width, dark);

        await page.GotoAsync("/staff/patients/import");
        await page.SetInputFilesAsync("#File", Directory.GetFiles(Path.Combine(House.Root, "samples"), "Claudia*.json")[0]);
        await page.ClickAsync("text=Show what it says");
        await page.WaitForSelectorAsync("#where");
        await Look(page, null, "import-preview", width, dark);
        await page.Context.CloseAsync();
    }

    /// <summary>The pictures of docs/guide/workbench.md.</summary>
    static async Task Guide(IPage page, string name, int width, bool dark)
    {
        if (LookTests.Shots is not { } folder || dark) return;
        var size = page.ViewportSize ?? throw new InvalidOperationException("A tab has a size.");
        await page.SetViewportSizeAsync(width, width < 600 ? 1500 : 1250);
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"guide-{name}-{width}.png") });
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    static async Task Look(IPage page, string? address, string name, int width, bool dark)
    {
        if (address is not null) await page.GotoAsync(address);
        if (LookTests.Shots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, $"{name} at {width}: {string.Join("; ", axe.Violations.Select(LookTests.Say))}");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} scrolls sideways at {width}.");
    }
}
