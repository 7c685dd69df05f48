using System.Text.Json;

namespace Casement.Fhir.Records;

/// <summary>Whose record it is, and whether a resource is about that person.</summary>
sealed class Subject(Resource patient)
{
    readonly HashSet<string> names = [.. Aliases(patient)];

    /// <summary>References to people who are somebody else.</summary>
    public HashSet<string> Others { get; } = [];

    public static IEnumerable<string> Aliases(Resource patient)
    {
        if (patient.FullUrl.Length > 0) yield return patient.FullUrl;
        if (patient.Id.Length > 0)
        {
            yield return $"Patient/{patient.Id}";
            yield return $"urn:uuid:{patient.Id}";
        }
        foreach (var identifier in patient.Json.Items("identifier"))
        {
            if (identifier.Text("value") is { } value) yield return $"Patient?identifier={identifier.Text("system")}|{value}";
        }
    }

    /// <summary>The reference to whom a resource is about; null when it names nobody.</summary>
    public static string? Of(Resource resource)
    {
        var json = resource.Json;
        var subject = json.TryGetProperty("subject", out var s) ? s : json.TryGetProperty("patient", out var p) ? p : default;
        if (subject.ValueKind != JsonValueKind.Object) return null;
        if (subject.Text("reference") is { } reference) return reference;
        return subject.Part("identifier") is { } identifier && identifier.Text("value") is { } value ? $"Patient?identifier={identifier.Text("system")}|{value}" : null;
    }

    /// <summary>"https://example.org/fhir/Patient/7/_history/2" is Patient/7.</summary>
    public static string Tail(string reference)
    {
        var version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        if (version > 0) reference = reference[..version];
        var slash = reference.LastIndexOf('/');
        var before = slash > 0 ? reference.LastIndexOf('/', slash - 1) : -1;
        return before >= 0 ? reference[(before + 1)..] : reference;
    }

    public bool IsIt(Gathering record, Resource resource)
    {
        if (Of(resource) is not { } reference)
        {
            record.Problem($"{resource.Reference} was left out: it does not say whom it is about.");
            return false;
        }
        if (names.Contains(reference) || names.Contains(Tail(reference))) return true;
        if (reference.StartsWith('#') && IsContained(resource, reference[1..])) return true;
        var tail = Tail(reference);
        if (reference.StartsWith("urn:", StringComparison.Ordinal) || tail.StartsWith("Patient/", StringComparison.Ordinal) || tail.StartsWith("Patient?", StringComparison.Ordinal)) Others.Add(tail);
        else record.NotUsed(resource.Type, "about something else than a person");
        return false;
    }

    /// <summary>A contained Patient is this person when it carries the same id or identifier.</summary>
    bool IsContained(Resource resource, string id)
    {
        foreach (var contained in resource.Json.Items("contained"))
        {
            if (contained.Text("id") == id && contained.Text("resourceType") == "Patient" && Aliases(new("Patient", id, "", contained, resource.Place)).Any(names.Contains)) return true;
        }
        return false;
    }
}
