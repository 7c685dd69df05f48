using System.Security.Cryptography;
using System.Text;
using Casement.Journal;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.Programmes;

/// <summary>
/// The words of a person's own journal, apart from their record: sealed once for them and once more by the shelf. Chart, print, search, export and log are made
/// from records and so cannot hold a word of them. The practice is given a version only while the record says that it is shared.
/// </summary>
public sealed class PrivateJournal(IShelf shelf, IDataProtectionProvider seals, WebOptions options)
{
    const string Kind = "journal-words";

    /// <summary>Keeps the words of a version and gives the hash of what is kept. A version once written keeps its words: the same form sent twice is one.</summary>
    public async Task<string> Keep(PatientId patient, Guid version, string text, CancellationToken stop)
    {
        var key = Key(patient, version);
        var closed = Seal(patient).Protect(Encoding.UTF8.GetBytes(text));
        while (!await shelf.Write(options.Practice, Kind, key, 0, closed, stop))
            if (await shelf.Read(options.Practice, Kind, key, stop) is { } kept) return Hash(kept.Content.Span);
        return Hash(closed);
    }

    /// <summary>The words of a version; null when there are none, or they are not those the record knows of.</summary>
    public async Task<string?> Find(PatientId patient, Guid version, string sha256, CancellationToken stop)
    {
        if (await shelf.Read(options.Practice, Kind, Key(patient, version), stop) is not { } kept || Hash(kept.Content.Span) != sha256) return null;
        try
        {
            return Encoding.UTF8.GetString(Seal(patient).Unprotect(kept.Content.ToArray()));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Words nobody was ever shown are gone when their writer takes them back.</summary>
    public Task Forget(PatientId patient, Guid version, CancellationToken stop) => shelf.Remove(options.Practice, Kind, Key(patient, version), stop);

    static string Key(PatientId patient, Guid version) => $"{patient}/{version:N}";

    static string Hash(ReadOnlySpan<byte> closed) => Convert.ToHexStringLower(SHA256.HashData(closed));

    IDataProtector Seal(PatientId patient) => seals.CreateProtector("private journal 1", patient.ToString());
}
