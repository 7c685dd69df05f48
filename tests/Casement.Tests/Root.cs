namespace Casement.Tests;

/// <summary>Where the repository lies, seen from wherever the tests run.</summary>
static class Root
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Folder, .. parts]);

    static string Find(string from) => File.Exists(System.IO.Path.Combine(from, "Casement.slnx"))
        ? from
        : Find(Directory.GetParent(from)?.FullName ?? throw new DirectoryNotFoundException("Casement.slnx is in no folder above the tests."));
}
