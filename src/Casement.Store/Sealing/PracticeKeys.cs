using System.Security.Cryptography;
using Casement.Journal;

namespace Casement.Store.Sealing;

/// <summary>One practice's key and what is derived from it: each use has its own key, so none can stand in for another.</summary>
sealed class PracticeKeys(PracticeId practice, ReadOnlySpan<byte> key)
{
    readonly byte[] heads = Derive(key, "heads");
    readonly byte[] shelfNames = Derive(key, "shelf names");
    readonly byte[] checkpoints = Derive(key, "checkpoints");

    public PracticeId Practice { get; } = practice;

    /// <summary>Wraps the data keys of patients.</summary>
    public Seal Wrapping { get; } = new(Derive(key, "patient keys"));

    public Seal Lists { get; } = new(Derive(key, "lists"));

    public Seal Shelf { get; } = new(Derive(key, "shelf"));

    public byte[] SignHead(ReadOnlySpan<byte> head) => HMACSHA256.HashData(heads, head);

    public byte[] SignCheckpoint(ReadOnlySpan<byte> checkpoint) => HMACSHA256.HashData(checkpoints, checkpoint);

    public byte[] ShelfName(string kind, string key) => HMACSHA256.HashData(shelfNames, new Fields(new byte[8 + 3 * (kind.Length + key.Length)]).Add(kind).Add(key).Bytes);

    static byte[] Derive(ReadOnlySpan<byte> key, string use)
    {
        var derived = new byte[Seal.KeyBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, key, derived, System.Text.Encoding.ASCII.GetBytes("casement " + use));
        return derived;
    }
}
