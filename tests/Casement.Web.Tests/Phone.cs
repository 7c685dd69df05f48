using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>Somebody's phone, 390 px wide. Every page they come to is looked at before they go on: axe, no sideways scrolling, and no request to anybody else.</summary>
public sealed partial class Phone : IAsyncDisposable
{
    const int Width = 390;

    readonly House house;
    readonly string whose;
    readonly List<string> requests;
    readonly bool script;
    TaskCompletionSource loaded = new();

    Phone(House house, string whose, IPage page, List<string> requests, bool script)
    {
        (this.house, this.whose, Page, this.requests, this.script) = (house, whose, page, requests, script);
        page.Load += (_, _) => loaded.TrySetResult();
    }

    public IPage Page { get; }

    public string Where => new Uri(Page.Url).AbsolutePath;

    public static async Task<Phone> Of(House house, Window window, string whose, bool script = true)
    {
        var requests = new List<string>();
        return new(house, whose, await window.Tab(house, Width, requests: requests, script: script), requests, script);
    }

    /// <summary>Opens an address of this house.</summary>
    public async Task Open(string address)
    {
        await Page.GotoAsync(address);
        await Look();
    }

    /// <summary>Follows a link of a letter: the port is that of this house.</summary>
    public Task Open(Uri link) => Open(link.PathAndQuery);

    /// <summary>Presses a button or follows a link, and looks at the page that comes.</summary>
    public Task Press(string which) => Then(() => Page.ClickAsync(which));

    /// <summary>Presses a key that leads to another page.</summary>
    public Task PressKey(string key) => Then(() => Page.Keyboard.PressAsync(key));

    public async Task Fill(params (string Name, string Value)[] answers)
    {
        foreach (var (name, value) in answers) await ReferralJourneyTests.Answer(Page, name, value);
    }

    /// <summary>The words of the page, evenly spaced.</summary>
    public async Task<string> Words() => Space().Replace(await Page.Locator("main").TextContentAsync() ?? "", " ");

    public async Task Says(string words) => Assert.Contains(words, await Words(), StringComparison.Ordinal);

    /// <summary>Goes on with the Tab key alone to what is called so.</summary>
    public async Task TabTo(string name)
    {
        var passed = new List<string>();
        while (passed.Count < 60)
        {
            await Page.Keyboard.PressAsync("Tab");
            var reached = await Page.EvaluateAsync<string>(Focused);
            if (reached.Contains(name, StringComparison.Ordinal)) return;
            passed.Add(reached);
        }
        Assert.Fail($"{whose} at {Where}: the Tab key did not reach \"{name}\" but {string.Join(" | ", passed)}");
    }

    /// <summary>Answers a form with Tab, Space, arrows and letters alone, then presses what is called so. Every answer must have been reached.</summary>
    public async Task AnswerByKeys(string press, params (string Name, string Value)[] answers)
    {
        var left = answers.ToDictionary(a => a.Name, a => a.Value);
        for (var tabs = 0; tabs < 150; tabs++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var (name, kind, value, said) = await AtFocus();
            if (kind is "submit" or "button" && said.Contains(press, StringComparison.Ordinal))
            {
                Assert.True(left.Count == 0, $"{whose} at {Where}: the Tab key passed {string.Join(", ", left.Keys)} by.");
                await PressKey("Enter");
                return;
            }
            if (!left.TryGetValue(name, out var wanted)) continue;
            switch (kind)
            {
                case "radio":
                    // Space takes the one that is reached, arrows the next.
                    await Page.Keyboard.PressAsync("Space");
                    for (var steps = 0; value != wanted; steps++)
                    {
                        Assert.True(steps < 20, $"{whose} at {Where}: the arrows do not reach {wanted} of {name}.");
                        await Page.Keyboard.PressAsync("ArrowDown");
                        (_, _, value, _) = await AtFocus();
                    }
                    break;
                case "checkbox" when value != wanted: continue;
                case "checkbox": await Page.Keyboard.PressAsync("Space"); break;
                default: await Type(wanted); break;
            }
            left.Remove(name);
        }
        Assert.Fail($"{whose} at {Where}: the Tab key did not reach \"{press}\".");
    }

    async Task<(string Name, string Kind, string Value, string Said)> AtFocus() =>
        (await Page.EvaluateAsync<string[]>("(() => { const e = document.activeElement; return [e.name ?? '', e.type ?? '', e.value ?? '', (e.textContent ?? '').trim()]; })()")) is [var name, var kind, var value, var said] ? (name, kind, value, said) : default;

    /// <summary>A date and time as keys give it, part by part.</summary>
    public async Task TypeMoment(DateTime at)
    {
        await Page.Keyboard.TypeAsync(at.ToString("MMddyyyy", System.Globalization.CultureInfo.InvariantCulture));
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync(at.ToString("hhmmtt", System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task Type(string words)
    {
        await Page.Keyboard.PressAsync("ControlOrMeta+A");
        await Page.Keyboard.TypeAsync(words);
    }

    /// <summary>What the focused control is called, as it is read out.</summary>
    const string Focused = """
        (() => {
            const e = document.activeElement;
            const labels = e.labels?.length ? [...e.labels].map(l => l.textContent).join(" ") : "";
            return (e.getAttribute("aria-label") || labels || e.textContent || "").replace(/\s+/g, " ").trim();
        })()
        """;

    async Task Then(Func<Task> act)
    {
        loaded = new();
        await act();
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Look();
    }

    async Task Look()
    {
        var name = $"{whose} at {Where}";
        Assert.All(requests, address => Assert.StartsWith(house.Address.ToString(), address, StringComparison.Ordinal));
        // Axe is a script.
        if (script) await LookTests.Look(Page, null, name.Replace('/', '-'), Width, false);
        else Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Width, $"{name} scrolls sideways.");
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
