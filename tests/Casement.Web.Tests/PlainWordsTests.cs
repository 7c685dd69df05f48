using AngleSharp.Dom;
using Casement.Journal;
using Casement.People;
using Casement.Tests.Clearance;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The words of pages that patients and support persons read are at grade 8 or lower (E9), as the words of definitions are.</summary>
public sealed partial class PlainWordsTests
{
    const double Most = 8;

    /// <summary>Fewer words are a label, and a formula for sentences says nothing about them; they count in the page as a whole.</summary>
    const int FewestWords = 12;

    static readonly string[] Mine =
    [
        "/my", "/my/details", "/my/details/wrong?about=other", "/my/account", "/my/documents", "/my/documents/doc-telehealth", "/my/intake", "/my/intake/done", "/my/intake/review", "/my/messages", "/my/messages/new", "/my/messages/preferences",
        "/my/referrals", "/my/support", "/my/safety-plan", "/my/safety-plan/edit", "/my/preparation", "/my/integration", "/my/intentions", "/my/journal",
    ];

    [Fact]
    public async Task Pages_of_patients_read_at_grade_eight()
    {
        await using var house = await Open();
        var patient = await house.ClearedPatient("Ann Lee");
        var (referral, _) = await house.SentTo(patient, await house.Clinic(c => c with { Name = "The clinic" }));
        using var alma = await house.SignedIn(new("Al", "al@practice.example", [Role.Clinician], "NP"));
        await alma.Go($"/staff/patients/{patient}/intake");
        await alma.Send("main form");
        using var mine = await house.AsPatient(patient);
        var wrong = new List<string>();
        var entry = Guid.NewGuid();
        await mine.Go("/my/journal");
        await mine.Send("form:has(#Text)", ("Entry", $"{entry}"), ("Text", "I slept."));
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => Casement.Referrals.Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Decision.Accept(new Casement.Referrals.ReferralScheduled(referral, now.AddHours(3), null)));
        foreach (var page in Mine.Append($"/my/referrals/{referral}").Append($"/my/journal/{entry}").Append("/my/step/worries").Append("/my/step/intention?p=1")) wrong.AddRange(Grades(await mine.Go(page), page));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Pages_anybody_with_a_link_reads_are_at_grade_eight()
    {
        await using var house = await Open();
        var patient = await house.Admit(new Person(new("Ann Lee"), new(1984, 3, 27), "ann@example.org", "303 555 0199"));
        var (person, checkIn) = (Guid.NewGuid(), Guid.NewGuid());
        await house.Carry(patient, chart => Supporting.Name(chart, person, Guid.NewGuid(), "Bo", "bo@example.org", "303 555 0100", house.Clock.GetUtcNow().AddDays(3)));
        var plan = house.Services.GetRequiredService<WebOptions>().CheckIns;
        await house.Carry(patient, chart => Casement.CheckIns.CheckingIn.Send(chart, plan, new(checkIn, plan.Scales.First(s => !s.OnlyAfterAnother).Scale.Id, Guid.NewGuid(), house.Clock.GetUtcNow())));
        var wrong = new List<string>();
        using var support = await house.OnLink(patient, person);
        wrong.AddRange(Grades(await support.Go("/support"), "/support"));
        using var visitor = house.Visit();
        var door = house.Services.GetRequiredService<LinkDoor>();
        foreach (var page in new[] { "/my/sign-in", "/my/sign-in/code", "/open/again?kept=yes", "/open/again?other=yes&kept=yes", "/open/none", "/enter/none", "/messages/stop/none", door.Address(patient, checkIn, "/c").PathAndQuery, "/c/none", "/problem/404" })
            wrong.AddRange(Grades(await visitor.Go(page), page));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static Task<House> Open() => House.Open(o => o with { Card = new("The practice", "303 555 0100") });

    static IEnumerable<string> Grades(Browser browser, string page)
    {
        var blocks = Blocks(browser).ToArray();
        var whole = string.Join(' ', blocks.Select(b => b[^1] is '.' or '?' or '!' ? b : b + "."));
        if (whole.Length > 0 && ReadingGrade.Of(whole) is var all && all > Most) yield return $"{page} as a whole: {all:0.0}";
        foreach (var block in blocks.Where(b => b.Split(' ').Length >= FewestWords))
            if (ReadingGrade.Of(block) is var grade && grade > Most) yield return $"{page}: {grade:0.0}: {block}";
    }

    /// <summary>What is read as one piece: paragraphs, points, headings, labels. The texts of papers, questions and scales are graded where they are defined.</summary>
    static IEnumerable<string> Blocks(Browser browser) => browser.Page.QuerySelectorAll("main p, main li, main .row-title, main .row-line, main h1, main h2, main h3, main legend, main label, main summary, footer p")
        .Where(e => e.QuerySelector("p, li, .row-title, .row-line") is null && e.Closest(".document") is null && e.Closest("[hidden]") is null && e.Closest("table, [data-record]") is null)
        .Select(e => Figures().Replace(e.TextContent, ""))
        .Select(t => string.Join(' ', t.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit))))
        .Where(t => t.Any(char.IsLetter)).Distinct();

    /// <summary>Dates, times and phone numbers are looked at and not read as words; the formula would count each digit as a syllable.</summary>
    [System.Text.RegularExpressions.GeneratedRegex(@"[A-Z][a-z]{2} \d{1,2}, \d{4}(, \d{1,2}:\d{2} [AP]M [^\s)]+ \([^)]*\))?|\d{1,2}:\d{2} [AP]M|303 555 \d{4}")]
    private static partial System.Text.RegularExpressions.Regex Figures();
}
