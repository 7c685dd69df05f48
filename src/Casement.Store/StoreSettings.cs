namespace Casement.Store;

/// <summary>What a store needs besides its address.</summary>
public sealed record StoreSettings
{
    /// <summary>Where the master key lies. Null: beside a SQLite database under the same name ending in .key; PostgreSQL has no such place and then needs the environment variable.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The master key itself, 32 bytes, when the caller holds it; comes before file and environment.</summary>
    public byte[]? MasterKey { get; init; }

    /// <summary>Told what somebody should act on, such as a key file just made. It never names a patient.</summary>
    public Action<string> Warn { get; init; } = Console.Error.WriteLine;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long to wait for another program that holds a SQLite file before giving up.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
