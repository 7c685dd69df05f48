using System.Collections.Immutable;
using System.Text;
using Casement.Definitions.Fhir;
using Casement.Fhir.Records;
using Casement.Intake;

namespace Casement.Fhir.Tests;

/// <summary>The record map of the repository, and short ways to write a record and look at what came of it.</summary>
static class House
{
    public static readonly string Root = FindRoot();
    public static readonly RecordMap Map = RecordMapFiles.Load(Path.Combine(Root, "definitions", "fhir"));
    public static readonly Guid Import = new("11111111-2222-3333-4444-555555555555");
    public static readonly DateTimeOffset AsOf = new(2026, 3, 9, 12, 0, 0, TimeSpan.FromHours(-6));

    public const string Ana = """{"resourceType":"Patient","id":"ana","name":[{"use":"official","family":"Ruiz","given":["Ana"]}],"gender":"female","birthDate":"1980-05-17"}""";

    public static RecordOutcome Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static RecordOutcome Read(byte[] bytes, RecordLimits? limits = null) => new RecordReading(Map, limits).Read(bytes, Import, AsOf);

    /// <summary>A collection of Ana and these resources.</summary>
    public static ImportedRecord Record(params string[] resources) => Imported(Read(Bundle([Ana, .. resources])));

    public static string Bundle(params IEnumerable<string> resources) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(",", resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""";

    public static ImportedRecord Imported(RecordOutcome outcome) => outcome is ImportedRecord record ? record : throw new Xunit.Sdk.XunitException($"It was refused: {(outcome as RefusedRecord)?.Because}");

    public static string Refused(RecordOutcome outcome) => outcome is RefusedRecord refused ? refused.Because : throw new Xunit.Sdk.XunitException("It was not refused.");

    /// <summary>Facts as "id = value", one each.</summary>
    public static ImmutableArray<string> Facts(this ImportedRecord record) => [.. record.Facts.Select(f => $"{f.Fact} = {f.Value}")];

    public static ImmutableArray<string> Asked(this ImportedRecord record) => [.. record.Hints.Select(h => h.Fact).Distinct()];

    public static string Condition(string system, string code, string clinical = "active", string verification = "confirmed", string more = "\"onsetDateTime\":\"2024-02-01\"", string id = "c1") =>
        $$"""
        {"resourceType":"Condition","id":"{{id}}",
         {{(clinical.Length > 0 ? $$""" "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"{{clinical}}"}]}, """ : "")}}
         {{(verification.Length > 0 ? $$""" "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"{{verification}}"}]}, """ : "")}}
         "code":{"coding":[{"system":"{{system}}","code":"{{code}}"}]},"subject":{"reference":"Patient/ana"}{{(more.Length > 0 ? $",{more}" : "")}}}
        """;

    public static string Observation(string loinc, string value, string at = "2026-03-01T09:00:00-06:00", string status = "final", string more = "", string id = "o1") =>
        $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"{{status}}","code":{"coding":[{"system":"http://loinc.org","code":"{{loinc}}"}]},
         "subject":{"reference":"Patient/ana"}{{(at.Length > 0 ? $",\"effectiveDateTime\":\"{at}\"" : "")}}{{(value.Length > 0 ? $",{value}" : "")}}{{(more.Length > 0 ? $",{more}" : "")}}}
        """;

    public static string Quantity(string value, string unit) => $$""" "valueQuantity":{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} """;

    public static string Coded(string system, string code) => $$""" "valueCodeableConcept":{"coding":[{"system":"{{system}}","code":"{{code}}"}]} """;

    public const string Snomed = "http://snomed.info/sct";
    public const string Icd = "http://hl7.org/fhir/sid/icd-10-cm";
    public const string Loinc = "http://loinc.org";
    public const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";

    public static string Pressure(string sys, string dia, string at, string id, string encounter = "", string more = "") =>
        $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
         "subject":{"reference":"Patient/ana"},"effectiveDateTime":"{{at}}"{{(encounter.Length > 0 ? $$""","encounter":{"reference":"Encounter/{{encounter}}"}""" : "")}},
         "component":[
          {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},{{Quantity(sys, "mm[Hg]")}}},
          {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},{{Quantity(dia, "mm[Hg]")}}}{{(more.Length > 0 ? $",{more}" : "")}}]}
        """;

    public static string Medicine(string type, string status, string medication, string more = "", string id = "m1") =>
        $$"""{"resourceType":"{{type}}","id":"{{id}}","status":"{{status}}",{{medication}},"subject":{"reference":"Patient/ana"}{{(more.Length > 0 ? $",{more}" : "")}}}""";

    public static string Drug(string name, string? rxcui = null) =>
        rxcui is null
            ? $$""" "medicationCodeableConcept":{"text":"{{name}}"} """
            : $$""" "medicationCodeableConcept":{"coding":[{"system":"{{RxNorm}}","code":"{{rxcui}}","display":"{{name}}"}]} """;

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Casement.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("Casement.slnx is in no folder above the tests.");
    }
}
