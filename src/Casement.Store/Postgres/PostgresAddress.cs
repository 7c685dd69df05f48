using Npgsql;

namespace Casement.Store.Postgres;

/// <summary>Where a PostgreSQL database is: a postgres:// address or an Npgsql connection string.</summary>
static class PostgresAddress
{
    const string Schema = "casement";

    public static NpgsqlConnectionStringBuilder Parse(string where)
    {
        var address = IsUrl(where) ? FromUrl(new(where)) : new NpgsqlConnectionStringBuilder(where);
        address.SearchPath ??= Schema;
        address.ApplicationName ??= "casement";
        // Prepared by the server on second use, per connection.
        if (address.MaxAutoPrepare == 0) (address.MaxAutoPrepare, address.AutoPrepareMinUsages) = (40, 2);
        return address;
    }

    public static bool IsUrl(string where) =>
        where.StartsWith("postgres://", StringComparison.Ordinal) || where.StartsWith("postgresql://", StringComparison.Ordinal);

    static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var address = new NpgsqlConnectionStringBuilder { Host = url.Host, Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')) };
        if (url.Port > 0) address.Port = url.Port;
        if (user[0].Length > 0) address.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) address.Password = Uri.UnescapeDataString(user[1]);
        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
            if (parts[0] is "host") address.Host = value;
            else address[parts[0] is "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(parts[0])] = parts[0] is "sslmode" ? value.Replace("-", "") : value;
        }
        return address;
    }
}
