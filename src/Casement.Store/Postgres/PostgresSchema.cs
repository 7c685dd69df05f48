using Npgsql;

namespace Casement.Store.Postgres;

/// <summary>Brings a database to the newest schema, all steps or none; nodes that start together take turns.</summary>
static class PostgresSchema
{
    // Any number serves as long as every node asks for the same.
    const long Turn = 0x436173656d656e74;

    public static async Task Upgrade(NpgsqlConnection connection, string schema, string where, IReadOnlyList<Migration> steps, TimeProvider clock, CancellationToken stop)
    {
        var newest = steps[^1].Version;
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Run($"SELECT pg_advisory_xact_lock({Turn})");
        await Run($"CREATE SCHEMA IF NOT EXISTS {new NpgsqlCommandBuilder().QuoteIdentifier(schema)}");
        await Run("CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, name text NOT NULL, applied_at text NOT NULL)");
        await using var ask = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        var version = await ask.ExecuteScalarAsync(stop) is int found ? found : 0;
        if (version > newest) throw Migration.TooNew(where, version, newest);
        foreach (var step in steps.Where(s => s.Version > version))
        {
            await Run(step.Sql);
            await using var note = new NpgsqlCommand("INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = step.Version }, new() { Value = step.Name }, new() { Value = clock.GetUtcNow().ToString("O") } },
            };
            await note.ExecuteNonQueryAsync(stop);
        }
        await transaction.CommitAsync(stop);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
