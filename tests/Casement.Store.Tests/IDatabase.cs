namespace Casement.Store.Tests;

/// <summary>A kind of database the one suite runs on.</summary>
public interface IDatabase
{
    /// <summary>The address of a new, empty store.</summary>
    string NewAddress();
}

public sealed class InMemory : IDatabase
{
    public string NewAddress() => "memory:";
}
