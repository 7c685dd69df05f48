using Casement.Journal;
using SQLitePCL;

namespace Casement.Store.Sqlite;

/// <summary>A prepared statement. Parameters and columns are counted as SQLite counts them: parameters from 1, columns from 0.</summary>
sealed class Statement(SqliteFile file, sqlite3_stmt statement) : IDisposable
{
    int next = 1;

    public Statement With(long value) => Bound(raw.sqlite3_bind_int64(statement, next++, value));

    public Statement With(string value) => Bound(raw.sqlite3_bind_text(statement, next++, value));

    public Statement With(byte[]? value) => Bound(value switch
    {
        null => raw.sqlite3_bind_null(statement, next++),
        { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, next++, 0),
        _ => raw.sqlite3_bind_blob(statement, next++, value),
    });

    public Statement With(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bound(raw.sqlite3_bind_blob(statement, next++, bytes));
    }

    public Statement With(PracticeId practice) => With(practice.Value);

    public Statement With(PatientId patient) => With(patient.Value);

    /// <summary>True while there is a row. At the end, or on an error, the statement is ready for the next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        Reset();
        file.Check(code);
        return false;
    }

    /// <summary>Runs to the end and gives the number of rows changed.</summary>
    public int Run()
    {
        while (Step()) { }
        return file.Changes;
    }

    /// <summary>What the row says, and then the statement is ready again; null when there is no row.</summary>
    public T? One<T>(Func<Statement, T> read) where T : class
    {
        if (!Step()) return null;
        var row = read(this);
        Reset();
        return row;
    }

    public List<T> All<T>(Func<Statement, T> read)
    {
        var rows = new List<T>();
        while (Step()) rows.Add(read(this));
        return rows;
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public byte[]? BytesOrNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : Bytes(column);

    /// <summary>An id; all zeros when the column does not hold 16 bytes, so that damage is found by verify and not by a crash.</summary>
    public Guid Id(int column) => raw.sqlite3_column_blob(statement, column) is { Length: 16 } bytes ? new(bytes, bigEndian: true) : default;

    Statement Bound(int code)
    {
        if (code == raw.SQLITE_OK) return this;
        Reset();
        file.Check(code);
        return this;
    }

    void Reset()
    {
        // The error of a failed step is reported by that step; reset only repeats it.
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
        next = 1;
    }

    public void Dispose() => statement.Dispose();
}
