using System.Collections.Concurrent;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Web.Clinician.Clearance;

/// <summary>The last path worked out for each person. The search takes most of the time of a page, and its answer is the same while everything it reads is.</summary>
public sealed class Paths
{
    const int Capacity = 500;

    readonly ConcurrentDictionary<PatientId, Known> last = new();

    sealed record Known(long Version, Assessment Assessed, ClearancePath Path)
    {
        Sheet Sheet => Assessed.Sheet;

        /// <summary>Everything the search reads is the same: it looks at the clock only through the sheet and through what opinions still count.</summary>
        public bool Holds(long version, Assessment assessed) =>
            Version == version && ReferenceEquals(Assessed.Protocol, assessed.Protocol) && Assessed.Case.Settings.SequenceEqual(assessed.Case.Settings)
            && Assessed.Findings.Select(f => (f.Rule.Index, f.Value, f.Rank)).SequenceEqual(assessed.Findings.Select(f => (f.Rule.Index, f.Value, f.Rank)))
            && Same(Sheet.Low, assessed.Sheet.Low) && Same(Sheet.High, assessed.Sheet.High)
            && Sheet.May.AsSpan().SequenceEqual(assessed.Sheet.May) && Sheet.Must.AsSpan().SequenceEqual(assessed.Sheet.Must)
            && Sheet.Standing.AsSpan().SequenceEqual(assessed.Sheet.Standing) && Sheet.On.AsSpan().SequenceEqual(assessed.Sheet.On);

        // What does not apply is not a number, which equals nothing but is the same here.
        static bool Same(double[] a, double[] b) => a.AsSpan().SequenceEqual(b, EqualityComparer<double>.Default);
    }

    public ClearancePath Of(PatientId patient, long version, Assessment assessed)
    {
        if (last.TryGetValue(patient, out var known) && known.Holds(version, assessed)) return known.Path;
        if (last.Count >= Capacity) last.Clear();
        var path = ClearancePath.From(assessed);
        last[patient] = new(version, assessed, path);
        return path;
    }
}
