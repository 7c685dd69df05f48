using SQLitePCL;

namespace Casement.Store.Sqlite;

/// <summary>What a SQLite error means to whoever runs the practice.</summary>
static class SqliteTrouble
{
    public static StoreTrouble From(int code, string file, string detail) => new(Sentence(code & 0xff, file) + $" (SQLite {code}: {detail})");

    static string Sentence(int code, string file) => code switch
    {
        raw.SQLITE_FULL => $"The disk that holds {file} is full. What was just being written was not saved; everything confirmed before is kept. Free some space and try again.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program is holding {file}. What was just being written was not saved; everything confirmed before is kept. Close that program, such as a backup or an editor, and try again.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => $"The file {file} is damaged or is not a database. Nothing was written. Keep the file as it is, and restore the last backup into a new place.",
        raw.SQLITE_CANTOPEN => $"The file {file} cannot be opened. Nothing was written. Check that its folder exists and that this account may read and write there.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => $"The file {file} may not be written by this account. Nothing was written. Correct its permissions and try again.",
        raw.SQLITE_IOERR => $"The disk that holds {file} failed to read or write. What was just being written may not be saved; everything confirmed before was on the disk. Check the disk before going on.",
        raw.SQLITE_CONSTRAINT => $"The database {file} refused a row that contradicts what it holds. Nothing was written. Run verify.",
        _ => $"The database {file} reported an error. What was just being written was not saved; everything confirmed before is kept.",
    };
}
