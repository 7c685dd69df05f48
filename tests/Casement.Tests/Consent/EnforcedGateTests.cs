using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Tests.Referrals;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Consent;

/// <summary>A step of care that waits for papers is refused without them, in a sentence that names them (practice specification 5, doc-t1 and doc-t5).</summary>
public sealed class EnforcedGateTests
{
    static readonly ConsentDocuments All = Papers.All;

    /// <summary>The patient signs now; the clinician after, where the text asks for it.</summary>
    static Chart Sign(Chart chart, string family, Func<SignConsent, SignConsent>? with = null, DateTimeOffset? at = null)
    {
        var document = All.Find(family) ?? throw new InvalidOperationException(family);
        var wish = Papers.Wish(document) with { TypedName = "Wren" };
        foreach (var ask in document.Asks.Where(a => a.Kind is AskKind.Date)) wish = wish with { Answers = wish.Answers.SetItem(ask.Id, $"{Now.AddMonths(6):M/d/yyyy}") };
        wish = with?.Invoke(wish) ?? wish;
        var signed = chart.Do(SigningConsent.Decide(chart, All, Papers.Fields, wish with { Today = DateOnly.FromDateTime((at ?? Now).Date) }, Papers.Wren, at ?? Now), at, Papers.Wren);
        return document.ClinicianSigns ? signed.Do(Countersigning.Decide(signed, All, new(wish.Signature, SignerRole.Clinician, "now"), Nurse, at ?? Now), at) : signed;
    }

    static Chart SignAll(Chart chart, params string[] families) => families.Aggregate(chart, (c, f) => Sign(c, f));

    static Chart TakeBack(Chart chart, string family, DateTimeOffset? at = null) =>
        chart.Do(TakingBack.Withdraw(chart, All, new(chart.Consents.Newest(family).Last().Signed.Signature, "", Guid.NewGuid()), Papers.Wren, at ?? Now), at, Papers.Wren);

    static string? NotReady(Chart chart, DateTimeOffset? at = null) => Preparing.NotReady(chart, Of(chart), Hillview, Rules, All, at ?? Now, Today);

    static Decision Decided(Chart chart, ClearanceVerdict verdict, DateTimeOffset? at = null) =>
        Signing.Decide(chart, Rulebook, Defaults, All, new(Guid.NewGuid(), verdict, "Everything was reviewed with care.", chart.Version), Nurse, at ?? Now);

    static readonly string[] ForSending = ["doc-ket-consent", "doc-emergency-contact"];

    [Fact]
    public void A_clearance_waits_for_its_consents_and_says_which_and_where()
    {
        var refused = Refused(Decided(ClearedChart, ClearanceVerdict.Cleared));
        Assert.Contains("Ketamine treatment, what to know before you decide: not signed yet. A clearance decision waits for it.", refused, StringComparison.Ordinal);
        Assert.EndsWith("Put them before the patient under Documents.", refused, StringComparison.Ordinal);
        Assert.IsType<Accepted>(Decided(SignAll(ClearedChart, "doc-consent-treat", "doc-ket-consent"), ClearanceVerdict.Cleared));
    }

    [Fact]
    public void A_decision_that_does_not_clear_waits_for_no_paper() => Assert.IsType<Accepted>(Decided(ClearedChart, ClearanceVerdict.NotNow));

    [Fact]
    public void A_consent_taken_back_or_run_out_shuts_the_gate_again()
    {
        var signed = SignAll(ClearedChart, "doc-consent-treat", "doc-ket-consent");
        Assert.Contains("taken back", Refused(Decided(TakeBack(signed, "doc-consent-treat"), ClearanceVerdict.Cleared)), StringComparison.Ordinal);
        Assert.Contains(Gates.Ask(All, signed, Signing.Gate, Now.AddMonths(7)).Missing, m => m.Because.Contains("no longer in date", StringComparison.Ordinal));
    }

    [Fact]
    public void A_packet_waits_for_the_ketamine_consent_and_the_emergency_contact()
    {
        Assert.Contains("Your emergency contact: not signed yet.", NotReady(Authorised), StringComparison.Ordinal);
        Assert.Contains("Ketamine treatment", NotReady(Sign(Authorised, "doc-emergency-contact")), StringComparison.Ordinal);
        Assert.Null(NotReady(SignAll(Authorised, ForSending)));
        Assert.Contains("taken back", NotReady(TakeBack(SignAll(Authorised, ForSending), "doc-ket-consent")), StringComparison.Ordinal);
        var link = new SendReferral(Id, Link, Guid.NewGuid(), Hillview);
        Assert.Contains("not signed yet", Refused(Preparing.Send(Authorised, link, Rules, All, Denver, Now, Today)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_under_the_packet_is_the_permission_for_that_clinic_until_it_is_taken_back()
    {
        var ready = SignAll(Authorised, ForSending);
        Assert.Null(NotReady(ready));
        // Said on the general form, about this clinic and later: the last word.
        var withdrawn = TakeBack(Sign(ready, "doc-roi"), "doc-roi", Now.AddMinutes(1));
        Assert.Contains("Permission to share my record: taken back.", NotReady(withdrawn, Now.AddMinutes(2)), StringComparison.Ordinal);
        var elsewhere = TakeBack(Sign(ready, "doc-roi", w => w with { Answers = w.Answers.SetItem("roi-recipient", "Somebody else") }), "doc-roi", Now.AddMinutes(1));
        Assert.Null(NotReady(elsewhere, Now.AddMinutes(2)));
    }

    static Chart With(Sensitivity kind)
    {
        ImmutableArray<PacketLine> lines = [.. Offered(Drafted).Where(l => l.Sensitivity is Sensitivity.Ordinary), Packet.Own("own", "Something that needs a reason.", kind, "The clinic doses by it, with care.")];
        var chosen = Drafted.Do(Preparing.Choose(Drafted, Id, lines));
        return SignAll(chosen.Do(Preparing.Authorise(chosen, Id, Authorisation(chosen), Rules, Now)), ForSending);
    }

    [Theory]
    [InlineData(Sensitivity.SubstanceUse, "doc-part2-consent")]
    [InlineData(Sensitivity.WholeLetter, "doc-part2-consent")]
    [InlineData(Sensitivity.PsychotherapyNotes, "doc-roi-psynotes")]
    public void A_sensitive_line_waits_for_its_own_consent(Sensitivity kind, string family)
    {
        var chart = With(kind);
        Assert.Contains($"{All.Find(family)!.Title}: not signed yet.", NotReady(chart), StringComparison.Ordinal);
        Assert.Null(NotReady(Sign(chart, family)));
        Assert.Contains("taken back", NotReady(TakeBack(Sign(chart, family), family)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_the_patient_left_out_waits_for_nothing()
    {
        var chart = With(Sensitivity.SubstanceUse);
        var struck = chart.Do(Preparing.Strike(chart, Id, ["own"]));
        Assert.Empty(Preparing.Unsigned(struck, Of(struck), Rules, All, Now).Missing);
    }

    [Theory]
    [InlineData("Hillview Infusion", true)]
    [InlineData("Another clinic", false)]
    [InlineData("", false)]
    public void A_consent_kept_to_one_recipient_opens_for_that_one_only(string named, bool opens)
    {
        var chart = Sign(With(Sensitivity.SubstanceUse), "doc-part2-consent", w => w with { Answers = w.Answers.SetItem("p2-recipient", "Only the one I name below").SetItem("p2-named", named) });
        Assert.Equal(opens, NotReady(chart) is null);
    }

    [Fact]
    public void A_new_link_is_a_send_as_well()
    {
        Assert.Contains("not signed yet", Refused(Preparing.Renew(Sent, Id, Guid.NewGuid(), Guid.NewGuid(), Hillview, Rules, All, Now)), StringComparison.Ordinal);
        Assert.IsType<Accepted>(Preparing.Renew(SignAll(Sent, ForSending), Id, Guid.NewGuid(), Guid.NewGuid(), Hillview, Rules, All, Now));
    }

    [Fact]
    public void A_session_does_not_start_without_the_papers_of_the_day()
    {
        var session = new SessionOnChart(Session, Id);
        Assert.Contains("“Your emergency contact”", Treating.NotToStart(Scheduled, Rulebook, session, All, Now), StringComparison.Ordinal);
        Assert.Contains("Do not treat before that.", Treating.NotToStart(Scheduled, Rulebook, session, All, Now), StringComparison.Ordinal);
        var papers = SignAll(Scheduled, ForSending);
        Assert.Equal("Go through the checklist first.", Treating.NotToStart(papers, Rulebook, session, All, Now));
        Assert.Contains("Ketamine treatment", Treating.NotToStart(TakeBack(papers, "doc-ket-consent"), Rulebook, session, All, Now), StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_is_to_be_called_no_more_does_not_go_out_in_an_old_packet()
    {
        var named = SignAll(Drafted, ForSending);
        var chosen = named.Do(Preparing.Choose(named, Id, [.. Offered(named).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));
        var ready = chosen.Do(Preparing.Authorise(chosen, Id, Authorisation(chosen), Rules, Now));
        Assert.Null(NotReady(ready));
        var another = Sign(ready, "doc-emergency-contact", w => w with { Answers = w.Answers.SetItem("ec-name", "Grace Hall") });
        Assert.Contains("is not the one in the packet any more", NotReady(another), StringComparison.Ordinal);
    }
}
