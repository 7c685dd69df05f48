using SQLitePCL;

namespace Casement.Store.Sqlite;

/// <summary>One connection to a SQLite file; used by one thread at a time.</summary>
sealed class SqliteFile : IDisposable
{
    readonly sqlite3 db;
    readonly List<Statement> statements = [];

    static SqliteFile() => Batteries_V2.Init();

    public string Path { get; }

    public SqliteFile(string path, TimeSpan busy, bool create = false, bool readOnly = false)
    {
        Path = path;
        var flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE) | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var code = raw.sqlite3_open_v2(path, out db, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var trouble = SqliteTrouble.From(code, path, raw.sqlite3_errstr(code).utf8_to_string());
            db.Dispose();
            throw trouble;
        }
        _ = raw.sqlite3_extended_result_codes(db, 1);
        _ = raw.sqlite3_busy_timeout(db, (int)busy.TotalMilliseconds);
    }

    /// <summary>Rows the last statement inserted, updated or deleted.</summary>
    public int Changes => raw.sqlite3_changes(db);

    public bool InTransaction => raw.sqlite3_get_autocommit(db) == 0;

    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(db, sql, out var statement));
        var prepared = new Statement(this, statement);
        statements.Add(prepared);
        return prepared;
    }

    public void Run(string sql) => Check(raw.sqlite3_exec(db, sql));

    public bool Try(string sql) => raw.sqlite3_exec(db, sql) == raw.SQLITE_OK;

    public long Number(string sql, int column = 0)
    {
        Check(raw.sqlite3_prepare_v2(db, sql, out var statement));
        using (statement)
        {
            var code = raw.sqlite3_step(statement);
            if (code != raw.SQLITE_ROW) Check(code);
            return raw.sqlite3_column_int64(statement, column);
        }
    }

    public string Text(string sql)
    {
        Check(raw.sqlite3_prepare_v2(db, sql, out var statement));
        using (statement)
        {
            var code = raw.sqlite3_step(statement);
            if (code != raw.SQLITE_ROW) Check(code);
            return raw.sqlite3_column_text(statement, 0).utf8_to_string();
        }
    }

    /// <summary>Copies the whole database as of one instant into another file, which must be empty.</summary>
    public void CopyTo(SqliteFile other)
    {
        using var backup = raw.sqlite3_backup_init(other.db, "main", db, "main") ?? throw other.Trouble(raw.sqlite3_errcode(other.db));
        // In one step: in WAL mode that reads one snapshot and keeps nobody from writing.
        var code = raw.sqlite3_backup_step(backup, -1);
        if (code != raw.SQLITE_DONE) throw other.Trouble(code);
        other.Check(raw.sqlite3_backup_finish(backup));
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)) throw Trouble(code);
    }

    StoreTrouble Trouble(int code) => SqliteTrouble.From(code, Path, raw.sqlite3_errmsg(db).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in statements) statement.Dispose();
        db.Dispose();
    }
}
