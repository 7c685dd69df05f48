using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store.Sqlite;

/// <summary>A connection that only reads, with its questions prepared; used by one thread at a time.</summary>
sealed class SqliteReading : IDisposable
{
    const string Row = "SELECT sequence, recorded_at, stored_name, key_id, ciphertext, previous_hash, hash";

    readonly SqliteFile file;
    readonly Statement head, entries, reads, patientKey, listChanges, listsSince, document;

    public SqliteReading(string path, StoreSettings settings)
    {
        file = new(path, settings.BusyTimeout);
        file.Run("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF");
        head = file.Prepare("SELECT sequence, hash, signature FROM heads WHERE practice = ? AND patient = ? AND chain = ?");
        entries = file.Prepare($"{Row} FROM entries WHERE practice = ? AND patient = ? AND sequence > ? ORDER BY sequence");
        reads = file.Prepare($"{Row} FROM reads WHERE practice = ? AND patient = ? AND sequence > ? ORDER BY sequence");
        patientKey = file.Prepare("SELECT wrapped FROM patient_keys WHERE practice = ? AND patient = ? AND key_id = ?");
        listChanges = file.Prepare("SELECT bucket, counter FROM list_changes WHERE practice = ?");
        listsSince = file.Prepare("SELECT patient, list, version, ciphertext, changed FROM list_rows WHERE practice = ? AND list = ? AND bucket = ? AND changed > ?");
        document = file.Prepare("SELECT kind, name, version, ciphertext FROM shelf WHERE practice = ? AND kind = ? AND name = ?");
    }

    public Head? Head(Place at) =>
        head.With(at.Practice).With(at.Patient).With((long)at.Chain).One(r => new Head(r.Number(0), r.Bytes(1), r.Bytes(2)));

    public IReadOnlyList<SealedEntry> Entries(Place at, long after) =>
        (at.Chain == Chain.Entries ? entries : reads).With(at.Practice).With(at.Patient).With(after)
            .All(r => new SealedEntry(r.Number(0), r.Number(1), r.Text(2), (int)r.Number(3), r.Bytes(4), r.Bytes(5), r.Bytes(6)));

    public byte[]? PatientKey(PracticeId practice, PatientId patient, int keyId) => patientKey.With(practice).With(patient).With(keyId).One(r => r.Bytes(0));

    public IReadOnlyList<(short, long)> ListChanges(PracticeId practice) => listChanges.With(practice).All(r => ((short)r.Number(0), r.Number(1)));

    public IReadOnlyList<SealedList> ListsSince(PracticeId practice, string list, short bucket, long changed) =>
        listsSince.With(practice).With(list).With(bucket).With(changed)
            .All(List);

    public IReadOnlyList<SealedList> Lists(PracticeId practice)
    {
        using var all = file.Prepare("SELECT patient, list, version, ciphertext, changed FROM list_rows WHERE practice = ? ORDER BY patient, list");
        return all.With(practice).All(List);
    }

    public SealedShelf? Document(PracticeId practice, string kind, byte[] name) => document.With(practice).With(kind).With(name).One(Shelf);

    public IReadOnlyList<SealedShelf> Documents(PracticeId practice, string? kind)
    {
        using var all = file.Prepare("SELECT kind, name, version, ciphertext FROM shelf WHERE practice = ?" + (kind is null ? "" : " AND kind = ?"));
        return (kind is null ? all.With(practice) : all.With(practice).With(kind)).All(Shelf);
    }

    public IReadOnlyList<WrappedKey> PracticeKeys()
    {
        using var all = file.Prepare("SELECT practice, key_id, wrapped FROM practice_keys ORDER BY practice, key_id");
        return all.All(r => new WrappedKey(new(r.Id(0)), (int)r.Number(1), r.Bytes(2)));
    }

    public IReadOnlyList<Place> Places()
    {
        using var all = file.Prepare("""
            SELECT practice, patient, chain FROM heads WHERE chain < 3
            UNION SELECT practice, patient, 1 FROM entries
            UNION SELECT practice, patient, 2 FROM reads
            UNION SELECT practice, patient, 1 FROM patient_keys
            """);
        return all.All(r => new Place(new(r.Id(0)), new(r.Id(1)), (Chain)r.Number(2)));
    }

    public IReadOnlyList<(PatientId, Chain, Head)> Heads(PracticeId practice)
    {
        using var all = file.Prepare("SELECT patient, chain, sequence, hash, signature FROM heads WHERE practice = ? AND chain < 3 ORDER BY patient, chain");
        return all.With(practice).All(r => (new PatientId(r.Id(0)), (Chain)r.Number(1), new Head(r.Number(2), r.Bytes(3), r.Bytes(4))));
    }

    public IReadOnlyList<SealedCheckpoint> Checkpoints(PracticeId practice)
    {
        using var all = file.Prepare("SELECT number, taken_at, body, previous_signature, signature FROM checkpoints WHERE practice = ? ORDER BY number");
        return all.With(practice).All(r => new SealedCheckpoint(r.Number(0), r.Number(1), r.Bytes(2), r.Bytes(3), r.Bytes(4)));
    }

    public void CopyTo(SqliteFile other) => file.CopyTo(other);

    public void Dispose() => file.Dispose();

    static SealedList List(Statement r) => new(new(r.Id(0)), r.Text(1), r.Number(2), r.BytesOrNull(3), r.Number(4));

    static SealedShelf Shelf(Statement r) => new(r.Text(0), r.Bytes(1), r.Number(2), r.Bytes(3));
}
