using System.Collections.Immutable;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store;

/// <summary>One open store: the journals, the shelf, and what keeps them in order.</summary>
public sealed class RecordRoom : IAsyncDisposable
{
    readonly ITables tables;
    readonly KeyRing keys;
    readonly StoreSettings settings;
    readonly SealedJournals journals;
    bool closed;

    internal RecordRoom(ITables tables, KeyRing keys, StoreSettings settings)
    {
        this.tables = tables;
        this.keys = keys;
        this.settings = settings;
        journals = new(tables, keys, EventNames.Current, new(tables, keys));
        Shelf = new SealedDocuments(tables, keys);
    }

    internal ITables Tables => tables;

    internal KeyRing Keys => keys;

    public IJournals Journals => journals;

    public IShelf Shelf { get; }

    /// <summary>Everybody with a journal in this practice.</summary>
    public async Task<ImmutableArray<PatientId>> Patients(PracticeId practice, CancellationToken stop) =>
        [.. (await tables.Heads(practice, stop)).Where(h => h.Chain == Chain.Entries).Select(h => h.Patient)];

    /// <summary>Derives every list row of the practice again from the journals. Gives the number of journals.</summary>
    public async Task<int> Rebuild(PracticeId practice, Func<PatientId, Chart, ImmutableArray<ListRow>> rows, CancellationToken stop)
    {
        var patients = await Patients(practice, stop);
        foreach (var patient in patients)
        {
            // A journal that grew meanwhile is read again.
            Chart chart;
            do chart = Chart.From(await journals.Read(practice, patient, 0, stop));
            while (!await journals.ReplaceLists(practice, patient, chart.Version, rows(patient, chart), stop));
        }
        return patients.Length;
    }

    /// <summary>Walks everything as it lies on disk, with keys opened afresh, and names the first thing wrong in each chain.</summary>
    public Task<Verification> Verify(CancellationToken stop) => new Verifying(tables, keys.Afresh()).Everything(stop);

    /// <summary>Signs the end of every chain of the practice as it stands.</summary>
    public async Task<Checkpoint> Checkpoint(PracticeId practice, CancellationToken stop) =>
        await Checkpoints.Take(tables, await keys.FindOrMake(practice, stop), settings.Clock, stop);

    /// <summary>Signs a checkpoint of every practice whenever its last one is as old as this, until stopped; for the host's background.</summary>
    public async Task KeepCheckpoints(TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every < TimeSpan.FromHours(1) ? every : TimeSpan.FromHours(1), settings.Clock);
        do
        {
            foreach (var practice in (await tables.PracticeKeys(stop)).Select(k => k.Practice).Distinct())
            {
                var lastAt = await tables.Checkpoints(practice, stop) is [.., var last] ? last.TakenAtTicks : 0;
                if (settings.Clock.GetUtcNow().UtcTicks - lastAt >= every.Ticks) await Checkpoint(practice, stop);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Writes everything as of one instant into a new file and reads it back, while others go on writing. The master key is never in it.</summary>
    public Task<BackupResult> Backup(string newFile, CancellationToken stop) => Backups.Write(tables, keys.Master, newFile, settings, stop);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref closed, true) ? ValueTask.CompletedTask : tables.DisposeAsync();
}
