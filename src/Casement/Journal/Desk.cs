using System.Collections.Immutable;

namespace Casement.Journal;

/// <summary>What follows by itself from new events, such as a clearance that suspends itself; written in the same transaction, by the program.</summary>
public delegate ImmutableArray<PatientEvent> Consequences(Chart before, Chart after, DateTimeOffset now);

/// <summary>Why what was decided may not be written after all, in a sentence; null when it may. What every way to write has to pass.</summary>
public delegate string? Guard(Chart chart, Actor by, ImmutableArray<PatientEvent> events, DateTimeOffset now);

/// <summary>The one place where a wish meets the record: read, fold, decide, append at the version read, retry a lost race.</summary>
public sealed class Desk(
    IJournals journals,
    PracticeId practice,
    Func<PatientId, Chart, ImmutableArray<ListRow>> rows,
    TimeProvider clock,
    Consequences? consequences = null,
    long entriesInMemory = 200_000,
    Guard? guard = null)
{
    /// <summary>Far more lost races than people can cause; beyond it something other than a race is wrong.</summary>
    const int Attempts = 1_000;

    readonly ChartCache charts = new(entriesInMemory);

    /// <summary>Carries out a decision, made once for each version of the chart it meets. Returns what was decided; a refusal or "already so" writes nothing.</summary>
    public async Task<Decision> CarryOut(PatientId patient, Actor by, Func<Chart, Decision> decide, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // The chart in memory first, unasked whether it is the newest: the append finds out.
            var chart = (attempt == 0 ? charts.Newest(patient) : null) ?? await Current(patient, stop);
            var decision = decide(chart);
            if (decision is Accepted { Events: var wished } && guard?.Invoke(chart, by, wished, clock.GetUtcNow()) is { } shut) decision = Decision.Refuse(shut);
            if (decision is not Accepted { Events: var events })
            {
                // A refusal, or "already so", is said of the record as it stands.
                if (attempt > 0 || chart.Version == await journals.Version(practice, patient, stop)) return decision;
                continue;
            }

            var now = clock.GetUtcNow();
            var entries = Entries(chart.Version, now, by, events);
            var after = await After(patient, chart, entries, stop);
            if (after is not null && consequences?.Invoke(chart, after, now) is { IsEmpty: false } following)
            {
                entries = entries.AddRange(Entries(after.Version, now, Actor.Casement, following));
                after = await After(patient, chart, entries, stop);
            }
            // A chart folded past what was read belongs to a race already lost.
            if (after is null || !await journals.Append(practice, patient, chart.Version, entries, rows(patient, after), stop)) continue;
            charts.Keep(patient, after);
            return decision;
        }
        throw new InvalidOperationException($"The journal of patient {patient} kept changing while a decision was being written; nothing was written.");
    }

    static ImmutableArray<Entry> Entries(long after, DateTimeOffset now, Actor by, ImmutableArray<PatientEvent> events) =>
        [.. events.Select((e, i) => new Entry(after + 1 + i, now, by, e))];

    /// <summary>The chart, for somebody and for a reason; the look is noted first, so no chart is seen that is not noted.</summary>
    public async Task<Chart> Look(PatientId patient, Actor by, string purpose, CancellationToken stop)
    {
        await journals.NoteRead(practice, patient, new(clock.GetUtcNow(), by, purpose), stop);
        return await Current(patient, stop);
    }

    /// <summary>The chart for the program's own checks, such as whether a link still opens. Nobody sees it, so no look is noted.</summary>
    public Task<Chart> Peek(PatientId patient, CancellationToken stop) => Current(patient, stop);

    /// <summary>The journal itself, entry by entry, for somebody and for a reason; noted like any look.</summary>
    public async Task<ImmutableArray<Entry>> LookAtJournal(PatientId patient, Actor by, string purpose, CancellationToken stop)
    {
        await journals.NoteRead(practice, patient, new(clock.GetUtcNow(), by, purpose), stop);
        return await journals.Read(practice, patient, stop);
    }

    /// <summary>The last entries, so many at most, for a page that has looked at the chart already.</summary>
    public async Task<ImmutableArray<Entry>> LastEntries(PatientId patient, Chart chart, int count, CancellationToken stop) =>
        await journals.Read(practice, patient, Math.Max(0, chart.Version - count), stop);

    async Task<Chart> Current(PatientId patient, CancellationToken stop)
    {
        var version = await journals.Version(practice, patient, stop);
        var known = charts.Newest(patient);
        if (known?.Version >= version) return known;
        var chart = known is null ? Chart.From(await journals.Read(practice, patient, stop)) : await CaughtUp(patient, known, stop);
        charts.Keep(patient, chart);
        return chart;
    }

    async Task<Chart> CaughtUp(PatientId patient, Chart chart, CancellationToken stop)
    {
        var since = await journals.Read(practice, patient, chart.Version, stop);
        return since.Any(e => e.What is EnteredInError) ? Chart.From(await journals.Read(practice, patient, stop)) : since.Aggregate(chart, (so, entry) => so.After(entry));
    }

    /// <summary>The chart with the new entries. A mistake marked reaches back, so then the whole journal is folded again. Null when the journal has moved on.</summary>
    async Task<Chart?> After(PatientId patient, Chart chart, ImmutableArray<Entry> entries, CancellationToken stop)
    {
        if (!entries.Any(e => e.What is EnteredInError)) return entries.Aggregate(chart, (so, entry) => so.After(entry));
        var journal = await journals.Read(practice, patient, stop);
        return journal.Length == chart.Version ? Chart.From([.. journal, .. entries]) : null;
    }
}
