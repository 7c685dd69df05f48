using System.Buffers.Binary;
using System.Security.Cryptography;
using Casement.Journal;

namespace Casement.Store.Sealing;

/// <summary>The two chains each patient has, what was written and who looked; and the one of the practice, its checkpoints.</summary>
enum Chain : short { Entries = 1, Reads = 2, Checkpoints = 3 }

/// <summary>Where a row stands.</summary>
readonly record struct Place(PracticeId Practice, PatientId Patient, Chain Chain);

/// <summary>A row of a chain as it lies on disk.</summary>
/// <param name="Sequence">1 for the first of its chain, then without gaps.</param>
/// <param name="RecordedAtTicks">UTC, in units of 100 ns since 0001-01-01.</param>
/// <param name="StoredName">What kind of entry it is; in clear.</param>
/// <param name="KeyId">Which of the patient's data keys sealed it.</param>
/// <param name="Ciphertext">Nonce, tag and sealed content.</param>
/// <param name="PreviousHash">The hash of the row before; zeros for the first.</param>
/// <param name="Hash">Over everything above.</param>
sealed record SealedEntry(long Sequence, long RecordedAtTicks, string StoredName, int KeyId, byte[] Ciphertext, byte[] PreviousHash, byte[] Hash)
{
    const int FixedBytes = 256;

    public static SealedEntry Make(Place at, long sequence, long recordedAtTicks, string storedName, int keyId, Seal key, ReadOnlySpan<byte> content, byte[] previousHash)
    {
        var ciphertext = key.Close(content, Context(at, sequence, recordedAtTicks, storedName, keyId));
        return new(sequence, recordedAtTicks, storedName, keyId, ciphertext, previousHash, HashOf(at, sequence, recordedAtTicks, storedName, keyId, ciphertext, previousHash));
    }

    /// <summary>The content; null when it was altered or belongs elsewhere.</summary>
    public byte[]? Open(Place at, Seal key) => key.Open(Ciphertext, Context(at, Sequence, RecordedAtTicks, StoredName, KeyId));

    public bool HashHolds(Place at) =>
        HashOf(at, Sequence, RecordedAtTicks, StoredName, KeyId, Ciphertext, PreviousHash).AsSpan().SequenceEqual(Hash);

    static byte[] Context(Place at, long sequence, long recordedAtTicks, string storedName, int keyId) =>
        new Fields(new byte[FixedBytes + 3 * storedName.Length])
            .Add("casement entry 1").Add(at.Practice.Value).Add(at.Patient.Value).Add((long)at.Chain).Add(sequence).Add(recordedAtTicks).Add(storedName).Add(keyId)
            .Bytes.ToArray();

    static byte[] HashOf(Place at, long sequence, long recordedAtTicks, string storedName, int keyId, byte[] ciphertext, byte[] previousHash) =>
        SHA256.HashData(new Fields(new byte[FixedBytes + 3 * storedName.Length + ciphertext.Length])
            .Add("casement hash 1").Add(previousHash).Add(at.Practice.Value).Add(at.Patient.Value).Add((long)at.Chain).Add(sequence).Add(recordedAtTicks).Add(storedName).Add(keyId).Add(ciphertext)
            .Bytes);
}

/// <summary>The end of a chain, signed, and replaced in the transaction that makes it longer: cutting entries off the end leaves a head that no longer fits.</summary>
/// <param name="Signature">Over all of it; where the list rows are older than the end, followed by the version they were written at, which it covers too.</param>
sealed record Head(long Sequence, byte[] Hash, byte[] Signature)
{
    const int SignatureBytes = 32;

    /// <summary>What stands before the first row.</summary>
    public static byte[] Beginning { get; } = new byte[32];

    /// <summary>The version the patient's list rows were last written at: most entries change no list, and rows put back from before it are found.</summary>
    public long ListsAt => Signature.Length == SignatureBytes + sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(Signature.AsSpan(SignatureBytes)) : Sequence;

    /// <summary>A head whose list rows, if there are any, were written with it.</summary>
    public static Head Sign(PracticeKeys keys, Place at, long sequence, byte[] hash) => new(sequence, hash, keys.SignHead(Bytes(at, sequence, hash, sequence)));

    /// <summary>A head whose list rows stand as they were written at an earlier version.</summary>
    public static Head Sign(PracticeKeys keys, Place at, long sequence, byte[] hash, long listsAt)
    {
        var signature = new byte[SignatureBytes + sizeof(long)];
        keys.SignHead(Bytes(at, sequence, hash, listsAt)).CopyTo(signature, 0);
        BinaryPrimitives.WriteInt64BigEndian(signature.AsSpan(SignatureBytes), listsAt);
        return new(sequence, hash, signature);
    }

    public bool Holds(PracticeKeys keys, Place at) =>
        Signature.Length >= SignatureBytes && CryptographicOperations.FixedTimeEquals(keys.SignHead(Bytes(at, Sequence, Hash, ListsAt)), Signature.AsSpan(0, SignatureBytes));

    static ReadOnlySpan<byte> Bytes(Place at, long sequence, byte[] hash, long listsAt)
    {
        var fields = new Fields(new byte[192 + hash.Length]).Add(listsAt == sequence ? "casement head 1" : "casement head 2").Add(at.Practice.Value).Add(at.Patient.Value).Add((long)at.Chain).Add(sequence).Add(hash);
        return (listsAt == sequence ? fields : fields.Add(listsAt)).Bytes;
    }
}
