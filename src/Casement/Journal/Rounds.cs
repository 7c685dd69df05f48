using System.Collections.Immutable;
using System.Text.Json;
using Casement.CheckIns;
using Casement.Consent;
using Casement.People;
using Casement.Programmes;

namespace Casement.Journal;

/// <summary>When the rounds over everybody have to look at a chart again, from the chart alone.</summary>
/// <param name="Papers">What was signed, and when it is worth asking for again.</param>
/// <param name="Steps">What the steps of programmes are counted from.</param>
public sealed record RoundRow(ImmutableArray<PaperTime> Papers, StepTimes Steps);

/// <summary>Rounds read rows and open only the charts whose time has come. A chart without a row, written by an earlier version, is always opened.</summary>
public static class Rounds
{
    public const string List = "rounds";

    public static ImmutableArray<ListRow> Rows(Chart chart, ConsentDocuments documents, SittingRules rules) => chart.Who is null ? [] :
        [new(List, JsonSerializer.Serialize(new RoundRow(Renewing.Times(chart, documents), StepTimes.Of(chart, rules.Measuring.Defaults, rules.Zone)), ListJson.Default.RoundRow))];

    public static RoundRow Read(string json) => JsonSerializer.Deserialize(json, ListJson.Default.RoundRow) ?? throw new JsonException("A row of the rounds is empty.");

    /// <summary>Everybody whose chart is to be opened now.</summary>
    public static async Task<ImmutableArray<PatientId>> Waiting(IJournals journals, PracticeId practice, Func<RoundRow, bool> isDue, CancellationToken stop)
    {
        // The rows first: who is admitted in between has no row here and is looked at.
        var settled = (await journals.ReadList(practice, List, stop)).Where(r => !isDue(Read(r.Json))).Select(r => r.Patient).ToHashSet();
        return [.. (await journals.ReadList(practice, PatientDirectory.List, stop)).Select(r => r.Patient).Where(p => !settled.Contains(p)).Distinct()];
    }
}
