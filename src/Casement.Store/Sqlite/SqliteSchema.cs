namespace Casement.Store.Sqlite;

/// <summary>Brings a file to the newest schema: all steps or none, and a copy beside the file before an existing one is touched.</summary>
static class SqliteSchema
{
    public static void Upgrade(SqliteFile file, IReadOnlyList<Migration> steps, StoreSettings settings, bool copyFirst = true)
    {
        var newest = steps[^1].Version;
        var version = Version(file);
        if (version > newest) throw Migration.TooNew(file.Path, version, newest);
        if (version == newest) return;
        if (version > 0 && copyFirst) CopyBeside(file, version, settings);

        file.Run("BEGIN IMMEDIATE");
        try
        {
            // Another process may have upgraded while this one waited for the lock.
            version = Version(file);
            file.Run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
            foreach (var step in steps.Where(s => s.Version > version))
            {
                file.Run(step.Sql);
                using var note = file.Prepare("INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)");
                note.With(step.Version).With(step.Name).With(settings.Clock.GetUtcNow().ToString("O")).Run();
            }
            file.Run("COMMIT");
        }
        catch
        {
            file.Run("ROLLBACK");
            throw;
        }
    }

    /// <summary>A new file with the newest schema and nothing in it.</summary>
    public static SqliteFile New(string path)
    {
        var file = new SqliteFile(path, TimeSpan.FromSeconds(5), create: true);
        try
        {
            Upgrade(file, Migration.For("Sqlite"), new());
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    static long Version(SqliteFile file) =>
        file.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'") == 0 ? 0 : file.Number("SELECT coalesce(max(version), 0) FROM schema_version");

    static void CopyBeside(SqliteFile file, long version, StoreSettings settings)
    {
        var copy = $"{file.Path}.schema-{version}-{settings.Clock.GetUtcNow():yyyyMMddHHmmssfff}";
        using (var other = new SqliteFile(copy, settings.BusyTimeout, create: true))
        {
            file.CopyTo(other);
            if (other.Text("PRAGMA integrity_check(1)") is not "ok")
                throw new StoreTrouble($"The copy {copy} made before the upgrade is not sound, so the upgrade was not begun. The database {file.Path} is as it was; check it and the disk.");
        }
        settings.Warn($"The database was copied to {copy} before its schema is upgraded. To go back, stop the program and put that copy in its place.");
    }
}
