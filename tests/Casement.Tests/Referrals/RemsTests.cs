using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Tests.Consent;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Referrals;

/// <summary>Esketamine: nobody is sent, given a date or started before the clinic's certificate and the patient's enrolment stand (practice.md 2.2).</summary>
public sealed class RemsTests
{
    static readonly Guid Enrolment = new("7b0c7a6e-0000-4000-8000-0000000000c1");
    static readonly PartnerClinic Certified = Hillview with { Products = [PartnerClinic.Esketamine], RemsCertifiedOn = Today.AddDays(-30) };
    static readonly RemsEnrolled Wish = new(Enrolment, Hillview.Id, Hillview.Name, Today.AddDays(-2), " REMS 4411-07 ", "telephone, Dana Cole");

    static readonly Chart Asked = ClearedChart.Do(Preparing.Draft(ClearedChart, new(Id, Certified, PartnerClinic.Esketamine, "Please treat.", ReferralUrgency.Routine, null), Today));

    /// <summary>As far as offered dates, told as entries: how it came there is another test's.</summary>
    static readonly Chart Offered = At(Asked with { Clearances = [.. Asked.Clearances.Select(c => c with { Signed = c.Signed with { Product = PartnerClinic.Esketamine } })] }, Now, Clinic,
        new ReferralSent(Id, Link, Cleared, [], "5e1f", Guid.Empty, "Treatment", Rules.Terms(Now, Denver)), new ReferralAccepted(Id, "Dana", null), new ReferralDatesProposed(Id, [Friday], null));

    static Chart Enrolled(Chart chart) => chart.Do(Rems.Enrol(chart, Wish, Certified, Today, Now));

    static string? NotReady(Chart chart, PartnerClinic clinic, ConsentDocuments? documents = null) => Preparing.NotReady(chart, Of(chart), clinic, Rules, documents ?? ConsentDocuments.None, Now, Today);

    [Fact]
    public void Nothing_is_sent_before_both_stand()
    {
        Assert.Contains("is not certified in the esketamine REMS", NotReady(Asked, Certified with { RemsCertifiedOn = null }), StringComparison.Ordinal);
        Assert.Equal("Hillview Infusion has not confirmed that the patient is enrolled in the esketamine REMS. Ask the clinic to enrol the patient, then write down the date and the number of the enrolment.", NotReady(Asked, Certified));
        Assert.StartsWith("The packet still lacks", NotReady(Enrolled(Asked), Certified), StringComparison.Ordinal);
        Assert.Contains("is not certified in the esketamine REMS", NotReady(Enrolled(Asked), Certified with { RemsCertifiedOn = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheet_about_esketamine_is_read_first()
    {
        Assert.Contains("not signed yet. A referral for nasal esketamine waits for it. Put it before the patient", NotReady(Enrolled(Asked), Certified, Papers.All), StringComparison.Ordinal);
        var read = Enrolled(Papers.Signed("doc-spravato-info", After(Asked, new PatientDetailsChanged(new(new("Wren Ó Bury"), new DateOnly(1988, 1, 2)), "Whole name")), at: Now));
        Assert.StartsWith("The packet still lacks", NotReady(read, Certified, Papers.All), StringComparison.Ordinal);
    }

    [Fact]
    public void No_date_is_given_before_both_stand()
    {
        Assert.Contains("has not confirmed that the patient is enrolled", Refused(Answering.Pick(Offered, Id, Certified, Friday, Now)), StringComparison.Ordinal);
        Assert.Contains("has not confirmed that the patient is enrolled", Refused(Answering.Schedule(Offered, Id, Certified, Friday, Now, null)), StringComparison.Ordinal);
        var enrolled = Enrolled(Offered);
        foreach (var gone in new[] { null, Certified with { RemsCertifiedOn = null }, Certified with { Id = Guid.NewGuid() } })
            Assert.Contains("is not certified in the esketamine REMS", Refused(Answering.Pick(enrolled, Id, gone, Friday, Now)), StringComparison.Ordinal);
        Assert.IsType<Journal.Accepted>(Answering.Pick(enrolled, Id, Certified, Friday, Now));
        Assert.IsType<Journal.Accepted>(Answering.Schedule(enrolled, Id, Certified, Friday, Now, null));
    }

    [Fact]
    public void No_session_starts_once_the_enrolment_ended()
    {
        var chart = Enrolled(Offered);
        chart = chart.Do(Rems.End(chart, Enrolment, "The clinic withdrew it", Now));
        Assert.Contains("has not confirmed", Refused(Answering.Pick(chart, Id, Certified, Friday, Now)), StringComparison.Ordinal);
        Assert.Contains("Do not treat. Call the practice.", Treating.NotToStart(chart, Rulebook, new(Session, Id), ConsentDocuments.None, Now), StringComparison.Ordinal);
    }

    [Fact]
    public void The_enrolment_is_with_one_clinic()
    {
        var chart = Enrolled(Asked);
        Assert.Null(Rems.Unenrolled(chart, Of(chart).Drafted));
        Assert.NotNull(Rems.Unenrolled(chart, Of(chart).Drafted with { Partner = Guid.NewGuid() }));
        Assert.Null(Rems.Unenrolled(ClearedChart, Of(Drafted).Drafted));
    }

    [Fact]
    public void The_fact_clearance_reads_goes_with_it()
    {
        var chart = Enrolled(Asked);
        Assert.Equal(FactValue.Of(true), chart.Facts[Rems.Fact][^1].Fact.Value);
        Assert.Equal("REMS 4411-07", Rems.Standing(chart, Hillview.Id)?.Enrolled.Reference);
        Assert.Equal(FactValue.Of(false), chart.Do(Rems.End(chart, Enrolment, "Wrong patient", Now)).Facts[Rems.Fact][^1].Fact.Value);
        Assert.True(Rulebook.FactById.ContainsKey(Rems.Fact));
    }

    [Fact]
    public void It_is_written_down_once_and_whole()
    {
        Assert.IsType<AlreadySo>(Rems.Enrol(Enrolled(Asked), Wish, Certified, Today, Now));
        Assert.IsType<AlreadySo>(Rems.Enrol(Enrolled(Asked), Wish with { Enrolment = Guid.NewGuid() }, Certified, Today, Now));
        Assert.Contains("stands already", Refused(Rems.Enrol(Enrolled(Asked), Wish with { Enrolment = Guid.NewGuid(), Reference = "Another" }, Certified, Today, Now)), StringComparison.Ordinal);
        Assert.Contains("cannot enrol anybody", Refused(Rems.Enrol(Asked, Wish, Certified with { RemsCertifiedOn = null }, Today, Now)), StringComparison.Ordinal);
        Assert.Contains("lies in the future", Refused(Rems.Enrol(Asked, Wish with { On = Today.AddDays(1) }, Certified, Today, Now)), StringComparison.Ordinal);
        Assert.Contains("number of the enrolment", Refused(Rems.Enrol(Asked, Wish with { Reference = " " }, Certified, Today, Now)), StringComparison.Ordinal);
        Assert.Contains("who confirmed it", Refused(Rems.Enrol(Asked, Wish with { Source = "" }, Certified, Today, Now)), StringComparison.Ordinal);
        Assert.Contains("Say why", Refused(Rems.End(Enrolled(Asked), Enrolment, "", Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void Until_then_it_stands_on_the_worklist()
    {
        Assert.Contains(Waits.Of(Asked, Of(Asked)), w => w is { Kind: "rems", For: WaitsFor.Practice });
        Assert.DoesNotContain(Waits.Of(Enrolled(Asked), Of(Asked)), w => w.Kind == "rems");
    }
}
