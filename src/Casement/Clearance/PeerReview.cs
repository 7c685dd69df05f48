using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>One override that went into a signed decision, on the list that crosses patients.</summary>
public sealed record OverrideUsed(string Rule, string By, DateTimeOffset At);

/// <summary>A clinician who set the same rule aside as often as asks for a colleague's look; clearance.md 6.2.</summary>
public sealed record RepeatedOverride(string By, Rule Rule, int Times, DateTimeOffset LastAt);

/// <summary>Overrides seen across patients.</summary>
public static class PeerReview
{
    public const string List = "overrides";

    public static ImmutableArray<ListRow> Rows(Chart chart) =>
        [.. chart.Clearances.SelectMany(c => c.Signed.Given.Overrides.Values.Select(o => new ListRow(List, JsonSerializer.Serialize(new OverrideUsed(o.Rule, o.By, c.SignedAt)))))];

    public static OverrideUsed Read(string json) => JsonSerializer.Deserialize<OverrideUsed>(json) ?? throw new JsonException("A row of overrides is empty.");

    /// <summary>Who overrode the same rule at least as often in the last twelve months as the protocol lets pass, most often first.</summary>
    public static ImmutableArray<RepeatedOverride> Repeated(Protocol protocol, IEnumerable<OverrideUsed> used, DateTimeOffset now) =>
        [.. used.Where(u => u.At > now.AddMonths(-12) && u.At <= now && protocol.RuleById.ContainsKey(u.Rule))
            .GroupBy(u => (u.By, u.Rule))
            .Where(g => g.Count() >= protocol.Overrides.RepeatsInYear)
            .Select(g => new RepeatedOverride(g.Key.By, protocol.RuleById[g.Key.Rule], g.Count(), g.Max(u => u.At)))
            .OrderByDescending(r => r.Times).ThenBy(r => r.By, StringComparer.Ordinal)];
}
