using System.Net;
using Casement.Cli.Sample;
using Casement.FollowUp;
using Casement.Web.Tests.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Every row of the worklist leads to a page that is there: a row nobody can open is work nobody does.</summary>
public sealed class WorklistLinkTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_of_the_sample_practice_leads_to_a_page()
    {
        var (house, _) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var open = house;
        var (samples, options) = (Path.Combine(House.Root, "samples"), house.Services.GetRequiredService<WebOptions>());
        await SamplePractice.Load(samples, SimulationSize.None, House.CheckIns, House.Measuring, SampleTests.Following, House.HealthQuestions, House.Office, House.ReferralRules, house.Store, house.Store, options.Practice, house.Clock.GetUtcNow(), Stop);
        await using (var scope = house.Services.CreateAsyncScope())
            await ActivatorUtilities.CreateInstance<SamplePapers>(scope.ServiceProvider).Load(samples, Stop);
        // Some of them have no address, so what they have to know becomes a row as well.
        await house.SendDue();

        var rows = (await house.Store.ReadList(options.Practice, Worklist.List, Stop)).Select(r => (r.Patient, Worklist.Read(r.Json).Page)).Distinct().ToArray();
        using var staff = await house.SignedIn();
        await staff.Go("/staff?show=all&rows=2000");
        var shown = staff.Page.QuerySelectorAll("a[data-row]").Select(a => a.GetAttribute("href") ?? "").ToArray();
        Assert.True(shown.Length > 10, $"Only {shown.Length} rows are shown.");
        Assert.Contains(shown, page => page.EndsWith("/details#Email", StringComparison.Ordinal));
        foreach (var page in shown.Concat(rows.Select(r => $"/staff/patients/{r.Patient}/{r.Page}".TrimEnd('/'))).Distinct())
        {
            await staff.Go(page);
            Assert.True(staff.Status is HttpStatusCode.OK, $"{page} answers {(int)staff.Status}.");
        }
    }
}
