using System.Net;
using Casement.Clearance;
using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Clinician.Referrals;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;
using static Casement.Web.Tests.Referring;

namespace Casement.Web.Tests;

/// <summary>The loop with a partner clinic, by HTTP and without script, from the first thought to "read and signed".</summary>
public sealed class ReferralTests
{
    static string Text(Browser browser) => System.Text.RegularExpressions.Regex.Replace(browser.Page.QuerySelector("main")?.TextContent ?? "", @"\s+", " ");

    [Fact]
    public async Task Staff_write_down_the_enrolment_that_an_esketamine_referral_waits_for()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic(c => c with { Products = [PartnerClinic.Esketamine], RemsCertifiedOn = c.AgreementFrom });
        var patient = await house.ClearedPatient();
        var referral = Guid.NewGuid();
        await house.Carry(patient, chart => Preparing.Draft(chart, new(referral, clinic, PartnerClinic.Esketamine, "Please treat.", ReferralUrgency.Routine, null), DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime)));
        using var staff = await house.SignedIn();
        var page = $"/staff/patients/{patient}/referrals/{referral}";
        Assert.Contains("has not confirmed that the patient is enrolled", Text(await staff.Go(page)), StringComparison.Ordinal);
        await staff.Send("form:has(#EnrolledOn)", ("EnrolledOn", "2/1/2026"), ("EnrolmentNumber", ""), ("EnrolmentSource", "telephone, Dana Cole"));
        Assert.Contains("Write the number of the enrolment", Text(staff), StringComparison.Ordinal);
        await staff.Send("form:has(#EnrolledOn)", ("EnrolledOn", "2/1/2026"), ("EnrolmentNumber", "REMS 4411-07"), ("EnrolmentSource", "telephone, Dana Cole"));
        await staff.Go(page);
        Assert.Contains("Enrolled Feb 1, 2026, number REMS 4411-07", Text(staff), StringComparison.Ordinal);
        Assert.DoesNotContain("has not confirmed", Text(staff), StringComparison.Ordinal);
        await staff.Send("form:has(#EnrolmentEnded)", ("EnrolmentEnded", "The clinic withdrew it"));
        Assert.Contains("has not confirmed that the patient is enrolled", Text(await staff.Go(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referral_goes_out_after_the_patient_has_looked_left_out_and_signed()
    {
        await using var house = await House.Open();
        await house.Clinic();
        var patient = await house.ClearedPatient();
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/referrals/new");
        await staff.Send("main form.narrow", ("Partner", Hillview.ToString()), ("Product", "racemic-ketamine-iv"));
        Assert.Equal("Hillview Infusion", staff.Heading);
        var page = staff.Where.AbsolutePath;
        Assert.Contains("The packet still lacks", Text(staff), StringComparison.Ordinal);
        Assert.Empty(staff.Page.QuerySelectorAll("input[name=Line][checked]"));

        await staff.Send("form.builder", ("All", "needed"));
        var lines = staff.Page.QuerySelectorAll("input[name=Line][checked]").Select(l => l.GetAttribute("value") ?? "").ToArray();
        Assert.Equal(Packet.Needed.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        await staff.Send("form.builder", [.. lines.Append("scales").Append("substances").Select(l => ("Line", l))]);
        Assert.Contains("says why this clinic needs it", Text(staff), StringComparison.Ordinal);
        await staff.Go(page);
        await staff.Send("form.builder", [.. lines.Append("scales").Select(l => ("Line", l))]);
        Assert.Contains("The patient has not signed for it yet.", Text(staff), StringComparison.Ordinal);

        using var mine = await house.AsPatient(patient);
        Assert.Contains("Look at what we would send", Text(mine), StringComparison.Ordinal);
        var referral = (await house.Read(patient)).Referrals.Keys.Single();
        await mine.Go($"/my/referrals/{referral}");
        Assert.Contains("Front Range Integrative do not depend on it", Text(mine), StringComparison.Ordinal);
        Assert.Null(mine.Page.QuerySelector("input[name=Out][value=medicines]"));
        await mine.Send("form.preview", ("Out", "scales"));
        await mine.Send("form:has(#Typed)", ("Typed", " "));
        Assert.Equal("Type your name to sign.", mine.Page.QuerySelector(".error-summary li")?.TextContent.Trim());
        await mine.Send("form:has(#Typed)", ("Typed", "Claudia Ordóñez"));
        Assert.Contains("Signed by Claudia Ordóñez", Text(mine), StringComparison.Ordinal);

        await staff.Go(page);
        await staff.Send("form:has(input[name=Link])");
        var chart = await house.Read(patient);
        var sent = chart.Referrals[referral].Sent;
        Assert.DoesNotContain(sent?.Packet ?? [], l => l.Id == "scales");
        Assert.Equal(["referral-to-sign", "referral-waiting"], chart.Messages.Values.Select(m => m.Asked.Template).Where(t => t.StartsWith("referral", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_partners_whole_path_closes_the_loop()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        using var partner = await house.OnLink(patient, link);
        Assert.Equal("/partner", partner.Where.AbsolutePath);
        Assert.Contains("The clearance is valid.", Text(partner), StringComparison.Ordinal);
        Assert.NotNull((await house.Read(patient)).Referrals[referral].OpenedAt);

        await partner.Send("form:has(#By)", ("By", "Dana Cole"), ("What", "acknowledge"));
        Assert.Contains("We know that you have it.", Text(partner), StringComparison.Ordinal);
        await partner.Send("form:has(#By)", ("By", "Dana Cole"), ("What", "accept"));
        await partner.Send("form:has(#Date1)", ("Date1", "2001-01-01T09:00"));
        Assert.Contains("lies in the past", Text(partner), StringComparison.Ordinal);
        var day = house.Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd");
        await partner.Send("form:has(#Date1)", ("Date1", $"{day}T09:30"), ("Date2", $"{day}T14:00"));

        using var mine = await house.AsPatient(patient);
        await mine.Go($"/my/referrals/{referral}");
        var date = mine.Page.QuerySelectorAll("input[name=Date]")[1].GetAttribute("value") ?? "";
        await mine.Send("form:has(input[name=Date])", ("Date", date));
        Assert.Contains("Your appointment is made.", Text(mine), StringComparison.Ordinal);
        Assert.Contains("Hillview Infusion, read the referral", Text(mine), StringComparison.Ordinal);

        house.Clock.Ahead = TimeSpan.FromDays(3);
        using var nurse = await house.OnLink(patient, link);
        await nurse.Go(nurse.Page.QuerySelector("a.button[href*='/before']")?.GetAttribute("href") ?? "");
        var before = nurse.Where.AbsolutePath;
        await nurse.Send("form.checklist", AllInOrder(("s-s-bp-sys", "152"), ("s-s-bp-dia", "94")));
        Assert.Contains("Not yet; act on this and check again.", Text(nurse), StringComparison.Ordinal);
        Assert.Contains("Rest 15 min and repeat", Text(nurse), StringComparison.Ordinal);
        Assert.Null(nurse.Page.QuerySelector("#Giver"));
        await nurse.Send("form.checklist", AllInOrder());
        Assert.Contains("The session may start.", Text(nurse), StringComparison.Ordinal);
        await nurse.Send("form:has(#Giver)", ("Giver", "Dr Osei"), ("DoseMg", "35"), ("WeightKg", "70"));
        Assert.Equal("During the session", nurse.Heading);
        var session = nurse.Where.AbsolutePath;

        await nurse.Send("form.vitals", Vitals("900"));
        Assert.Contains("lies between 40 and 300", Text(nurse), StringComparison.Ordinal);
        await nurse.Send("form.vitals", Vitals("208", "92"));
        Assert.Contains("208 is unusual", Text(nurse), StringComparison.Ordinal);
        await nurse.Send("form.vitals", Vitals());
        Assert.Contains("Continue.", Text(nurse), StringComparison.Ordinal);
        Assert.Contains("Next reading due at", Text(nurse), StringComparison.Ordinal);
        Assert.Contains("last 132", Text(nurse), StringComparison.Ordinal);
        await nurse.Send("form:has(button[value=ended])", ("How", "ended"));

        await nurse.Go($"{session}/discharge");
        await nurse.Send("form.checklist", Discharge);
        Assert.Contains("Minimum stay not reached", Text(nurse), StringComparison.Ordinal);
        house.Clock.Ahead += TimeSpan.FromMinutes(70);
        await nurse.Send("form.checklist", Discharge);
        Assert.Contains("Ready to go home", Text(nurse), StringComparison.Ordinal);
        await nurse.Send("form:has(#With)", ("With", "Sam, escort"));
        Assert.Equal("Report a session", nurse.Heading);
        await nurse.Send("form:has(#Giver)", ("Product", "racemic-ketamine-iv"), ("Observer", "Dana Cole, RN"), ("Events", "none"), ("Next", "CourseComplete"));
        Assert.Contains("This referral is over.", Text(nurse), StringComparison.Ordinal);

        using var staff = await house.SignedIn();
        await staff.Go("/staff/referrals");
        Assert.Contains("Read and sign the session report", Text(staff), StringComparison.Ordinal);
        await staff.Go($"/staff/patients/{patient}/referrals/{referral}");
        await staff.Send("form:has(#Plan)", ("Plan", "Integration weekly."));
        Assert.Contains("Read and sign each session report first.", Text(staff), StringComparison.Ordinal);
        await staff.Send("form:has(input[name=What])");
        await staff.Send("form:has(#Plan)", ("Plan", "Integration weekly."));
        Assert.Contains("The loop is closed.", Text(staff), StringComparison.Ordinal);
        await nurse.Go("/partner");
        Assert.Equal("This link no longer opens", nurse.Heading);
        Assert.Contains("0.5 mg/kg", Text(staff), StringComparison.Ordinal);
        Assert.NotEqual(before, session);
    }

    [Fact]
    public async Task A_double_click_and_two_tabs_write_once()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        using var one = await house.OnLink(patient, link);
        using var two = await house.OnLink(patient, link);
        await one.Send("form:has(#By)", ("By", "Dana"), ("What", "accept"));
        await two.Send("form:has(#By)", ("By", "Dana"), ("What", "accept"));
        var before = $"/partner/session/{Guid.NewGuid()}/before";
        await one.Go(before);
        await two.Go(before);
        var check = one.Page.QuerySelector("form.checklist input[name=Check]")?.GetAttribute("value") ?? "";
        await one.Send("form.checklist", AllInOrder(("Check", check)));
        await two.Send("form.checklist", AllInOrder(("Check", check)));
        await one.Send("form:has(#Giver)", ("Giver", "Dr Osei"));
        await two.Send("form:has(#Giver)", ("Giver", "Dr Osei"));
        var chart = await house.Read(patient);
        Assert.Single(chart.Sessions.Values.Single().Checks);
        var journal = await house.Services.GetRequiredService<Desk>().LookAtJournal(patient, Charts.Alma, "test", TestContext.Current.CancellationToken);
        Assert.Single(journal, e => e.What is Sessions.SessionStarted);
        Assert.Single(journal, e => e.What is ReferralAccepted);
        Assert.Equal(ReferralStage.Accepted, chart.Referrals[referral].Stage);
    }

    [Fact]
    public async Task Nothing_of_anybody_else_is_there_for_a_partner()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var (mine, other) = (await house.ClearedPatient(), await house.ClearedPatient("Hạnh Nguyễn"));
        var (_, link) = await house.SentTo(mine, clinic);
        var (theirs, otherLink) = await house.SentTo(other, clinic);
        await house.Carry(other, chart => Answering.Accept(chart, theirs, "Dana", null));
        var session = Guid.NewGuid();
        using var them = await house.OnLink(other, otherLink);
        await them.Go($"/partner/session/{session}/before");
        await them.Send("form.checklist", AllInOrder());
        await them.Send("form:has(#Giver)", ("Giver", "Dr Osei"));

        using var me = await house.OnLink(mine, link);
        foreach (var page in new[] { $"/partner/session/{session}", $"/partner/session/{session}/discharge", $"/partner/report?session={session}", "/partner/letter.pdf" })
            Assert.True((await me.Go(page)).Status == HttpStatusCode.NotFound, page);
        Assert.Equal("/sign-in", (await me.Go($"/staff/patients/{mine}")).Where.AbsolutePath);
        Assert.NotEqual("/support", (await me.Go("/support")).Where.AbsolutePath);
        Assert.DoesNotContain("Hạnh", Text(await me.Go("/partner")), StringComparison.Ordinal);
        using var patient = await house.AsPatient(mine);
        Assert.Equal(HttpStatusCode.NotFound, (await patient.Go($"/my/referrals/{theirs}")).Status);
        using var staff = await house.SignedIn();
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Go($"/staff/patients/{mine}/referrals/{theirs}")).Status);
    }

    [Fact]
    public async Task A_link_that_ended_or_was_taken_back_opens_nothing()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        using var partner = await house.OnLink(patient, link);
        using var mine = await house.AsPatient(patient);
        await mine.Go($"/my/referrals/{referral}");
        await mine.Send("form:has(#Why)");
        Assert.Contains("You took back your permission.", Text(mine), StringComparison.Ordinal);
        Assert.Equal("This link no longer opens", (await partner.Go("/partner")).Heading);
        // Nothing is open in this browser any more; the link in the message opens nothing either.
        foreach (var page in new[] { "/partner", "/partner/packet.pdf", "/partner/report", $"/partner/session/{Guid.NewGuid()}/before" }) Assert.Equal("/open/again", (await partner.Go(page)).Where.AbsolutePath);
        Assert.Equal("This link no longer opens", (await partner.Go(house.Services.GetRequiredService<LinkDoor>().Address(patient, link).PathAndQuery)).Heading);
        Assert.Contains((await house.Read(patient)).Messages.Values, m => m.Asked.Template == "referral-withdrawn");
    }

    [Fact]
    public async Task A_finding_at_the_clinic_suspends_the_clearance_tells_both_and_waits_until_it_was_seen()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        using var partner = await house.OnLink(patient, link);
        await partner.Send("form:has(#By)", ("By", "Dana"), ("What", "accept"));
        await partner.Go($"/partner/session/{Guid.NewGuid()}/before");
        await partner.Send("form.checklist", AllInOrder(("s-s-bp-sys", "168"), ("s-s-bp-dia", "101")));
        Assert.Contains("The clearance is suspended.", Text(partner), StringComparison.Ordinal);
        Assert.Contains("Reason: blood pressure.", Text(partner), StringComparison.Ordinal);
        Assert.Contains("Do not treat", Text(partner), StringComparison.Ordinal);
        var chart = await house.Read(patient);
        Assert.Equal("trig-bp-event", chart.Clearances[^1].Suspended?.Trigger);
        Assert.Equal(["clearance-changed", "partner-clearance-changed"], chart.Messages.Values.Select(m => m.Asked.Template).Where(t => t.EndsWith("changed", StringComparison.Ordinal)).Order());
        using var staff = await house.SignedIn();
        Assert.Contains("has not confirmed having seen: The clearance is suspended.", Text(staff), StringComparison.Ordinal);
        await partner.Send("form.live-form");
        Assert.Empty(partner.Page.QuerySelectorAll("form.live-form"));
        Assert.Single((await house.Read(patient)).Referrals[referral].ChangesSeen);
        await staff.Go("/staff");
        Assert.DoesNotContain("confirmed having seen", Text(staff), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_a_partner_need_not_know_is_not_told()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (_, link) = await house.SentTo(patient, clinic);
        await house.Answer(patient, "pregnancy-potential", FactValue.Of(true));
        await house.Answer(patient, "pregnancy-test", FactValue.Of("positive"));
        using var partner = await house.OnLink(patient, link);
        Assert.Contains("The clearance was revoked.", Text(partner), StringComparison.Ordinal);
        Assert.Contains("a new fact that needs our review", Text(partner), StringComparison.Ordinal);
        Assert.DoesNotContain("regnan", partner.Page.QuerySelector(".live")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pdf_is_kept_sealed_and_anything_else_is_refused()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        using var partner = await house.OnLink(patient, link);
        await partner.Go("/partner/report");
        await Upload(partner, "report.pdf", "<script>alert(1)</script>"u8.ToArray());
        Assert.Contains("Only a PDF can be sent here.", Text(partner), StringComparison.Ordinal);
        await Upload(partner, "../../x\u0007.pdf", "%PDF-1.4 made by a clinic"u8.ToArray());
        Assert.Contains("Kept. Thank you.", Text(partner), StringComparison.Ordinal);
        var file = (await house.Read(patient)).SessionFiles.Single().File;
        Assert.Equal("x.pdf", file.FileName);
        using var staff = await house.SignedIn();
        var answer = await staff.Client.GetAsync(new Uri(house.Address, $"/staff/patients/{patient}/referrals/{referral}/files/{file.File}"), TestContext.Current.CancellationToken);
        Assert.Equal(("application/pdf", "attachment"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Go($"/staff/patients/{patient}/referrals/{Guid.NewGuid()}/files/{file.File}")).Status);
    }

    static async Task Upload(Browser browser, string name, byte[] bytes)
    {
        var form = browser.Page.QuerySelector("form[enctype]") ?? throw new InvalidOperationException("No upload.");
        using var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]")) body.Add(new StringContent(hidden.GetAttribute("value") ?? ""), hidden.GetAttribute("name") ?? "");
        body.Add(new StringContent("1/5/2026"), "FileOn");
        body.Add(new StringContent("no"), "FileLast");
        body.Add(new ByteArrayContent(bytes), "File", name);
        var answer = await browser.Client.PostAsync(browser.Where, body, TestContext.Current.CancellationToken);
        await browser.Show(answer);
    }

    [Fact]
    public async Task The_packet_prints_on_two_pages()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (_, link) = await house.SentTo(patient, clinic);
        using var partner = await house.OnLink(patient, link);
        var pdf = await partner.Client.GetByteArrayAsync(new Uri(house.Address, "/partner/packet.pdf"), TestContext.Current.CancellationToken);
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), "/Type/Page/"), 1, 2);
    }

    [Fact]
    public async Task A_letter_can_be_checked_by_anybody_and_tells_no_name()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        var clearance = (await house.Read(patient)).Clearances[^1].Signed.Clearance;
        var door = house.Services.GetRequiredService<Casement.Web.Public.CheckDoor>();
        using var anybody = house.Visit();
        var address = door.Address(patient, clearance).AbsolutePath;
        await anybody.Go(address);
        Assert.Equal("Valid", anybody.Heading);
        Assert.DoesNotContain("Claudia", anybody.Page.DocumentElement.TextContent, StringComparison.Ordinal);
        await house.Answer(patient, "bp-sys-avg", FactValue.Of(172m), FactSource.Measurement);
        Assert.Equal("Suspended", (await anybody.Go(address)).Heading);
        house.Clock.Ahead = TimeSpan.FromDays(1);
        foreach (var slip in new[] { address[..^3] + "abc", "/check/x", $"/check/{clearance}", door.Address(patient, Guid.NewGuid()).AbsolutePath })
            Assert.Equal("This letter is not known here", (await anybody.Go(slip)).Heading);
    }

    [Fact]
    public async Task Clocks_remind_once()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        await house.SentTo(patient, clinic);
        var (desk, options) = (house.Services.GetRequiredService<Desk>(), house.Services.GetRequiredService<WebOptions>());
        Assert.Equal(0, await ReferralClocks.Run(desk, house.Store, options.Practice, House.ReferralRules, null, options.Zone, house.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
        house.Clock.Ahead = TimeSpan.FromDays(9);
        Assert.Equal(1, await ReferralClocks.Run(desk, house.Store, options.Practice, House.ReferralRules, null, options.Zone, house.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
        Assert.Equal(0, await ReferralClocks.Run(desk, house.Store, options.Practice, House.ReferralRules, null, options.Zone, house.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
        using var staff = await house.SignedIn();
        Assert.Contains("Hillview Infusion has not answered: acknowledge the referral", Text(staff), StringComparison.Ordinal);
        await staff.Go("/staff/referrals");
        Assert.Contains("Overdue", Text(staff), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_clinic_says_by_telephone_is_keyed_with_its_source()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, _) = await house.SentTo(patient, clinic);
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/referrals/{referral}");
        await staff.Send("form:has(#Step)", ("Step", "accept"));
        Assert.Contains("Say from whom it was heard", Text(staff), StringComparison.Ordinal);
        await staff.Send("form:has(#Step)", ("Step", "accept"), ("Source", "telephone, Dana Cole"));
        Assert.Contains("(heard by telephone, Dana Cole)", Text(staff), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_is_kept_in_the_directory_with_stricter_limits_only()
    {
        await using var house = await House.Open();
        using var staff = await house.SignedIn();
        await staff.Go("/staff/partners/new");
        await staff.Send("main form.narrow", ("Name", "Foothills"), ("Email", "r@foothills.example"), ("Licence", "CO 1"), ("LicenceEnds", "1/1/2030"), ("Products", "racemic-ketamine-iv"), ("AgreementFrom", "1/1/2026"), ("Limits", "p-s-bp-sys-target 150"));
        Assert.Contains("may be set between 130 and 140", Text(staff), StringComparison.Ordinal);
        await staff.Send("main form.narrow", ("Products", "racemic-ketamine-iv"), ("Limits", "p-s-bp-sys-target 135"));
        Assert.Contains("Saved.", Text(staff), StringComparison.Ordinal);
        var (kept, version) = (await house.Services.GetRequiredService<PartnerShelf>().Find(Guid.Parse(staff.Where.Segments[^1]), TestContext.Current.CancellationToken))!.Value;
        Assert.Equal((135m, 1), (kept.Limits["p-s-bp-sys-target"], version));
        using var other = await house.SignedIn();
        await other.Go(staff.Where.AbsolutePath);
        await other.Send("main form.narrow", ("Products", "racemic-ketamine-iv"), ("Phone", "1"));
        await staff.Send("main form.narrow", ("Products", "racemic-ketamine-iv"), ("Phone", "2"));
        Assert.Contains("Somebody else changed this clinic", Text(staff), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_support_person_gets_a_page_that_says_nothing_about_health()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/support");
        await mine.Send("form:has(#Who)", ("Who", "Sam Bury"), ("Email", "sam"), ("Phone", "303 555 0111"));
        Assert.Contains("with an @", Text(mine), StringComparison.Ordinal);
        await mine.Send("form:has(#Who)", ("Who", "Sam Bury"), ("Email", "sam@example.org"), ("Phone", "303 555 0111"));
        var link = (await house.Read(patient)).SupportPeople.Single().Person;
        using var support = await house.OnLink(patient, link);
        Assert.Equal("Being there on the day", support.Heading);
        var said = support.Page.DocumentElement.TextContent;
        foreach (var word in new[] { "Claudia", "ketamine", "Ordóñez", "depress" }) Assert.DoesNotContain(word, said, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual("/partner", (await support.Go("/partner")).Where.AbsolutePath);
        await mine.Go("/my/support");
        await mine.Send("main form:not(:has(#Who))");
        Assert.Equal("This link no longer opens", (await support.Go("/support")).Heading);
    }

    [Fact]
    public async Task Staff_name_a_support_person_for_the_patient_who_sees_who_did_it()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/support");
        await staff.Send("form:has(#Who)", ("Who", "Sam Bury"), ("Email", "sam@example.org"), ("Phone", ""));
        Assert.Contains("Write their phone number", Text(staff), StringComparison.Ordinal);
        await staff.Send("form:has(#Who)", ("Who", "Sam Bury"), ("Email", "sam@example.org"), ("Phone", "303 555 0111"));
        var sam = (await house.Read(patient)).SupportPeople.Single().Person;
        var version = (await house.Read(patient)).Version;
        await staff.Back().Send("form:has(#Who)", ("Person", sam.ToString()), ("Who", "Sam Bury"), ("Email", "sam@example.org"), ("Phone", "303 555 0111"));
        Assert.Equal(version, (await house.Read(patient)).Version);
        using var mine = await house.AsPatient(patient);
        Assert.Contains("Alma Reyes of the practice wrote this down for you", Text(await mine.Go("/my/support")), StringComparison.Ordinal);
        using var support = await house.OnLink(patient, sam);
        Assert.Equal("Being there on the day", support.Heading);

        // Replaced by staff; an old page lets go of nobody new.
        await staff.Go($"/staff/patients/{patient}/support");
        using var old = await house.SignedIn();
        await old.Go($"/staff/patients/{patient}/support");
        await staff.Send("form:has(#Who)", ("Who", "Robin Day"), ("Email", "robin@example.org"), ("Phone", "303 555 0122"));
        Assert.Equal("This link no longer opens", (await support.Go("/support")).Heading);
        await old.Send("form:has(input[name=Shown])");
        Assert.Equal("Robin Day", (await house.Read(patient)).SupportPeople.Single().Name);

        await staff.Send("form:has(input[name=Shown])");
        Assert.Empty((await house.Read(patient)).SupportPeople);
        Assert.Contains("Alma Reyes of the practice took the name back for you", Text(await mine.Go("/my/support")), StringComparison.Ordinal);
        await mine.Send("form:has(#Who)", ("Who", "Sam Bury"), ("Email", "sam@example.org"), ("Phone", "303 555 0111"));
        Assert.Contains("You named Sam Bury", Text(mine), StringComparison.Ordinal);
        Assert.Contains("Named by the patient", Text(await staff.Go($"/staff/patients/{patient}/support")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_sign_one_authorisation()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var referral = Guid.NewGuid();
        await house.Carry(patient, chart => Preparing.Draft(chart, new(referral, clinic, "racemic-ketamine-iv", "Please treat.", ReferralUrgency.Routine, null), DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime)));
        await house.Carry(patient, chart => Preparing.Choose(chart, referral, [.. Packet.Offered(chart, House.Ketamine, House.ReferralRules, House.SafetyRules, chart.Referrals[referral].Drafted, chart.Clearances[^1].Signed, "us", house.Clock.GetUtcNow(), at => at.ToString("d", System.Globalization.CultureInfo.InvariantCulture)).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));
        using var one = await house.AsPatient(patient);
        using var two = await house.AsPatient(patient);
        foreach (var tab in new[] { one, two }) await tab.Go($"/my/referrals/{referral}");
        Assert.NotEqual(one.Page.QuerySelector("input[name=Authorisation]")?.GetAttribute("value"), two.Page.QuerySelector("input[name=Authorisation]")?.GetAttribute("value"));
        await one.Send("form:has(#Typed)", ("Typed", "Claudia Ordóñez"));
        var version = (await house.Read(patient)).Version;
        await two.Send("form:has(#Typed)", ("Typed", "Claudia Ordóñez Villaseñor"));
        Assert.Equal(version, (await house.Read(patient)).Version);
        Assert.Contains("You have signed. We send it next.", Text(two), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_report_twice_is_kept_once_and_said_so()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, await house.Clinic());
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        using var partner = await house.OnLink(patient, link);
        var report = "%PDF-1.4 made by a clinic"u8.ToArray();
        await partner.Go("/partner/report");
        await Upload(partner, "report.pdf", report);
        await partner.Go("/partner/report");
        await Upload(partner, "the same again.pdf", report);
        Assert.Contains("This file is already there. Nothing was kept twice.", Text(partner), StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
        {
            using var tab = await house.OnLink(patient, link);
            await tab.Go("/partner/report");
            await Upload(tab, "second.pdf", "%PDF-1.4 the second"u8.ToArray());
        }));
        var files = (await house.Read(patient)).SessionFiles;
        Assert.Equal(2, files.Count);
        var options = house.Services.GetRequiredService<WebOptions>();
        Assert.Equal(files.Select(f => f.File.File.ToString("D")).Order(), (await house.Store.ReadAll(options.Practice, "session-file", TestContext.Current.CancellationToken)).Select(s => s.Key).Order());
    }
}
