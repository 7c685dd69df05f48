using Casement.Journal;
using Casement.Store.Sealing;
using Casement.Store.Sqlite;
using Npgsql;

namespace Casement.Store.Postgres;

/// <summary>The tables in PostgreSQL, shared by any number of nodes. Every commit is on the server's disk before it is confirmed.</summary>
sealed class PostgresTables : ITables
{
    const string Row = "SELECT sequence, recorded_at, stored_name, key_id, ciphertext, previous_hash, hash";

    readonly NpgsqlDataSource source;
    readonly PostgresAppends appends;

    PostgresTables(NpgsqlDataSource source, string where)
    {
        this.source = source;
        Where = where;
        appends = new(source, where);
    }

    /// <summary>Host and database, for sentences; never the password.</summary>
    public string Where { get; }

    public static async Task<PostgresTables> Open(string address, StoreSettings settings, CancellationToken stop)
    {
        var parsed = PostgresAddress.Parse(address);
        var where = $"{parsed.Host}:{parsed.Port}/{parsed.Database}";
        var builder = new NpgsqlDataSourceBuilder(parsed.ConnectionString);
        // A server or role that was set to confirm early must not do so here.
        builder.UsePhysicalConnectionInitializer(
            connection => new NpgsqlCommand("SET synchronous_commit = on", connection).ExecuteNonQuery(),
            connection => new NpgsqlCommand("SET synchronous_commit = on", connection).ExecuteNonQueryAsync());
        var source = builder.Build();
        try
        {
            await using (var connection = await source.OpenConnectionAsync(stop))
            {
                await PostgresSchema.Upgrade(connection, parsed.SearchPath ?? "", where, Migration.For("Postgres"), settings.Clock, stop);
            }
            return new(source, where);
        }
        catch (NpgsqlException e)
        {
            await source.DisposeAsync();
            throw PostgresTrouble.From(e, where);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<WrappedKey>> PracticeKeys(CancellationToken stop) =>
        All("SELECT practice, key_id, wrapped FROM practice_keys ORDER BY practice, key_id", r => new WrappedKey(new(r.GetGuid(0)), r.GetInt32(1), Bytes(r, 2)), stop);

    public Task AddPracticeKey(WrappedKey key, CancellationToken stop) =>
        Do("INSERT INTO practice_keys (practice, key_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", stop, key.Practice.Value, key.KeyId, key.Wrapped);

    public async Task<byte[]?> PatientKey(PracticeId practice, PatientId patient, int keyId, CancellationToken stop) =>
        (await All("SELECT wrapped FROM patient_keys WHERE practice = $1 AND patient = $2 AND key_id = $3", r => Bytes(r, 0), stop, practice.Value, patient.Value, keyId)).SingleOrDefault();

    public Task AddPatientKey(PatientId patient, WrappedKey key, CancellationToken stop) =>
        Do("INSERT INTO patient_keys (practice, patient, key_id, wrapped) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", stop, key.Practice.Value, patient.Value, key.KeyId, key.Wrapped);

    public async Task<Head?> Head(Place at, CancellationToken stop) =>
        (await All(
            "SELECT sequence, hash, signature FROM heads WHERE practice = $1 AND patient = $2 AND chain = $3",
            r => new Head(r.GetInt64(0), Bytes(r, 1), Bytes(r, 2)), stop, at.Practice.Value, at.Patient.Value, (short)at.Chain)).SingleOrDefault();

    public Task<IReadOnlyList<SealedEntry>> Entries(Place at, long after, CancellationToken stop) =>
        All(
            $"{Row} FROM {(at.Chain == Chain.Entries ? "entries" : "reads")} WHERE practice = $1 AND patient = $2 AND sequence > $3 ORDER BY sequence",
            r => new SealedEntry(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt32(3), Bytes(r, 4), Bytes(r, 5), Bytes(r, 6)), stop, at.Practice.Value, at.Patient.Value, after);

    public Task<bool> Append(Appending what, CancellationToken stop)
    {
        // Once asked, an act is carried out: nobody may be told "cancelled" about something that was written.
        stop.ThrowIfCancellationRequested();
        return appends.Do(what);
    }

    public Task<IReadOnlyList<Place>> Places(CancellationToken stop) =>
        All(
            """
            SELECT practice, patient, chain::integer FROM heads WHERE chain < 3
            UNION SELECT practice, patient, 1 FROM entries
            UNION SELECT practice, patient, 2 FROM reads
            UNION SELECT practice, patient, 1 FROM patient_keys
            """,
            r => new Place(new(r.GetGuid(0)), new(r.GetGuid(1)), (Chain)r.GetInt32(2)), stop);

    public Task<IReadOnlyList<(PatientId Patient, Chain Chain, Head Head)>> Heads(PracticeId practice, CancellationToken stop) =>
        All(
            "SELECT patient, chain, sequence, hash, signature FROM heads WHERE practice = $1 AND chain < 3 ORDER BY patient, chain",
            r => (new PatientId(r.GetGuid(0)), (Chain)r.GetInt16(1), new Head(r.GetInt64(2), Bytes(r, 3), Bytes(r, 4))), stop, practice.Value);

    public Task<IReadOnlyList<(short Bucket, long Counter)>> ListChanges(PracticeId practice, CancellationToken stop) =>
        All("SELECT bucket, counter FROM list_changes WHERE practice = $1", r => (r.GetInt16(0), r.GetInt64(1)), stop, practice.Value);

    public Task<IReadOnlyList<SealedList>> ListsSince(PracticeId practice, string list, short bucket, long changed, CancellationToken stop) =>
        All(
            "SELECT patient, list, version, ciphertext, changed FROM list_rows WHERE practice = $1 AND list = $2 AND bucket = $3 AND changed > $4",
            List, stop, practice.Value, list, bucket, changed);

    public Task<IReadOnlyList<SealedList>> Lists(PracticeId practice, CancellationToken stop) =>
        All("SELECT patient, list, version, ciphertext, changed FROM list_rows WHERE practice = $1 ORDER BY patient, list", List, stop, practice.Value);

    public Task<IReadOnlyList<SealedShelf>> Shelf(PracticeId practice, string? kind, CancellationToken stop) => kind is null
        ? All("SELECT kind, name, version, ciphertext FROM shelf WHERE practice = $1", Document, stop, practice.Value)
        : All("SELECT kind, name, version, ciphertext FROM shelf WHERE practice = $1 AND kind = $2", Document, stop, practice.Value, kind);

    public async Task<SealedShelf?> Shelf(PracticeId practice, string kind, byte[] name, CancellationToken stop) =>
        (await All("SELECT kind, name, version, ciphertext FROM shelf WHERE practice = $1 AND kind = $2 AND name = $3", Document, stop, practice.Value, kind, name)).SingleOrDefault();

    public async Task<bool> PutOnShelf(PracticeId practice, SealedShelf document, CancellationToken stop) => document.Version == 1
        ? await Do("INSERT INTO shelf (practice, kind, name, version, ciphertext) VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING", stop, practice.Value, document.Kind, document.Name, document.Ciphertext) == 1
        : await Do("UPDATE shelf SET version = $4 + 1, ciphertext = $5 WHERE practice = $1 AND kind = $2 AND name = $3 AND version = $4", stop, practice.Value, document.Kind, document.Name, document.Version - 1, document.Ciphertext) == 1;

    public Task TakeFromShelf(PracticeId practice, string kind, byte[] name, CancellationToken stop) =>
        Do("DELETE FROM shelf WHERE practice = $1 AND kind = $2 AND name = $3", stop, practice.Value, kind, name);

    public Task<IReadOnlyList<SealedCheckpoint>> Checkpoints(PracticeId practice, CancellationToken stop) =>
        All(
            "SELECT number, taken_at, body, previous_signature, signature FROM checkpoints WHERE practice = $1 ORDER BY number",
            r => new SealedCheckpoint(r.GetInt64(0), r.GetInt64(1), Bytes(r, 2), Bytes(r, 3), Bytes(r, 4)), stop, practice.Value);

    public async Task<bool> AddCheckpoint(PracticeId practice, SealedCheckpoint checkpoint, Head head, CancellationToken stop)
    {
        // One statement, so both or neither.
        var at = SealedCheckpoint.PlaceOf(practice);
        return await Do(
            """
            INSERT INTO checkpoints (practice, number, taken_at, body, previous_signature, signature)
            SELECT $1, $4, $5, $6, $7, $8 WHERE move_head($1, $2, $3, $4 - 1, $4, $9, $10)
            """,
            stop, practice.Value, at.Patient.Value, (short)at.Chain, checkpoint.Number, checkpoint.TakenAtTicks, checkpoint.Body, checkpoint.PreviousSignature, checkpoint.Signature, head.Hash, head.Signature) == 1;
    }

    public Task CopyTo(string newFile, CancellationToken stop) => Asking(connection => PostgresCopy.Out(connection, newFile, stop), stop);

    /// <summary>Fills an empty database from a SQLite file, all or nothing.</summary>
    public Task CopyFrom(SqliteFile file, CancellationToken stop) => Asking(connection => PostgresCopy.In(file, connection, Where, stop), stop);

    async Task<IReadOnlyList<T>> All<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object[] values) => await Asking(
        async connection =>
        {
            await using var command = Command(connection, sql, values);
            await using var reader = await command.ExecuteReaderAsync(stop);
            var rows = new List<T>();
            while (await reader.ReadAsync(stop)) rows.Add(read(reader));
            return rows;
        },
        stop);

    Task<int> Do(string sql, CancellationToken stop, params object[] values) => Asking(
        async connection =>
        {
            await using var command = Command(connection, sql, values);
            return await command.ExecuteNonQueryAsync(stop);
        },
        stop);

    async Task<T> Asking<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken stop)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            return await ask(connection);
        }
        catch (NpgsqlException e)
        {
            throw PostgresTrouble.From(e, Where);
        }
    }

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    static SealedList List(NpgsqlDataReader r) => new(new(r.GetGuid(0)), r.GetString(1), r.GetInt64(2), r.IsDBNull(3) ? null : Bytes(r, 3), r.GetInt64(4));

    static SealedShelf Document(NpgsqlDataReader r) => new(r.GetString(0), Bytes(r, 1), r.GetInt64(2), Bytes(r, 3));

    static byte[] Bytes(NpgsqlDataReader r, int column) => r.GetFieldValue<byte[]>(column);

    public async ValueTask DisposeAsync()
    {
        await appends.DisposeAsync();
        await source.DisposeAsync();
    }
}
