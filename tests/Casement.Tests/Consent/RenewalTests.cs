using Casement.Clearance;
using Casement.Consent;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using static Casement.Tests.Consent.Papers;

namespace Casement.Tests.Consent;

/// <summary>A text that changed in substance, a signature that ends: patient and staff are told once, by themselves.</summary>
public sealed class RenewalTests
{
    static ConsentDocuments Newer(string family, bool material = true, string version = "2.0.0") => All with
    {
        All = [.. All.All.Select(d => d.Id != family ? d : d with { Version = version, History = d.History.Add(new(version, new(2027, 1, 2), material, "We use another video line.")) })],
    };

    static Chart Asked(Chart chart, ConsentDocuments documents, DateTimeOffset at) => After(chart, at, Actor.Casement, [.. Accepted(Renewing.Decide(chart, documents, at))]);

    static string[] Rows(Chart chart, DateTimeOffset at) =>
        [.. ConsentWork.Rows(chart).Select(r => Worklist.Read(r.Json)).Where(r => r.Since <= at).Select(r => r.At(at).What)];

    static string[] Steps(Chart chart, DateTimeOffset at) => [.. ConsentWork.NextSteps(chart, at).Select(s => s.What)];

    [Fact]
    public void A_newer_text_of_substance_is_told_to_patient_and_staff()
    {
        var later = Now.AddDays(40);
        var chart = Asked(Signed("doc-telehealth"), Newer("doc-telehealth"), later);
        Assert.Equal(["Read and sign the new version of: Visits by video or phone"], Steps(chart, later));
        Assert.Equal("The text has changed since you signed. We use another video line.", ConsentWork.NextSteps(chart, later).Single().Note);
        Assert.Equal(["Signed an older version: Visits by video or phone"], Rows(chart, later));
        var mail = Assert.Single(chart.Messages.Values).Asked;
        Assert.Equal(("consent-renewal", AddresseeKind.Patient, "/my/documents"), (mail.Template, mail.To.Kind, mail.Page));
    }

    [Fact]
    public void Asked_twice_or_by_two_nodes_it_is_said_once()
    {
        var signed = Signed("doc-telehealth");
        Assert.Equal(Accepted(Renewing.Decide(signed, Newer("doc-telehealth"), Now)).OfType<MessageAsked>().Single(), Accepted(Renewing.Decide(signed, Newer("doc-telehealth"), Now)).OfType<MessageAsked>().Single());
        Assert.IsType<AlreadySo>(Renewing.Decide(Asked(signed, Newer("doc-telehealth"), Now), Newer("doc-telehealth"), Now.AddDays(1)));
    }

    [Fact]
    public void A_text_that_changed_once_more_is_asked_for_once_more()
    {
        var twice = Newer("doc-telehealth") is var second ? second with { All = [.. second.All.Select(d => d.Id != "doc-telehealth" ? d : d with { Version = "3.0.0", History = d.History.Add(new("3.0.0", new(2027, 2, 2), true, "We record nothing.")) })] } : second;
        var chart = Asked(Asked(Signed("doc-telehealth"), second, Now), twice, Now.AddDays(1));
        Assert.Equal("The text has changed since you signed. We use another video line. We record nothing.", ConsentWork.NextSteps(chart, Now.AddDays(1)).Single().Note);
        Assert.Equal(2, chart.Messages.Count);
    }

    [Fact]
    public void Signing_the_new_version_ends_it()
    {
        var chart = Signed("doc-telehealth", Asked(Signed("doc-telehealth"), Newer("doc-telehealth"), Now), Newer("doc-telehealth"), Now.AddDays(1));
        Assert.Empty(Steps(chart, Now.AddDays(1)));
        Assert.Empty(Rows(chart, Now.AddDays(1)));
        Assert.IsType<AlreadySo>(Renewing.Decide(chart, Newer("doc-telehealth"), Now.AddDays(1)));
    }

    [Fact]
    public void Who_says_no_is_not_asked_again_and_staff_see_it()
    {
        var asked = Asked(Signed("doc-telehealth"), Newer("doc-telehealth"), Now);
        var no = After(asked, Now.AddDays(1), Wren, [.. Accepted(TakingBack.Decline(asked, Newer("doc-telehealth"), new("doc-telehealth", ""), Wren))]);
        Assert.Empty(Steps(no, Now.AddDays(1)));
        Assert.Equal(["Chose not to sign the new version: Visits by video or phone"], Rows(no, Now.AddDays(1)));
        Assert.IsType<AlreadySo>(Renewing.Decide(no, Newer("doc-telehealth"), Now.AddDays(1)));
    }

    [Fact]
    public void A_change_of_no_substance_asks_nobody() =>
        Assert.IsType<AlreadySo>(Renewing.Decide(Signed("doc-telehealth"), Newer("doc-telehealth", material: false), Now));

    [Fact]
    public void Nobody_is_asked_to_go_back_to_an_older_text() =>
        Assert.IsType<AlreadySo>(Renewing.Decide(Signed("doc-telehealth", documents: Newer("doc-telehealth")), All, Now));

    [Fact]
    public void What_was_taken_back_or_reopened_is_not_asked_for_again()
    {
        var signed = Signed("doc-telehealth");
        var id = signed.Consents.Signatures[0].Signed.Signature;
        var back = After(signed, [.. Accepted(TakingBack.Withdraw(signed, All, new(id, "", Guid.NewGuid()), Wren, Now))]);
        Assert.IsType<AlreadySo>(Renewing.Decide(back, Newer("doc-telehealth"), Now));
        var again = After(signed, [.. Accepted(TakingBack.Again(signed, All, new(id, "We use another video line now."), Nurse, Now))]);
        Assert.IsType<AlreadySo>(Renewing.Decide(again, Newer("doc-telehealth"), Now));
    }

    [Fact]
    public void A_consent_that_ends_soon_is_told_before_and_when_it_ended()
    {
        var signed = Signed("doc-telehealth");
        var ends = Now.AddMonths(12);
        Assert.IsType<AlreadySo>(Renewing.Decide(signed, All, ends - ConsentWork.Soon - TimeSpan.FromTicks(1)));
        var soon = Asked(signed, All, ends - ConsentWork.Soon);
        Assert.Equal(["Sign again: Visits by video or phone"], Steps(soon, ends.AddDays(-1)));
        Assert.Equal(ends, ConsentWork.NextSteps(soon, ends.AddDays(-1)).Single().DueAt);
        Assert.Equal(["Ends soon: Visits by video or phone"], Rows(soon, ends.AddDays(-1)));
        Assert.IsType<AlreadySo>(Renewing.Decide(soon, All, ends.AddDays(-1)));
        var over = Asked(soon, All, ends);
        Assert.Equal(["Sign again: Visits by video or phone"], Steps(over, ends));
        Assert.Equal(["Ended: Visits by video or phone"], Rows(over, ends));
        Assert.Equal(2, over.Messages.Count);
        Assert.IsType<AlreadySo>(Renewing.Decide(over, All, ends.AddDays(300)));
    }

    [Fact]
    public void An_end_the_patient_wrote_in_is_their_wish() =>
        Assert.IsType<AlreadySo>(Renewing.Decide(Signed("doc-roi"), All, Now.AddMonths(13)));

    [Fact]
    public void What_the_protocol_believed_is_so_no_longer_and_said_once()
    {
        var signed = SignedByBoth("doc-ket-consent");
        var chart = Asked(signed, Newer("doc-ket-consent"), Now.AddDays(1));
        Assert.Equal(FactValue.Of(false), chart.Facts["consent-signed"][^1].Fact.Value);
        Assert.Equal(2, chart.Facts["consent-signed"].Count);
        var twelve = Asked(After(SignedByBoth("doc-ket-consent", After(Admitted, Count(3))), Count(15)), All, Now);
        Assert.Equal(FactValue.Of(false), twelve.Facts["consent-signed"][^1].Fact.Value);
        Assert.Contains("Sign again: Ketamine treatment", string.Join('|', Steps(twelve, Now)), StringComparison.Ordinal);
        Assert.Contains(Rows(twelve, Now), r => r.StartsWith("Ended, as many sessions were given", StringComparison.Ordinal));
    }

    static FactsRecorded Count(decimal sessions) => new([new("c-sessions-done", FactValue.Of(sessions), Now, FactSource.Clinician)]);

    [Fact]
    public void A_receipt_is_asked_for_anew_only_where_care_waits_for_it()
    {
        Assert.IsType<AlreadySo>(Renewing.Decide(Signed("doc-discharge-ket"), Newer("doc-discharge-ket"), Now));
        Assert.IsType<Accepted>(Renewing.Decide(Signed("doc-npp-ack"), Newer("doc-npp-ack"), Now));
    }

    [Fact]
    public void One_letter_goes_out_for_several_papers_and_none_where_one_waits_already()
    {
        var two = Newer("doc-telehealth") with { All = [.. Newer("doc-telehealth").All.Select(d => d.Id == "doc-consent-treat" ? Newer("doc-consent-treat").Find("doc-consent-treat") ?? d : d)] };
        var signed = Signed("doc-consent-treat", Signed("doc-telehealth"));
        var events = Accepted(Renewing.Decide(signed, two, Now));
        Assert.Equal((2, 1), (events.OfType<ConsentRenewalAsked>().Count(), events.OfType<MessageAsked>().Count()));
        var offered = After(Signed("doc-telehealth"), [.. Accepted(Offering.Decide(Signed("doc-telehealth"), Newer("doc-telehealth"), Fields, new([(Guid.NewGuid(), "doc-telehealth")], Guid.NewGuid()), Now))]);
        Assert.Empty(Accepted(Renewing.Decide(offered, Newer("doc-telehealth"), Now)).OfType<MessageAsked>());
    }
}
