using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: Xunit.AssemblyFixture(typeof(Casement.Store.Tests.OnPostgres))]

namespace Casement.Store.Tests;

/// <summary>A private PostgreSQL in a temporary folder, on the loopback address only.</summary>
public sealed class PostgresServer : IDisposable
{
    const string Account = "postgres";

    static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("casement-pg-");
    readonly int port = FreePort();
    Process? server;

    public PostgresServer()
    {
        // PostgreSQL refuses to run as root, so root hands the folder to its own account.
        if (Environment.IsPrivilegedProcess) Run("chown", Account, folder.FullName);
        RunAsAccount(Programs + "initdb", "-D", Data, "-A", "trust", "-U", "casement", "-E", "UTF8", "--no-sync");
        Start();
    }

    public string Address => $"Host=127.0.0.1;Port={port};Username=casement;Database=postgres;Maximum Pool Size=12;Timeout=15";

    string Data => Path.Combine(folder.FullName, "data");

    /// <summary>The table files and the write-ahead log.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(Data, "base"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.Combine(Data, "pg_wal")));

    public void Start()
    {
        // After a kill the old server's processes may hold its memory for a moment; then the new one ends at once and is tried again.
        for (var attempt = 0; attempt < 100 && !Started(); attempt++) Thread.Sleep(100);
        if (server is null) throw new InvalidOperationException("PostgreSQL did not start.");
    }

    bool Started()
    {
        server = Process.Start(AsAccount(Programs + "postgres", "-D", Data, "-k", folder.FullName, "-p", $"{port}", "-h", "127.0.0.1", "-N", "300"))
            ?? throw new InvalidOperationException("PostgreSQL did not start.");
        _ = server.StandardError.ReadToEndAsync();
        _ = server.StandardOutput.ReadToEndAsync();
        while (!server.HasExited)
        {
            try
            {
                using var connection = new NpgsqlConnection(Address + ";Pooling=false");
                connection.Open();
                return true;
            }
            catch (NpgsqlException)
            {
                Thread.Sleep(50);
            }
        }
        server.Dispose();
        server = null;
        return false;
    }

    /// <summary>SIGKILL to the server and the processes it started, as a power cut would end them.</summary>
    public void Kill()
    {
        if (server is null) return;
        server.Kill(entireProcessTree: true);
        server.WaitForExit();
        server.Dispose();
        server = null;
    }

    public void Dispose()
    {
        if (server is not null) RunAsAccount(Programs + "pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w");
        server?.Dispose();
        folder.Delete(recursive: true);
    }

    static void RunAsAccount(params string[] command) => Wait(AsAccount(command));

    static void Run(params string[] command) => Wait(Quiet(command));

    // setpriv becomes the program, so the process id is the server's own.
    static ProcessStartInfo AsAccount(params string[] command) =>
        Quiet(Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups", .. command] : command);

    static ProcessStartInfo Quiet(string[] command) => new(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };

    static void Wait(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var said = process.StandardOutput.ReadToEndAsync();
        var wrong = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName}: {said.Result} {wrong}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The server the tests share: the one named in the environment, or a private one. Each store has a schema of its own in it.</summary>
public sealed class OnPostgres : IDatabase, IDisposable
{
    readonly string? given = Environment.GetEnvironmentVariable("CASEMENT_TEST_POSTGRES") is { Length: > 0 } address ? address : null;

    /// <summary>Started by the first test that asks for a store.</summary>
    readonly Lazy<PostgresServer> server = new(() => new());

    readonly List<string> schemas = [];

    public string NewAddress()
    {
        var schema = $"test_{Guid.NewGuid():N}";
        lock (schemas) schemas.Add(schema);
        return $"{given ?? server.Value.Address};Search Path={schema}";
    }

    public IEnumerable<string> FilesOf(string address)
    {
        // Until a checkpoint the newest rows are only in the log; either way both are looked at.
        if (given is not null) return [];
        RawTables.Run(address, "CHECKPOINT");
        return server.Value.Files;
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (server.IsValueCreated) server.Value.Dispose();
        if (given is null) return;
        using var connection = new NpgsqlConnection(given);
        connection.Open();
        foreach (var schema in schemas) new NpgsqlCommand($"DROP SCHEMA IF EXISTS {schema} CASCADE", connection).ExecuteNonQuery();
    }
}
