using System.Text.Json;
using Casement.Clearance;
using Casement.Intake;
using CsCheck;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Xunit;
using static Casement.Fhir.Tests.House;

namespace Casement.Fhir.Tests;

/// <summary>What holds for any record put together from the codes of the map.</summary>
public sealed class PropertyTests
{
    static readonly string[] Clinical = ["active", "resolved", "inactive", "remission", "recurrence", ""];
    static readonly (string System, string Code)[] Codes = [.. Map.Conditions.Rows.Select(r => (r.System == "snomed" ? Snomed : Icd, r.Code))];
    static readonly (string Code, string Value)[] Results =
    [
        ("29463-7", Quantity("70", "kg")), ("29463-7", Quantity("80", "kg")), ("39156-5", Quantity("33", "kg/m2")), ("44261-6", Quantity("15", "{score}")), ("75626-2", Quantity("5", "{score}")),
        ("93246-7", Coded(Loinc, "LA33-6")), ("93267-3", Coded(Loinc, "LA32-8")), ("72166-2", Coded(Snomed, "449868002")), ("8480-6", Quantity("150", "mm[Hg]")), ("8480-6", Quantity("130", "mm[Hg]")), ("5802-4", Coded(Snomed, "314138001")),
    ];
    static readonly string[] Drugs = ["sertraline 50 MG Oral Tablet", "diazepam 5 MG Oral Tablet", "Frobnicol 1 MG", "atorvastatin 20 MG Oral Tablet", "buprenorphine 8 MG / naloxone 2 MG Sublingual Film"];

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static readonly Gen<string> ACondition =
        from code in OneOf(Codes)
        from clinical in OneOf(Clinical)
        from verification in OneOf("confirmed", "provisional", "refuted", "")
        from day in Gen.Int[0, 4000]
        from id in Gen.Int[0, 1_000_000]
        select Condition(code.System, code.Code, clinical, verification, $"\"onsetDateTime\":\"{AsOf.AddDays(-day):yyyy-MM-dd}\"", $"c{id}");

    static readonly Gen<string> AnObservation =
        from result in OneOf(Results)
        from hour in Gen.Int[0, 20000]
        from id in Gen.Int[0, 1_000_000]
        select Observation(result.Code, result.Value, $"{AsOf.AddHours(-hour):yyyy-MM-ddTHH:mm:sszzz}", id: $"o{id}");

    static readonly Gen<string> AMedicine =
        from drug in OneOf(Drugs)
        from status in OneOf("active", "stopped", "on-hold")
        from id in Gen.Int[0, 1_000_000]
        select Medicine("MedicationRequest", status, Drug(drug), "\"intent\":\"order\"", $"m{id}");

    static readonly Gen<string[]> ARecord = Gen.OneOf(ACondition, AnObservation, AMedicine).Array[0, 12].Select(r => r.DistinctBy(x => JsonDocument.Parse(x).RootElement.GetProperty("id").GetString()).ToArray());

    static string Print(ImportedRecord r) => string.Join('\n', r.Facts.Select(f => f.ToString()).Concat(r.Hints.Select(h => h.ToString())).Concat((r.Medicines ?? []).Select(m => m.ToString())).Concat(r.NotUsed).Concat(r.Problems));

    [Fact]
    public void The_order_of_entries_changes_nothing() =>
        ARecord.Select(Gen.Int[0, int.MaxValue]).Sample((resources, seed) =>
        {
            var shuffled = resources.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Print(Imported(Read(Bundle([Ana, .. resources])))) == Print(Imported(Read(Bundle([.. shuffled, Ana]))));
        }, iter: 2000);

    [Fact]
    public void What_was_entered_in_error_changes_no_fact() =>
        ARecord.Select(ARecord).Sample((resources, wrong) =>
        {
            string[] mistakes = [.. wrong.Select(w => w.Replace("\"id\":\"", "\"id\":\"wrong-", StringComparison.Ordinal)).Select(w => w.Contains("\"resourceType\":\"Condition\"", StringComparison.Ordinal)
                ? Condition(Snomed, "22298006", verification: "entered-in-error", id: JsonDocument.Parse(w).RootElement.GetProperty("id").GetString() ?? "")
                : w.Replace("\"status\":\"final\"", "\"status\":\"entered-in-error\"", StringComparison.Ordinal).Replace("\"status\":\"active\"", "\"status\":\"entered-in-error\"", StringComparison.Ordinal).Replace("\"status\":\"stopped\"", "\"status\":\"entered-in-error\"", StringComparison.Ordinal).Replace("\"status\":\"on-hold\"", "\"status\":\"entered-in-error\"", StringComparison.Ordinal))];
            var (one, other) = (Imported(Read(Bundle([Ana, .. resources]))), Imported(Read(Bundle([Ana, .. resources, .. mistakes]))));
            return one.Facts.SequenceEqual(other.Facts) && one.Hints.SequenceEqual(other.Hints) && (one.Medicines ?? []).SequenceEqual(other.Medicines ?? []);
        }, iter: 2000);

    [Fact]
    public void Conditions_alone_never_reassure() =>
        ACondition.Array[0, 8].Sample(resources => Imported(Read(Bundle([Ana, .. resources.DistinctBy(x => x)]))).Facts.All(f => f.Value is not Casement.Clearance.Flag { Value: false } and not Choice { Value: "none" or "negative" }), iter: 2000);

    [Fact]
    public void There_is_one_answer_a_fact_and_it_fits_and_has_a_source() =>
        ARecord.Sample(resources =>
        {
            var record = Imported(Read(Bundle([Ana, .. resources])));
            return record.Facts.Select(f => f.Fact).Distinct().Count() == record.Facts.Length
                && record.Facts.All(f => Map.Facts[f.Fact].Holds(f.Value) && f.From is { Import: not null, Reference.Length: > 0, Says.Length: > 0 } && f.ObservedAt <= AsOf);
        }, iter: 2000);

    [Fact]
    public void Broken_bytes_never_throw() =>
        Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(Bundle(Ana, Condition(Snomed, "22298006"), Observation("29463-7", Quantity("70", "kg")), Medicine("MedicationRequest", "active", Drug("sertraline 50 MG Oral Tablet")), Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1", "e1")));
            foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
            return Read(bytes) is ImportedRecord or RefusedRecord;
        }, iter: 5_000);

    [Fact]
    public void Any_element_in_a_wrong_shape_never_throws() =>
        ARecord.Select(Gen.Int[0, int.MaxValue].Array[1, 4], OneOf("1", "\"x\"", "null", "[]", "{}", "[1]", "[null]", "{\"coding\":1}", "true", "\"half a pair\"", "1e400", "-1")).Sample((resources, places, wrong) =>
        {
            var root = System.Text.Json.Nodes.JsonNode.Parse(Bundle([Ana, .. resources, Pressure("150", "95", "2026-03-01T09:00:00-06:00", "b1", "e1")])) ?? throw new InvalidOperationException();
            foreach (var place in places)
            {
                var nodes = Everything(root).ToList();
                if (nodes.Count > 0) nodes[place % nodes.Count].ReplaceWith(System.Text.Json.Nodes.JsonNode.Parse(wrong));
            }
            return Read(root.ToJsonString().Replace("half a pair", "\\ud800", StringComparison.Ordinal)) is ImportedRecord or RefusedRecord;
        }, iter: 5_000);

    static IEnumerable<System.Text.Json.Nodes.JsonNode> Everything(System.Text.Json.Nodes.JsonNode node) => node switch
    {
        System.Text.Json.Nodes.JsonObject o => o.Select(p => p.Value).OfType<System.Text.Json.Nodes.JsonNode>().SelectMany(n => Everything(n).Prepend(n)),
        System.Text.Json.Nodes.JsonArray a => a.OfType<System.Text.Json.Nodes.JsonNode>().SelectMany(n => Everything(n).Prepend(n)),
        _ => [],
    };

    /// <summary>The Firely classes are the published reading of R4: written out by them again, a record says the same.</summary>
    [Theory, MemberData(nameof(SampleTests.Files), MemberType = typeof(SampleTests))]
    public void The_firely_classes_read_the_same(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Root, "samples", file));
        var bundle = Assert.IsType<Bundle>(new FhirJsonDeserializer().DeserializeResource(System.Text.Encoding.UTF8.GetString(bytes)));
        Assert.Equal(Print(Imported(Read(bytes))), Print(Imported(Read(new FhirJsonSerializer().SerializeToString(bundle)))));

        // And field by field, for what the facts of a sample rest on.
        var record = Imported(Read(bytes));
        var byReference = bundle.Entry.Select(e => e.Resource).OfType<Resource>().ToDictionary(r => $"{r.TypeName}/{r.Id}");
        foreach (var fact in record.Facts)
        {
            switch (byReference[fact.From?.Reference ?? ""])
            {
                case Observation { Value: Quantity quantity, Effective: FhirDateTime at }:
                    if (fact.Value is Number number) Assert.Equal(quantity.Value, number.Value);
                    Assert.Equal(at.ToDateTimeOffset(AsOf.Offset), fact.ObservedAt);
                    break;
                case Hl7.Fhir.Model.Condition condition:
                    Assert.Contains(condition.Code?.Coding[0].Code ?? "?", fact.From?.Says);
                    break;
            }
        }
        foreach (var medicine in record.Medicines ?? [])
        {
            if (byReference[medicine.From?.Reference ?? ""] is MedicationRequest request) Assert.Equal(request.Status == MedicationRequest.MedicationrequestStatus.Active, medicine.Active);
        }
    }
}
