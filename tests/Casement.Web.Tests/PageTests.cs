using System.Net;
using Casement.Web.Shell;

namespace Casement.Web.Tests;

public sealed class PageTests
{
    [Fact]
    public async Task A_person_is_admitted_with_the_name_they_gave()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/new");
        await browser.Send("main form", ("Legal", "  Claudia  Ordóñez Villaseñor "), ("Chosen", "Clau"), ("Pronouns", "she/her"), ("Born", "3/27/1984"), ("Email", ""), ("Phone", ""));
        Assert.Equal("Clau", browser.Page.QuerySelector(".patient-name a")?.TextContent);
        Assert.Contains("Legal name Claudia Ordóñez Villaseñor", browser.Page.QuerySelector(".patient-born")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Alma Reyes", browser.Page.QuerySelector(".looks")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Clau", browser.Where.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_stands_in_the_title_the_summary_and_beside_the_field_and_what_was_typed_stays()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/new");
        await browser.Send("main form", ("Legal", ""), ("Chosen", "Clau"), ("Born", "soon"));
        Assert.StartsWith("Error: ", browser.Page.Title, StringComparison.Ordinal);
        Assert.Equal(["#Legal", "#Born"], browser.Page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        Assert.NotNull(browser.Page.QuerySelector("#Born-error"));
        Assert.Equal(("Clau", "soon"), (browser.Page.QuerySelector("#Chosen")?.GetAttribute("value"), browser.Page.QuerySelector("#Born")?.GetAttribute("value")));
    }

    [Theory]
    [InlineData("ordonez", 1)]
    [InlineData("NGUYEN hanh", 1)]
    [InlineData("hạnh nguyễn", 1)]
    [InlineData("3/27/1984", 1)]
    [InlineData("1971-11-02", 1)]
    [InlineData("sukarno", 1)]
    [InlineData("nobody", 0)]
    [InlineData("", 3)]
    public async Task Somebody_is_found_by_any_part_of_a_name_or_the_date_of_birth(string search, int found)
    {
        await using var house = await House.Open();
        await house.Admit("Claudia Ordóñez Villaseñor", new(1984, 3, 27));
        await house.Admit("Nguyễn Thị Hạnh", new(1971, 11, 2));
        await house.Admit("Sukarno", new(1990, 6, 6));
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients");
        await browser.Send("form.search", ("Search", search));
        Assert.Equal(found, browser.Page.QuerySelectorAll(".rows .row").Length);
        Assert.Equal("/staff/patients", browser.Where.PathAndQuery);
    }

    [Fact]
    public async Task Names_reach_no_log()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Claudia Ordóñez", new(1984, 3, 27));
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}");
        await browser.Go("/staff/patients");
        await browser.Send("form.search", ("Search", "Claudia"));
        await browser.GivePassword("alma@practice.example", "not the password at all");
        Assert.DoesNotContain(house.Log.Lines, line => line.Contains("Claudia", StringComparison.Ordinal) || line.Contains("alma@", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_says_why()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/import");
        await browser.Upload("main form", "File", "a.json", [1]);
        Assert.Equal("/staff/patients/import", browser.Where.AbsolutePath);
        Assert.Contains("JSON", browser.Page.QuerySelector("#File-error")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_in_a_sentence()
    {
        await using var house = await House.Open(o => o with { LargestUploadBytes = 1024 * 1024 });
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/import");
        await browser.Upload("main form", "File", "a.json", new byte[1_200_000]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "That file is too large"), (browser.Status, browser.Heading));
    }

    [Fact]
    public async Task When_something_breaks_the_page_helps_and_tells_no_detail()
    {
        await using var house = await House.Open(o => o with { Rows = (_, _) => throw new InvalidOperationException("inner detail") });
        using var browser = await house.SignedIn();
        await browser.Go("/staff/patients/new");
        await browser.Send("main form", ("Legal", "Claudia"), ("Born", "3/27/1984"), ("Chosen", ""), ("Pronouns", ""), ("Email", ""), ("Phone", ""));
        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong on our side"), (browser.Status, browser.Heading));
        Assert.DoesNotContain("inner detail", browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_did_not_come_from_our_page_is_turned_away_with_a_page()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        using var forged = new FormUrlEncodedContent([new("_handler", "admit"), new("Legal", "Mallory")]);
        using var response = await browser.Client.PostAsync(new Uri(house.Address, "/staff/patients/new"), forged, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("That did not arrive as expected", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/staff/patients/11111111-1111-1111-1111-111111111111")]
    public async Task An_address_that_leads_nowhere_helps(string address)
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        await browser.Go(address);
        Assert.Equal((HttpStatusCode.NotFound, "There is no page here"), (browser.Status, browser.Heading));
    }

    [Fact]
    public async Task Every_answer_is_strict_and_unstored()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        foreach (var page in (string[])["/", "/sign-in", "/staff", "/staff/patients", "/no/such/page"])
        {
            using var response = await browser.Client.GetAsync(new Uri(house.Address, page), TestContext.Current.CancellationToken);
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
            Assert.StartsWith("default-src 'none'; style-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Behind_https_cookies_are_bound_to_the_host_and_the_browser_is_told_to_stay()
    {
        await using var house = await House.Open(o => o with { Public = new("https://practice.example") });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, "/sign-in"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Host = "practice.example";
        using var client = new HttpClient();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));
        Assert.All(response.Headers.GetValues("Set-Cookie"), cookie => Assert.Matches("^__Host-casement-form=.*; path=/; secure; samesite=lax; httponly$", cookie));
    }

    [Fact]
    public async Task The_stylesheet_is_small_packed_and_kept()
    {
        await using var house = await House.Open();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, Asset.Url("casement.css")));
        request.Headers.Add("Accept-Encoding", "br");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.True((await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length < 12_000);
    }

    [Fact]
    public async Task Crisis_help_is_on_every_page_and_911_stands_first()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        foreach (var page in (string[])["/", "/sign-in", "/staff", "/staff/patients", "/no/such/page"])
        {
            await browser.Go(page);
            Assert.Equal(["tel:911", "tel:988", "sms:988", "https://988lifeline.org/chat/"], browser.Page.QuerySelectorAll(".crisis a").Select(a => a.GetAttribute("href")));
        }
    }

    [Fact]
    public async Task A_host_that_is_not_ours_is_not_answered()
    {
        await using var house = await House.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, "/"));
        request.Headers.Host = "elsewhere.example";
        using var client = new HttpClient();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
