using Casement.People;
using Casement.Web.Clinician.Clearance;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The protocol in force: what it says, and moving a parameter inside its bounds.</summary>
public sealed class ProtocolPageTests
{
    [Fact]
    public async Task A_parameter_is_moved_only_inside_its_bounds_and_after_seeing_whose_outcome_changes()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-003");
        await house.Chart("pub-001", "Hạnh Nguyễn");
        using var browser = await house.SignedIn();
        await browser.Go("/staff/protocol");
        Assert.Equal("160 mmHg", browser.Page.QuerySelector("#p-bp-sys-defer .parameter-value")?.TextContent.Trim());

        await browser.Send("#p-bp-sys-defer form", ("to-p-bp-sys-defer", "190"));
        Assert.Contains("may be set between 150 and 160", browser.Page.QuerySelector("#to-p-bp-sys-defer-error")?.TextContent, StringComparison.Ordinal);

        await browser.Send("#p-bp-sys-defer form", ("to-p-bp-sys-defer", "150"));
        var preview = browser.Page.QuerySelector("#preview")?.TextContent;
        Assert.Contains("1 outcome would change among 2 patients", preview, StringComparison.Ordinal);
        Assert.Contains("Claudia", preview, StringComparison.Ordinal);
        Assert.Empty(house.Services.GetRequiredService<ProtocolInForce>().Settings);

        await browser.Send("#preview form");
        Assert.Contains("150 mmHg", browser.Page.QuerySelector("#p-bp-sys-defer .parameter-value")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("moved", browser.Page.QuerySelector("#p-bp-sys-defer .parameter-value")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("p-bp-sys-defer from 160 to 150", browser.Page.QuerySelector("[aria-labelledby=moves]")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Alma Reyes", browser.Page.QuerySelector("[aria-labelledby=moves]")?.TextContent, StringComparison.Ordinal);
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.StartsWith("Not yet", browser.Page.QuerySelector(".bench-bar strong")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_parameter_moves_it_says_whose_signed_clearance_in_force_would_change()
    {
        await using var house = await House.Open();
        await house.Chart("pub-003", "Hạnh Nguyễn");
        var cleared = await house.Chart("pub-003");
        await house.Papers(cleared, Charts.ForClearance);
        await house.Carry(cleared, chart => Casement.Clearance.Signing.Decide(chart, House.Ketamine, System.Collections.Immutable.ImmutableSortedDictionary<string, decimal>.Empty, House.Documents, new(Guid.NewGuid(), Casement.Clearance.ClearanceVerdict.ClearedWithConditions, "Home readings near target.", chart.Version), Charts.Alma, house.Clock.GetUtcNow()));
        using var browser = await house.SignedIn();
        await browser.Go("/staff/protocol");
        await browser.Send("#p-bp-sys-defer form", ("to-p-bp-sys-defer", "150"));
        Assert.Contains("1 of them holds a signed clearance in force.", browser.Page.QuerySelector("#preview")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Claudia", browser.Page.QuerySelector("#preview li")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("signed clearance in force", browser.Page.QuerySelector("#preview li")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("in force", browser.Page.QuerySelectorAll("#preview li")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_who_is_no_clinician_sees_how_many_and_never_whose()
    {
        await using var house = await House.Open();
        await house.Chart("pub-003");
        using var browser = await house.SignedIn(new NewStaff("Olga", "olga@practice.example", [Role.Owner]));
        await browser.Go("/staff/protocol");
        await browser.Send("#p-bp-sys-defer form", ("to-p-bp-sys-defer", "150"));
        Assert.Contains("1 outcome would change", browser.Page.QuerySelector("#preview")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Claudia", browser.Page.Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guide_reads_the_protocol_and_moves_nothing()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn(new NewStaff("Gil", "gil@practice.example", [Role.Guide]));
        await browser.Go("/staff/protocol");
        Assert.Empty(browser.Page.QuerySelectorAll(".parameter form"));
    }

    [Fact]
    public async Task A_search_finds_rules_by_their_words()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go("/staff/protocol");
        await browser.Send("form.search", ("Find", "hypertension"));
        Assert.NotNull(browser.Page.QuerySelector("#cv-bp-uncontrolled"));
        Assert.Null(browser.Page.QuerySelector("#psy-psychosis-history"));
    }

    [Fact]
    public async Task A_past_protocol_comes_back_from_the_shelf_by_its_hash()
    {
        await using var house = await House.Open();
        var options = house.Services.GetRequiredService<WebOptions>();
        var files = House.Ketamine.Files.SetItem("protocol.yaml", House.Ketamine.Files["protocol.yaml"].Replace("version: 1.0.0", "version: 1.0.1", StringComparison.Ordinal));
        var newer = Definitions.ProtocolFolder.Read(files);
        var room = new ProtocolInForce(options with { Protocol = newer }, house.Store);
        await room.StartAsync(TestContext.Current.CancellationToken);
        var past = await room.At(House.Ketamine.Hash, TestContext.Current.CancellationToken);
        Assert.Equal(("1.0.0", House.Ketamine.Hash), (past?.Version, past?.Hash));
        Assert.Null(await room.At("nothing", TestContext.Current.CancellationToken));
    }
}
