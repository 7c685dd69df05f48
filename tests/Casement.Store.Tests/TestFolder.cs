namespace Casement.Store.Tests;

/// <summary>A folder of its own, gone afterwards.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("casement-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

public sealed class OnSqlite : IDatabase, IDisposable
{
    readonly TestFolder folder = new();
    int count;

    public string NewAddress() => $"sqlite:{folder.File($"{Interlocked.Increment(ref count)}.db")}";

    public IEnumerable<string> FilesOf(string address) => Stores.SqlitePath(address) is { } path ? [path, path + "-wal"] : [];

    public void Dispose() => folder.Dispose();
}
