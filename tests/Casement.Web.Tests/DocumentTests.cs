using System.Diagnostics;
using System.Net;
using Casement.Consent;
using Casement.Journal;
using Casement.People;
using Casement.Web.Printing;

namespace Casement.Web.Tests;

/// <summary>Papers: read, signed, refused, taken back and signed after, over HTTP.</summary>
public sealed class DocumentTests
{
    static readonly (string, string)[] Teaching =
        [.. (House.Documents.Find("doc-ket-consent")?.TeachBack ?? []).Select(t => (t.Id, t.Right))];

    static async Task<(House House, PatientId Patient, Browser Mine)> Wren(bool rows = false)
    {
        var house = await House.Open(o => rows ? o with { Rows = null } : o);
        var patient = await house.Admit(new Person(new("Wren Ó Bury"), new(1988, 1, 2), "wren@example.org"));
        return (house, patient, await house.AsPatient(patient));
    }

    static async Task SignKetamine(Browser mine)
    {
        await mine.Go("/my/documents/doc-ket-consent");
        await mine.Send("form.signing", [("TypedName", "Wren O Bury"), ("Agreed", "yes"), .. Teaching]);
    }

    [Fact]
    public async Task What_is_offered_is_on_the_home_page_read_signed_and_gone_from_it()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/documents");
        await staff.Send("main form", ("Families", "doc-telehealth"));
        Assert.Contains("The patient is told", staff.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Contains((await house.Read(patient)).Messages.Values, m => m.Asked.Template == "consent-waiting");

        await mine.Go("/my");
        Assert.Contains("Read and sign: Visits by video or phone", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        await mine.Go("/my/documents/doc-telehealth");
        await mine.Send("form.signing", ("TypedName", "wren ó bury"), ("Agreed", "yes"));
        Assert.Contains("Signed. Thank you", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is waiting for you", (await mine.Go("/my")).Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.True(Gates.Ask(House.Documents, await house.Read(patient), "telehealth", house.Clock.GetUtcNow()).IsOpen);
        mine.Dispose();
    }

    [Fact]
    public async Task Nobody_feels_asked_for_a_paper_that_is_for_an_occasion()
    {
        var (house, _, mine) = await Wren();
        await using var _1 = house;
        await mine.Go("/my/documents");
        var listed = mine.Page.QuerySelectorAll("a[href^='/my/documents/doc-']").Select(a => a.GetAttribute("href")).ToArray();
        Assert.Contains("/my/documents/doc-data-use", listed);
        Assert.DoesNotContain(listed, href => href is "/my/documents/doc-testimonial" or "/my/documents/doc-part2-legal" or "/my/documents/doc-informed-departure");
        mine.Dispose();
    }

    [Fact]
    public async Task A_double_click_signs_once()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        await mine.Go("/my/documents/doc-telehealth");
        var page = mine.Page;
        (string, string)[] answers = [("TypedName", "Wren Ó Bury"), ("Agreed", "yes"), .. page.QuerySelectorAll("form.signing input[type=hidden]").Select(i => (i.GetAttribute("name") ?? "", i.GetAttribute("value") ?? ""))];
        await mine.Send("form.signing", answers);
        await mine.Go("/my/documents/doc-telehealth");
        await mine.Send("form.signing", answers);
        Assert.Single((await house.Read(patient)).Consents.Signatures);
        mine.Dispose();
    }

    [Fact]
    public async Task A_text_that_changed_meanwhile_is_refused_in_a_sentence_with_the_new_text_below()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        await mine.Go("/my/documents/doc-telehealth");
        await mine.Send("form.signing", ("TypedName", "Wren Ó Bury"), ("Agreed", "yes"), ("Seen", "0000"));
        Assert.StartsWith("Error: ", mine.Page.Title, StringComparison.Ordinal);
        Assert.Contains(SigningConsent.TextChanged, mine.Page.QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(mine.Page.QuerySelector(".document"));
        Assert.Empty((await house.Read(patient)).Consents.Signatures);
        await mine.Send("form.signing", ("TypedName", "Wren Ó Bury"), ("Agreed", "yes"));
        Assert.Single((await house.Read(patient)).Consents.Signatures);
        mine.Dispose();
    }

    [Fact]
    public async Task A_wrong_name_is_said_beside_the_field_and_what_was_typed_stays()
    {
        var (house, _, mine) = await Wren();
        await using var __ = house;
        await mine.Go("/my/documents/doc-emergency-contact");
        await mine.Send("form.signing", ("ec-name", "Robin Bury"), ("ec-relation", "my brother"), ("ec-phone", "303 555 0142"), ("TypedName", "Robin Bury"), ("Agreed", "yes"));
        Assert.Equal("Error: Type the name we have for you: Wren Ó Bury.", mine.Page.QuerySelector("#TypedName-error")?.TextContent);
        Assert.Equal("my brother", mine.Page.QuerySelector("#ec-relation")?.GetAttribute("value"));
        Assert.Equal("Error: What we may say to them: this is needed.", mine.Page.QuerySelector("#ec-may-say-error")?.TextContent);
        mine.Dispose();
    }

    [Fact]
    public async Task A_teach_back_slip_is_corrected_without_an_alarm()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        await mine.Go("/my/documents/doc-ket-consent");
        await mine.Send("form.signing", [("TypedName", "Wren O Bury"), ("Agreed", "yes"), .. Teaching.Where(t => t.Item1 != "tb-driving"), ("tb-driving", "As soon as I feel fine")]);
        Assert.Null(mine.Page.QuerySelector(".error-summary"));
        Assert.Contains("Please look at part 5 again", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Empty((await house.Read(patient)).Consents.Signatures);
        mine.Dispose();
    }

    [Theory]
    [InlineData("/my/documents/doc-nothing")]
    [InlineData("/my/documents/..%2f..%2fetc")]
    [InlineData("/my/documents/signed/00000000-0000-0000-0000-000000000000")]
    [InlineData("/my/documents/signed/00000000-0000-0000-0000-000000000000/copy.pdf")]
    [InlineData("/my/documents/signed/00000000-0000-0000-0000-000000000000/take-back")]
    public async Task What_is_not_theirs_looks_absent(string address)
    {
        var (house, _, mine) = await Wren();
        await using var __ = house;
        Assert.Equal(HttpStatusCode.NotFound, (await mine.Go(address)).Status);
        mine.Dispose();
    }

    [Fact]
    public async Task Another_patients_signature_looks_absent_and_cannot_be_taken_back()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        await SignKetamine(mine);
        var signature = (await house.Read(patient)).Consents.Signatures[0].Signed.Signature;
        var other = await house.Admit("Somebody Else", new(1990, 1, 1));
        using var stranger = await house.AsPatient(other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Go($"/my/documents/signed/{signature}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Go($"/my/documents/signed/{signature}/copy.pdf")).Status);
        using var staff = await house.SignedIn();
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Go($"/staff/patients/{other}/documents/signed/{signature}")).Status);
        mine.Dispose();
    }

    [Fact]
    public async Task The_ketamine_consent_waits_on_the_worklist_is_signed_after_and_is_taken_back()
    {
        var (house, patient, mine) = await Wren(rows: true);
        await using var _ = house;
        await SignKetamine(mine);
        Assert.Contains("Your clinician signs next", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        using var staff = await house.SignedIn();
        Assert.Contains("Sign after the patient: Ketamine treatment", staff.Page.Body?.TextContent + (await staff.Go("/staff")).Page.Body?.TextContent, StringComparison.Ordinal);
        var signature = (await house.Read(patient)).Consents.Signatures[0].Signed.Signature;
        await staff.Go($"/staff/patients/{patient}/documents/signed/{signature}");
        await staff.Send("main aside form");
        Assert.Contains("Alma Reyes, PMHNP-BC", staff.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal("yes", (await house.Read(patient)).Facts["consent-signed"][^1].Fact.Value.ToString());

        await mine.Go($"/my/documents/signed/{signature}/take-back");
        Assert.Contains("Planning for ketamine stops.", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        await mine.Send("main form", ("Reason", "I want to wait"));
        Assert.Contains("Taken back", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal("no", (await house.Read(patient)).Facts["consent-signed"][^1].Fact.Value.ToString());
        Assert.Contains("Taken back: Ketamine treatment", (await staff.Go("/staff")).Page.Body?.TextContent, StringComparison.Ordinal);
        mine.Dispose();
    }

    [Fact]
    public async Task A_paper_signature_names_how_it_was_known_and_a_representative_says_by_what_right()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        mine.Dispose();
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/documents/doc-telehealth/in-person");
        await staff.Send("form.signing", ("Identity", "Paper"), ("Role", "Representative"), ("TypedName", "Ada Bury"), ("Agreed", "yes"));
        Assert.Contains("Say what lets this person sign for the patient.", staff.Page.Body?.TextContent, StringComparison.Ordinal);
        await staff.Send("form.signing", ("Identity", "Paper"), ("Role", "Representative"), ("Authority", "health care proxy"), ("TypedName", "Ada Bury"), ("Agreed", "yes"));
        var signed = Assert.Single((await house.Read(patient)).Consents.Signatures).Signed;
        Assert.Equal((IdentityMethod.Paper, SignerRole.Representative, "health care proxy"), (signed.Identity, signed.Role, signed.Authority));
    }

    [Fact]
    public async Task Refusing_is_kept_and_shown_with_what_it_blocks()
    {
        var (house, patient, mine) = await Wren();
        await using var _ = house;
        await mine.Go("/my/documents/doc-telehealth");
        await mine.Send("details form", ("Reason", "I prefer to come in"));
        Assert.Contains("You chose not to sign", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/documents");
        Assert.Contains("the patient chose not to sign. A video or phone visit waits for it.", staff.Page.Body?.TextContent, StringComparison.Ordinal);
        mine.Dispose();
    }

    /// <summary>The copy of one signature, as a reader of the PDF gets it. The approved file is written on the first run.</summary>
    [Fact]
    public async Task A_copy_reads_back_as_signed()
    {
        var document = House.Documents.Find("doc-emergency-contact") ?? throw new InvalidOperationException();
        var text = document.TextFor(System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("practice", "Front Range Integrative"));
        var whole = text with { Parts = [.. text.Parts, new("The name of the person", PartKind.Filled, "Łukasz Szczęsny", "ec-name"), new("Their phone number", PartKind.Filled, "+1 303 555 0142", "ec-phone")] };
        var at = new DateTimeOffset(2026, 11, 23, 17, 5, 0, TimeSpan.Zero);
        var signed = new ConsentSigned(Guid.Empty, whole, whole.Sha256(), "", "Wren Ó Bury", SignerRole.Patient, "", IdentityMethod.Portal, document.Intent, [], false, false, at.AddMonths(6), null,
            ["Front Range Integrative", "12 Pearl Street, Boulder, CO 80302"], "Nov 23, 2026, 10:05 AM Denver (UTC−7)");
        var pdf = LetterPdf.Write(ConsentLetter.Of(new(signed, 1, at, new(ActorKind.Patient, "p", "Wren"))));
        Assert.Equal(pdf, LetterPdf.Write(ConsentLetter.Of(new(signed, 1, at, new(ActorKind.Patient, "p", "Wren")))));
        var approved = Path.Combine(House.Root, "tests", "Casement.Web.Tests", "consent.approved.txt");
        var found = await Read(pdf, "pdftotext", "-layout", "{}", "-");
        if (!File.Exists(approved)) await File.WriteAllTextAsync(approved, found, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken), found);
        var info = await Read(pdf, "pdfinfo", "{}");
        Assert.Matches("Tagged: +yes", info);
        Assert.Matches(@"612 x 792 pts \(letter\)", info);
    }

    internal static async Task<string> Read(byte[] pdf, string tool, params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        using var process = Process.Start(new ProcessStartInfo(tool, arguments.Select(a => a == "{}" ? file : a)) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{tool} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        return output;
    }
}
