using Casement.Clearance;
using Casement.Definitions.Fhir;
using Casement.Intake;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Xunit;

namespace Casement.Fhir.Tests;

/// <summary>The code map is data that people edit: every slip is named by file and line, and what it may claim is limited.</summary>
public sealed class MapTests
{
    static string Slip(string file, string from, string to)
    {
        var folder = Directory.CreateTempSubdirectory("casement-map");
        try
        {
            foreach (var path in Directory.GetFiles(Path.Combine(House.Root, "definitions", "fhir"), "*.yaml"))
            {
                var text = File.ReadAllText(path);
                if (Path.GetFileName(path) == file)
                {
                    Assert.Contains(from, text);
                    text = text.Replace(from, to, StringComparison.Ordinal);
                }
                File.WriteAllText(Path.Combine(folder.FullName, Path.GetFileName(path)), text);
            }
            return Assert.Throws<RecordMapException>(() => RecordMapFiles.Load(folder.FullName)).Message;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("conditions.yaml", "fact: hypertension-dx", "fact: hypertension", "'hypertension' is no fact")]
    [InlineData("conditions.yaml", "{fact: hypertension-dx, value: true", "{fact: hypertension-dx, value: high", "'hypertension-dx' cannot be 'high'")]
    [InlineData("conditions.yaml", "value: bipolar-2", "value: bipolar-3", "'bipolar-type' cannot be 'bipolar-3'")]
    [InlineData("conditions.yaml", "counts: ever", "counts: always", "'always' is not one of ever, while-active")]
    [InlineData("conditions.yaml", "lasting: true", "lastng: true", "'lastng' is not known here")]
    [InlineData("conditions.yaml", "[I42.1]", "[I25.2]", "there twice")]
    [InlineData("conditions.yaml", "says: [{fact: hcm-obstructive, value: true, counts: ever}]", "says: []", "it says nothing")]
    [InlineData("observations.yaml", "taking: quantity", "taking: number", "'number' is not one of")]
    [InlineData("observations.yaml", "answers: hcg", "answers: hcgg", "'hcgg' is no answer list")]
    [InlineData("observations.yaml", "{value: positive, snomed", "{value: maybe, snomed", "'pregnancy-test' cannot be 'maybe'")]
    [InlineData("units.yaml", "divisor: 1000", "divisor: 0", "a divisor is not zero")]
    [InlineData("medicines.yaml", "ingredients: [buprenorphine, naloxone]", "ingredients: [buprenorphine, naloxon]", "'naloxon' is no ingredient")]
    [InlineData("medicines.yaml", "rxcui: \"36437\"", "rxcui: \"2556\"", "belongs to two ingredients")]
    [InlineData("facts.yaml", "min: 60, max: 280", "min: 280, max: 60", "min is not below max")]
    [InlineData("facts.yaml", "facts:", "facts: [", "not valid YAML")]
    public void A_slip_is_named_by_file_and_line(string file, string from, string to, string says)
    {
        var message = Slip(file, from, to);
        Assert.Matches($@"^{file}, line \d+: ", message);
        Assert.Contains(says, message);
    }

    /// <summary>definitions/fhir/elements.yaml against the published R4 model, as the Firely classes carry it.</summary>
    [Fact]
    public void The_elements_are_those_of_the_published_model() =>
        Assert.All(House.Map.Elements, pair => Assert.Equal(Published(pair.Key), pair.Value.Order(StringComparer.Ordinal)));

    static IEnumerable<string> Published(string type)
    {
        var mapping = ModelInfo.ModelInspector.FindClassMapping(type) ?? throw new InvalidDataException(type);
        return mapping.PropertyMappings
            .SelectMany(e => e.Choice == ChoiceType.DatatypeChoice ? e.FhirType.Select(t => ModelInfo.ModelInspector.GetFhirTypeNameForType(t) ?? "").Select(n => $"{e.Name}{char.ToUpperInvariant(n[0])}{n[1..]}") : [e.Name])
            .Append("resourceType").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_condition_never_reassures() =>
        Assert.All(House.Map.Conditions.Rows.Concat(House.Map.Procedures.Rows).Concat(House.Map.Families.Rows).SelectMany(r => r.Meaning.Claims), c => Assert.False(c.Value is Casement.Clearance.Flag { Value: false } or Choice { Value: "none" or "never-treated" or "negative" }));

    [Fact]
    public void Every_class_of_the_protocol_has_an_ingredient() =>
        Assert.Equal(41, House.Map.Ingredients.Values.SelectMany(i => i.Classes).Distinct().Count());

    [Fact]
    public void Every_ranked_or_single_answer_is_one_the_fact_may_hold() =>
        Assert.All(House.Map.Conditions.Rows.SelectMany(r => r.Meaning.Claims), c => Assert.True(c.Value is null || House.Map.Facts[c.Fact].Holds(c.Value)));

    [Fact]
    public void Every_number_fact_can_be_reached_by_a_unit() =>
        Assert.All(House.Map.Observations.Rows.Where(r => r.Meaning.Taking is Taking.Quantity), r => Assert.Contains(House.Map.Units, u => u.To == House.Map.Facts[r.Meaning.Fact].Unit));
}
