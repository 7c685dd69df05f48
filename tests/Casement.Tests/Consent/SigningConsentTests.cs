using Casement.Clearance;
using Casement.Consent;
using Casement.Documents;
using Casement.Journal;
using Casement.Messages;
using static Casement.Tests.Consent.Papers;

namespace Casement.Tests.Consent;

/// <summary>Offering, signing, refusing and taking back.</summary>
public sealed class SigningConsentTests
{
    static ConsentSigned OnlySigned(Decision decision) => Accepted(decision).OfType<ConsentSigned>().Single();

    [Fact]
    public void What_was_signed_stands_whole_in_the_journal()
    {
        var signed = OnlySigned(Sign(Admitted, Wish("doc-roi")));
        Assert.Equal(signed.Sha256, signed.Text.Sha256());
        Assert.Contains(signed.Text.Parts, p => p.Text.Contains("Wren Ó Bury, born Jan 2, 1988", StringComparison.Ordinal));
        Assert.Contains(signed.Text.Parts, p => p is { Kind: PartKind.Filled, Number: "Who may receive it", Text: "Hillview Infusion" });
        Assert.Equal(("wren o bury", "Hillview Infusion", IdentityMethod.Portal), (signed.TypedName, signed.About, signed.Identity));
    }

    [Fact]
    public void A_copy_prints_the_same_from_the_journal_alone()
    {
        var chart = SignedByBoth("doc-ket-consent");
        var letter = ConsentLetter.Of(chart.Consents.Signatures[0]);
        var read = EventNames.Current.Read("consent.signed", EventNames.Current.Write(chart.Consents.Signatures[0].Signed)) as ConsentSigned;
        Assert.Equal(letter.PlainText(), ConsentLetter.Of(chart.Consents.Signatures[0] with { Signed = read ?? throw new InvalidOperationException() }).PlainText());
        Assert.Contains("Signed by wren o bury", letter.PlainText(), StringComparison.Ordinal);
        Assert.Contains("Signed by Imogen Vance, PMHNP-BC", letter.PlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Signing_twice_signs_once()
    {
        var id = Guid.NewGuid();
        var chart = After(Admitted, [.. Accepted(Sign(Admitted, Wish("doc-telehealth", id)))]);
        Assert.IsType<AlreadySo>(Sign(chart, Wish("doc-telehealth", id)));
        Assert.IsType<AlreadySo>(Sign(chart, Wish("doc-telehealth")));
    }

    [Fact]
    public void A_text_that_changed_while_it_was_read_is_not_signed() =>
        Assert.Equal(SigningConsent.TextChanged, Refused(Sign(Admitted, Wish("doc-telehealth") with { SeenSha256 = "an older text" })));

    [Fact]
    public void A_document_we_do_not_have_looks_absent() =>
        Assert.Equal("We have no such document.", Refused(Sign(Admitted, Wish("doc-telehealth") with { Family = "../../etc/passwd" })));

    [Fact]
    public void Nobody_signs_for_the_patient_from_afar()
    {
        Assert.Equal("This is for the patient to sign.", Refused(Sign(Admitted, Wish("doc-telehealth"), Nurse)));
        Assert.Equal("This is for the patient to sign.", Refused(Sign(Admitted, Wish("doc-telehealth") with { Role = SignerRole.Clinician }, Nurse)));
        Assert.Equal("This is for the patient to sign.", Refused(Sign(Admitted, Wish("doc-telehealth"), new(ActorKind.Partner, "link", "Hillview"))));
        Assert.Equal("This is for the patient to sign.", Refused(Sign(Admitted, Wish("doc-telehealth"), Actor.Casement)));
    }

    [Fact]
    public void A_paper_signature_is_written_down_by_staff_and_says_so()
    {
        var signed = OnlySigned(Sign(Admitted, Wish("doc-telehealth") with { Identity = IdentityMethod.Paper }, Nurse));
        Assert.Equal(IdentityMethod.Paper, signed.Identity);
    }

    [Fact]
    public void A_representative_signs_only_where_the_document_lets_them_and_says_by_what_right()
    {
        var wish = Wish("doc-telehealth") with { Role = SignerRole.Representative, Identity = IdentityMethod.InPerson, TypedName = "Ada Bury" };
        Assert.Equal("Say what lets this person sign for the patient.", Refused(Sign(Admitted, wish, Nurse)));
        Assert.Equal("health care proxy", OnlySigned(Sign(Admitted, wish with { Authority = " health care proxy " }, Nurse)).Authority);
        var ketamine = Wish("doc-ket-consent") with { Role = SignerRole.Representative, Identity = IdentityMethod.InPerson, TypedName = "Ada Bury", Authority = "proxy" };
        Assert.Equal("Nobody can sign this in the place of the patient.", Refused(Sign(Admitted, ketamine, Nurse)));
    }

    [Theory]
    [InlineData("Nguyễn Thị Lan", "Lan", "Lan", true)]
    [InlineData("Nguyễn Thị Lan", "Lan", "nguyen thi lan", true)]
    [InlineData("Nguyễn Thị Lan", "Lan", "Lan Nguyễn", true)]
    [InlineData("José María Ordóñez Vega", "", "jose ordonez", true)]
    [InlineData("Siobhán Ní Dhomhnaill", "", "SIOBHAN NI DHOMHNAILL", true)]
    [InlineData("Amara Nwosu-Ellery", "", "Amara Nwosu Ellery", true)]
    [InlineData("Mary O'Neill", "", "mary oneill", true)]
    [InlineData("Wren", "", "wren", true)]
    [InlineData("Hollis Brandt", "Holly", "Holly Brandt", true)]
    [InlineData("Hollis Brandt", "Holly", "Brandt", false)]
    [InlineData("José María Ordóñez Vega", "", "José", false)]
    [InlineData("Wren", "", "Robin", false)]
    [InlineData("Wren", "", "  ", false)]
    [InlineData("Wren", "", "...", false)]
    public void A_typed_name_fits_loosely(string legal, string chosen, string typed, bool fits) => Assert.Equal(fits, TypedName.IsOf(new(legal, chosen), typed));

    [Fact]
    public void Another_persons_name_signs_nothing() =>
        Assert.Equal("Type the name we have for you: Wren Ó Bury.", Refused(Sign(Admitted, Wish("doc-telehealth") with { TypedName = "Robin Bury" })));

    [Fact]
    public void Intent_is_said_not_assumed() => Assert.Equal("Check the box if this is what you want.", Refused(Sign(Admitted, Wish("doc-telehealth") with { Agreed = false })));

    [Fact]
    public void A_teach_back_answer_that_misses_the_text_is_corrected_gently_and_nothing_is_signed()
    {
        var wish = Wish("doc-ket-consent");
        wish = wish with { TeachBack = wish.TeachBack.SetItem("tb-driving", "As soon as I feel fine") };
        var problem = SigningConsent.Problems(All.Find("doc-ket-consent") ?? throw new InvalidOperationException(), new("Wren Ó Bury"), wish).Single();
        Assert.True(problem.IsTeaching);
        Assert.StartsWith("Please look at part 5 again.", problem.Because, StringComparison.Ordinal);
        Assert.Equal(problem.Because, Refused(Sign(Admitted, wish)));
    }

    [Theory]
    [InlineData("roi-recipient", " ", "Who may receive it: this is needed.")]
    [InlineData("roi-information", "Everything", "What we may send: choose from the list.")]
    [InlineData("roi-until", "next year", "Until when: write a date such as 3/27/2027.")]
    [InlineData("roi-until", "11/22/2026", "Until when: choose a date from today to 12 months ahead.")]
    [InlineData("roi-until", "11/24/2027", "Until when: choose a date from today to 12 months ahead.")]
    public void What_is_filled_in_is_checked(string ask, string answer, string because)
    {
        var wish = Wish("doc-roi");
        Assert.Equal(because, Refused(Sign(Admitted, wish with { Answers = wish.Answers.SetItem(ask, answer) })));
    }

    [Fact]
    public void The_release_ends_with_the_day_written_in_at_the_practice()
    {
        var ends = OnlySigned(Sign(Admitted, Wish("doc-roi"))).EndsAt;
        Assert.Equal(new DateTimeOffset(2027, 7, 1, 0, 0, 0, TimeSpan.FromHours(-7)), ends);
    }

    [Fact]
    public void The_ketamine_consent_holds_once_the_clinician_has_signed_and_tells_the_protocol()
    {
        var alone = Signed("doc-ket-consent");
        Assert.DoesNotContain("consent-signed", alone.Facts.Keys);
        var both = SignedByBoth("doc-ket-consent");
        Assert.Equal(FactValue.Of(true), both.Facts["consent-signed"][^1].Fact.Value);
        Assert.Equal(FactSource.Clinician, both.Facts["consent-signed"][^1].Fact.Source);
        Assert.Equal("document doc-ket-consent", both.Facts["consent-signed"][^1].Fact.From?.Reference);
    }

    [Fact]
    public void Only_a_licensed_clinician_countersigns_once()
    {
        var chart = Signed("doc-ket-consent");
        var wish = new Countersign(chart.Consents.Signatures[0].Signed.Signature, SignerRole.Clinician, "now");
        Assert.Equal("Only a licensed clinician can sign. Your account shows no licence.", Refused(Countersigning.Decide(chart, All, wish, Papers.Desk, Now)));
        Assert.Equal("Only the practice signs here.", Refused(Countersigning.Decide(chart, All, wish, Wren, Now)));
        Assert.IsType<AlreadySo>(Countersigning.Decide(SignedByBothOn(chart), All, wish, Nurse, Now));
    }

    static Chart SignedByBothOn(Chart chart) => After(chart, [.. Accepted(Countersigning.Decide(chart, All, new(chart.Consents.Signatures[0].Signed.Signature, SignerRole.Clinician, "now"), Nurse, Now))]);

    [Fact]
    public void A_witness_is_somebody_else()
    {
        var chart = After(Admitted, Now, Nurse, [.. Accepted(Sign(Admitted, Wish("doc-telehealth") with { Identity = IdentityMethod.Paper }, Nurse))]);
        var wish = new Countersign(chart.Consents.Signatures[0].Signed.Signature, SignerRole.Witness, "now");
        Assert.StartsWith("A witness is somebody other", Refused(Countersigning.Decide(chart, All, wish, Nurse, Now)), StringComparison.Ordinal);
        Assert.Single(Accepted(Countersigning.Decide(chart, All, wish, Papers.Desk, Now)));
    }

    [Fact]
    public void Offering_tells_the_patient_in_the_same_act_and_never_twice()
    {
        var offered = Accepted(Offering.Decide(Admitted, All, Fields, new([(Guid.NewGuid(), "doc-telehealth"), (Guid.NewGuid(), "doc-comms")], Guid.NewGuid()), Now));
        Assert.Equal(2, offered.OfType<ConsentOffered>().Count());
        Assert.Equal("consent-waiting", offered.OfType<MessageAsked>().Single().Template);
        var chart = After(Admitted, [.. offered]);
        Assert.Equal(2, ConsentWork.NextSteps(chart, Now).Count());
        Assert.IsType<AlreadySo>(Offering.Decide(chart, All, Fields, new([(Guid.NewGuid(), "doc-comms")], Guid.NewGuid()), Now));
        Assert.Single(ConsentWork.NextSteps(Signed("doc-comms", chart), Now));
    }

    [Fact]
    public void Taking_back_is_told_to_the_practice_and_to_the_protocol()
    {
        var chart = SignedByBoth("doc-ket-consent");
        var events = Accepted(TakingBack.Withdraw(chart, All, new(chart.Consents.Signatures[0].Signed.Signature, "", Guid.NewGuid()), Wren, Now));
        var after = After(chart, Now, Wren, [.. events]);
        Assert.Equal(FactValue.Of(false), after.Facts["consent-signed"][^1].Fact.Value);
        Assert.Equal(AddresseeKind.Staff, events.OfType<MessageAsked>().Single().To.Kind);
        Assert.Contains(ConsentWork.Rows(after), r => r.Json.Contains("Taken back", StringComparison.Ordinal));
        Assert.IsType<AlreadySo>(TakingBack.Withdraw(after, All, new(after.Consents.Signatures[0].Signed.Signature, "", Guid.NewGuid()), Wren, Now));
        Assert.StartsWith("TAKEN BACK.", ConsentLetter.Of(after.Consents.Signatures[0]).Blocks.OfType<LetterParagraph>().First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_cannot_be_taken_back()
    {
        var chart = Signed("doc-npp-ack");
        Assert.StartsWith("This only says", Refused(TakingBack.Withdraw(chart, All, new(chart.Consents.Signatures[0].Signed.Signature, "", Guid.NewGuid()), Wren, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_signature_that_waits_and_an_end_that_nears_are_on_the_worklist()
    {
        Assert.Contains(ConsentWork.Rows(Signed("doc-ket-consent")), r => r.Json.Contains("Sign after the patient", StringComparison.Ordinal));
        var row = Casement.FollowUp.Worklist.Read(ConsentWork.Rows(SignedByBoth("doc-ket-consent")).Single(r => r.Json.Contains("Ends soon", StringComparison.Ordinal)).Json);
        Assert.Equal(Now.AddMonths(6), row.DueAt);
        Assert.Equal(Now.AddMonths(6).AddDays(-30), row.Since);
    }

    [Fact]
    public void Nothing_is_signed_on_the_chart_of_nobody() =>
        Assert.Equal("We have no such document.", Refused(Sign(Chart.Empty, Wish("doc-telehealth"))));
}
