using System.Text.Json;
using Casement.Journal;

namespace Casement.Web.Clinician.Patients;

/// <summary>An uploaded record between the preview and the confirmation.</summary>
/// <param name="Id">Names the import; the provenance of its facts bears it.</param>
/// <param name="NewPatient">The chart it opens when it is somebody new, drawn once so that a double click opens one chart.</param>
/// <param name="Onto">The chart it was uploaded from; null when the file itself is to say.</param>
/// <param name="FileName">As uploaded, without any folder.</param>
/// <param name="By">The account that uploaded it; nobody else sees it.</param>
/// <param name="At">When it came.</param>
/// <param name="Content">The bytes received.</param>
public sealed record HeldUpload(Guid Id, Guid NewPatient, Guid? Onto, string FileName, string By, DateTimeOffset At, byte[] Content);

/// <summary>Keeps uploads sealed on the shelf for half an hour. Nothing of them touches the disk in clear.</summary>
public sealed class HeldUploads(IShelf shelf, WebOptions options)
{
    const string Kind = "upload";

    static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    public async Task Hold(HeldUpload upload, CancellationToken stop)
    {
        foreach (var old in await shelf.ReadAll(options.Practice, Kind, stop))
            if (Open(old) is var held && held.At + Kept < options.Clock.GetUtcNow()) await shelf.Remove(options.Practice, Kind, old.Key, stop);
        await shelf.Write(options.Practice, Kind, upload.Id.ToString("D"), 0, JsonSerializer.SerializeToUtf8Bytes(upload), stop);
    }

    /// <summary>Null when it is somebody else's, too old, or was never there.</summary>
    public async Task<HeldUpload?> Find(Guid id, Actor by, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, id.ToString("D"), stop) is { } kept && Open(kept) is var held && held.By == by.Id && held.At + Kept >= options.Clock.GetUtcNow() ? held : null;

    public Task LetGo(Guid id, CancellationToken stop) => shelf.Remove(options.Practice, Kind, id.ToString("D"), stop);

    static HeldUpload Open(Shelved kept) => JsonSerializer.Deserialize<HeldUpload>(kept.Content.Span) ?? throw new JsonException("A held upload is empty.");
}
