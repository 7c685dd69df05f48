using Casement.Store.Postgres;
using Casement.Store.Sealing;
using Casement.Store.Sqlite;

namespace Casement.Store;

/// <summary>A backup written or restored, and what walking it afterwards found.</summary>
/// <param name="Where">The file or database written.</param>
/// <param name="Verified">What verify found in it.</param>
/// <param name="Note">What whoever keeps it must know.</param>
public sealed record BackupResult(string Where, Verification Verified, string Note);

/// <summary>One SQLite file holds a backup of either database, still sealed, so it also moves a practice from one to the other.</summary>
static class Backups
{
    const string KeyNote = "Everything in it is sealed, and the master key is not in it: keep a copy of the key in another safe place, or nobody can read this backup.";

    public static async Task<BackupResult> Write(ITables tables, byte[] master, string file, StoreSettings settings, CancellationToken stop)
    {
        file = Path.GetFullPath(file);
        if (Path.Exists(file)) throw new StoreTrouble($"{file} is already there. Nothing was written. Name a new file.");
        var part = file + ".part";
        try
        {
            File.Delete(part);
            await tables.CopyTo(part, stop);
            var verified = await Verify(part, master, settings, stop);
            File.Move(part, file);
            return new(file, verified, KeyNote);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreTrouble($"The backup {file} could not be written. The records are as they were. Check that its folder exists, has room and may be written.", e);
        }
        finally
        {
            Discard(part);
        }
    }

    public static async Task<BackupResult> Restore(string backup, string where, StoreSettings settings, CancellationToken stop)
    {
        var target = Stores.SqlitePath(where);
        if (target is not null && Path.Exists(target)) throw new StoreTrouble($"{target} is already there. Nothing was changed. A backup is only restored into an empty place.");
        var master = MasterKey.Find(settings, target is null ? null : Path.ChangeExtension(target, ".key"), anythingSealed: true);
        // A copy is worked on, so the backup stays as it is even when its schema is older.
        var part = target is null ? Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.part") : target + ".part";
        try
        {
            using (var from = new SqliteFile(backup, settings.BusyTimeout, readOnly: true))
            using (var to = new SqliteFile(part, settings.BusyTimeout, create: true))
            {
                from.CopyTo(to);
                SqliteSchema.Upgrade(to, Migration.For("Sqlite"), settings, copyFirst: false);
            }
            var verified = await Verify(part, master, settings, stop);
            if (target is not null) File.Move(part, target);
            else verified = await Fill(where, part, master, settings, stop);
            return new(where, verified, "Restored and verified. It opens with the master key of the place it came from.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreTrouble($"The backup {backup} could not be restored to {target}. Nothing was kept there. Check that the folder exists, has room and may be written.", e);
        }
        finally
        {
            Discard(part);
        }
    }

    static async Task<Verification> Fill(string where, string part, byte[] master, StoreSettings settings, CancellationToken stop)
    {
        await using var tables = await PostgresTables.Open(where, settings, stop);
        using (var file = new SqliteFile(part, settings.BusyTimeout, readOnly: true)) await tables.CopyFrom(file, stop);
        return await new Verifying(tables, new(tables, master)).Everything(stop);
    }

    /// <summary>Reads the file back from the disk and walks it; leaves it one self-contained file.</summary>
    static async Task<Verification> Verify(string part, byte[] master, StoreSettings settings, CancellationToken stop)
    {
        Verification verified;
        await using (var tables = SqliteTables.Open(part, settings))
        {
            var keys = new KeyRing(tables, master);
            await keys.Check(stop);
            verified = await new Verifying(tables, keys).Everything(stop);
        }
        using var file = new SqliteFile(part, settings.BusyTimeout);
        file.Run("PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE");
        if (file.Text("PRAGMA integrity_check(1)") is not "ok") throw new StoreTrouble($"What was written to {part} could not be read back whole. It was discarded. Check the disk and try again.");
        return verified;
    }

    static void Discard(string part)
    {
        foreach (var file in (string[])[part, part + "-wal", part + "-shm"]) File.Delete(file);
    }
}
