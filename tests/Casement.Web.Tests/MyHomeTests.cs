using Casement.Messages;
using Casement.People;
using Casement.Web.Tests.Messages;

namespace Casement.Web.Tests;

/// <summary>The patient's one home page (P2): what is next, what is due, who is responsible, how to reach them and how soon they answer.</summary>
public sealed class MyHomeTests
{
    [Fact]
    public async Task It_says_what_is_next_what_is_due_who_answers_how_to_reach_them_and_how_soon()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var mine = await house.AsPatient(claudia);
        Assert.Equal("We get in touch with you about the first step. You do not need to do anything.", Part(mine, "next"));
        Assert.Equal("Nothing is waiting for you.", Part(mine, "due"));
        Assert.Contains("Front Range Integrative No one person is named yet", Part(mine, "responsible"), StringComparison.Ordinal);
        Assert.StartsWith("Call +1 303 555 0100. We pick up Monday to Friday, 9 am to 5 pm.", Part(mine, "reach"), StringComparison.Ordinal);
        Assert.Contains("We answer within two business days: by ", Part(mine, "reach"), StringComparison.Ordinal);
        Assert.Equal("tel:+13035550100", mine.Page.QuerySelector("#reach")?.ParentElement?.ParentElement?.QuerySelector("a[href^=tel]")?.GetAttribute("href"));

        await house.Carry(claudia, chart => Assigning.Decide(chart, new("alma", "Alma Reyes", "PMHNP-BC", IsClinician: true, IsActive: true)));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{claudia}/documents");
        await alma.Send("main form", ("Families", "doc-telehealth"));
        await mine.Go("/my");
        Assert.Equal("Alma Reyes, PMHNP-BC", Part(mine, "responsible"));
        Assert.Contains("Visits by video or phone", Part(mine, "due"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_stands_first_until_it_is_over_or_called_off()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        var visit = new Visit(Guid.NewGuid(), house.Clock.GetUtcNow().AddHours(2), 50, Place: "by video");
        await house.Ask(claudia, "appointment-booked", with: m => m with { Visit = visit });
        using var mine = await house.AsPatient(claudia);
        Assert.Contains("Your visit with us: by video", Part(mine, "next"), StringComparison.Ordinal);
        await house.Ask(claudia, "appointment-changed", with: m => m with { Visit = visit with { Sequence = 1, At = visit.At.AddDays(1) } });
        Assert.Single((await mine.Go("/my")).Page.QuerySelectorAll("main .columns-main section:first-child li"));
        await house.Ask(claudia, "appointment-changed", with: m => m with { Visit = visit with { Sequence = 2, Cancelled = true } });
        await mine.Go("/my");
        Assert.DoesNotContain("Your visit", Part(mine, "next"), StringComparison.Ordinal);
    }

    static string Part(Browser browser, string id)
    {
        var section = browser.Page.QuerySelector($"#{id}")?.Closest("section") ?? throw new InvalidOperationException($"No part {id}: {browser.Page.Body?.TextContent}");
        return string.Join(' ', section.QuerySelectorAll("p, li").Where(e => e.Closest("li") is null || e.LocalName == "li").Select(e => string.Join(' ', e.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }
}
