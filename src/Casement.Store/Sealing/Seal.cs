using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Casement.Store.Sealing;

/// <summary>A 256-bit key that seals and opens with AES-GCM. What it sealed opens only with the same context, so a ciphertext cannot be moved to another place.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A key may still be in use by a reader when a cache lets go of it; the runtime frees it after the last.")]
sealed class Seal(ReadOnlySpan<byte> key)
{
    public const int KeyBytes = 32;
    const int NonceBytes = 12;
    const int TagBytes = 16;

    readonly AesGcm aes = new(key, TagBytes);
    readonly Lock one = new();

    /// <summary>Nonce, tag and ciphertext in one piece. Nonces are random: a key stays far below the 2^32 sealings at which they might repeat.</summary>
    public byte[] Close(ReadOnlySpan<byte> content, ReadOnlySpan<byte> context)
    {
        var box = new byte[NonceBytes + TagBytes + content.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        // The cipher object is not safe for two threads at once; a key belongs to one patient, so nobody waits long.
        lock (one) aes.Encrypt(nonce, content, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), context);
        return box;
    }

    /// <summary>The content; null when it was altered, moved or sealed with another key.</summary>
    public byte[]? Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < NonceBytes + TagBytes) return null;
        var content = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            lock (one) aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), content, context);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
