using Casement.CheckIns;
using Casement.Journal;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.SignIn;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>What opens and saves without a network after a first visit, and what never stays on a phone.</summary>
[Collection(Window.Shared)]
public sealed class OfflineLookTests(Window window)
{
    const string Held = "[data-held-said]";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The addresses of every cache of this browser, without the port and with assets under their plain names.</summary>
    const string Caches = """
        async () => {
            const found = [];
            for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname.replace(/\.[0-9a-f]{12}\./, "."));
            return found.sort();
        }
        """;

    static async Task<(PatientId Patient, string Page, Guid Id)> Sent(House house, string name = "Wren Bury")
    {
        var patient = await house.Admit(new Person(new(name), new(1987, 6, 5), "wren@example.org"));
        var id = Guid.NewGuid();
        await house.Carry(patient, chart => CheckingIn.Send(chart, House.CheckIns, new(id, "pulse", Guid.NewGuid(), house.Clock.GetUtcNow())));
        return (patient, house.Services.GetRequiredService<LinkDoor>().Address(patient, id, CheckingIn.Room).PathAndQuery, id);
    }

    static async Task SignIn(House house, IPage page, PatientId patient)
    {
        await page.GotoAsync((await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(30), Stop)).PathAndQuery);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/my");
        await Kept(page);
    }

    /// <summary>Waits until what this page keeps is kept.</summary>
    static async Task Kept(IPage page) => await page.WaitForSelectorAsync("html[data-kept]", new() { State = WaitForSelectorState.Attached });

    static async Task Visit(IPage page, string address)
    {
        await page.GotoAsync(address);
        await Kept(page);
    }

    static async Task Choose(IPage page, params string[] values)
    {
        foreach (var (i, value) in values.Index()) await page.CheckAsync($"input[name=item-{i + 1}][value='{value}']", new() { Force = true });
    }

    static async Task Look(IPage page, string name)
    {
        if (LookTests.Shots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"offline-{name}.png"), FullPage = true });
        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{name}: {LookTests.Say(v)}"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= page.ViewportSize?.Width, $"{name} scrolls sideways.");
    }

    static async Task<int> Answered(House house, PatientId patient) => (await house.Read(patient)).Scales.Count(s => s.What.Instrument == "pulse");

    [Fact]
    public async Task Questions_open_and_save_without_a_network_and_go_out_once()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, address, _) = await Sent(house);
        var page = await window.Tab(house, 390);
        await Visit(page, address);
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        Assert.Equal("A one-minute check-in", await page.TextContentAsync("h1"));
        await Choose(page, "7", "3");

        // A reload forgets nothing that was chosen.
        await page.ReloadAsync();
        await page.WaitForSelectorAsync($"{Held}:has-text('not sent yet')");
        Assert.True(await page.IsCheckedAsync("input[name=item-2][value='3']"));
        await Choose(page, "7", "3", "6", "6", "0");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync($"{Held}:has-text('Saved on this phone. It goes out when you are back online.')");
        Assert.False(await page.IsVisibleAsync("[data-held-danger]"));
        await Look(page, "held");
        Assert.Equal(0, await Answered(house, patient));

        // A second tab of the same phone, and both come back at once.
        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(address);
        await second.WaitForSelectorAsync($"{Held}:has-text('Saved on this phone.')");
        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync($"{Held}:has-text('Sent at')");
        await second.WaitForSelectorAsync($"{Held}:has-text('Sent at')");
        await Visit(page, address);
        await Visit(second, address);
        Assert.Equal(1, await Answered(house, patient));
        Assert.Equal(0, await page.EvaluateAsync<int>(InTheBook));
        await page.Context.CloseAsync();
    }

    /// <summary>How many answers this phone holds, sent and unsent.</summary>
    const string InTheBook = """
        () => new Promise((yes) => {
            const request = indexedDB.open("casement-answers", 1);
            request.onupgradeneeded = () => request.result.createObjectStore("slots", { keyPath: "slot" });
            request.onsuccess = () => { const all = request.result.transaction("slots").objectStore("slots").count(); all.onsuccess = () => { request.result.close(); yes(all.result + localStorage.length); }; };
        })
        """;

    [Fact]
    public async Task Closed_and_opened_again_the_phone_still_sends_what_waits()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, address, _) = await Sent(house);
        var page = await window.Tab(house, 390);
        await Visit(page, address);
        await page.Context.SetOfflineAsync(true);
        await Choose(page, "7", "3", "6", "6", "0");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync($"{Held}:has-text('It goes out')");
        await page.CloseAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Stop);
        // Nothing of ours is open while the network comes back; what is opened next is another page.
        var (_, other, _) = await Sent(house, "Robin Bury");
        page = await page.Context.NewPageAsync();
        await page.Context.SetOfflineAsync(false);
        await page.GotoAsync(other);
        await page.WaitForSelectorAsync("[data-held-note]:has-text('were sent at')");
        Assert.Equal(1, await Answered(house, patient));
        var answered = (await house.Read(patient)).Scales.Single();
        Assert.True(answered.What.AnsweredAt < answered.RecordedAt, "The answers count from when they were given.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Danger_shows_help_at_once_and_says_that_nobody_saw_it()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, address, _) = await Sent(house);
        var page = await window.Tab(house, 390);
        await Visit(page, address);
        await page.Context.SetOfflineAsync(true);
        await Choose(page, "4", "6", "3", "4", "1");
        await page.WaitForSelectorAsync(".choice .ask-crisis:visible", new() { Timeout = 1000 });
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync("[data-held-danger]:visible:has-text('Nobody has seen this yet.')", new() { Timeout = 1000 });
        await page.WaitForSelectorAsync($"{Held}:has-text('It goes out when you are back online.')");
        await Look(page, "held-danger");
        await page.Context.SetOfflineAsync(false);
        await page.ClickAsync("[data-held-on] a");
        await page.WaitForSelectorAsync("h1:has-text('Thank you for telling us')");
        Assert.Contains((await house.Read(patient)).Alarms, a => a.Raised.Flag == "pulse-safety");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_waited_does_not_stand_over_what_was_answered_since()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, address, id) = await Sent(house);
        var page = await window.Tab(house, 390);
        await Visit(page, address);
        await page.Context.SetOfflineAsync(true);
        await Choose(page, "7", "3", "6", "6", "0");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync($"{Held}:has-text('It goes out')");
        await Task.Delay(TimeSpan.FromSeconds(1), Stop);
        using (var desktop = house.Visit())
        {
            await desktop.Go(address);
            await desktop.Send("form.check-in", ("item-1", "2"), ("item-5", "0"));
        }
        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync($"{Held}:has-text('Newer answers')");
        Assert.Equal(2, CheckingIn.Last(await house.Read(patient), id, "pulse")?.Items["1"]);
        Assert.Equal(1, await Answered(house, patient));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_link_that_closed_meanwhile_says_so_and_nothing_of_it_stays()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, address, id) = await Sent(house);
        var page = await window.Tab(house, 390);
        await Visit(page, address);
        await page.Context.SetOfflineAsync(true);
        await Choose(page, "7", "3", "6", "6", "0");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync($"{Held}:has-text('It goes out')");
        await house.Carry(patient, _ => Decision.Accept(new LinkWithdrawn(id, "Sent in error")));
        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync($"{Held}:has-text('so your answers were not taken. If something worries you, call the practice')");
        Assert.Equal(0, await page.EvaluateAsync<int>(InTheBook));
        await Visit(page, address);
        Assert.Equal("These questions are closed", await page.TextContentAsync("h1"));
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        Assert.Equal("Help right now", await page.TextContentAsync("h1"));
        Assert.Equal(0, await Answered(house, patient));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_day_and_the_crisis_card_open_and_nothing_else_is_kept_and_signing_out_empties()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await WithAVisit(house);
        var page = await window.Tab(house, 390);
        // Somebody of the practice is signed in in the same browser, and stays so.
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await page.WaitForURLAsync("**/staff");
        await SignIn(house, page, patient);
        foreach (var elsewhere in (string[])["/my/messages", "/my/details", "/my/safety-plan", "/my/account"]) await Visit(page, elsewhere);
        Assert.Equal(["/assets/casement.css", "/assets/js/answers.js", "/assets/js/offline.js", "/assets/js/support.js", "/assets/mark.svg", "/crisis", "/my/safety-plan/kept-for", "/my/today"], await page.EvaluateAsync<string[]>(Caches));

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/my/today");
        Assert.Equal("Your day", await page.TextContentAsync("h1"));
        Assert.Contains("Your appointment at", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await Look(page, "today");
        await page.GotoAsync("/my/messages");
        await page.WaitForSelectorAsync("[data-offline]:has-text('You are offline')");
        Assert.Equal("/my/today", await page.GetAttributeAsync("[data-kept-list] a:visible", "href"));
        Assert.Equal("tel:988", await page.GetAttributeAsync(".crisis-words a[href^='tel:988']", "href"));
        await Look(page, "elsewhere");
        // The pages of staff are none of the worker's business.
        await Assert.ThrowsAsync<PlaywrightException>(() => page.GotoAsync("/staff"));
        await page.Context.SetOfflineAsync(false);

        await Visit(page, "/my");
        await page.ClickAsync("text=Sign out");
        await page.WaitForURLAsync("**/my/sign-in*");
        Assert.Empty(await page.EvaluateAsync<string[]>(Caches));
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => (await navigator.serviceWorker.getRegistrations()).length"));
        Assert.Equal(0, await page.EvaluateAsync<int>(InTheBook));
        await page.GotoAsync("/staff");
        Assert.EndsWith("/staff", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task After_going_home_the_times_open_without_a_network_for_the_person_and_for_who_is_with_them()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await WithAVisit(house);
        var (session, person, now) = (Guid.NewGuid(), Guid.NewGuid(), house.Clock.GetUtcNow());
        await house.Carry(patient, chart => Supporting.Name(chart, person, Guid.NewGuid(), "Sam", "sam@example.org", "303 555 0111", now.AddDays(90)));
        await house.Carry(patient, chart => Decision.Accept(
            new SessionStarted(session, chart.Referrals.Keys.Single(), Guid.NewGuid(), "racemic-ketamine-iv", now, "Dr Osei", 35, 70, now.AddDays(7)),
            new SessionDoseEnded(session, now, Stopped: false),
            new SessionDischarged(session, now, "Sam")));
        var phone = await window.Tab(house, 390);
        await SignIn(house, phone, patient);
        var sams = await window.Tab(house, 390);
        await sams.GotoAsync(house.Services.GetRequiredService<LinkDoor>().Address(patient, person).PathAndQuery);
        await sams.ClickAsync("main form button");
        await sams.WaitForURLAsync("**/support");
        await Kept(sams);
        foreach (var (page, address, said) in new[] { (phone, "/my/today", "Somebody stays with you until"), (sams, "/support", "Somebody stays with them until") })
        {
            await page.Context.SetOfflineAsync(true);
            await page.GotoAsync(address);
            Assert.Contains(said, await page.TextContentAsync("#since, section:has(#since)"), StringComparison.Ordinal);
            await page.WaitForSelectorAsync("[data-until]:has-text('to go.')");
            await Look(page, $"after{address.Replace('/', '-')}");
            await page.Context.CloseAsync();
        }

        // Once its times are over, nothing is left to keep to.
        house.Clock.Ahead = TimeSpan.FromHours(40);
        using var later = await house.AsPatient(patient);
        Assert.DoesNotContain("Since your visit", (await later.Go("/my/today")).Page.Body?.TextContent);
    }

    /// <summary>Lets everything but assets wait, as a network does that is barely there.</summary>
    sealed class BarelyThere : IStartupFilter
    {
        public bool IsSo { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext context, RequestDelegate rest) =>
            {
                if (IsSo) await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
                await rest(context);
            });
            next(app);
        };
    }

    [Fact]
    public async Task A_network_that_is_barely_there_does_not_keep_anybody_waiting()
    {
        var network = new BarelyThere();
        await using var house = await House.Open(o => o with { Rows = null, Also = services => services.AddSingleton<IStartupFilter>(network) });
        var (_, address, _) = await Sent(house);
        var page = await window.Tab(house, 390);
        await Visit(page, address);
        network.IsSo = true;
        var asked = TimeProvider.System.GetTimestamp();
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.Equal("A one-minute check-in", await page.TextContentAsync("h1"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked).TotalSeconds, 2.5, 10);
        await Choose(page, "7", "3", "6", "6", "1");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync("[data-held-danger]:visible", new() { Timeout = 1000 });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whoever_is_signed_out_or_somebody_else_leaves_nothing_of_the_first()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (wren, robin) = (await WithAVisit(house), await house.Admit(new Person(new("Robin Bury"), new(1986, 1, 2), "robin@example.org")));
        var page = await window.Tab(house, 390);
        await SignIn(house, page, wren);
        Assert.Contains("/my/today", await page.EvaluateAsync<string[]>(Caches));
        // The session ends by itself: the first page that says so takes the copies along.
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/my");
        await page.WaitForURLAsync("**/my/sign-in*");
        await page.WaitForFunctionAsync($"async () => !(await ({Caches})()).includes('/my/today')");

        await SignIn(house, page, wren);
        await page.Context.ClearCookiesAsync();
        await SignIn(house, page, robin);
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/my/today");
        Assert.Equal("Help right now", await page.TextContentAsync("h1"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Questions_after_signing_in_are_held_and_go_out_for_whoever_chose_them()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, _, id) = await Sent(house);
        var robin = await house.Admit(new Person(new("Robin Bury"), new(1986, 1, 2), "robin@example.org"));
        var page = await window.Tab(house, 390);
        await SignIn(house, page, patient);
        await Visit(page, $"/my/check-in/{id}");
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Choose(page, "7", "3", "6", "6", "0");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync($"{Held}:has-text('It goes out')");
        // The session has ended by the time the network is back.
        await page.Context.ClearCookiesAsync();
        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync($"{Held}:has-text('when you have signed in again')");
        await SignIn(house, page, patient);
        await page.WaitForSelectorAsync("[data-held-note]:has-text('were sent at')");
        Assert.Equal(1, await Answered(house, patient));

        // And what somebody else left here is not sent in another's name, nor kept.
        await Visit(page, $"/my/check-in/{id}");
        await page.Context.SetOfflineAsync(true);
        await Choose(page, "2");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync($"{Held}:has-text('It goes out')");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("about:blank");
        await page.Context.SetOfflineAsync(false);
        await SignIn(house, page, robin);
        Assert.Equal(0, await page.EvaluateAsync<int>(InTheBook));
        Assert.Equal(1, await Answered(house, patient));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_questions_are_answered_as_ever_and_nothing_is_kept()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, address, _) = await Sent(house);
        var page = await window.Tab(house, 390, script: false);
        await page.GotoAsync(address);
        await Choose(page, "7", "3", "6", "6", "0");
        await page.ClickAsync("main form button");
        Assert.Equal("Thank you", await page.TextContentAsync("h1"));
        Assert.Equal(1, await Answered(house, patient));
        await page.GotoAsync("/crisis");
        Assert.False(await page.IsVisibleAsync("[data-offline]"));
        Assert.True(await page.IsVisibleAsync(".crisis-words a[href='tel:911']"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_of_staff_and_partners_bring_no_worker()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (_, link) = await house.SentTo(patient, clinic);
        using var nurse = await house.SignedIn();
        using var partner = await house.OnLink(patient, link);
        foreach (var browser in (Browser[])[await nurse.Go("/staff"), await partner.Go("/partner")])
        {
            Assert.Null(browser.Page.QuerySelector("script[data-worker]"));
            Assert.False(browser.Page.Body?.InnerHtml.Contains("offline", StringComparison.Ordinal));
        }
    }

    static async Task<PatientId> WithAVisit(House house)
    {
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, _) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, clinic, house.Clock.GetUtcNow().AddHours(3), house.Clock.GetUtcNow(), null));
        return patient;
    }
}
