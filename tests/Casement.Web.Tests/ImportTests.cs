using System.Text;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;

namespace Casement.Web.Tests;

/// <summary>A record of another practice, from the file to the chart.</summary>
public sealed class ImportTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(House.Root, "samples"), "*.json").Select(p => Path.GetFileName(p))];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_record_is_previewed_kept_once_and_opens_a_chart(string sample)
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/import");
        await browser.Upload("main form", "File", "../" + sample, await File.ReadAllBytesAsync(Path.Combine(House.Root, "samples", sample), TestContext.Current.CancellationToken));
        Assert.StartsWith("What the record of", browser.Heading, StringComparison.Ordinal);
        Assert.Empty(await house.Store.ReadList(default, PatientDirectory.List, TestContext.Current.CancellationToken));
        Assert.True(browser.Page.QuerySelectorAll("[aria-labelledby=facts] tbody tr").Length > 0);
        var preview = browser.Where;

        await browser.Send("main form:has([name=Where])");
        var patient = new PatientId(Guid.Parse(browser.Where.Segments[^1]));
        var chart = await house.Read(patient);
        Assert.Equal(sample, Assert.Single(chart.Imports).FileName);
        Assert.NotEmpty(chart.Facts);
        Assert.All(chart.Facts.Values.SelectMany(f => f), f => Assert.NotNull(f.Fact.From?.Reference));
        Assert.Equal("This upload is no longer here", (await browser.Go(preview)).Heading);
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.NotNull(browser.Page.QuerySelector(".bench-bar strong"));
    }

    [Fact]
    public async Task Another_date_of_birth_asks_before_a_record_goes_onto_an_open_chart()
    {
        await using var house = await House.Open();
        var ana = await house.Admit("Ana Ruiz", new(1980, 5, 18));
        await house.Carry(ana, chart => Recording.Medicines(chart, House.Ketamine, [new("sertraline", DailyDoseMg: 50)], house.Clock.GetUtcNow(), null, house.Clock.GetUtcNow()));
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/import?onto={ana}");
        await browser.Upload("main form", "File", "ana.json", Encoding.UTF8.GetBytes("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"ana","name":[{"use":"official","family":"Ruiz","given":["Ana"]}],"birthDate":"1980-05-17"}}]}"""));
        Assert.Contains("The date of birth in the record is another than on the chart.", browser.Page.Body?.TextContent, StringComparison.Ordinal);
        await browser.Send("main form:has([name=Where])", ("Where", ana.ToString()));
        Assert.Contains("Say that it is the same person", browser.Page.QuerySelector("#Where-error")?.TextContent, StringComparison.Ordinal);
        Assert.Empty((await house.Read(ana)).Imports);
        await browser.Send("main form:has([name=Where])", ("Where", ana.ToString()), ("Same", "yes"));
        var chart = await house.Read(ana);
        Assert.Single(chart.Imports);
        Assert.Equal("sertraline", Assert.Single(chart.MedicineLists[^1].List.Medicines).Ingredient);
    }

    [Fact]
    public async Task An_upload_is_seen_by_nobody_else_and_not_after_half_an_hour()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/import");
        await browser.Upload("main form", "File", "ana.json", Encoding.UTF8.GetBytes("""{"resourceType":"Patient","id":"ana","name":[{"family":"Ruiz","given":["Ana"]}],"birthDate":"1980-05-17"}"""));
        var preview = browser.Where;
        Assert.Equal("What the record of Ana Ruiz says", browser.Heading);
        using var other = await house.SignedIn(new("Ben Okafor", "ben@practice.example", [Role.Clinician]));
        Assert.Equal("This upload is no longer here", (await other.Go(preview)).Heading);
        house.Clock.Ahead = TimeSpan.FromMinutes(10);
        await browser.Go(preview);
        house.Clock.Ahead = TimeSpan.FromMinutes(20);
        await browser.Go(preview);
        house.Clock.Ahead = TimeSpan.FromMinutes(31);
        Assert.Equal("This upload is no longer here", (await browser.Go(preview)).Heading);
    }

    [Fact]
    public async Task A_mistaken_entry_is_marked_with_a_reason_and_no_longer_counts()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Sukarno", new(1990, 6, 6));
        await house.Answer(patient, "bp-sys-avg", FactValue.Of(168m), FactSource.Measurement);
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}");
        Assert.Contains("168 mmHg", browser.Page.QuerySelector("#fact-bp-sys-avg")?.TextContent, StringComparison.Ordinal);
        await browser.Go(browser.Page.QuerySelector("#entry-2 a[href*='mark=2']")?.GetAttribute("href") ?? "");
        await browser.Send("#entry-2 form", ("Reason-2", ""));
        Assert.Contains("Say why", browser.Page.QuerySelector("#entry-2 .error")?.TextContent, StringComparison.Ordinal);
        await browser.Send("#entry-2 form", ("Reason-2", "Another patient's reading"));
        Assert.Null(browser.Page.QuerySelector("#fact-bp-sys-avg"));
        Assert.Contains("Another patient's reading", browser.Page.QuerySelector("#entry-2")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sticky_adverse_answer_is_explained_when_a_newer_one_does_not_take_it_back()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Sukarno", new(1990, 6, 6));
        await house.Answer(patient, "hypertension-dx", FactValue.Of(true));
        await house.Answer(patient, "hypertension-dx", FactValue.Of(false), FactSource.Patient);
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}");
        Assert.Contains("an adverse answer stays until a clinician records another", browser.Page.QuerySelector("#fact-hypertension-dx")?.TextContent, StringComparison.Ordinal);
    }
}
