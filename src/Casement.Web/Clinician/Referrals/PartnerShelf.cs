using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Clinician.Files;

namespace Casement.Web.Clinician.Referrals;

/// <summary>The directory of partner clinics, kept on the shelf of the practice.</summary>
public sealed class PartnerShelf(IShelf shelf, WebOptions options)
{
    public const string Kind = "partner";

    public async Task<ImmutableArray<PartnerClinic>> All(CancellationToken stop) =>
        [.. (await shelf.ReadAll(options.Practice, Kind, stop)).Select(s => Read(s.Content)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The entry and its version; null when there is none.</summary>
    public async Task<(PartnerClinic Partner, long Version)?> Find(Guid id, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, id.ToString("D"), stop) is { } found ? (Read(found.Content), found.Version) : null;

    /// <summary>False when somebody else changed it first.</summary>
    public Task<bool> Keep(PartnerClinic partner, long expected, CancellationToken stop) =>
        shelf.Write(options.Practice, Kind, partner.Id.ToString("D"), expected, JsonSerializer.SerializeToUtf8Bytes(partner), stop);

    static PartnerClinic Read(ReadOnlyMemory<byte> content) => JsonSerializer.Deserialize<PartnerClinic>(content.Span) ?? throw new JsonException("An entry of the directory is empty.");
}

/// <summary>Files partners send instead of reports: their bytes, sealed on the shelf; what they are stands in the journal.</summary>
public sealed class SessionFiles(IShelf shelf, FilesOnTheWay onTheWay, WebOptions options)
{
    const string Kind = "session-file";

    /// <param name="patient">In whose journal the entry that names them is about to be written.</param>
    public async Task Keep(PatientId patient, Guid file, byte[] bytes, CancellationToken stop)
    {
        await onTheWay.Note(Kind, file, patient, stop);
        await shelf.Write(options.Practice, Kind, file.ToString("D"), 0, bytes, stop);
    }

    public async Task<byte[]?> Read(Guid file, CancellationToken stop) => (await shelf.Read(options.Practice, Kind, file.ToString("D"), stop))?.Content.ToArray();

    public Task Remove(Guid file, CancellationToken stop) => shelf.Remove(options.Practice, Kind, file.ToString("D"), stop);
}
