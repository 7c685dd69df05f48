using System.Collections.Concurrent;

namespace Casement.Journal;

/// <summary>Charts already folded, newest version per patient. Always safe to forget: a chart that is not here is read again.</summary>
/// <param name="entries">How many entries the charts kept may hold together; the one that came first goes first.</param>
sealed class ChartCache(long entries)
{
    readonly ConcurrentDictionary<PatientId, Chart> charts = [];
    readonly ConcurrentQueue<PatientId> arrivals = [];
    long kept;

    /// <summary>The newest known here; another node may have written since.</summary>
    public Chart? Newest(PatientId patient) => charts.GetValueOrDefault(patient);

    /// <summary>Keeps the chart unless a newer one is already here.</summary>
    public void Keep(PatientId patient, Chart chart)
    {
        while (true)
        {
            if (charts.TryGetValue(patient, out var before))
            {
                if (before.Version >= chart.Version) return;
                if (!charts.TryUpdate(patient, chart, before)) continue;
                Interlocked.Add(ref kept, chart.Version - before.Version);
                break;
            }
            if (!charts.TryAdd(patient, chart)) continue;
            Interlocked.Add(ref kept, chart.Version);
            arrivals.Enqueue(patient);
            break;
        }
        while (Interlocked.Read(ref kept) > entries && arrivals.TryDequeue(out var oldest))
            if (charts.TryRemove(oldest, out var gone)) Interlocked.Add(ref kept, -gone.Version);
    }
}
