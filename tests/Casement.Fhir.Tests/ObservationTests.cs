using Xunit;
using static Casement.Fhir.Tests.House;

namespace Casement.Fhir.Tests;

public sealed class ObservationTests
{
    [Theory]
    [InlineData("29463-7", "70.5", "kg", "weight-kg = 70.5")]
    [InlineData("29463-7", "155", "[lb_av]", "weight-kg = 70.306817")]
    [InlineData("29463-7", "70500", "g", "weight-kg = 70.5")]
    [InlineData("39156-5", "31.2", "kg/m2", "bmi = 31.2")]
    [InlineData("8867-4", "72", "/min", "hr-rest = 72")]
    [InlineData("1975-2", "0.8", "mg/dL", "bilirubin = 0.8")]
    [InlineData("14631-6", "17.1041", "umol/L", "bilirubin = 1")]
    [InlineData("2823-3", "4.1", "mmol/L", "potassium = 4.1")]
    [InlineData("2823-3", "4.1", "meq/L", "potassium = 4.1")]
    [InlineData("3016-3", "2.5", "u[IU]/mL", "tsh = 2.5")]
    [InlineData("3016-3", "2.5", "mU/L", "tsh = 2.5")]
    [InlineData("8636-3", "0.43", "s", "qtc-ms = 430")]
    [InlineData("8636-3", "430", "ms", "qtc-ms = 430")]
    [InlineData("10230-1", "55", "%", "lvef-percent = 55")]
    [InlineData("98979-8", "58", "mL/min/{1.73_m2}", "egfr = 58")]
    [InlineData("44261-6", "17", "{score}", "phq9-total = 17")]
    [InlineData("44261-6", "17", "1", "phq9-total = 17")]
    [InlineData("59408-5", "97", "%", "spo2-room-air = 97")]
    public void A_number_is_kept_in_the_unit_of_its_fact(string code, string value, string unit, string fact) =>
        Assert.Equal([fact], Record(Observation(code, Quantity(value, unit))).Facts());

    [Theory]
    [InlineData("29463-7", "70", "m", "cannot be turned into kg")]
    [InlineData("29463-7", "70", "", "no unit")]
    [InlineData("1975-2", "1", "mmol/L", "cannot be turned into mg/dL")]
    [InlineData("29463-7", "700", "kg", "outside the allowed range")]
    [InlineData("44261-6", "28", "{score}", "outside the allowed range")]
    [InlineData("44261-6", "3.5", "{score}", "outside the allowed range")]
    public void A_number_that_cannot_be_had_exactly_is_refused_and_listed(string code, string value, string unit, string why)
    {
        var record = Record(Observation(code, Quantity(value, unit)));
        Assert.Empty(record.Facts);
        Assert.Contains(record.NotUsed, l => l.Contains(why, StringComparison.Ordinal));
    }

    [Theory, InlineData("entered-in-error"), InlineData("cancelled"), InlineData("preliminary"), InlineData("registered"), InlineData("unknown")]
    public void Only_a_finished_result_counts(string status) => Assert.Empty(Record(Observation("29463-7", Quantity("70", "kg"), status: status)).Facts);

    [Fact]
    public void The_newest_value_stands_and_the_others_are_counted()
    {
        var record = Record(Observation("29463-7", Quantity("70", "kg"), "2025-01-01"), Observation("29463-7", Quantity("75", "kg"), "2026-01-01", id: "o2"), Observation("29463-7", Quantity("72", "kg"), "2025-06-01", id: "o3"));
        Assert.Equal(["weight-kg = 75"], record.Facts());
        Assert.Contains(record.NotUsed, l => l.Contains("×2: an earlier", StringComparison.Ordinal));
    }

    [Fact]
    public void Different_values_for_one_moment_are_asked_about()
    {
        var record = Record(Observation("29463-7", Quantity("70", "kg")), Observation("29463-7", Quantity("75", "kg"), id: "o2"));
        Assert.Empty(record.Facts);
        Assert.Equal(["weight-kg"], record.Asked());
    }

    [Fact]
    public void A_result_without_date_value_or_of_another_being_is_not_used()
    {
        Assert.Empty(Record(Observation("29463-7", Quantity("70", "kg"), at: "")).Facts);
        Assert.Empty(Record(Observation("29463-7", "", more: """ "dataAbsentReason":{"text":"unknown"} """)).Facts);
        Assert.Empty(Record(Observation("8867-4", Quantity("140", "/min"), more: """ "focus":[{"display":"fetus"}] """)).Facts);
        Assert.Empty(Record(Observation("29463-7", Quantity("70", "kg"), at: "2026-03-10")).Facts);
    }

    [Fact]
    public void A_limit_is_no_number()
    {
        var record = Record(Observation("98979-8", """ "valueQuantity":{"value":60,"comparator":">","code":"mL/min/{1.73_m2}"} """));
        Assert.Empty(record.Facts);
        Assert.Equal(["egfr"], record.Asked());
    }

    [Fact]
    public void A_liver_enzyme_needs_its_own_laboratorys_limit()
    {
        const string range = """ "referenceRange":[{"high":{"value":40,"code":"U/L"}}] """;
        Assert.Equal(["alt-x-uln = 2"], Record(Observation("1742-6", Quantity("80", "U/L"), more: range)).Facts());
        Assert.Equal(["alt-x-uln"], Record(Observation("1742-6", Quantity("80", "U/L"))).Asked());
        Assert.Empty(Record(Observation("1742-6", Quantity("80", "U/L"), more: """ "referenceRange":[{"high":{"value":40,"code":"ukat/L"}}] """)).Facts);
        Assert.Empty(Record(Observation("1742-6", Quantity("80", "U/L"), more: """ "referenceRange":[{"high":{"value":40,"code":"U/L"}},{"high":{"value":30,"code":"U/L"}}] """)).Facts);
    }

    [Fact]
    public void Alp_alone_is_shown_and_with_ggt_the_higher_stands()
    {
        string Enzyme(string code, string value, string id) => Observation(code, Quantity(value, "U/L"), more: """ "referenceRange":[{"high":{"value":100,"code":"U/L"}}] """, id: id);
        Assert.Equal(["alp-ggt-x-uln"], Record(Enzyme("6768-6", "120", "o1")).Asked());
        Assert.Equal(["alp-ggt-x-uln = 1.5"], Record(Enzyme("6768-6", "120", "o1"), Enzyme("2324-2", "150", "o2")).Facts());
    }

    [Theory]
    [InlineData("1.9", "H", "ft4-high = yes")]
    [InlineData("1.2", "N", "ft4-high = no")]
    public void High_is_what_the_laboratory_calls_high(string value, string flag, string fact) =>
        Assert.Equal([fact], Record(Observation("3024-7", Quantity(value, "ng/dL"), more: $$$""" "interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"{{{flag}}}"}]}],"referenceRange":[{"high":{"value":1.7,"code":"ng/dL"}}] """)).Facts());

    [Fact]
    public void A_flag_that_disagrees_with_the_range_is_asked_about() =>
        Assert.Equal(["ft4-high"], Record(Observation("3024-7", Quantity("1.2", "ng/dL"), more: """ "interpretation":[{"coding":[{"code":"H"}]}],"referenceRange":[{"high":{"value":1.7,"code":"ng/dL"}}] """)).Asked());

    [Fact]
    public void A_single_reading_is_no_mean()
    {
        var record = Record(Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1", "e1"));
        Assert.Empty(record.Facts);
        Assert.Contains(record.NotUsed, l => l.Contains("single reading", StringComparison.Ordinal));
        Assert.Equal(["bp-dia-avg", "bp-sys-avg"], record.Asked());
    }

    [Fact]
    public void Readings_of_one_visit_are_averaged()
    {
        var record = Record(Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1", "e1"), Pressure("141", "90", "2026-03-01T09:02:00-06:00", "b2", "e1"), Pressure("190", "120", "2026-02-01T09:02:00-06:00", "b3", "e0"));
        Assert.Equal(["bp-dia-avg = 92.5", "bp-sys-avg = 145.5"], record.Facts());
        Assert.Equal("Observation/b2, Observation/b1", record.Facts[0].From?.Reference);
    }

    [Fact]
    public void Readings_of_one_day_without_an_encounter_are_one_visit_and_of_two_days_are_not()
    {
        Assert.Equal(["bp-dia-avg = 90", "bp-sys-avg = 140"], Record(Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1"), Pressure("130", "85", "2026-03-01T09:02:00-06:00", "b2")).Facts());
        Assert.Empty(Record(Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1"), Pressure("130", "85", "2026-03-02T09:02:00-06:00", "b2")).Facts);
    }

    [Fact]
    public void Readings_less_than_a_minute_apart_are_one() =>
        Assert.Empty(Record(Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1", "e1"), Pressure("130", "85", "2026-03-01T09:00:30-06:00", "b2", "e1")).Facts);

    [Fact]
    public void A_later_single_reading_that_is_higher_takes_the_mean_away()
    {
        string[] mean = [Pressure("120", "80", "2026-03-01T09:00:00-06:00", "b1", "e1"), Pressure("122", "80", "2026-03-01T09:02:00-06:00", "b2", "e1")];
        Assert.Empty(Record([.. mean, Pressure("190", "110", "2026-03-05T09:00:00-06:00", "b3", "e2")]).Facts);
        Assert.Equal(["bp-dia-avg = 80", "bp-sys-avg = 121"], Record([.. mean, Pressure("118", "78", "2026-03-05T09:00:00-06:00", "b3", "e2")]).Facts());
    }

    [Fact]
    public void A_standing_reading_is_another_measurement()
    {
        const string standing = """{"code":{"coding":[{"system":"http://loinc.org","code":"8361-8"}]},"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"10904000"}],"text":"Standing"}}""";
        Assert.Empty(Record(Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1", "e1", standing), Pressure("141", "90", "2026-03-01T09:02:00-06:00", "b2", "e1")).Facts);
    }

    [Fact]
    public void Kilopascals_are_converted() =>
        Assert.Equal("bp-sys-avg = 120", Record(
            Pressure("120", "80", "2026-03-01T09:00:00-06:00", "b1", "e1"),
            Pressure("15.9986864898", "10.6657909932", "2026-03-01T09:05:00-06:00", "b2", "e1").Replace("mm[Hg]", "kPa", StringComparison.Ordinal)).Facts()[1]);

    [Fact]
    public void A_saturation_on_oxygen_is_not_one_on_room_air()
    {
        const string flow = """ "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"3151-8"}]},"valueQuantity":{"value":2,"code":"L/min"}}] """;
        Assert.Empty(Record(Observation("59408-5", Quantity("97", "%"), more: flow)).Facts);
        Assert.DoesNotContain(Record(Observation("59408-5", Quantity("97", "%")), Condition(Icd, "J96.11")).Facts, f => f.Fact == "spo2-room-air");
    }

    [Fact]
    public void Answers_are_read_by_code()
    {
        Assert.Equal(["cssrs-q1 = yes"], Record(Observation("93246-7", Coded(Loinc, "LA33-6"))).Facts());
        Assert.Equal(["cssrs-q2 = no"], Record(Observation("93247-5", """ "valueBoolean":false """)).Facts());
        Assert.Equal(["phq9-item9 = 2"], Record(Observation("44260-8", Coded(Loinc, "LA6570-1"))).Facts());
        Assert.Equal(["phq9-item9 = 3"], Record(Observation("44260-8", """ "valueInteger":3 """)).Facts());
        Assert.Equal(["phq9-total = 12"], Record(Observation("44261-6", """ "valueString":"12" """)).Facts());
        Assert.Equal(["pregnancy-test = negative"], Record(Observation("2106-3", Coded(Snomed, "260385009"))).Facts());
        Assert.Equal(["pregnancy-test = positive"], Record(Observation("2118-8", """ "valueString":"Positive" """)).Facts());
        Assert.Equal(["pregnant = no"], Record(Observation("82810-3", Coded(Snomed, "60001007"))).Facts());
        Assert.Equal(["pregnant"], Record(Observation("82810-3", Coded(Snomed, "146799005"))).Asked());
        Assert.Equal(["pregnancy-test"], Record(Observation("2106-3", """ "valueString":"see note" """)).Asked());
    }

    [Fact]
    public void A_panel_code_is_no_score() => Assert.Empty(Record(Observation("44249-1", Quantity("12", "{score}"))).Facts);

    [Fact]
    public void An_audit_score_of_three_depends_on_sex_and_is_asked_about()
    {
        Assert.Equal(["audit-c-positive = yes", "audit-c-total = 4"], Record(Observation("75626-2", Quantity("4", "{score}"))).Facts());
        Assert.Equal(["audit-c-positive"], Record(Observation("75626-2", Quantity("3", "{score}"))).Asked());
    }

    [Theory]
    [InlineData("314137006", "394717006", "ua-infection = yes")]
    [InlineData("314138001", "394717006", "ua-infection = no")]
    [InlineData("314138001", "394712000", null)]
    public void A_urine_strip_says_what_it_can(string nitrite, string leukocytes, string? fact)
    {
        var record = Record(Observation("5802-4", Coded(Snomed, nitrite)), Observation("5799-2", Coded(Snomed, leukocytes), id: "o2"));
        if (fact is null) Assert.Equal(["ua-infection"], record.Asked());
        else Assert.Equal([fact], record.Facts());
    }

    [Fact]
    public void The_risk_count_stands_from_two_known_factors()
    {
        var bmi = Observation("39156-5", Quantity("31", "kg/m2"), "2026-02-01");
        var smoker = Observation("72166-2", Coded(Snomed, "449868002"), "2026-02-01", id: "o2");
        Assert.Contains("cv-risk-count = 2", Record(bmi, smoker).Facts());
        Assert.DoesNotContain(Record(bmi).Facts, f => f.Fact == "cv-risk-count");
        Assert.Contains("cv-risk-count = 3", Record(bmi, smoker, Condition(Icd, "E11.9")).Facts());
        Assert.DoesNotContain(Record(Observation("39156-5", Quantity("31", "kg/m2"), "2021-02-01"), smoker).Facts, f => f.Fact == "cv-risk-count");
    }

    static string Answers(string items, string status = "completed") =>
        $$"""{"resourceType":"QuestionnaireResponse","id":"q","status":"{{status}}","subject":{"reference":"Patient/ana"},"authored":"2026-03-01T08:00:00-06:00","item":[{"linkId":"/44249-1","item":[{{items}}]}]}""";

    static string Item(string code, string answer) => $$"""{"linkId":"/{{code}}","answer":[{{{answer}}}]}""";

    [Fact]
    public void A_questionnaire_answers_by_its_link_ids_and_its_total_has_to_add_up()
    {
        var items = string.Join(",", new[] { "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8" }.Select(c => Item(c, """ "valueCoding":{"system":"http://loinc.org","code":"LA6569-3"} """)));
        Assert.Equal(["phq9-item9 = 1", "phq9-total = 9"], Record(Answers($"{items},{Item("44261-6", "\"valueDecimal\":9")}")).Facts());
        var wrong = Record(Answers($"{items},{Item("44261-6", "\"valueDecimal\":7")}"));
        Assert.Equal(["phq9-item9 = 1"], wrong.Facts());
        Assert.Equal(["phq9-total"], wrong.Asked());
        Assert.Empty(Record(Answers(items, "in-progress")).Facts);
    }
}
