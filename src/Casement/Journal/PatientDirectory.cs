using System.Collections.Immutable;
using System.Text.Json;

namespace Casement.Journal;

/// <summary>A line of the directory: enough to find a person and to tell two of the same name apart.</summary>
/// <param name="Called">The name the person is called by.</param>
/// <param name="Legal">The name on identity papers.</param>
/// <param name="BornOn">Null means not recorded.</param>
/// <param name="LastChangeAt">When the newest entry was written down.</param>
public sealed record DirectoryRow(string Called, string Legal, DateOnly? BornOn, DateTimeOffset LastChangeAt);

/// <summary>The list of everybody with a record.</summary>
public static class PatientDirectory
{
    public const string List = "directory";

    /// <summary>Nobody is listed before they are admitted.</summary>
    public static ImmutableArray<ListRow> Rows(Chart chart) => chart is { Who: { } who, LastChangeAt: { } at }
        ? [new(List, JsonSerializer.Serialize(new DirectoryRow(who.Name.Called, who.Name.Legal, who.BornOn, at), EventNames.Json))]
        : [];

    public static DirectoryRow Read(ListedRow row) => JsonSerializer.Deserialize<DirectoryRow>(row.Json, EventNames.Json)
        ?? throw new JsonException("A directory row is an object.");
}
