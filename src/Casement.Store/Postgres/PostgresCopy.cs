using System.Data;
using Casement.Store.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Casement.Store.Postgres;

/// <summary>Copies every table between PostgreSQL and a SQLite file. A backup is the same kind of file from either database, so it also moves a practice from one to the other.</summary>
static class PostgresCopy
{
    /// <summary>Everything as of one snapshot into a new file, while others go on writing. Gives the number of rows.</summary>
    public static async Task<long> Out(NpgsqlConnection connection, string newFile, CancellationToken stop)
    {
        using var file = SqliteSchema.New(newFile);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        file.Run("PRAGMA synchronous = FULL; BEGIN");
        var rows = 0L;
        foreach (var (table, columns) in Columns.All)
        {
            var names = string.Join(", ", columns.Select(c => c.Name));
            using var insert = file.Prepare($"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
            await using var export = await connection.BeginBinaryExportAsync($"COPY {table} ({names}) TO STDOUT (FORMAT BINARY)", stop);
            while (await export.StartRowAsync(stop) >= 0)
            {
                foreach (var (_, holds) in columns)
                {
                    _ = holds switch
                    {
                        'i' => insert.With(await export.ReadAsync<Guid>(NpgsqlDbType.Uuid, stop)),
                        't' => insert.With(await export.ReadAsync<string>(NpgsqlDbType.Text, stop)),
                        'n' => insert.With(await export.ReadAsync<long>(NpgsqlDbType.Bigint, stop)),
                        's' => insert.With(await export.ReadAsync<short>(NpgsqlDbType.Smallint, stop)),
                        'm' => insert.With(await export.ReadAsync<int>(NpgsqlDbType.Integer, stop)),
                        _ when export.IsNull => insert.With(await Null(export, stop)),
                        _ => insert.With(await export.ReadAsync<byte[]>(NpgsqlDbType.Bytea, stop)),
                    };
                }
                insert.Run();
                rows++;
            }
        }
        file.Run("COMMIT");
        await snapshot.RollbackAsync(stop);
        return rows;
    }

    /// <summary>Everything in the file into an empty database, in one transaction. Gives the number of rows.</summary>
    public static async Task<long> In(SqliteFile file, NpgsqlConnection connection, string where, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var rows = 0L;
        foreach (var (table, columns) in Columns.All)
        {
            await using (var count = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table})", connection))
            {
                if (await count.ExecuteScalarAsync(stop) is true) throw new StoreTrouble($"The database {where} already holds records. Nothing was written. A backup is only restored into an empty place.");
            }
            var names = string.Join(", ", columns.Select(c => c.Name));
            using var select = file.Prepare($"SELECT {names} FROM {table}");
            await using var import = await connection.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)", stop);
            while (select.Step())
            {
                await import.StartRowAsync(stop);
                for (var i = 0; i < columns.Count; i++)
                {
                    await (columns[i].Holds switch
                    {
                        'i' => import.WriteAsync(select.Id(i), NpgsqlDbType.Uuid, stop),
                        't' => import.WriteAsync(select.Text(i), NpgsqlDbType.Text, stop),
                        'n' => import.WriteAsync(select.Number(i), NpgsqlDbType.Bigint, stop),
                        's' => import.WriteAsync((short)select.Number(i), NpgsqlDbType.Smallint, stop),
                        'm' => import.WriteAsync((int)select.Number(i), NpgsqlDbType.Integer, stop),
                        _ when select.BytesOrNull(i) is { } bytes => import.WriteAsync(bytes, NpgsqlDbType.Bytea, stop),
                        _ => import.WriteNullAsync(stop),
                    });
                }
                rows++;
            }
            await import.CompleteAsync(stop);
        }
        await transaction.CommitAsync(stop);
        return rows;
    }

    static async Task<byte[]?> Null(NpgsqlBinaryExporter export, CancellationToken stop)
    {
        await export.SkipAsync(stop);
        return null;
    }
}
