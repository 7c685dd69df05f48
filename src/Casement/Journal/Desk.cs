using System.Collections.Immutable;

namespace Casement.Journal;

/// <summary>The one place where a wish meets the record: read, fold, decide, append at the version read, retry a lost race.</summary>
public sealed class Desk(IJournals journals, PracticeId practice, Func<PatientId, Chart, ImmutableArray<ListRow>> rows, TimeProvider clock)
{
    /// <summary>Carries out a decision. Returns what was decided; a refusal or "already so" writes nothing.</summary>
    public async Task<Decision> CarryOut(PatientId patient, Actor by, Func<Chart, Decision> decide, CancellationToken stop)
    {
        while (true)
        {
            var chart = await Current(patient, stop);
            if (decide(chart) is not Accepted accepted) return decide(chart);
            var now = clock.GetUtcNow();
            var entries = accepted.Events.Select((e, i) => new Entry(chart.Version + 1 + i, now, by, e)).ToImmutableArray();
            var after = Chart.From([.. await journals.Read(practice, patient, stop), .. entries]);
            if (await journals.Append(practice, patient, chart.Version, entries, rows(patient, after), stop)) return accepted;
        }
    }

    /// <summary>The chart, for somebody and for a reason; the look is noted.</summary>
    public async Task<Chart> Look(PatientId patient, Actor by, string purpose, CancellationToken stop)
    {
        await journals.NoteRead(practice, patient, new(clock.GetUtcNow(), by, purpose), stop);
        return await Current(patient, stop);
    }

    async Task<Chart> Current(PatientId patient, CancellationToken stop) => Chart.From(await journals.Read(practice, patient, stop));
}
