using Casement.Consent;
using Casement.Referrals;

namespace Casement.Web.Tests;

/// <summary>A shut gate is told on the page where it stops somebody, with the way to open it.</summary>
public sealed class GatePageTests
{
    const string Enough = "Everything was reviewed with care, and the answers agree.";

    [Fact]
    public async Task Signing_a_clearance_names_the_missing_papers_and_leads_to_them()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.Contains("Ketamine treatment, what to know before you decide: not signed yet.", browser.Page.QuerySelector("#sign ~ * .notice, [aria-labelledby=sign] .notice")?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(browser.Page.QuerySelector($"[aria-labelledby=sign] .notice a[href='/staff/patients/{patient}/documents']"));
        Assert.NotNull(browser.Page.QuerySelector("#verdict-Cleared[disabled]"));
        // A form kept open from before, or made by hand, is refused as well.
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        Assert.Contains("A clearance decision waits for it.", browser.Page.QuerySelector("#sign-error")?.TextContent, StringComparison.Ordinal);
        Assert.Empty((await house.Read(patient)).Clearances);

        await house.Papers(patient, Charts.ForClearance);
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.Null(browser.Page.QuerySelector("#verdict-Cleared[disabled]"));
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        Assert.Equal("Decision: Cleared", browser.Heading);
    }

    [Fact]
    public async Task A_consent_taken_back_stops_the_session_and_tells_each_side_in_its_words()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        var contact = (await house.Read(patient)).Consents.Newest("doc-emergency-contact").Last();
        await house.Carry(patient, chart => TakingBack.Withdraw(chart, House.Documents, new(contact.Signed.Signature, "Said so by phone.", Guid.NewGuid()), Charts.Alma, house.Clock.GetUtcNow()));

        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/referrals/{referral}");
        Assert.Contains("Your emergency contact: taken back. The day of your session waits for it.", staff.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(staff.Page.QuerySelector($".notice a[href='/staff/patients/{patient}/documents']"));

        using var own = await house.AsPatient(patient);
        await own.Go($"/my/referrals/{referral}");
        Assert.NotNull(own.Page.QuerySelector("main .notice a[href='/my/documents/doc-emergency-contact']"));
        Assert.Contains("You may ask us anything before you sign.", own.Page.QuerySelector("main .notice")?.TextContent, StringComparison.Ordinal);

        var session = Guid.NewGuid();
        using var nurse = await house.OnLink(patient, link);
        await nurse.Go($"/partner/session/{session}/before");
        await nurse.Send("main form", Referring.AllInOrder());
        Assert.Contains("Not signed, or no longer in force: “Your emergency contact”.", nurse.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Null(nurse.Page.QuerySelector("#begin"));

        await house.Papers(patient, "doc-emergency-contact");
        await own.Go($"/my/referrals/{referral}");
        Assert.Null(own.Page.QuerySelector("main .notice a[href^='/my/documents']"));
    }

    [Fact]
    public async Task A_packet_is_not_sent_without_its_papers_and_the_patient_sees_which()
    {
        await using var house = await House.Open();
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var contact = (await house.Read(patient)).Consents.Newest("doc-emergency-contact").Last();
        await house.Carry(patient, chart => TakingBack.Withdraw(chart, House.Documents, new(contact.Signed.Signature, "Said so by phone.", Guid.NewGuid()), Charts.Alma, house.Clock.GetUtcNow()));
        var (referral, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        await house.Carry(patient, chart => Preparing.Draft(chart, new(referral, clinic, "racemic-ketamine-iv", "Please evaluate and treat.", ReferralUrgency.Routine, null), DateOnly.FromDateTime(now.UtcDateTime)));
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/referrals/{referral}");
        await staff.Send("form.builder", ("All", "needed"));
        Assert.Contains("Your emergency contact: taken back. Sending your record to a clinic waits for it.", staff.Page.QuerySelector("[aria-labelledby=send] .notice")?.TextContent, StringComparison.Ordinal);
        using var own = await house.AsPatient(patient);
        await own.Go($"/my/referrals/{referral}");
        var waits = own.Page.QuerySelector("main .notice");
        Assert.Contains("sending your record to a clinic", waits?.TextContent, StringComparison.Ordinal);
        // The form below is that permission, so it is not asked for twice.
        Assert.DoesNotContain("Permission to share my record", waits?.TextContent, StringComparison.Ordinal);
    }
}
