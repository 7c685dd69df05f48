using System.Net;
using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Authorization;

namespace Casement.Web.Tests;

/// <summary>Who may do what, and that no page forgets to ask.</summary>
public sealed class AccessTests
{
    static readonly string[] Public =
    [
        // The framework's own; it carries no attribute of ours and is shut by the fallback policy.
        "/_framework/opaque-redirect",
        "/", "/problem/{Status:int}", "/sign-in", "/sign-in/code", "/sign-in/recovery-code", "/sign-in/passkey", "/sign-out", "/enter/{Token}", "/open/{Token}", "/messages/stop/{Token}", "/messages/stop/{token}/now", "/check/{Token}", "/c/{Token}", "/c/{token}/answers", "/c/{token}/held", "/crisis", "/c/{Token}/done", "/r/{Token}", "/my/sign-in", "/my/sign-in/code", "/my/sign-in/passkey", "/assets/{**file}", "/{**path}",
    ];

    [Fact]
    public async Task Every_address_is_public_by_name_or_demands_a_policy()
    {
        await using var house = await House.Open();
        var endpoints = Routes.All(house);
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            if (Public.Contains(endpoint.Pattern())) continue;
            Assert.True(endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null, $"{endpoint.Pattern()} lets anybody in and is not on the public list.");
            Assert.True(endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is { Length: > 0 }), $"{endpoint.Pattern()} demands no policy.");
        }
    }

    [Fact]
    public async Task Staff_addresses_are_closed_to_a_stranger()
    {
        await using var house = await House.Open();
        using var stranger = house.Visit();
        foreach (var page in Routes.Staff(house)) Assert.Equal("/sign-in", (await stranger.Go(page)).Where.AbsolutePath);
    }

    /// <summary>The whole table again, by hand: a line changed on one side only fails here.</summary>
    [Theory]
    [InlineData(Act.UseTheOffice, "OCGB")]
    [InlineData(Act.SeeWorklist, "C")]
    [InlineData(Act.SeeDirectory, "CB")]
    [InlineData(Act.ReadChart, "C")]
    [InlineData(Act.BreakGlass, "OG")]
    [InlineData(Act.AdmitPerson, "C")]
    [InlineData(Act.ChangeDetails, "C")]
    [InlineData(Act.ImportRecord, "C")]
    [InlineData(Act.RecordFacts, "C")]
    [InlineData(Act.RecordOpinion, "C")]
    [InlineData(Act.Override, "C")]
    [InlineData(Act.SignClearance, "C")]
    [InlineData(Act.PrintLetter, "C")]
    [InlineData(Act.HandleDocuments, "C")]
    [InlineData(Act.Countersign, "C")]
    [InlineData(Act.KeepSafe, "C")]
    [InlineData(Act.SeeProtocol, "OCG")]
    [InlineData(Act.MoveParameter, "OC")]
    [InlineData(Act.ManageStaff, "O")]
    [InlineData(Act.SeeSettings, "O")]
    [InlineData(Act.SeeMail, "O")]
    [InlineData(Act.SettleMessage, "C")]
    [InlineData(Act.AssignClinician, "C")]
    [InlineData(Act.SignNote, "C")]
    [InlineData(Act.ReadSudLabelled, "C")]
    [InlineData(Act.ManageTasks, "C")]
    [InlineData(Act.KeepDocuments, "C")]
    [InlineData(Act.MessagePatients, "C")]
    [InlineData(Act.GoAway, "C")]
    [InlineData(Act.ManagePartners, "OC")]
    [InlineData(Act.SeeReferrals, "C")]
    [InlineData(Act.Refer, "C")]
    [InlineData(Act.SeeOutcomes, "OC")]
    [InlineData(Act.LeadCourse, "C")]
    [InlineData(Act.GuideProgramme, "CG")]
    [InlineData(Act.EditProgramme, "O")]
    public void A_role_may_do_what_the_table_says(Act act, string initials)
    {
        foreach (var role in Enum.GetValues<Role>()) Assert.Equal(initials.Contains($"{role}"[0]), new[] { role }.May(act));
    }

    [Fact]
    public void The_table_names_every_act() => Assert.All(Enum.GetValues<Act>(), act => Assert.NotEmpty(Allowed.For(act)));

    [Theory]
    [InlineData(Role.Owner, "/staff", "/staff/programmes/words", "/staff/emergency", "/staff/account", "/staff/people", "/staff/settings", "/staff/mail", "/staff/protocol", "/staff/partners", "/staff/partners/new", "/staff/outcomes", "/staff/outcomes.csv")]
    [InlineData(Role.Guide, "/staff", "/staff/programmes", "/staff/emergency", "/staff/account", "/staff/protocol")]
    [InlineData(Role.Biller, "/staff", "/staff/account", "/staff/patients")]
    [InlineData(Role.Clinician, "/staff", "/staff/programmes", "/staff/account", "/staff/patients", "/staff/patients/new", "/staff/patients/import", "/staff/protocol", "/staff/away", "/staff/partners", "/staff/partners/new", "/staff/referrals", "/staff/cohort", "/staff/outcomes", "/staff/outcomes.csv")]
    public async Task A_page_answers_those_who_may_and_nobody_else(Role role, params string[] open)
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn(new NewStaff("Somebody", "somebody@practice.example", [role]));
        foreach (var page in Routes.Staff(house).Where(p => !p.Contains(Guid.Empty.ToString(), StringComparison.Ordinal)))
        {
            await browser.Go(page);
            Assert.True(browser.Status == (open.Contains(page) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{role} on {page}: {browser.Status}");
        }
    }

    /// <summary>The pages with an id in their address, by hand, with the initials of the roles that may: on a chart that has one of each, so that every page is there to be opened.</summary>
    static readonly (string Address, string May)[] OfCharts =
    [
        ("/staff/patients/{Patient:guid}", "C"),
        ("/staff/patients/{Patient:guid}/apart", "C"),
        ("/staff/patients/{Patient:guid}/apart/{Note:guid}", "C"),
        ("/staff/patients/{Patient:guid}/check-ins", "C"),
        ("/staff/patients/{Patient:guid}/clearance", "C"),
        ("/staff/patients/{Patient:guid}/course", "C"),
        ("/staff/patients/{Patient:guid}/decisions/{Clearance:guid}", "C"),
        ("/staff/patients/{Patient:guid}/decisions/{Clearance:guid}/letter.pdf", "C"),
        ("/staff/patients/{Patient:guid}/details", "C"),
        ("/staff/patients/{Patient:guid}/documents", "C"),
        ("/staff/patients/{Patient:guid}/documents/signed/{Signature:guid}", "C"),
        ("/staff/patients/{Patient:guid}/documents/signed/{Signature:guid}/copy.pdf", "C"),
        ("/staff/patients/{Patient:guid}/documents/{Family}/in-person", "C"),
        ("/staff/patients/{Patient:guid}/emergency", "C"),
        ("/staff/patients/{Patient:guid}/files", "C"),
        ("/staff/patients/{Patient:guid}/files/{Document:guid}/file", "C"),
        ("/staff/patients/{Patient:guid}/intake", "C"),
        ("/staff/patients/{Patient:guid}/intake/print", "C"),
        ("/staff/patients/{Patient:guid}/intake/review", "C"),
        ("/staff/patients/{Patient:guid}/intake/{Question}", "C"),
        ("/staff/patients/{Patient:guid}/mail", "C"),
        ("/staff/patients/{Patient:guid}/medicines", "C"),
        ("/staff/patients/{Patient:guid}/messages", "C"),
        ("/staff/patients/{Patient:guid}/messages/{Conversation:guid}", "C"),
        ("/staff/patients/{Patient:guid}/notes", "C"),
        ("/staff/patients/{Patient:guid}/notes/{Note:guid}", "C"),
        ("/staff/patients/{Patient:guid}/programme", "CG"),
        ("/staff/patients/{Patient:guid}/progress", "C"),
        ("/staff/patients/{Patient:guid}/referrals", "C"),
        ("/staff/patients/{Patient:guid}/referrals/new", "C"),
        ("/staff/patients/{Patient:guid}/referrals/{Referral:guid}", "C"),
        ("/staff/patients/{Patient:guid}/referrals/{Referral:guid}/files/{File:guid}", "C"),
        ("/staff/patients/{Patient:guid}/safety", "C"),
        ("/staff/patients/{Patient:guid}/safety/plan", "C"),
        ("/staff/patients/{Patient:guid}/safety/plan.pdf", "C"),
        ("/staff/patients/{Patient:guid}/support", "C"),
        ("/staff/patients/{Patient:guid}/tasks", "C"),
        ("/staff/patients/import/{Upload:guid}", "C"),
        ("/staff/partners/{Partner:guid}", "OC"),
        ("/staff/away/{Id:guid}", "C"),
        ("/staff/mail/{Message:guid}", "O"),
        ("/staff/programmes/words/{Step}", "O"),
        ("/staff/kept/{Key}", "OCGB"),
    ];

    /// <summary>What is somebody's own, or is only there for a while, and so is absent here even to those who may ask.</summary>
    static readonly string[] MayBeAbsent =
    [
        "/staff/patients/{Patient:guid}/apart/{Note:guid}", "/staff/patients/{Patient:guid}/files/{Document:guid}/file", "/staff/patients/{Patient:guid}/referrals/{Referral:guid}/files/{File:guid}", "/staff/patients/{Patient:guid}/intake/{Question}",
        "/staff/patients/{Patient:guid}/intake/print", "/staff/patients/{Patient:guid}/intake/review",
        "/staff/patients/{Patient:guid}/safety/plan.pdf", "/staff/patients/import/{Upload:guid}", "/staff/away/{Id:guid}", "/staff/mail/{Message:guid}", "/staff/patients/{Patient:guid}/emergency",
    ];

    [Fact]
    public async Task The_table_of_charts_names_every_page_with_an_id()
    {
        await using var house = await House.Open();
        var read = Routes.All(house).Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"));
        Assert.Equal(OfCharts.Select(p => p.Address).Order(StringComparer.Ordinal), read.Select(Routes.Pattern).Where(p => p.StartsWith("/staff/", StringComparison.Ordinal) && p.Contains('{', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.Clinician)]
    [InlineData(Role.Guide)]
    [InlineData(Role.Biller)]
    public async Task A_page_of_a_chart_answers_those_who_may_and_nobody_else(Role role)
    {
        await using var house = await House.Open();
        var (patient, ids) = await Full(house);
        using var browser = await house.SignedIn(new NewStaff("Somebody", "somebody@practice.example", [role], role is Role.Clinician ? "NP" : ""));
        foreach (var (pattern, may) in OfCharts)
        {
            var address = Filled(pattern, patient, ids);
            await browser.Go(address);
            HttpStatusCode[] right = !may.Contains($"{role}"[0]) ? [HttpStatusCode.Forbidden] : MayBeAbsent.Contains(pattern) ? [HttpStatusCode.OK, HttpStatusCode.NotFound] : [HttpStatusCode.OK];
            Assert.True(right.Contains(browser.Status), $"{role} on {address}: {browser.Status}");
        }
    }

    /// <summary>Things of one chart are absent under another, also to a clinician who may read both.</summary>
    [Fact]
    public async Task What_belongs_to_one_chart_is_absent_on_another()
    {
        await using var house = await House.Open();
        var (_, ids) = await Full(house);
        var other = await house.Admit("Wren Bury", new(1988, 1, 2));
        using var alma = await house.SignedIn();
        foreach (var (pattern, _) in OfCharts.Where(p => p.Address.StartsWith("/staff/patients/{Patient:guid}/", StringComparison.Ordinal) && ids.Keys.Where(k => k is not ("Family" or "Partner")).Any(k => p.Address.Contains($"{{{k}", StringComparison.Ordinal))))
            Assert.True((await alma.Go(Filled(pattern, other, ids))).Status == HttpStatusCode.NotFound, $"{pattern} shows what is another chart's: {alma.Status}");
    }

    [Fact]
    public async Task A_patient_opens_nothing_of_another_patient()
    {
        await using var house = await House.Open();
        var (_, ids) = await Full(house);
        using var wren = await house.AsPatient(await house.Admit("Wren Bury", new(1988, 1, 2)));
        foreach (var pattern in Routes.All(house).Select(Routes.Pattern).Where(p => p.StartsWith("/my/", StringComparison.Ordinal) && ids.Keys.Where(k => k is not "Family").Any(k => p.Contains($"{{{k}", StringComparison.Ordinal) || (k == "Conversation" && p == "/my/messages/{Id:guid}"))).Distinct())
            Assert.True((await wren.Go(Filled(pattern.Replace("{Id:", "{Conversation:", StringComparison.Ordinal), default, ids))).Status == HttpStatusCode.NotFound, $"{pattern}: {wren.Status}");
        // Nor does being a patient open a page of staff or of a link.
        foreach (var page in new[] { "/staff", "/partner", "/support" }) Assert.NotEqual(page, (await wren.Go(page)).Where.AbsolutePath);
    }

    [Fact]
    public async Task A_partner_opens_nothing_of_another_link()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var (claudia, mateo) = (await house.ClearedPatient(), await house.ClearedPatient("Mateo Villanueva Ruiz"));
        var (_, hers) = await house.SentTo(claudia, clinic);
        var (his, _) = await house.SentTo(mateo, clinic);
        using var partner = await house.OnLink(claudia, hers);
        var session = Guid.NewGuid();
        await house.Carry(mateo, chart => Decision.Accept(new Casement.Sessions.SessionReported(session, his, new("racemic-ketamine-iv", house.Clock.GetUtcNow().AddHours(-2), house.Clock.GetUtcNow().AddHours(-1), 30m, 60m, 0.5m, "", "Dr Osei", "Dana", "", "none", "well", Casement.Sessions.AfterSession.AnotherSession, ""), null)));
        foreach (var page in new[] { $"/partner/session/{session}", $"/partner/session/{session}/discharge", $"/partner/report?session={session}" })
            Assert.True((await partner.Go(page)).Status == HttpStatusCode.NotFound, $"{page}: {partner.Status}");
        // A session nobody has begun here looks the same as one of another chart.
        foreach (var page in new[] { "/partner", $"/partner/session/{session}/before" }) Assert.DoesNotContain("Mateo", (await partner.Go(page)).Page.Body?.TextContent, StringComparison.Ordinal);
    }

    static string Filled(string pattern, PatientId patient, IReadOnlyDictionary<string, string> ids) =>
        System.Text.RegularExpressions.Regex.Replace(pattern, @"\{(\w+)[^}]*\}", found => found.Groups[1].Value == "Patient" ? patient.ToString() : ids.GetValueOrDefault(found.Groups[1].Value, Guid.Empty.ToString()));

    /// <summary>A chart with a decision, a referral, a paper, a note and a conversation.</summary>
    static async Task<(PatientId Patient, Dictionary<string, string> Ids)> Full(House house)
    {
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, _) = await house.SentTo(patient, clinic);
        using (var mine = await house.AsPatient(patient))
        {
            await mine.Go("/my/documents/doc-telehealth");
            await mine.Send("form.signing", ("TypedName", "Claudia Ordóñez Villaseñor"), ("Agreed", "yes"));
            await mine.Go("/my/journal");
            await mine.Send("form:has(#Text)", ("Text", "I slept."));
            await mine.Go("/my/messages/new");
            await mine.Send("form:has(#Text)", ("Subject", "The way home"), ("Text", "My sister drives me."));
        }
        using (var alma = await house.SignedIn())
        {
            await alma.Go($"/staff/patients/{patient}/notes");
            await alma.Send("main form:has(button[name=Kind])", ("Kind", "Phone"));
        }
        var chart = await house.Read(patient);
        return (patient, new()
        {
            ["Clearance"] = chart.Clearances[^1].Signed.Clearance.ToString(),
            ["Referral"] = referral.ToString(),
            ["Signature"] = chart.Consents.Signatures[^1].Signed.Signature.ToString(),
            ["Conversation"] = Assert.Single(chart.Conversations.Keys).ToString(),
            ["Note"] = Assert.Single(chart.Notes.Notes.Keys).ToString(),
            ["Family"] = "doc-telehealth",
            ["Partner"] = clinic.Id.ToString(),
            ["Step"] = "intention",
            ["Entry"] = Assert.Single(chart.Programme.Journal.Keys).ToString(),
        });
    }

    [Fact]
    public async Task A_refusal_by_role_says_whom_to_ask()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn(new NewStaff("Gil", "gil@practice.example", [Role.Guide]));
        Assert.Equal("Your role does not allow this", (await browser.Go("/staff/patients")).Heading);
    }
}
