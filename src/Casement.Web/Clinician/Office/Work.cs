using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Web.Clinician.Office;

/// <summary>
/// The worklist as it stands. The store hands out the same list for as long as no node changed a row of it, so it is put in order once, and again
/// when a row changed or the time of one has come: nothing stale is ever shown, and asking again on every page costs next to nothing.
/// </summary>
public sealed class Work(IJournals journals, WebOptions options)
{
    readonly ConditionalWeakTable<ListedRow, WorklistRow> read = [];
    Ordered? last;

    /// <param name="From">The instant it was put in order at.</param>
    /// <param name="Until">The first instant at which it would read otherwise.</param>
    sealed record Ordered(IReadOnlyList<ListedRow> List, ImmutableArray<(PatientId Patient, WorklistRow Row)> Rows, DateTimeOffset From, DateTimeOffset Until)
    {
        public bool Holds(IReadOnlyList<ListedRow> list, DateTimeOffset now) => ReferenceEquals(List, list) && From <= now && now < Until;
    }

    /// <summary>Everything that waits, in the order it should be done.</summary>
    public async Task<ImmutableArray<(PatientId Patient, WorklistRow Row)>> InOrder(CancellationToken stop)
    {
        var (list, now) = (await journals.ReadList(options.Practice, Worklist.List, stop), options.Clock.GetUtcNow());
        if (last is { } held && held.Holds(list, now)) return held.Rows;
        var rows = list.Select(l => (l.Patient, Row: read.GetValue(l, row => Worklist.Read(row.Json)))).ToArray();
        var until = rows.SelectMany(r => new[] { r.Row.Since, r.Row.DueAt ?? DateTimeOffset.MaxValue }).Where(at => at > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var ordered = new Ordered(list, [.. Worklist.InOrder(rows, now)], now, until);
        last = ordered;
        return ordered.Rows;
    }

    /// <summary>How many people need somebody now, how many of them nobody has, and how many of those were left too long. People, not rows: one answer may ask for five things.</summary>
    public async Task<(int All, int Untaken, int Left)> Urgent(CancellationToken stop)
    {
        var left = options.Clock.GetUtcNow().AddMinutes(-options.Office.TakeUrgentWithinMinutes);
        // They stand first.
        var people = (await InOrder(stop)).TakeWhile(r => r.Row.Urgency is Urgency.Now).GroupBy(r => r.Patient, r => r.Row).ToList();
        return (people.Count, people.Count(p => p.Any(r => !r.IsTaken)), people.Count(p => p.Any(r => !r.IsTaken && r.Since <= left)));
    }
}
