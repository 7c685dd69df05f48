using System.Text.Json;
using Casement.Intake;
using Casement.People;

namespace Casement.Fhir.Records;

/// <summary>The Patient resource as a person.</summary>
static class People
{
    public static RecordPerson Read(Gathering record, Resource patient)
    {
        var json = patient.Json;
        var born = json.Text("birthDate");
        var birth = born is null ? null : Moment.Parse(born, record.Offset);
        DateOnly? bornOn = birth is { } day && born?.Length == 10 && day.Earliest <= record.AsOf && day.Earliest.Year >= record.AsOf.Year - 125 ? DateOnly.FromDateTime(day.Earliest.DateTime) : null;
        if (born is null) record.Problem("The record gives no date of birth.");
        else if (bornOn is null) record.Problem("The record's date of birth is incomplete or impossible.");
        if (json.Yes("active") == false) record.Problem("The record is marked as no longer in use.");
        if (json.TryGetProperty("deceasedDateTime", out _) || json.Yes("deceasedBoolean") == true) record.Problem("The record says that this person has died.");
        foreach (var link in json.Items("link"))
        {
            if (link.Text("type") == "replaced-by") record.Problem("The record says that it was replaced by another.");
        }
        return new(new(Name(record, json), bornOn, Contact(json, "email"), Contact(json, "phone")), json.Text("gender") ?? "", BirthSex(json));
    }

    static PersonName Name(Gathering record, JsonElement json)
    {
        JsonElement? official = null, usual = null, nickname = null, any = null;
        foreach (var name in json.Items("name"))
        {
            if (name.ValueKind != JsonValueKind.Object) throw new MisshapenException("name");
            if (name.Part("period")?.When("end", record.Offset) is { } end && end.Latest < record.AsOf) continue;
            switch (name.Text("use"))
            {
                case "official": official ??= name; break;
                case "usual": usual ??= name; break;
                case "nickname": nickname ??= name; break;
                case "old" or "maiden" or "temp" or "anonymous": break;
                default: any ??= name; break;
            }
        }
        var legal = (official ?? any ?? usual ?? nickname) is { } main ? Whole(main) : "";
        if (legal.Length == 0) record.Problem("The record gives no name.");
        var chosen = (nickname ?? usual) is { } called ? called.Items("given").Select(g => g.Word("given")).FirstOrDefault(g => g.Length > 0) ?? Whole(called) : "";
        return new(legal, chosen == legal || official is null && any is null ? "" : chosen, Pronouns(json));
    }

    static string Whole(JsonElement name)
    {
        var parts = name.Items("given").Select(g => g.ValueKind == JsonValueKind.String ? g.Word("given") : throw new MisshapenException("given")).Append(name.Text("family") ?? "").Where(p => p.Length > 0).ToList();
        return Json.Short(parts.Count > 0 ? string.Join(' ', parts) : name.Text("text") ?? "");
    }

    static string Contact(JsonElement json, string system)
    {
        foreach (var contact in json.Items("telecom"))
        {
            if (contact.ValueKind != JsonValueKind.Object) throw new MisshapenException("telecom");
            if (contact.Text("system") == system && contact.Text("use") != "old" && contact.Text("value") is { } value) return Json.Short(value);
        }
        return "";
    }

    static string BirthSex(JsonElement json) => Extension(json, "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex")?.Text("valueCode") ?? "";

    static string Pronouns(JsonElement json)
    {
        if (Extension(json, "http://hl7.org/fhir/StructureDefinition/individual-pronouns") is not { } pronouns || Extension(pronouns, "value")?.Concept("valueCodeableConcept") is not { } concept) return "";
        return concept.Named;
    }

    static JsonElement? Extension(JsonElement json, string url)
    {
        foreach (var extension in json.Items("extension"))
        {
            if (extension.ValueKind == JsonValueKind.Object && extension.Text("url") == url) return extension;
        }
        return null;
    }
}
