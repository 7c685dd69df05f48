using Casement.Fhir.Records;
using Xunit;
using static Casement.Fhir.Tests.House;

namespace Casement.Fhir.Tests;

public sealed class MedicineTests
{
    [Theory]
    [InlineData("lisinopril 10 MG Oral Tablet", "lisinopril")]
    [InlineData("Amlodipine 5 MG / Olmesartan medoxomil 20 MG Oral Tablet", "amlodipine,olmesartan medoxomil")]
    [InlineData("sertraline 50 MG Oral Tablet [Zoloft]", "sertraline")]
    [InlineData("Zoloft 50 mg", "sertraline")]
    [InlineData("24 HR venlafaxine 150 MG Extended Release Oral Capsule", "venlafaxine")]
    [InlineData("NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector", "epinephrine")]
    [InlineData("Acetaminophen 325 MG / oxyCODONE Hydrochloride 5 MG Oral Tablet", "acetaminophen,oxycodone")]
    [InlineData("St. John's wort 300 mg", "St John's wort")]
    [InlineData("divalproex sodium 500 MG Delayed Release Oral Tablet", "valproate")]
    [InlineData("lithium carbonate 300 MG Oral Capsule", "lithium carbonate")]
    [InlineData("buprenorphine 8 MG / naloxone 2 MG Sublingual Film [Suboxone]", "buprenorphine,naloxone")]
    [InlineData("Suboxone", "buprenorphine,naloxone")]
    [InlineData("dextroamphetamine-amphetamine 20 mg", "dextroamphetamine,amphetamine")]
    [InlineData("norepinephrine", "norepinephrine")]
    [InlineData("Loratadine 5 MG Chewable Tablet", "loratadine")]
    [InlineData("Yaz 28 Day Pack", "yaz 28 day pack")]
    [InlineData("MDMA", "MDMA")]
    public void Ingredients_are_found_as_whole_words(string text, string ingredients) => Assert.Equal(ingredients, string.Join(",", DrugName.Parse(Map, text).Select(c => c.Ingredient)));

    [Fact]
    public void A_medicine_is_kept_with_its_code_words_and_source()
    {
        var medicine = Assert.Single(Record(Medicine("MedicationRequest", "active", Drug("sertraline 50 MG Oral Tablet", "312941"), "\"intent\":\"order\",\"authoredOn\":\"2025-05-01\"")).Medicines ?? []);
        Assert.Equal(("sertraline", "36437", true, new DateOnly(2025, 5, 1), "MedicationRequest/m1"), (medicine.Ingredient, medicine.Rxcui, medicine.Active, medicine.StartedOn, medicine.From?.Reference));
        Assert.Null(medicine.DailyDoseMg);
        Assert.Null(medicine.LastTakenAt);
    }

    [Fact]
    public void An_ingredient_code_is_enough() => Assert.Equal("clonazepam", Assert.Single(Record(Medicine("MedicationRequest", "active", """ "medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"2598"}]} """)).Medicines ?? []).Ingredient);

    [Fact]
    public void A_name_in_no_table_stays_on_the_list_and_is_said_to_be_in_no_class()
    {
        var record = Record(Medicine("MedicationStatement", "active", Drug("Frobnicol 5 MG Oral Tablet")));
        Assert.Equal("frobnicol", Assert.Single(record.Medicines ?? []).Ingredient);
        Assert.Contains("Medicine frobnicol ×1: on the list, in no class of the protocol", record.NotUsed);
    }

    [Fact]
    public void No_medicines_section_is_not_an_empty_list()
    {
        Assert.Null(Record().Medicines);
        Assert.Empty(Record(Medicine("MedicationStatement", "active", """ "medicationCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"787481004"}]} """)).Medicines ?? throw new InvalidOperationException());
        Assert.Null(Record(Medicine("MedicationRequest", "entered-in-error", Drug("sertraline"))).Medicines);
    }

    [Theory]
    [InlineData("MedicationRequest", "active", true)]
    [InlineData("MedicationRequest", "on-hold", true)]
    [InlineData("MedicationRequest", "unknown", true)]
    [InlineData("MedicationRequest", "completed", false)]
    [InlineData("MedicationRequest", "stopped", false)]
    [InlineData("MedicationRequest", "cancelled", null)]
    [InlineData("MedicationRequest", "draft", null)]
    [InlineData("MedicationRequest", "entered-in-error", null)]
    [InlineData("MedicationStatement", "active", true)]
    [InlineData("MedicationStatement", "intended", true)]
    [InlineData("MedicationStatement", "stopped", false)]
    [InlineData("MedicationStatement", "not-taken", null)]
    [InlineData("MedicationAdministration", "not-done", null)]
    [InlineData("MedicationDispense", "cancelled", null)]
    public void A_status_decides_whether_it_is_taken(string type, string status, bool? active)
    {
        var list = Record(Medicine(type, status, Drug("diazepam 5 MG Oral Tablet"))).Medicines ?? [];
        if (active is { } on) Assert.Equal(on, Assert.Single(list).Active);
        else Assert.Empty(list);
    }

    [Fact]
    public void An_order_not_to_give_is_no_medicine() => Assert.Null(Record(Medicine("MedicationRequest", "active", Drug("diazepam"), "\"doNotPerform\":true")).Medicines);

    [Fact]
    public void The_last_dose_comes_only_from_giving_or_from_a_statement_of_it()
    {
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 8, 0, 0, TimeSpan.FromHours(-6)), Assert.Single(Record(Medicine("MedicationAdministration", "completed", Drug("midazolam"), "\"effectiveDateTime\":\"2026-03-08T08:00:00-06:00\"")).Medicines ?? []).LastTakenAt);
        Assert.NotNull(Assert.Single(Record(Medicine("MedicationStatement", "stopped", Drug("diazepam"), "\"effectivePeriod\":{\"start\":\"2025-01-01\",\"end\":\"2025-02-01\"}")).Medicines ?? []).LastTakenAt);
        Assert.Null(Assert.Single(Record(Medicine("MedicationDispense", "completed", Drug("diazepam"), "\"whenHandedOver\":\"2026-03-01\"")).Medicines ?? []).LastTakenAt);
    }

    [Fact]
    public void A_supply_lasts_as_long_as_it_says()
    {
        const string supply = "\"whenHandedOver\":\"2026-01-01\",\"daysSupply\":{\"value\":30}";
        Assert.False(Assert.Single(Record(Medicine("MedicationDispense", "completed", Drug("diazepam"), supply)).Medicines ?? []).Active);
        Assert.True(Assert.Single(Record(Medicine("MedicationDispense", "completed", Drug("diazepam"), supply.Replace("30", "90", StringComparison.Ordinal))).Medicines ?? []).Active);
    }

    static string Dosage(string repeat, string dose, string more = "") => $$$""" "dosageInstruction":[{"timing":{"repeat":{ {{{repeat}}} }},"doseAndRate":[{"doseQuantity":{ {{{dose}}} }}]{{{more}}}}] """;
    const string Twice = "\"frequency\":2,\"period\":1,\"periodUnit\":\"d\"";

    [Theory]
    [InlineData(Twice, "\"value\":0.5,\"unit\":\"mg\",\"code\":\"mg\"", "", 1.0)]
    [InlineData(Twice, "\"value\":2,\"unit\":\"tablet\"", "", 4.0)]
    [InlineData("\"frequency\":1,\"period\":8,\"periodUnit\":\"h\"", "\"value\":1,\"unit\":\"tablet\"", "", 3.0)]
    [InlineData("\"frequency\":1,\"period\":2,\"periodUnit\":\"d\"", "\"value\":2,\"unit\":\"tablet\"", "", 1.0)]
    [InlineData(Twice, "\"value\":2", "", null)]
    [InlineData(Twice, "\"value\":2,\"unit\":\"drop\"", "", null)]
    [InlineData(Twice, "\"value\":2,\"unit\":\"tablet\"", ",\"asNeededBoolean\":true", null)]
    [InlineData("\"frequency\":1,\"frequencyMax\":3,\"period\":1,\"periodUnit\":\"d\"", "\"value\":1,\"unit\":\"tablet\"", "", null)]
    public void A_daily_dose_is_worked_out_only_where_nothing_is_assumed(string repeat, string dose, string more, double? mg) =>
        Assert.Equal((decimal?)mg, Assert.Single(Record(Medicine("MedicationRequest", "active", Drug("lorazepam 1 MG Oral Tablet"), Dosage(repeat, dose, more))).Medicines ?? []).DailyDoseMg);

    [Fact]
    public void Two_dosages_are_no_daily_dose()
    {
        const string two = """ "dosageInstruction":[{"timing":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":1,"code":"mg"}}]},{"text":"and at night"}] """;
        Assert.Null(Assert.Single(Record(Medicine("MedicationRequest", "active", Drug("lorazepam 1 MG Oral Tablet"), two)).Medicines ?? []).DailyDoseMg);
    }

    [Fact]
    public void A_linked_or_contained_medication_names_it()
    {
        const string linked = """{"resourceType":"Medication","id":"med","code":{"text":"trade name"},"ingredient":[{"itemCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"36437"}]}}]}""";
        Assert.Equal("sertraline", Assert.Single(Record(linked, Medicine("MedicationRequest", "active", """ "medicationReference":{"reference":"Medication/med"} """)).Medicines ?? []).Ingredient);
        Assert.Equal("sertraline", Assert.Single(Record(Medicine("MedicationRequest", "active", """ "medicationReference":{"reference":"#x"},"contained":[{"resourceType":"Medication","id":"x","code":{"text":"Sertraline 50 mg"}}] """)).Medicines ?? []).Ingredient);
        var lost = Record(Medicine("MedicationRequest", "active", """ "medicationReference":{"reference":"Medication/gone"} """));
        Assert.Equal("medicine without a name", Assert.Single(lost.Medicines ?? []).Ingredient);
        Assert.Contains(lost.Problems, p => p.Contains("not named", StringComparison.Ordinal));
    }

    [Fact]
    public void Renewals_are_one_medicine_and_different_doses_are_two()
    {
        string Order(string id, string status, string value) => Medicine("MedicationRequest", status, Drug("lorazepam 1 MG Oral Tablet"), Dosage(Twice, $"\"value\":{value},\"unit\":\"tablet\""), id);
        Assert.True(Assert.Single(Record(Order("m1", "stopped", "1"), Order("m2", "active", "1")).Medicines ?? []).Active);
        Assert.Equal(2, Record(Order("m1", "active", "1"), Order("m2", "active", "2")).Medicines?.Length);
    }

    [Fact]
    public void Ketamine_from_elsewhere_is_asked_about() => Assert.Equal(["concurrent-ketamine-source"], Record(Medicine("MedicationRequest", "active", Drug("Spravato 28 MG Nasal Spray"))).Asked());
}
