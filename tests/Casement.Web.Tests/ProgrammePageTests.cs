using System.Net;
using Casement.Journal;
using Casement.People;
using Casement.Programmes;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.Programmes;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Preparation, integration, the private journal and intentions, as patients and staff meet them.</summary>
public sealed class ProgrammePageTests
{
    const string Secret = "The heron 🐦 stood\n\nin the ça-va water";

    static async Task<(PatientId Patient, Guid Referral)> Scheduled(House house, int hours = 20)
    {
        var patient = await house.ClearedPatient();
        var (referral, _) = await house.SentTo(patient, await house.Clinic());
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, _ => Decision.Accept(new ReferralScheduled(referral, house.Clock.GetUtcNow().AddHours(hours), null)));
        return (patient, referral);
    }

    static async Task Treated(House house, PatientId patient, Guid referral, DateTimeOffset at) =>
        await house.Carry(patient, _ => Decision.Accept(new SessionReported(Guid.NewGuid(), referral, new("racemic-ketamine-iv", at, at.AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null)));

    [Fact]
    public async Task A_step_goes_on_where_it_stopped_on_another_device_and_is_kept_once()
    {
        await using var house = await House.Open();
        var (patient, _) = await Scheduled(house);
        using (var phone = await house.AsPatient(patient))
        {
            await phone.Go("/my/step/worries");
            await phone.Send("form.check-in");
            await phone.Send("form.check-in", ("Answer", "needles"));
            Assert.Equal("If needles are hard for you", phone.Heading);
        }
        using var tablet = await house.AsPatient(patient);
        Assert.Equal("If needles are hard for you", (await tablet.Go("/my/step/worries")).Heading);
        await tablet.Send("form.check-in");
        var (answering, last) = (Guid.NewGuid(), "Zwei\r\nZeilen ♥");
        await tablet.Send("form.check-in", ("Answer", last), ("Answering", $"{answering}"));
        Assert.Equal("Thank you", tablet.Heading);
        // Sent again by a double click it is one.
        await tablet.Go("/my/step/worries?p=3");
        await tablet.Send("form.check-in", ("Answer", last), ("Answering", $"{answering}"));
        var kept = Assert.Single((await house.Read(patient)).Programme.Answers).What;
        Assert.Equal(("needles", "Zwei\nZeilen ♥"), (kept.Answers["worry-kinds"], kept.Answers["worry-words"]));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/programme");
        Assert.Contains("Zwei\nZeilen ♥", alma.Page.QuerySelector("#answers")!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("numbing cream", alma.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_is_not_open_is_not_there()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var mine = await house.AsPatient(patient);
        foreach (var page in new[] { "/my/step/worries", "/my/step/first-day", $"/my/step/first-day.{Guid.NewGuid():N}", "/my/step/none" }) Assert.Equal(HttpStatusCode.NotFound, (await mine.Go(page)).Status);
        Assert.Contains("when your visit has a date", (await mine.Go("/my/preparation")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_intention_comes_back_the_day_before_and_after_the_session()
    {
        await using var house = await House.Open();
        var (patient, referral) = await Scheduled(house);
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/step/intention?p=1");
        await mine.Send("form.check-in", ("Answer", "Lay it down"));
        await mine.Send("form.check-in");
        Assert.Equal("Lay it down", (await mine.Go("/my")).Page.QuerySelector(".intention blockquote")?.TextContent);
        await Treated(house, patient, referral, house.Clock.GetUtcNow());
        house.Clock.Ahead = TimeSpan.FromHours(25);
        using var later = await house.AsPatient(patient);
        var step = (await later.Go("/my/integration")).Page.QuerySelector("a[href^='/my/step/first-day']")!.GetAttribute("href")!;
        Assert.Equal("Lay it down", (await later.Go($"{step}?p=1")).Page.QuerySelector(".intention blockquote")?.TextContent);
    }

    [Fact]
    public async Task A_private_entry_is_read_by_its_writer_and_stands_nowhere_else()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var mine = await house.AsPatient(patient);
        var entry = Guid.NewGuid();
        await mine.Go("/my/journal");
        await mine.Send("form:has(#Text)", ("Entry", $"{entry}"), ("Text", Secret.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(Secret, mine.Page.QuerySelector(".typed")?.TextContent);

        using var alma = await house.SignedIn();
        string[] pages = [$"/staff/patients/{patient}", $"/staff/patients/{patient}/programme", $"/staff/patients/{patient}/notes", $"/staff/patients?q=heron", "/staff"];
        foreach (var page in pages)
        {
            await alma.Go(page);
            Assert.DoesNotContain("heron", alma.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("Wrote in the journal", alma.Page.Body!.TextContent, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(house.Log.Lines, l => l.Contains("heron", StringComparison.Ordinal));
        Assert.DoesNotContain("heron", string.Join('\n', (await house.Store.Read(house.Services.GetRequiredService<WebOptions>().Practice, patient, 0, TestContext.Current.CancellationToken)).Select(e => System.Text.Encoding.UTF8.GetString(EventNames.Current.Write(e.What)))), StringComparison.Ordinal);

        // Another patient, with the address in hand.
        using var wren = await house.AsPatient(await house.Admit("Wren Bury", new(1988, 1, 2)));
        Assert.Equal(HttpStatusCode.NotFound, (await wren.Go($"/my/journal/{entry}")).Status);

        // Shared by an act of its own, and taken back.
        await mine.Go($"/my/journal/{entry}");
        await mine.Send("form:has([name=Seen])");
        Assert.Contains(Secret, (await alma.Go($"/staff/patients/{patient}/programme")).Page.Body!.TextContent, StringComparison.Ordinal);
        await mine.Go($"/my/journal/{entry}");
        await mine.Send(".acts form:not(:has([name=Seen]))");
        await alma.Go($"/staff/patients/{patient}/programme");
        Assert.DoesNotContain("heron", alma.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(alma.Page.QuerySelector("#sharing"));
    }

    [Fact]
    public async Task An_entry_taken_back_is_gone_also_for_its_writer()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var mine = await house.AsPatient(patient);
        var entry = Guid.NewGuid();
        await mine.Go("/my/journal");
        await mine.Send("form:has(#Text)", ("Entry", $"{entry}"), ("Text", Secret));
        var written = (await house.Read(patient)).Programme.Journal[entry].Versions[0].What;
        await mine.Send("form:has(.button.danger)");
        Assert.Equal("/my/journal", mine.Where.AbsolutePath);
        Assert.DoesNotContain("heron", mine.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await mine.Go($"/my/journal/{entry}")).Status);
        Assert.Null(await house.Services.GetRequiredService<PrivateJournal>().Find(patient, written.Version, written.Sha256, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Danger_in_a_private_entry_shows_help_to_the_writer_and_tells_nobody()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await house.ClearedPatient();
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/journal");
        Assert.True(mine.Page.QuerySelector("[data-crisis-card]")?.HasAttribute("hidden"));
        Assert.Contains("nobody will know", mine.Page.Body!.TextContent, StringComparison.Ordinal);
        await mine.Send("form:has(#Text)", ("Text", "I want to die"));
        Assert.False(mine.Page.QuerySelector("[data-crisis-card]")?.HasAttribute("hidden"));
        var chart = await house.Read(patient);
        Assert.Empty(chart.Safety.Alerts);
        using var alma = await house.SignedIn();
        Assert.DoesNotContain("journal", (await alma.Go("/staff")).Page.QuerySelector("main")!.TextContent, StringComparison.OrdinalIgnoreCase);
        await mine.Send("form:has([name=Seen])");
        Assert.Contains("Read today: a shared journal entry", (await alma.Go("/staff")).Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_too_long_is_refused_and_nothing_of_it_is_lost()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/journal");
        var much = new string('ä', KeepingAJournal.LongestText + 1);
        await mine.Send("form:has(#Text)", ("Text", much));
        Assert.Contains("10,001 characters", mine.Page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(much, mine.Page.QuerySelector("#Text")!.TextContent);
        Assert.Empty((await house.Read(patient)).Programme.Journal);
    }

    [Fact]
    public async Task A_guide_reads_the_programme_and_no_chart()
    {
        await using var house = await House.Open();
        var (patient, _) = await Scheduled(house);
        using var guide = await house.SignedIn(new NewStaff("Gil", "gil@practice.example", [Role.Guide]));
        Assert.Contains($"/staff/patients/{patient}/programme", (await guide.Go("/staff/programmes")).Page.Body!.InnerHtml, StringComparison.Ordinal);
        await guide.Go($"/staff/patients/{patient}/programme");
        Assert.Equal(HttpStatusCode.OK, guide.Status);
        Assert.Null(guide.Page.QuerySelector(".patient-facts"));
        Assert.Equal(HttpStatusCode.Forbidden, (await guide.Go($"/staff/patients/{patient}")).Status);
    }

    [Fact]
    public async Task After_a_session_a_plan_with_a_next_contact_is_agreed_and_held()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, referral) = await Scheduled(house);
        await Treated(house, patient, referral, house.Clock.GetUtcNow().AddDays(-4));
        using var alma = await house.SignedIn();
        Assert.Contains("No next contact is planned", (await alma.Go("/staff/programmes")).Page.Body!.TextContent, StringComparison.Ordinal);
        await alma.Go($"/staff/patients/{patient}/programme");
        await alma.Send("form:has(#NextOn)", ("Goals", "Sleep"), ("NextOn", "soon"));
        Assert.Contains("month, day and year", alma.Page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var day = house.Clock.GetUtcNow().AddDays(3);
        await alma.Send("form:has(#NextOn)", ("Goals", "Sleep"), ("NextOn", $"{day.Month}/{day.Day}/{day.Year}"));
        Assert.DoesNotContain("No next contact is planned", (await alma.Go("/staff/programmes")).Page.Body!.TextContent, StringComparison.Ordinal);
        using var mine = await house.AsPatient(patient);
        Assert.Contains("is next in touch with you on", (await mine.Go("/my/integration")).Page.Body!.TextContent, StringComparison.Ordinal);
        await alma.Go($"/staff/patients/{patient}/programme");
        await alma.Send("form:has(#HeldOn)", ("Do", "held"));
        Assert.True(Assert.Single((await house.Read(patient)).Programme.Contacts).What.Held);
    }

    [Fact]
    public async Task The_owner_puts_a_step_into_other_words_and_what_was_read_before_stays()
    {
        await using var house = await House.Open();
        var (patient, _) = await Scheduled(house);
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/step/setting?p=1");
        await mine.Send("form.check-in", ("Answer", "A blanket"));
        var first = (await house.Read(patient)).Programme.Answers[0].What;
        using var owner = await house.SignedIn(new NewStaff("Ona", "ona@practice.example", [Role.Owner]));
        await owner.Go("/staff/programmes/words/setting");
        await owner.Send("form.note-form", ("Text-0", "Bring a scarf."), ("Because", "We have blankets"));
        Assert.Contains("Bring a scarf.", owner.Page.QuerySelector("ins")!.TextContent + owner.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bring a scarf.", (await mine.Go("/my/step/setting?p=0")).Page.Body!.TextContent, StringComparison.Ordinal);
        await mine.Go("/my/step/setting?p=1");
        await mine.Send("form.check-in", ("Answer", "A blanket"));
        var second = (await house.Read(patient)).Programme.Answers[^1].What;
        Assert.Equal(("1.0", "1.0+1", false), (first.Version, second.Version, first.Sha256 == second.Sha256));
        Assert.Contains("eye mask", await house.Services.GetRequiredService<ProgrammesInForce>().TextOf(first.Sha256, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        // A second window that saw the words before does not write over these.
        await owner.Go("/staff/programmes/words/setting");
        await owner.Send("form.note-form", ("Text-0", "Bring nothing."), ("Because", "Other"), ("Seen", "0"));
        Assert.Contains("meanwhile", owner.Page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_open_a_step_early_and_mark_what_they_read()
    {
        await using var house = await House.Open();
        var (patient, _) = await Scheduled(house, hours: 24 * 20);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/programme");
        await alma.Send("form:has(#because-body)", ("Do", "add"), ("Because", "Has time now"));
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/step/body?p=2");
        await mine.Send("form.check-in", ("Answer", "7"));
        Assert.Equal("7", (await house.Read(patient)).Programme.Answers[0].What.Answers["body-sleep"]);
    }
}
