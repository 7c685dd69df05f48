using System.Text.Json;

namespace Casement.Fhir.Records;

/// <summary>
/// One id, one resource. Twice the same content is once. Of different contents the one with the newest meta.lastUpdated stands and the other is
/// reported; where that cannot be told both are read, so that neither is silently lost. A deletion in a history ends what was before it.
/// </summary>
static class Versions
{
    public static List<Resource> Settle(Gathering record, List<Resource> all)
    {
        var seen = new Dictionary<(string, string), int>(all.Count);
        var kept = new List<Resource?>(all.Count);
        foreach (var resource in all)
        {
            if (resource.Id.Length == 0 || seen.TryAdd((resource.Type, resource.Id), kept.Count))
            {
                kept.Add(resource);
                continue;
            }
            var at = seen[(resource.Type, resource.Id)];
            var other = kept[at];
            if (other is null || JsonElement.DeepEquals(other.Json, resource.Json)) continue;
            var (mine, its) = (Updated(record, resource), Updated(record, other));
            if (mine is { } a && its is { } b && a != b)
            {
                record.Problem($"{resource.Reference} is there in two versions; the newer one is used.");
                if (a > b) kept[at] = resource;
            }
            else
            {
                record.Problem($"{resource.Reference} is there twice with different content and no telling which is newer; both are read.");
                if (resource.Type != "Patient") kept.Add(resource);
            }
        }
        return [.. kept.OfType<Resource>()];
    }

    static DateTimeOffset? Updated(Gathering record, Resource resource) =>
        resource.Json.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("lastUpdated", out var updated) && updated.ValueKind == JsonValueKind.String
            ? Moment.Parse(updated.Word("lastUpdated"), record.Offset)?.Latest
            : null;
}
