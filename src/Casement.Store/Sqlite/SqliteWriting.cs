using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store.Sqlite;

/// <summary>The one connection that writes, with its statements prepared. Each act is whole or leaves nothing, inside a transaction that may hold many.</summary>
sealed class SqliteWriting
{
    const string Row = "(practice, patient, sequence, recorded_at, stored_name, key_id, ciphertext, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    readonly Statement addPracticeKey, addPatientKey, beginHead, moveHead, addEntry, addRead, countChange, putList, endList, listsOf, addDocument, changeDocument, takeDocument, addCheckpoint;

    public SqliteWriting(SqliteFile file)
    {
        addPracticeKey = file.Prepare("INSERT INTO practice_keys (practice, key_id, wrapped) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        addPatientKey = file.Prepare("INSERT INTO patient_keys (practice, patient, key_id, wrapped) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
        beginHead = file.Prepare("INSERT INTO heads (sequence, hash, signature, practice, patient, chain) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        moveHead = file.Prepare("UPDATE heads SET sequence = ?, hash = ?, signature = ? WHERE practice = ? AND patient = ? AND chain = ? AND sequence = ?");
        addEntry = file.Prepare("INSERT INTO entries " + Row);
        addRead = file.Prepare("INSERT INTO reads " + Row);
        countChange = file.Prepare("INSERT INTO list_changes (practice, bucket, counter) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET counter = counter + 1 RETURNING counter");
        putList = file.Prepare("""
            INSERT INTO list_rows (practice, patient, list, version, ciphertext, bucket, changed) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET version = excluded.version, ciphertext = excluded.ciphertext, changed = excluded.changed
            """);
        endList = file.Prepare("UPDATE list_rows SET version = ?, ciphertext = NULL, changed = ? WHERE practice = ? AND patient = ? AND list = ?");
        listsOf = file.Prepare("SELECT list FROM list_rows WHERE practice = ? AND patient = ? AND ciphertext IS NOT NULL");
        addDocument = file.Prepare("INSERT INTO shelf (version, ciphertext, practice, kind, name) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        changeDocument = file.Prepare("UPDATE shelf SET version = ?, ciphertext = ? WHERE practice = ? AND kind = ? AND name = ? AND version = ?");
        takeDocument = file.Prepare("DELETE FROM shelf WHERE practice = ? AND kind = ? AND name = ?");
        addCheckpoint = file.Prepare("INSERT INTO checkpoints (practice, number, taken_at, body, previous_signature, signature) VALUES (?, ?, ?, ?, ?, ?)");
    }

    public bool AddPracticeKey(WrappedKey key) => addPracticeKey.With(key.Practice).With(key.KeyId).With(key.Wrapped).Run() == 1;

    public bool AddPatientKey(PatientId patient, WrappedKey key) => addPatientKey.With(key.Practice).With(patient).With(key.KeyId).With(key.Wrapped).Run() == 1;

    public bool Append(Appending what)
    {
        if (!Move(what.At, what.Expected, what.Head)) return false;
        foreach (var row in what.Rows)
        {
            (what.At.Chain == Chain.Entries ? addEntry : addRead)
                .With(what.At.Practice).With(what.At.Patient).With(row.Sequence).With(row.RecordedAtTicks).With(row.StoredName).With(row.KeyId)
                .With(row.Ciphertext).With(row.PreviousHash).With(row.Hash)
                .Run();
        }
        if (what.Lists is { } lists) Replace(what.At.Practice, what.At.Patient, what.Head.Sequence, lists);
        return true;
    }

    public bool PutOnShelf(PracticeId practice, SealedShelf document) => document.Version == 1
        ? addDocument.With(1).With(document.Ciphertext).With(practice).With(document.Kind).With(document.Name).Run() == 1
        : changeDocument.With(document.Version).With(document.Ciphertext).With(practice).With(document.Kind).With(document.Name).With(document.Version - 1).Run() == 1;

    public bool TakeFromShelf(PracticeId practice, string kind, byte[] name) => takeDocument.With(practice).With(kind).With(name).Run() == 1;

    public bool AddCheckpoint(PracticeId practice, SealedCheckpoint checkpoint, Head head)
    {
        if (!Move(SealedCheckpoint.PlaceOf(practice), checkpoint.Number - 1, head)) return false;
        addCheckpoint.With(practice).With(checkpoint.Number).With(checkpoint.TakenAtTicks).With(checkpoint.Body).With(checkpoint.PreviousSignature).With(checkpoint.Signature).Run();
        return true;
    }

    bool Move(Place at, long expected, Head head) => expected == 0
        ? beginHead.With(head.Sequence).With(head.Hash).With(head.Signature).With(at.Practice).With(at.Patient).With((long)at.Chain).Run() == 1
        : moveHead.With(head.Sequence).With(head.Hash).With(head.Signature).With(at.Practice).With(at.Patient).With((long)at.Chain).With(expected).Run() == 1;

    void Replace(PracticeId practice, PatientId patient, long version, IReadOnlyList<SealedList> lists)
    {
        var gone = listsOf.With(practice).With(patient).All(r => r.Text(0)).Where(list => lists.All(l => l.List != list)).ToList();
        if (lists.Count + gone.Count == 0) return;
        var bucket = SealedList.BucketOf(patient);
        var changed = countChange.With(practice).With(bucket).All(r => r.Number(0))[0];
        foreach (var list in lists) putList.With(practice).With(patient).With(list.List).With(version).With(list.Ciphertext).With(bucket).With(changed).Run();
        foreach (var list in gone) endList.With(version).With(changed).With(practice).With(patient).With(list).Run();
    }
}
