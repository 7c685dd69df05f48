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

    internal RecordRoom(ITables tables, KeyRing keys, StoreSettings settings)
    {
        this.tables = tables;
        this.keys = keys;
        this.settings = settings;
        journals = new(tables, keys, EventNames.Current, new(tables, keys));
        Shelf = new SealedDocuments(tables, keys);
    }

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
            do chart = Chart.From(await journals.Read(practice, patient, stop));
            while (!await journals.ReplaceLists(practice, patient, chart.Version, rows(patient, chart), stop));
        }
        return patients.Length;
    }

    public ValueTask DisposeAsync() => tables.DisposeAsync();
}
