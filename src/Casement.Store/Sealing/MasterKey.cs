using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Casement.Store.Sealing;

/// <summary>The 32 bytes that open everything else. They are never in the database and never in a backup.</summary>
static class MasterKey
{
    public const string Variable = "CASEMENT_MASTER_KEY";

    /// <summary>From the environment, else from the key file; a new file is made only while nothing is sealed yet.</summary>
    public static byte[] Find(StoreSettings settings, string? fileBesideData, bool anythingSealed)
    {
        if (settings.MasterKey is { } given) return Checked(given, "The master key handed in");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text) return Checked(Decode(text), $"The environment variable {Variable}");
        if ((settings.KeyFile ?? fileBesideData) is not { } file)
            throw new StoreTrouble($"There is no master key. Put 32 bytes in base64 into the environment variable {Variable}, or name a key file. Nothing was read or written.");
        if (File.Exists(file)) return Checked(Decode(File.ReadAllText(file).Trim()), $"The key file {file}");
        if (anythingSealed)
            throw new StoreTrouble($"The key file {file} is missing, and the records in this database were sealed with it. Put the file back, or set {Variable}. Nothing was changed; without that key nobody can read the records.");
        return Create(file, settings.Warn);
    }

    static byte[] Create(string file, Action<string> warn)
    {
        var key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(file, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
            // A record sealed with a key that a power cut then takes away is lost.
            stream.Flush(flushToDisk: true);
        }
        warn($"A new master key was written to {file}. Copy it to a safe place apart from the backups: without it no record can be read, and backups do not contain it.");
        return key;
    }

    [UnsupportedOSPlatform("windows")]
    static UnixFileMode OwnerOnly => UnixFileMode.UserRead | UnixFileMode.UserWrite;

    static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    static byte[] Checked(byte[] key, string where) => key.Length == Seal.KeyBytes
        ? key
        : throw new StoreTrouble($"{where} is not a master key: it must be {Seal.KeyBytes} bytes in base64. Nothing was read or written.");
}
