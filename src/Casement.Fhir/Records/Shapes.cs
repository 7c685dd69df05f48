using System.Collections.Frozen;
using System.Text.Json;
using Hl7.Fhir.Model;

namespace Casement.Fhir.Records;

/// <summary>Which elements FHIR R4 knows on the resources that are read, and signs of another version.</summary>
static class Shapes
{
    /// <summary>Element names by resource type, from the published R4 model. "onset[x]" is kept as the names it may take.</summary>
    static readonly FrozenDictionary<string, FrozenSet<string>> Known = Read.All.ToFrozenDictionary(type => type, Elements);

    public static class Read
    {
        public static readonly string[] All = ["Patient", "Condition", "Observation", "Procedure", "AllergyIntolerance", "FamilyMemberHistory", "QuestionnaireResponse", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense", "Medication"];
    }

    /// <summary>Tells of elements R4 does not have; they are passed over.</summary>
    public static void Unknown(Gathering record, Resource resource)
    {
        if (!Known.TryGetValue(resource.Type, out var names)) return;
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[64];
        foreach (var property in resource.Json.EnumerateObject())
        {
            var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(property);
            if (raw.Length <= name.Length && System.Text.Encoding.UTF8.TryGetChars(raw, name, out var length))
            {
                var written = name[..length];
                if (written is ['_', ..]) written = written[1..];
                if (lookup.Contains(written)) continue;
            }
            record.Problem($"{resource.Type}: an element FHIR R4 does not have was passed over.");
        }
    }

    /// <summary>The other FHIR version a resource is written in, as far as its elements show it; null when it may be R4.</summary>
    public static string? OtherVersion(string type, JsonElement json) => type switch
    {
        "Condition" or "AllergyIntolerance" when IsText(json, "clinicalStatus") || IsText(json, "verificationStatus") => "STU3 or earlier",
        "Condition" when json.TryGetProperty("dateRecorded", out _) => "DSTU2",
        "AllergyIntolerance" when json.TryGetProperty("substance", out _) => "DSTU2",
        "MedicationRequest" or "MedicationStatement" or "MedicationAdministration" or "MedicationDispense" when json.TryGetProperty("medication", out _) => "R5",
        "MedicationStatement" when json.TryGetProperty("taken", out _) || json.TryGetProperty("wasNotTaken", out _) => "STU3 or earlier",
        "Procedure" when json.TryGetProperty("occurrenceDateTime", out _) || json.TryGetProperty("occurrencePeriod", out _) => "R5",
        "Procedure" when json.TryGetProperty("notDone", out _) || json.TryGetProperty("notPerformed", out _) => "STU3 or earlier",
        "MedicationOrder" => "DSTU2",
        "MedicationUsage" => "R5",
        _ => null,
    };

    static bool IsText(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    static FrozenSet<string> Elements(string type)
    {
        var names = new HashSet<string> { "resourceType" };
        foreach (var element in ModelInfo.ModelInspector.FindClassMapping(type)?.PropertyMappings ?? [])
        {
            if (element.Choice == Hl7.Fhir.Introspection.ChoiceType.DatatypeChoice)
            {
                foreach (var choice in element.FhirType.Length > 0 ? element.FhirType : [])
                {
                    var name = ModelInfo.ModelInspector.GetFhirTypeNameForType(choice);
                    if (name is { Length: > 0 }) names.Add($"{element.Name}{char.ToUpperInvariant(name[0])}{name[1..]}");
                }
            }
            else
            {
                names.Add(element.Name);
            }
        }
        return names.ToFrozenSet();
    }
}
