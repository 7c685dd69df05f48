using System.Security.Cryptography;
using Casement.Journal;

namespace Casement.Store.Sealing;

/// <summary>One patient's rows of one list, sealed together. A null ciphertext means that the patient no longer has any.</summary>
/// <param name="Patient">Whose rows they are.</param>
/// <param name="List">The list; in clear.</param>
/// <param name="Version">The version of the journal they were derived from.</param>
/// <param name="Ciphertext">Sealed with the practice's list key.</param>
/// <param name="Changed">The change counter of the patient's bucket when they were written; 0 before.</param>
sealed record SealedList(PatientId Patient, string List, long Version, byte[]? Ciphertext, long Changed = 0)
{
    /// <summary>Changes to lists are counted in this many buckets per practice, so that writers for different patients seldom wait for one another.</summary>
    public const int Buckets = 16;

    public static short BucketOf(PatientId patient)
    {
        Span<byte> bytes = stackalloc byte[16];
        patient.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return (short)(bytes[15] % Buckets);
    }

    public static byte[] Context(PracticeId practice, PatientId patient, string list, long version) =>
        new Fields(new byte[160 + 3 * list.Length]).Add("casement list 1").Add(practice.Value).Add(patient.Value).Add(list).Add(version).Bytes.ToArray();
}

/// <summary>A document of the practice as it lies on disk.</summary>
/// <param name="Kind">In clear.</param>
/// <param name="Name">Keyed hash of kind and key.</param>
/// <param name="Version">1 when first written.</param>
/// <param name="Ciphertext">The key and the content, sealed.</param>
sealed record SealedShelf(string Kind, byte[] Name, long Version, byte[] Ciphertext)
{
    public static byte[] Context(PracticeId practice, string kind, byte[] name, long version) =>
        new Fields(new byte[192 + 3 * kind.Length]).Add("casement shelf 1").Add(practice.Value).Add(kind).Add(name).Add(version).Bytes.ToArray();
}

/// <summary>Every head that moved since the checkpoint before, signed. All of them together hold the last known head of every chain.</summary>
/// <param name="Number">1 for the first, then without gaps.</param>
/// <param name="TakenAtTicks">UTC, in units of 100 ns since 0001-01-01.</param>
/// <param name="Body">The heads, one after another.</param>
/// <param name="PreviousSignature">Of the checkpoint before; zeros for the first.</param>
/// <param name="Signature">Over everything above.</param>
sealed record SealedCheckpoint(long Number, long TakenAtTicks, byte[] Body, byte[] PreviousSignature, byte[] Signature)
{
    /// <summary>The checkpoints of a practice have a signed head of their own, so that the newest cannot simply be deleted.</summary>
    public static Place PlaceOf(PracticeId practice) => new(practice, default, Chain.Checkpoints);

    public static SealedCheckpoint Sign(PracticeKeys keys, long number, long takenAtTicks, byte[] body, byte[] previousSignature) =>
        new(number, takenAtTicks, body, previousSignature, keys.SignCheckpoint(Bytes(keys.Practice, number, takenAtTicks, body, previousSignature)));

    public bool Holds(PracticeKeys keys) =>
        CryptographicOperations.FixedTimeEquals(keys.SignCheckpoint(Bytes(keys.Practice, Number, TakenAtTicks, Body, PreviousSignature)), Signature);

    static ReadOnlySpan<byte> Bytes(PracticeId practice, long number, long takenAtTicks, byte[] body, byte[] previousSignature) =>
        new Fields(new byte[192 + body.Length + previousSignature.Length])
            .Add("casement checkpoint 1").Add(practice.Value).Add(number).Add(takenAtTicks).Add(previousSignature).Add(body)
            .Bytes;
}

/// <summary>A wrapped key as it lies on disk.</summary>
sealed record WrappedKey(PracticeId Practice, int KeyId, byte[] Wrapped);
