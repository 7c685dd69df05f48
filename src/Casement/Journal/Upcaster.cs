using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Casement.Journal;

/// <summary>Turns what was stored under an old name into the shape of a newer one. It is never removed: old journals stay readable for ever.</summary>
/// <param name="From">The name entries carry on disk.</param>
/// <param name="To">The name the changed JSON belongs to; it may itself be an old name with an upcaster of its own.</param>
/// <param name="Change">The old content made into the new; pure.</param>
public sealed record Upcaster(string From, string To, Func<JsonObject, JsonObject> Change)
{
    /// <summary>Every change of shape so far, oldest first.</summary>
    public static ImmutableArray<Upcaster> All { get; } = [];
}
