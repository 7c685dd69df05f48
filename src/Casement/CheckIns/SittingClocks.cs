using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;

namespace Casement.CheckIns;

/// <summary>When something of the schedule falls due on one chart, in seconds since 1970: pairs of from and until. It depends on the chart alone; the clock is read by the round.</summary>
public sealed record SittingTimes(ImmutableArray<long> Pairs)
{
    public bool Holds(DateTimeOffset now) => Enumerable.Range(0, Pairs.Length / 2).Any(i => Pairs[2 * i] <= now.ToUnixTimeSeconds() && now.ToUnixTimeSeconds() < Pairs[2 * i + 1]);
}

/// <summary>The round that asks: it opens only the charts on which something falls due, however many there are. Running it twice, or on two nodes, asks nothing twice.</summary>
public static class SittingClocks
{
    public const string List = "sittings";

    /// <summary>More stretches than these are told as one: the round then looks, and the row is derived anew.</summary>
    const int Most = 12;

    public static ImmutableArray<ListRow> Rows(Chart chart, SittingRules rules)
    {
        // What was over when the chart was last written never comes back.
        var times = AskingSittings.Times(chart, rules).Where(t => chart.LastChangeAt is not { } last || t.Until > last).OrderBy(t => t.From).ThenBy(t => t.Until)
            .Select(t => (From: t.From.ToUnixTimeSeconds(), Until: t.Until.ToUnixTimeSeconds())).ToArray();
        if (times.Length == 0) return [];
        var told = times.Length <= Most ? times : [.. times[..(Most - 1)], (times[Most - 1].From, times[(Most - 1)..].Max(t => t.Until))];
        return [new(List, JsonSerializer.Serialize(new SittingTimes([.. told.SelectMany(t => new[] { t.From, t.Until })]), ListJson.Default.SittingTimes))];
    }

    public static SittingTimes Read(string json) => JsonSerializer.Deserialize(json, ListJson.Default.SittingTimes) ?? throw new JsonException("A row of the sittings is empty.");

    /// <summary>Answers how many charts were written to.</summary>
    public static async Task<int> Run(Desk desk, IJournals journals, PracticeId practice, SittingRules rules, DateTimeOffset now, CancellationToken stop)
    {
        var written = 0;
        foreach (var patient in (await journals.ReadList(practice, List, stop)).Where(r => Read(r.Json).Holds(now)).Select(r => r.Patient).Distinct().ToArray())
            if (await desk.CarryOut(patient, Actor.Casement, chart => Decision.Accept(AskingSittings.Due(chart, rules, now)), stop) is Accepted) written++;
        return written;
    }
}
