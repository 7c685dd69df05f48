using System.Text.Json;

namespace Casement.Fhir.Records;

/// <summary>One resource of a record and the names it goes by.</summary>
/// <param name="Type">Its resourceType.</param>
/// <param name="Id">Its id; empty when it has none.</param>
/// <param name="FullUrl">The fullUrl of its entry; empty when it has none.</param>
/// <param name="Json">The resource itself.</param>
/// <param name="Place">Which entry or line it was, counted from one.</param>
sealed record Resource(string Type, string Id, string FullUrl, JsonElement Json, int Place)
{
    /// <summary>How provenance names it: "Observation/8f2c".</summary>
    public string Reference => Id.Length > 0 ? $"{Type}/{Id}" : FullUrl.Length > 0 ? FullUrl : $"{Type} (entry {Place})";
}
