namespace Casement.Store.Tests;

/// <summary>A kind of database the one suite runs on.</summary>
public interface IDatabase
{
    /// <summary>The address of a new, empty store.</summary>
    string NewAddress();

    /// <summary>The files its rows lie in, as far as they can be reached.</summary>
    IEnumerable<string> FilesOf(string address) => [];
}

public sealed class InMemory : IDatabase
{
    public string NewAddress() => "memory:";
}
