using Casement.Clearance;
using Casement.Journal;
using static Casement.Web.Tests.Referring;

namespace Casement.Web.Tests;

/// <summary>The life of a signed clearance as its readers see it: how long it holds, what suspends it, and who is told.</summary>
public sealed class LivingTests
{
    static string Text(Browser browser, string of = "main") => System.Text.RegularExpressions.Regex.Replace(browser.Page.QuerySelector(of)?.TextContent ?? "", @"\s+", " ");

    [Fact]
    public async Task The_header_says_the_day_the_clearance_ends_and_not_the_latest_it_could()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var nurse = await house.SignedIn();
        await nurse.Go($"/staff/patients/{patient}/clearance");
        var (first, latest) = (house.Clock.GetUtcNow().AddDays(30), house.Clock.GetUtcNow().AddDays(180));
        static string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("America/Denver")).ToString("MMM d, yyyy", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"valid, until {Day(first)}", Text(nurse, "header.patient"));
        Assert.Contains($"Ends {Day(first)} unless a session has started by then; {Day(latest)} at the latest.", Text(nurse));
    }
}
