using System.Security.Cryptography;
using Casement.Store.Memory;
using Casement.Store.Postgres;
using Casement.Store.Sealing;
using Casement.Store.Sqlite;

namespace Casement.Store;

/// <summary>Opens the records wherever they are kept.</summary>
public static class Stores
{
    const string SqlitePrefix = "sqlite:";

    /// <param name="where">"sqlite:PATH", "memory:", "postgres://user@host/database" or an Npgsql connection string.</param>
    /// <param name="settings">Where the master key is, and whom to warn.</param>
    /// <param name="stop">Gives up opening.</param>
    public static async Task<RecordRoom> Open(string where, StoreSettings? settings = null, CancellationToken stop = default)
    {
        settings ??= new();
        var (tables, keyFile) = await Tables(where, settings, stop);
        try
        {
            var anythingSealed = (await tables.PracticeKeys(stop)).Count > 0;
            var keys = new KeyRing(tables, tables is MemoryTables && settings.MasterKey is null ? RandomNumberGenerator.GetBytes(Seal.KeyBytes) : MasterKey.Find(settings, keyFile, anythingSealed));
            await keys.Check(stop);
            return new(tables, keys, settings);
        }
        catch
        {
            await tables.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts a backup into an empty place and walks what arrived there.</summary>
    public static Task<BackupResult> Restore(string backup, string where, StoreSettings? settings = null, CancellationToken stop = default) =>
        Backups.Restore(backup, where, settings ?? new(), stop);

    static async Task<(ITables Tables, string? KeyFile)> Tables(string where, StoreSettings settings, CancellationToken stop)
    {
        if (where is "memory:") return (new MemoryTables(), null);
        if (SqlitePath(where) is not { } path) return (await PostgresTables.Open(where, settings, stop), null);
        return (SqliteTables.Open(path, settings), Path.ChangeExtension(path, ".key"));
    }

    internal static string? SqlitePath(string where) =>
        where.StartsWith(SqlitePrefix, StringComparison.Ordinal) ? Path.GetFullPath(where[SqlitePrefix.Length..]) : null;
}
