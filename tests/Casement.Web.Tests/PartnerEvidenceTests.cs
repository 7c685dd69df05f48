using Casement.Referrals;
using Casement.Web.Clinician.Referrals;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The papers of a clinic (practice.md 2.7), asked for again before they end.</summary>
public sealed class PartnerEvidenceTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paper_is_written_down_and_asked_for_again_before_it_ends()
    {
        await using var house = await House.Open();
        await house.Clinic();
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/partners/{Referring.Hillview}");
        Assert.Contains("Liability insurance: no evidence yet.", browser.Page.QuerySelector("main .notice")?.TextContent, StringComparison.Ordinal);
        var day = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime).AddDays(20);
        await browser.Send("form.narrow", ("Evidence-insurance", "Policy 77"), ("EvidenceEnds-insurance", $"{day:M/d/yyyy}"), ("Evidence-dea", "FO1234563"));
        Assert.Contains("Write the last day it is good.", browser.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal("Policy 77", browser.Page.QuerySelector("#Evidence-insurance")?.GetAttribute("value"));
        await browser.Send("form.narrow", ("EvidenceEnds-dea", $"{day.AddYears(1):M/d/yyyy}"));
        var kept = (await house.Services.GetRequiredService<PartnerShelf>().Find(Referring.Hillview, Stop))!.Value.Partner;
        Assert.Equal(["FO1234563", "Policy 77"], kept.Evidence.Select(e => e.What));
        Assert.Contains($"Liability insurance: ends on {day:MMM d, yyyy}.", browser.Page.QuerySelector("main .notice.warning, main .notice[class*=warning]")?.TextContent, StringComparison.Ordinal);
        await browser.Go("/staff/partners");
        Assert.Contains("Papers to renew", browser.Page.QuerySelector("main")?.TextContent, StringComparison.Ordinal);
        await browser.Go("/staff");
        Assert.Contains("Liability insurance: ends on", browser.Page.QuerySelector("[aria-labelledby=renew]")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_good_for_longer_is_not_asked_for()
    {
        var today = new DateOnly(2026, 11, 23);
        var clinic = new PartnerClinic(Guid.NewGuid(), "Hillview", "", "", "", "", "CO 1", today.AddDays(31), ["racemic-ketamine-iv"], null, today, today.AddDays(30), true, [], System.Collections.Immutable.ImmutableSortedDictionary<string, decimal>.Empty)
        {
            Evidence = [.. PartnerClinic.EvidenceKinds.Select(k => new PartnerEvidence(k.Kind, "Shown", today.AddDays(k.Kind is "dea" ? -1 : 400)))],
        };
        Assert.Equal(["The care-coordination agreement: ends on Dec 23, 2026.", "DEA registration of who orders: ended on Nov 22, 2026."], clinic.Expiring(today, 30));
    }
}
