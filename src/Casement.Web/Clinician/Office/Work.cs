using System.Runtime.CompilerServices;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Web.Clinician.Office;

/// <summary>The worklist as it stands. Rows are read once and kept by the store's own row, so that asking again on every page costs next to nothing.</summary>
public sealed class Work(IJournals journals, WebOptions options)
{
    readonly ConditionalWeakTable<ListedRow, WorklistRow> read = [];

    /// <summary>Everything that waits, in the order it should be done.</summary>
    public async Task<IReadOnlyList<(PatientId Patient, WorklistRow Row)>> InOrder(CancellationToken stop) =>
        [.. Worklist.InOrder(await Rows(stop), options.Clock.GetUtcNow())];

    /// <summary>How many people need somebody now, how many of them nobody has, and how many of those were left too long. People, not rows: one answer may ask for five things.</summary>
    public async Task<(int All, int Untaken, int Left)> Urgent(CancellationToken stop)
    {
        var now = options.Clock.GetUtcNow();
        var left = now.AddMinutes(-options.Office.TakeUrgentWithinMinutes);
        var people = (await Rows(stop)).Where(r => r.Row.Urgency is Urgency.Now && r.Row.Since <= now).GroupBy(r => r.Patient, r => r.Row).ToList();
        return (people.Count, people.Count(p => p.Any(r => !r.IsTaken)), people.Count(p => p.Any(r => !r.IsTaken && r.Since <= left)));
    }

    async Task<IEnumerable<(PatientId Patient, WorklistRow Row)>> Rows(CancellationToken stop) =>
        (await journals.ReadList(options.Practice, Worklist.List, stop)).Select(l => (l.Patient, read.GetValue(l, row => Worklist.Read(row.Json))));
}
