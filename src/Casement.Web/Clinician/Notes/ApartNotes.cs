using System.Security.Cryptography;
using System.Text.Json;
using Casement.Journal;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.Clinician.Notes;

/// <summary>A signed psychotherapy note.</summary>
public sealed record ApartNote(Guid Note, Guid Patient, string Author, DateTimeOffset EventAt, DateTimeOffset SignedAt, string Text);

/// <summary>
/// Psychotherapy notes, apart from every journal: sealed once for their author and once more by the shelf. Chart, print, search, export and the
/// patient's own record are made from journals and so cannot hold a word of them.
/// </summary>
public sealed class ApartNotes(IShelf shelf, IDataProtectionProvider seals, WebOptions options)
{
    const string Kind = "psychotherapy-note";

    /// <summary>Keeps the words of a note and gives the hash of what is kept. The same words twice are one; words left by an act that was cut off are replaced.</summary>
    public async Task<string> Keep(ApartNote note, CancellationToken stop)
    {
        var (key, seal) = (note.Note.ToString("D"), SealOf(seals, note.Author));
        var closed = seal.Protect(JsonSerializer.SerializeToUtf8Bytes(note));
        while (!await shelf.Write(options.Practice, Kind, key, 0, closed, stop))
        {
            if (await shelf.Read(options.Practice, Kind, key, stop) is not { } kept) continue;
            if (Opened(seal, kept.Content) is { } bytes && Read(bytes) with { SignedAt = note.SignedAt } == note) return Hash(kept.Content.Span);
            await shelf.Remove(options.Practice, Kind, key, stop);
        }
        return Hash(closed);
    }

    /// <summary>The note, for its author; whether its words are those that were signed is told beside it.</summary>
    public async Task<(ApartNote Note, bool IsAsSigned)?> Find(Guid note, string sha256, Actor author, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, note.ToString("D"), stop) is { } kept && Opened(SealOf(seals, author.Id), kept.Content) is { } bytes
            ? (Read(bytes), Hash(kept.Content.Span) == sha256)
            : null;

    static ApartNote Read(byte[] json) => JsonSerializer.Deserialize<ApartNote>(json) ?? throw new JsonException("A note is empty.");

    static string Hash(ReadOnlySpan<byte> closed) => Convert.ToHexStringLower(SHA256.HashData(closed));

    internal static IDataProtector SealOf(IDataProtectionProvider seals, string author) => seals.CreateProtector("psychotherapy note 1", author);

    /// <summary>Null when it was sealed for somebody else.</summary>
    internal static byte[]? Opened(IDataProtector seal, ReadOnlyMemory<byte> content)
    {
        try
        {
            return seal.Unprotect(content.ToArray());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
