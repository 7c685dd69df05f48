using System.Collections.Concurrent;

namespace Casement.Journal;

/// <summary>Charts already folded, newest version per patient. Always safe to forget: a chart that is not here is read again.</summary>
sealed class ChartCache(int capacity)
{
    readonly ConcurrentDictionary<PatientId, Chart> charts = [];
    readonly ConcurrentQueue<PatientId> arrivals = [];

    public Chart? At(PatientId patient, long version) =>
        charts.TryGetValue(patient, out var chart) && chart.Version == version ? chart : null;

    /// <summary>Keeps the chart unless a newer one is already here.</summary>
    public void Keep(PatientId patient, Chart chart)
    {
        var isNew = false;
        charts.AddOrUpdate(
            patient,
            _ => { isNew = true; return chart; },
            (_, kept) => { isNew = false; return kept.Version >= chart.Version ? kept : chart; });
        if (!isNew) return;
        arrivals.Enqueue(patient);
        while (charts.Count > capacity && arrivals.TryDequeue(out var oldest)) charts.TryRemove(oldest, out _);
    }
}
