using System.Collections.Concurrent;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store.Sqlite;

/// <summary>The tables in a SQLite file: one writer that commits in groups, any number of readers beside it, every commit synced before it is confirmed.</summary>
sealed class SqliteTables : ITables
{
    readonly string path;
    readonly StoreSettings settings;
    readonly SqliteFile writer;
    readonly SqliteFile keeper;
    readonly WalKeeper log;
    readonly GroupCommit commits;
    readonly ConcurrentBag<SqliteReading> readers = [];

    SqliteTables(string path, StoreSettings settings, SqliteFile writer)
    {
        this.path = path;
        this.settings = settings;
        this.writer = writer;
        keeper = new(path, settings.BusyTimeout);
        keeper.Run("PRAGMA synchronous = FULL");
        log = new(keeper, writer, settings.Warn);
        commits = new(writer, log.Committed);
    }

    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="settings">Whom to warn and how long to wait.</param>
    /// <param name="schema">Null for the one built in.</param>
    /// <param name="mostPages">Bounds the file, to see what a full disk does.</param>
    public static SqliteTables Open(string path, StoreSettings settings, IReadOnlyList<Migration>? schema = null, long? mostPages = null)
    {
        var writer = new SqliteFile(path, settings.BusyTimeout, create: true);
        try
        {
            writer.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536");
            SqliteSchema.Upgrade(writer, schema ?? Migration.For("Sqlite"), settings);
            if (mostPages is { } most) writer.Run($"PRAGMA max_page_count = {most}");
            return new(path, settings, writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public Task<IReadOnlyList<WrappedKey>> PracticeKeys(CancellationToken stop) => Reading(r => r.PracticeKeys(), stop);

    public Task AddPracticeKey(WrappedKey key, CancellationToken stop) => Writing(w => w.AddPracticeKey(key), stop);

    public Task<byte[]?> PatientKey(PracticeId practice, PatientId patient, int keyId, CancellationToken stop) => Reading(r => r.PatientKey(practice, patient, keyId), stop);

    public Task AddPatientKey(PatientId patient, WrappedKey key, CancellationToken stop) => Writing(w => w.AddPatientKey(patient, key), stop);

    public Task<Head?> Head(Place at, CancellationToken stop) => Reading(r => r.Head(at), stop);

    public Task<IReadOnlyList<SealedEntry>> Entries(Place at, long after, CancellationToken stop) => Reading(r => r.Entries(at, after), stop);

    public Task<bool> Append(Appending what, CancellationToken stop) => Writing(w => w.Append(what), stop);

    public Task<IReadOnlyList<Place>> Places(CancellationToken stop) => Reading(r => r.Places(), stop);

    public Task<IReadOnlyList<(PatientId Patient, Chain Chain, Head Head)>> Heads(PracticeId practice, CancellationToken stop) => Reading(r => r.Heads(practice), stop);

    public Task<IReadOnlyList<(short Bucket, long Counter)>> ListChanges(PracticeId practice, CancellationToken stop) => Reading(r => r.ListChanges(practice), stop);

    public Task<IReadOnlyList<SealedList>> ListsSince(PracticeId practice, string list, short bucket, long changed, CancellationToken stop) => Reading(r => r.ListsSince(practice, list, bucket, changed), stop);

    public Task<IReadOnlyList<SealedList>> Lists(PracticeId practice, CancellationToken stop) => Reading(r => r.Lists(practice), stop);

    public Task<IReadOnlyList<SealedShelf>> Shelf(PracticeId practice, string? kind, CancellationToken stop) => Reading(r => r.Documents(practice, kind), stop);

    public Task<SealedShelf?> Shelf(PracticeId practice, string kind, byte[] name, CancellationToken stop) => Reading(r => r.Document(practice, kind, name), stop);

    public Task<bool> PutOnShelf(PracticeId practice, SealedShelf document, CancellationToken stop) => Writing(w => w.PutOnShelf(practice, document), stop);

    public Task TakeFromShelf(PracticeId practice, string kind, byte[] name, CancellationToken stop) => Writing(w => w.TakeFromShelf(practice, kind, name), stop);

    public Task<IReadOnlyList<SealedCheckpoint>> Checkpoints(PracticeId practice, CancellationToken stop) => Reading(r => r.Checkpoints(practice), stop);

    public Task<bool> AddCheckpoint(PracticeId practice, SealedCheckpoint checkpoint, Head head, CancellationToken stop) => Writing(w => w.AddCheckpoint(practice, checkpoint, head), stop);

    public Task CopyTo(string newFile, CancellationToken stop) => Task.Run(
        () => Reading(
            r =>
            {
                using var copy = new SqliteFile(newFile, settings.BusyTimeout, create: true);
                r.CopyTo(copy);
                return true;
            },
            stop),
        stop);

    /// <summary>Reads where it is asked: a look-up takes microseconds, less than handing it to another thread.</summary>
    Task<T> Reading<T>(Func<SqliteReading, T> read, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (!readers.TryTake(out var reader)) reader = new(path, settings);
        T answer;
        try
        {
            answer = read(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
        readers.Add(reader);
        return Task.FromResult(answer);
    }

    // Once asked, an act is carried out: nobody may be told "cancelled" about something that was written.
    Task<bool> Writing(Func<SqliteWriting, bool> act, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return commits.Do(act);
    }

    public ValueTask DisposeAsync()
    {
        commits.Dispose();
        log.Dispose();
        foreach (var reader in readers) reader.Dispose();
        keeper.Dispose();
        writer.Dispose();
        return ValueTask.CompletedTask;
    }
}
