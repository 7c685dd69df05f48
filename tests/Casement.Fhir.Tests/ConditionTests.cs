using Casement.Clearance;
using Xunit;
using static Casement.Fhir.Tests.House;

namespace Casement.Fhir.Tests;

public sealed class ConditionTests
{
    [Fact]
    public void An_active_diagnosis_answers_and_names_its_source()
    {
        var fact = Assert.Single(Record(Condition(Snomed, "38341003")).Facts);
        Assert.Equal(("hypertension-dx", FactValue.Of(true), FactSource.Record), (fact.Fact, fact.Value, fact.Source));
        Assert.Equal(("Condition/c1", (Guid?)Import), (fact.From?.Reference, fact.From?.Import));
        Assert.Equal(AsOf, fact.ObservedAt);
        Assert.Contains("38341003", fact.From?.Says);
        Assert.Contains("2024-02-01", fact.From?.Says);
    }

    [Theory, InlineData("I10"), InlineData("I11.9"), InlineData("I119"), InlineData("i10")]
    public void An_icd_code_answers_for_those_below_it(string code) => Assert.Equal(["hypertension-dx = yes"], Record(Condition(Icd, code)).Facts());

    [Fact]
    public void An_old_infarction_is_no_coronary_disease_by_prefix() => Assert.Equal(["mi-history = yes", "mi-months-ago = 25.18"], Record(Condition(Icd, "I25.2")).Facts());

    [Theory, InlineData("resolved"), InlineData("inactive"), InlineData("remission")]
    public void What_is_over_is_not_so_and_not_the_opposite(string clinical)
    {
        var record = Record(Condition(Snomed, "38341003", clinical));
        Assert.Empty(record.Facts);
        Assert.Equal(["hypertension-dx"], record.Asked());
    }

    [Theory, InlineData("active"), InlineData("resolved"), InlineData("remission"), InlineData("")]
    public void What_once_happened_stays_so(string clinical) => Assert.Contains("mi-history = yes", Record(Condition(Snomed, "22298006", clinical)).Facts());

    [Theory, InlineData("refuted"), InlineData("entered-in-error")]
    public void What_was_ruled_out_or_a_mistake_says_nothing(string verification)
    {
        var record = Record(Condition(Snomed, "38341003", verification: verification));
        Assert.Empty(record.Facts);
        Assert.Empty(record.Hints);
        Assert.Single(record.NotUsed, l => l.StartsWith("Condition SNOMED 38341003", StringComparison.Ordinal));
    }

    [Theory, InlineData("provisional"), InlineData("differential"), InlineData("unconfirmed")]
    public void A_doubtful_diagnosis_is_asked_about(string verification)
    {
        var record = Record(Condition(Snomed, "38341003", verification: verification));
        Assert.Empty(record.Facts);
        Assert.Equal(["hypertension-dx"], record.Asked());
    }

    [Fact]
    public void A_diagnosis_that_does_not_say_whether_it_is_active_is_asked_about()
    {
        var record = Record(Condition(Snomed, "38341003", clinical: ""));
        Assert.Empty(record.Facts);
        Assert.Equal(["hypertension-dx"], record.Asked());
    }

    [Theory, InlineData("84114007", "heart-failure"), InlineData("49436004", "arrhythmia"), InlineData("84757009", "seizure-disorder"), InlineData("78275009", "osa"), InlineData("19943007", "liver-disease")]
    public void A_strength_the_code_does_not_give_is_never_picked(string code, string fact)
    {
        var record = Record(Condition(Snomed, code));
        Assert.Empty(record.Facts);
        Assert.Equal([fact], record.Asked());
    }

    [Fact]
    public void A_bipolar_code_answers_as_far_as_it_goes_and_the_graver_stands()
    {
        Assert.Equal(["bipolar-type = unspecified"], Record(Condition(Icd, "F31.9")).Facts());
        Assert.Equal(["bipolar-type = bipolar-2"], Record(Condition(Icd, "F31.81"), Condition(Icd, "F31.9", id: "c2")).Facts());
    }

    [Fact]
    public void Two_different_answers_that_cannot_be_ranked_are_asked_about()
    {
        var record = Record(Condition(Snomed, "21454007"), Condition(Snomed, "274100004", id: "c2"));
        Assert.DoesNotContain(record.Facts, f => f.Fact == "intracranial-haemorrhage");
        Assert.Equal(2, record.Hints.Count(h => h.Fact == "intracranial-haemorrhage"));
    }

    [Fact]
    public void Months_are_counted_from_the_newest_event() =>
        Assert.Contains("mi-months-ago = 2", Record(
            Condition(Snomed, "22298006", more: "\"onsetDateTime\":\"2011-01-01\""),
            Condition(Snomed, "22298006", more: "\"onsetDateTime\":\"2026-01-07T15:00:00-06:00\"", id: "c2")).Facts()[1]);

    [Fact]
    public void A_vague_date_is_taken_as_late_as_it_may_be() =>
        Assert.Equal("mi-months-ago = 2.22", Record(Condition(Snomed, "22298006", more: "\"onsetDateTime\":\"2025\"")).Facts()[1]);

    [Theory, InlineData(""), InlineData("\"recordedDate\":\"2025-09-01\""), InlineData("\"onsetString\":\"in his forties\"")]
    public void An_event_without_a_date_has_no_months(string more)
    {
        var record = Record(Condition(Snomed, "22298006", more: more));
        Assert.Equal(["mi-history = yes"], record.Facts());
        Assert.Equal(["mi-months-ago"], record.Asked());
    }

    [Fact]
    public void An_undated_event_written_down_after_the_dated_one_could_be_newer()
    {
        var record = Record(Condition(Snomed, "22298006", more: "\"onsetDateTime\":\"2011-01-01\""), Condition(Snomed, "22298006", more: "\"recordedDate\":\"2026-01-01\"", id: "c2"));
        Assert.Equal(["mi-history = yes"], record.Facts());
        Assert.Contains("mi-months-ago", record.Asked());
    }

    [Fact]
    public void An_onset_age_spans_that_year_of_life() =>
        Assert.Equal("mi-months-ago = 57.74", Record(Condition(Snomed, "22298006", more: """ "onsetAge":{"value":40,"unit":"years","code":"a","system":"http://unitsofmeasure.org"} """)).Facts()[1]);

    [Fact]
    public void A_beginning_after_the_end_gives_no_date()
    {
        var record = Record(Condition(Snomed, "22298006", "resolved", more: "\"onsetDateTime\":\"2024-02-01\",\"abatementDateTime\":\"2020-01-01\""));
        Assert.Equal(["mi-history = yes"], record.Facts());
        Assert.Contains(record.Problems, p => p.Contains("contradict", StringComparison.Ordinal));
    }

    [Fact]
    public void What_lies_after_the_import_is_not_believed()
    {
        var record = Record(Condition(Snomed, "22298006", more: "\"onsetDateTime\":\"2026-03-10\""));
        Assert.Empty(record.Facts);
        Assert.Contains(record.NotUsed, l => l.EndsWith("dated after the import", StringComparison.Ordinal));
    }

    [Fact]
    public void A_short_lived_state_keeps_its_own_date() =>
        Assert.Equal(new DateOnly(2024, 2, 1), DateOnly.FromDateTime(Assert.Single(Record(Condition(Icd, "N39.0")).Facts).ObservedAt.Date));

    [Theory, InlineData("2025-12-01", "active", true), InlineData("2019-12-01", "active", false), InlineData("2025-12-01", "resolved", false)]
    public void A_pregnancy_counts_while_it_can_last(string onset, string clinical, bool counts) =>
        Assert.Equal(counts ? ["pregnant = yes"] : [], Record(Condition(Snomed, "77386006", clinical, more: $"\"onsetDateTime\":\"{onset}\"")).Facts());

    [Fact]
    public void An_attempt_in_the_last_three_months_answers_both_questions()
    {
        Assert.Equal(["cssrs-q6-3mo = yes", "cssrs-q6-lifetime = yes"], Record(Condition(Snomed, "82313006", "resolved", more: "\"onsetDateTime\":\"2026-01-20\"")).Facts());
        Assert.Equal(["cssrs-q6-lifetime = yes"], Record(Condition(Snomed, "82313006", "resolved", more: "\"onsetDateTime\":\"2015-01-20\"")).Facts());
        Assert.Contains("cssrs-q6-3mo", Record(Condition(Snomed, "82313006", "resolved", more: "\"onsetDateTime\":\"2025\"")).Asked());
    }

    [Fact]
    public void A_later_no_does_not_undo_what_happened()
    {
        var record = Record(Condition(Snomed, "82313006", "resolved", more: "\"onsetDateTime\":\"2015-01-20\""), Observation("93267-3", Coded(Loinc, "LA32-8")));
        Assert.Equal(["cssrs-q6-lifetime = yes"], record.Facts());
        Assert.Contains("cssrs-q6-lifetime", record.Asked());
    }

    [Fact]
    public void Nothing_is_said_by_an_empty_record() => Assert.Empty(Record().Facts);

    [Fact]
    public void A_code_of_no_fact_is_listed_with_its_count()
    {
        var record = Record(Condition(Snomed, "73595000"), Condition(Snomed, "73595000", id: "c2"));
        Assert.Contains("Condition SNOMED 73595000 ×2: no fact in the protocol", record.NotUsed);
    }

    [Fact]
    public void An_operation_that_prevents_pregnancy_is_asked_about()
    {
        var record = Record("""{"resourceType":"Procedure","id":"p","status":"completed","subject":{"reference":"Patient/ana"},"performedDateTime":"2020-01-01","code":{"coding":[{"system":"http://snomed.info/sct","code":"287664005"}]}}""");
        Assert.Empty(record.Facts);
        Assert.Equal(["pregnancy-potential"], record.Asked());
    }

    [Theory, InlineData("2025-09-01", true), InlineData("2024-09-01", false)]
    public void A_birth_counts_for_a_year(string on, bool counts)
    {
        var record = Record($$$"""{"resourceType":"Procedure","id":"p","status":"completed","subject":{"reference":"Patient/ana"},"performedDateTime":"{{{on}}}","code":{"coding":[{"system":"http://snomed.info/sct","code":"66348005"}]}}""");
        Assert.Equal(counts ? ["postpartum-12mo = yes"] : [], record.Facts());
    }

    [Theory, InlineData("MTH", true), InlineData("GRMTH", false)]
    public void Only_near_relatives_count(string role, bool counts)
    {
        var record = Record($$$"""{"resourceType":"FamilyMemberHistory","id":"f","status":"completed","patient":{"reference":"Patient/ana"},"relationship":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"{{{role}}}"}]},"condition":[{"code":{"coding":[{"system":"http://snomed.info/sct","code":"58214004"}]}}]}""");
        Assert.Equal(counts ? ["psychosis-first-degree-relative = yes"] : [], record.Facts());
    }

    static string Allergy(string code, string clinical = "active", string verification = "confirmed") =>
        $$"""{"resourceType":"AllergyIntolerance","id":"a{{code.GetHashCode(StringComparison.Ordinal)}}","clinicalStatus":{"coding":[{"code":"{{clinical}}"}]},"verificationStatus":{"coding":[{"code":"{{verification}}"}]},"code":{{code}},"patient":{"reference":"Patient/ana"},"recordedDate":"2026-02-01"}""";

    [Fact]
    public void A_ketamine_allergy_answers_by_code_or_by_name()
    {
        Assert.Equal(["allergy-ketamine = yes"], Record(Allergy("""{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"6130"}]}""")).Facts());
        Assert.Equal(["allergy-ketamine = yes"], Record(Allergy("""{"text":"Ketamine (hives)"}""")).Facts());
        Assert.Equal(["allergy-excipient = yes"], Record(Allergy("""{"text":"Benzethonium chloride"}""")).Facts());
        Assert.Empty(Record(Allergy("""{"text":"ketamine"}""", verification: "entered-in-error")).Facts);
        Assert.Equal(["allergy-ketamine"], Record(Allergy("""{"text":"ketamine"}""", verification: "unconfirmed")).Asked());
        Assert.Empty(Record(Allergy("""{"coding":[{"system":"http://snomed.info/sct","code":"84489001","display":"Mold (organism)"}]}""")).Facts);
    }

    [Fact]
    public void No_known_drug_allergy_answers_only_for_drugs_and_a_known_one_outweighs_it()
    {
        const string none = """{"coding":[{"system":"http://snomed.info/sct","code":"409137002"}]}""";
        Assert.Equal(["allergy-ketamine = no"], Record(Allergy(none)).Facts());
        Assert.Equal(["allergy-ketamine = yes"], Record(Allergy(none), Allergy("""{"text":"Ketamine"}""")).Facts());
        Assert.Equal(["allergy-excipient = no", "allergy-ketamine = no"], Record(Allergy("""{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}]}""")).Facts());
    }
}
