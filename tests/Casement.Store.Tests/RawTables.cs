using Npgsql;
using SQLitePCL;

namespace Casement.Store.Tests;

/// <summary>Somebody with full access to the database and no key.</summary>
public static class RawTables
{
    /// <summary>Runs SQL behind the store's back. Ids are written as {guid}; each database gets them in its own way.</summary>
    public static int Run(string address, string sql, params Guid[] ids)
    {
        if (Stores.SqlitePath(address) is not { } path)
        {
            using var connection = new NpgsqlConnection(address);
            connection.Open();
            return new NpgsqlCommand(string.Format(sql, [.. ids.Select(id => $"'{id:D}'")]), connection).ExecuteNonQuery();
        }
        Batteries_V2.Init();
        Assert(raw.sqlite3_open(path, out var db), db);
        using (db)
        {
            Assert(raw.sqlite3_busy_timeout(db, 5000), db);
            Assert(raw.sqlite3_exec(db, string.Format(sql, [.. ids.Select(id => $"x'{id:N}'")])), db);
            return raw.sqlite3_changes(db);
        }
    }

    /// <summary>An expression for the bytes of a column with the byte at an offset, counted from 0, flipped.</summary>
    public static string Flipped(string address, string column, int offset) => Stores.SqlitePath(address) is null
        ? $"set_byte({column}, {offset}, get_byte({column}, {offset}) # 1)"
        : $"CAST(substr({column}, 1, {offset}) || CASE substr({column}, {offset + 1}, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr({column}, {offset + 2}) AS BLOB)";

    static void Assert(int code, sqlite3 db)
    {
        if (code != raw.SQLITE_OK) throw new InvalidOperationException(raw.sqlite3_errmsg(db).utf8_to_string());
    }
}
