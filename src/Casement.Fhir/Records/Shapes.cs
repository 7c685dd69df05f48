using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Casement.Fhir.Records;

/// <summary>Elements FHIR R4 does not know, and signs of another version.</summary>
static class Shapes
{
    /// <summary>Tells of elements R4 does not have; they are passed over.</summary>
    public static void Unknown(Gathering record, Resource resource)
    {
        var names = record.Map.Elements[resource.Type];
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[64];
        foreach (var property in resource.Json.EnumerateObject())
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(property);
            if (raw.Length <= name.Length && Encoding.UTF8.TryGetChars(raw, name, out var length))
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
}
