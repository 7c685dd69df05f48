using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Tests.Clearance;
using static Casement.Tests.Consent.Papers;

namespace Casement.Tests.Consent;

/// <summary>The signature engine: practice.md section 5, doc-t1 to doc-t5, and the triggers after which a text is signed again.</summary>
public sealed class GateTests
{
    static ConsentDocuments With(string family, Func<ConsentDocument, ConsentDocument> change) => All with { All = [.. All.All.Select(d => d.Id == family ? change(d) : d)] };

    static ConsentDocuments NewVersion(bool material) => With("doc-telehealth", d => d with
    {
        Version = "1.1.0",
        History = d.History.Add(new("1.1.0", new(2027, 1, 2), material, "Clearer words.")),
    });

    [Fact]
    public void Doc_t1_a_gate_reads_the_newest_signature_in_date_of_the_exact_family()
    {
        Assert.False(Admitted.Open("telehealth"));
        Assert.False(Signed("doc-comms").Open("telehealth"));
        var chart = Signed("doc-telehealth");
        Assert.True(chart.Open("telehealth"));
        Assert.True(chart.Open("telehealth", at: Now.AddMonths(12).AddTicks(-1)));
        Assert.False(chart.Open("telehealth", at: Now.AddMonths(12)));
        Assert.True(Signed("doc-telehealth", chart, at: Now.AddDays(350)).Open("telehealth", at: Now.AddMonths(12)));
    }

    [Fact]
    public void Doc_t1_an_older_signature_does_not_come_back_when_the_newest_is_taken_back()
    {
        var twice = Signed("doc-telehealth", Signed("doc-telehealth"), at: Now.AddMonths(13));
        Assert.Equal(2, twice.Consents.Signatures.Count);
        var back = After(twice, [.. Accepted(TakingBack.Withdraw(twice, All, new(twice.Consents.Signatures[^1].Signed.Signature, "", Guid.NewGuid()), Wren, Now.AddMonths(13)))]);
        Assert.False(back.Open("telehealth", at: Now));
        Assert.Equal(SignatureState.Superseded, back.StateOf(All.Find("doc-telehealth"), back.Consents.Signatures[0], Now));
    }

    [Fact]
    public void Doc_t2_a_minor_version_keeps_old_signatures_and_a_material_one_reopens_the_gate()
    {
        var chart = Signed("doc-telehealth");
        Assert.True(chart.Open("telehealth", NewVersion(material: false)));
        Assert.False(chart.Open("telehealth", NewVersion(material: true)));
        Assert.True(Signed("doc-telehealth", chart, NewVersion(material: true)).Open("telehealth", NewVersion(material: true)));
    }

    [Fact]
    public void Doc_t2_a_version_nobody_knows_does_not_hold() =>
        Assert.False(Signed("doc-telehealth", documents: With("doc-telehealth", d => d with { Version = "9.9.9", History = [new("9.9.9", new(2026, 1, 1), true, "Elsewhere.")] })).Open("telehealth"));

    [Fact]
    public void Doc_t3_taking_back_touch_leaves_the_session_and_blocks_touch()
    {
        var touch = (All.Find("doc-telehealth") ?? throw new InvalidOperationException()) with { Id = "doc-nm-touch", MandatoryFor = ["touch"] };
        var session = (All.Find("doc-consent-treat") ?? throw new InvalidOperationException()) with { Id = "doc-nm-consent", MandatoryFor = ["session"] };
        var documents = new ConsentDocuments([touch, session], [new("touch", "supportive touch"), new("session", "the session")]);
        var chart = Signed("doc-nm-touch", Signed("doc-nm-consent", documents: documents), documents);
        Assert.True(chart.Open("session", documents) && chart.Open("touch", documents));
        var back = After(chart, [.. Accepted(TakingBack.Withdraw(chart, documents, new(chart.Consents.Signatures[^1].Signed.Signature, "", Guid.NewGuid()), Wren, Now))]);
        Assert.True(back.Open("session", documents));
        Assert.False(back.Open("touch", documents));
    }

    [Fact]
    public void Doc_t4_a_refused_optional_document_never_blocks()
    {
        var before = All.Gates.Select(g => Admitted.Open(g.Id)).ToArray();
        var chart = After(Admitted, [.. Accepted(TakingBack.Decline(Admitted, All, new("doc-comms", "I would rather not"), Wren))]);
        Assert.Empty(All.Find("doc-comms")?.MandatoryFor ?? ["missing"]);
        Assert.Equal(before, All.Gates.Select(g => chart.Open(g.Id)));
    }

    [Fact]
    public void Doc_t5_a_refused_mandatory_document_shows_which_service_it_blocks()
    {
        var chart = After(Admitted, [.. Accepted(TakingBack.Decline(Admitted, All, new("doc-telehealth", ""), Wren))]);
        var missing = Gates.Ask(All, chart, "telehealth", Now).Missing.Single();
        Assert.Equal("Visits by video or phone: the patient chose not to sign. A video or phone visit waits for it.", missing.Because);
    }

    [Fact]
    public void Signing_after_a_refusal_opens_the_gate()
    {
        var refused = After(Admitted, [.. Accepted(TakingBack.Decline(Admitted, All, new("doc-telehealth", ""), Wren))]);
        Assert.True(Signed("doc-telehealth", refused, at: Now.AddHours(1)).Open("telehealth", at: Now.AddHours(1)));
    }

    [Fact]
    public void Another_wish_to_refuse_is_harmless()
    {
        var chart = After(Admitted, [.. Accepted(TakingBack.Decline(Admitted, All, new("doc-telehealth", ""), Wren))]);
        Assert.IsType<AlreadySo>(TakingBack.Decline(chart, All, new("doc-telehealth", ""), Wren));
    }

    [Fact]
    public void A_release_names_one_recipient_and_opens_the_gate_for_no_other()
    {
        var chart = Signed("doc-emergency-contact", SignedByBoth("doc-ket-consent", Signed("doc-roi")));
        Assert.True(chart.Open("referral-send", about: "hillview  infusion"));
        Assert.False(chart.Open("referral-send", about: "Other Clinic"));
    }

    [Fact]
    public void Twelve_sessions_end_the_ketamine_consent()
    {
        var chart = SignedByBoth("doc-ket-consent", After(Admitted, Answer("c-sessions-done", FactValue.Of(3m))));
        Assert.True(chart.Open("clearance", With("doc-consent-treat", d => d with { MandatoryFor = [] })));
        Assert.True(After(chart, Answer("c-sessions-done", FactValue.Of(14m))).Open("clearance", With("doc-consent-treat", d => d with { MandatoryFor = [] })));
        Assert.False(After(chart, Answer("c-sessions-done", FactValue.Of(15m))).Open("clearance", With("doc-consent-treat", d => d with { MandatoryFor = [] })));
    }

    static FactsRecorded Answer(string fact, FactValue value) => new([new(fact, value, Now, FactSource.Clinician)]);

    static IEnumerable<ConsentReopened> Reopened(Chart before, params PatientEvent[] events) =>
        Reopening.Consequences(All, Ketamine.Protocol, before, After(before, events), Now).OfType<ConsentReopened>();

    public static TheoryData<string, string> Triggers => new()
    {
        { "new-diagnosis", "psychosis" }, { "new-medicine-class", "lorazepam" }, { "pregnancy", "pregnant" }, { "adverse-event", "serious" }, { "route-or-product", "route" }, { "clinic", "clinic" },
    };

    [Theory]
    [MemberData(nameof(Triggers))]
    public void Each_trigger_of_the_ketamine_consent_reopens_it_once(string trigger, string what)
    {
        var known = After(Admitted, Answer("product-planned", FactValue.Of("racemic-ketamine-iv")), Answer("treatment-setting", FactValue.Of("licensed-clinic")), new MedicinesRecorded([new("sertraline")], Now, FactSource.Clinician));
        PatientEvent news = what switch
        {
            "psychosis" => Answer("prior-severe-reaction", FactValue.Of(true)),
            "lorazepam" => new MedicinesRecorded([new("sertraline"), new("lorazepam")], Now, FactSource.Clinician),
            "pregnant" => Answer("pregnant", FactValue.Of(true)),
            "serious" => Answer("c-serious-event", FactValue.Of(true)),
            "route" => Answer("product-planned", FactValue.Of("esketamine-spravato")),
            _ => Answer("treatment-setting", FactValue.Of("hospital")),
        };
        var chart = SignedByBoth("doc-ket-consent", known);
        Assert.Equal(trigger, Assert.Single(Reopened(chart, news)).Trigger);
        Assert.Empty(Reopened(Admitted, news));
        var reopened = After(After(chart, news), [.. Reopening.Consequences(All, Ketamine.Protocol, chart, After(chart, news), Now)]);
        Assert.Equal(FactValue.Of(false), reopened.Facts["consent-signed"][^1].Fact.Value);
        Assert.Contains(Gates.Ask(All, reopened, "clearance", Now).Missing, m => m.Because.Contains("to be signed again", StringComparison.Ordinal));
        Assert.Contains(ConsentWork.NextSteps(reopened, Now), s => s.What.StartsWith("Sign again", StringComparison.Ordinal));
        Assert.Empty(Reopened(reopened, news));
    }

    [Fact]
    public void A_trigger_tells_the_patient_once()
    {
        var chart = SignedByBoth("doc-ket-consent");
        var news = Answer("pregnant", FactValue.Of(true));
        var first = Reopening.Consequences(All, Ketamine.Protocol, chart, After(chart, news), Now).OfType<MessageAsked>().Single();
        Assert.Equal(first, Reopening.Consequences(All, Ketamine.Protocol, chart, After(chart, news), Now).OfType<MessageAsked>().Single());
    }

    [Fact]
    public void The_same_answer_again_reopens_nothing()
    {
        var chart = SignedByBoth("doc-ket-consent", After(Admitted, Answer("product-planned", FactValue.Of("racemic-ketamine-iv"))));
        Assert.Empty(Reopened(chart, Answer("product-planned", FactValue.Of("racemic-ketamine-iv"))));
        Assert.Empty(Reopened(chart, Answer("hr-rest", FactValue.Of(72m))));
    }

    [Fact]
    public void A_new_phone_number_reopens_how_we_may_reach_you() =>
        Assert.Equal("contact-change", Assert.Single(Reopened(Signed("doc-comms"), new PatientDetailsChanged(new(new("Wren Ó Bury"), new(1988, 1, 2), Phone: "303 555 0188"), "New phone"))).Trigger);

    [Fact]
    public void Staff_may_ask_again_and_say_why()
    {
        var chart = Signed("doc-telehealth");
        var id = chart.Consents.Signatures[0].Signed.Signature;
        Assert.Equal("Say in a few words what changed; the patient reads it.", Refused(TakingBack.Again(chart, All, new(id, ""), Nurse, Now)));
        var after = After(chart, [.. Accepted(TakingBack.Again(chart, All, new(id, "We use another video line now."), Nurse, Now))]);
        Assert.False(after.Open("telehealth"));
    }
}
