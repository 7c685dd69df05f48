using System.Collections.Immutable;
using Casement.Clearance;
using Casement.People;

namespace Casement.Web.Tests;

/// <summary>The header of every page of a chart (C2), as somebody goes along.</summary>
public sealed class CarePhaseTests
{
    static string Said(Browser browser, string term) =>
        browser.Page.QuerySelectorAll(".patient-facts > div").Single(d => d.QuerySelector("dt")?.TextContent == term).QuerySelector("dd")?.TextContent.Trim() ?? "";

    [Fact]
    public async Task The_header_always_says_all_of_it()
    {
        await using var house = await House.Open();
        var wren = await house.Admit(new Person(new("Wren Ó Bury", "Wren"), new(1988, 1, 2)));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{wren}/details");
        Assert.Contains("age ", alma.Page.QuerySelector(".patient-born")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(("not recorded", "Clearance", "none signed", "not assigned"), (Said(alma, "Allergies"), Said(alma, "Phase"), Said(alma, "Clearance"), Said(alma, "Clinician")));
        Assert.NotEqual("", Said(alma, "Risk"));
    }

    [Fact]
    public async Task Conditions_and_the_end_of_a_clearance_stand_beside_it()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        await house.Answer(patient, "medication-list-reconciled", FactValue.Of(true));
        await house.Papers(patient, [.. Charts.ForClearance, "doc-emergency-contact"]);
        await house.Carry(patient, chart => Signing.Decide(chart, House.Ketamine, ImmutableSortedDictionary<string, decimal>.Empty, House.Documents, new(Guid.NewGuid(), ClearanceVerdict.ClearedWithConditions, "Everything was reviewed with care.", chart.Version), Charts.Alma, house.Clock.GetUtcNow()));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/tasks");
        Assert.StartsWith("valid with conditions, until ", Said(alma, "Clearance"), StringComparison.Ordinal);
        Assert.Equal("Cleared", Said(alma, "Phase"));
        await house.SentTo(patient, await house.Clinic());
        await alma.Go($"/staff/patients/{patient}/tasks");
        Assert.Equal("Referred", Said(alma, "Phase"));
        house.Clock.Ahead += TimeSpan.FromDays(400);
        using var later = await house.SignedIn();
        await later.Go($"/staff/patients/{patient}/tasks");
        Assert.StartsWith("expired ", Said(later, "Clearance"), StringComparison.Ordinal);
    }
}
