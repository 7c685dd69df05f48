using Npgsql;

namespace Casement.Store.Postgres;

/// <summary>What a PostgreSQL error means to whoever runs the practice.</summary>
static class PostgresTrouble
{
    /// <param name="e">What went wrong.</param>
    /// <param name="where">Host and database, without a password.</param>
    public static StoreTrouble From(NpgsqlException e, string where) => new(Sentence(e, where), e);

    static string Sentence(NpgsqlException e, string where) => (e as PostgresException)?.SqlState switch
    {
        null => $"PostgreSQL at {where} cannot be reached. What was just being written may or may not be saved: look before repeating it. Everything confirmed before is kept. Check that the server runs, then try again.",
        PostgresErrorCodes.DiskFull => $"The disk of PostgreSQL at {where} is full. What was just being written was not saved; everything confirmed before is kept. Free some space and try again.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => $"PostgreSQL at {where} is stopping or starting. What was just being written may or may not be saved: look before repeating it. Everything confirmed before is kept. Try again in a moment.",
        PostgresErrorCodes.TooManyConnections => $"PostgreSQL at {where} has no free connection. Nothing was written. Try again, or allow more connections.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"PostgreSQL at {where} refused the name or password. Nothing was written. Correct the connection string.",
        PostgresErrorCodes.InvalidCatalogName => $"PostgreSQL at {where} has no such database. Nothing was written. Create it, or correct the connection string.",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => $"PostgreSQL at {where} reports damaged files. Nothing was written. Keep the files as they are, and restore the last backup into a new place.",
        PostgresErrorCodes.ReadOnlySqlTransaction => $"PostgreSQL at {where} is a read-only copy. Nothing was written. Connect to the primary server.",
        PostgresErrorCodes.UniqueViolation => $"PostgreSQL at {where} refused a row that contradicts what it holds. Nothing was written. Run verify.",
        var state => $"PostgreSQL at {where} reported error {state}. What was just being written was not saved; everything confirmed before is kept.",
    };
}
