using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.SignIn;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Casement.Web.Tests;

/// <summary>The pages about the life of a clearance, seen on a phone and on a desk.</summary>
[Collection(Window.Shared)]
public sealed class LivingLookTests(Window window)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Result_pause_and_finding_read_well(int width)
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, clinic) = (await house.ClearedPatient(), await house.Clinic());
        var (referral, _) = await house.SentTo(patient, clinic);
        var page = await window.Tab(house, width);
        var link = new Uri(house.Address, (await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(30), TestContext.Current.CancellationToken)).PathAndQuery);
        await page.GotoAsync(link.PathAndQuery);
        await page.ClickAsync("main form button");
        await Look(page, "/my/clearance", "my-clearance", width);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, null, house.Clock.GetUtcNow().AddDays(3), house.Clock.GetUtcNow(), null));
        await house.Carry(patient, chart => Treating.Check(chart, House.Ketamine, House.ReferralRules,
            new(Guid.NewGuid(), referral, Guid.NewGuid(), [new("s-bp-sys", FactValue.Of(172m), house.Clock.GetUtcNow(), FactSource.Partner), new("s-bp-dia", FactValue.Of(101m), house.Clock.GetUtcNow(), FactSource.Partner)], null),
            ImmutableSortedDictionary<string, decimal>.Empty, house.Clock.GetUtcNow()));
        await Look(page, "/my/clearance", "my-clearance-paused", width);
        await Look(page, $"/my/referrals/{referral}", "my-referral-paused", width);
        await Look(page, "/my", "my-home-paused", width);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("text=Open the demonstration");
        await Look(page, $"/staff/patients/{patient}/referrals/{referral}", "referral-finding", width);
        await page.ClickAsync("text=Seen and dealt with");
        await Look(page, null, "referral-finding-error", width);
        await page.FillAsync("input[name^='Done-']", "Called the clinic; seen by the family doctor today");
        await page.ClickAsync("text=Seen and dealt with");
        Assert.DoesNotContain("Say what was done", await page.TextContentAsync("main"), StringComparison.Ordinal);
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
