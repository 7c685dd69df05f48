using System.Text.Json;
using Casement.Documents;
using Casement.Journal;
using Casement.Sessions;

namespace Casement.Web.Clinician.Files;

/// <summary>
/// Bytes are kept before the entry that names them, so that no entry points at nothing; a crash between the two leaves bytes nobody can open. Each is written
/// down here first, and a day later it is looked whether an entry names it: if none does, the bytes go.
/// </summary>
public sealed class FilesOnTheWay(IShelf shelf, IJournals journals, WebOptions options)
{
    const string Kind = "file-on-the-way";

    /// <summary>Far longer than any upload.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>A sweep that said it removes something and has not in this time is dead.</summary>
    static readonly TimeSpan SweepLasts = TimeSpan.FromMinutes(2);

    /// <param name="FileKind">The kind it is kept under on the shelf.</param>
    /// <param name="Sweeping">It is being removed right now.</param>
    sealed record OnTheWay(string FileKind, Guid File, Guid Patient, DateTimeOffset Since, bool Sweeping = false);

    /// <summary>Says that these bytes come. The same bytes brought again begin their day anew.</summary>
    public async Task Note(string kind, Guid file, PatientId patient, CancellationToken stop)
    {
        while (true)
        {
            var (before, version) = await Find(file, stop);
            // What is just being removed must be gone before the same bytes are kept again.
            if (before is { Sweeping: true } && options.Clock.GetUtcNow() - before.Since < SweepLasts) await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            else if (await Write(new(kind, file, patient.Value, options.Clock.GetUtcNow()), version, stop)) return;
        }
    }

    /// <summary>Removes what no entry names a day after it came. Answers how many were removed.</summary>
    public async Task<int> Sweep(CancellationToken stop)
    {
        var removed = 0;
        foreach (var note in await shelf.ReadAll(options.Practice, Kind, stop))
        {
            stop.ThrowIfCancellationRequested();
            if (Read(note) is not { } file || file.Since > options.Clock.GetUtcNow() - Grace) continue;
            // Whoever brings the same bytes now writes the note first; then this write fails, and they stay.
            if (!await Write(file with { Since = options.Clock.GetUtcNow(), Sweeping = true }, note.Version, stop)) continue;
            if (!await IsNamed(file, stop))
            {
                await shelf.Remove(options.Practice, file.FileKind, file.File.ToString("D"), CancellationToken.None);
                removed++;
            }
            await shelf.Remove(options.Practice, Kind, note.Key, CancellationToken.None);
        }
        return removed;
    }

    /// <summary>Read from the journal itself: an entry marked as a mistake still names its file, and so may one this version cannot read.</summary>
    async Task<bool> IsNamed(OnTheWay file, CancellationToken stop) =>
        (await journals.Read(options.Practice, new(file.Patient), stop)).Any(e => e.What switch
        {
            DocumentReceived received => received.Document == file.File,
            SessionFileReceived received => received.File == file.File,
            Unreadable other => other.Json.Contains(file.File.ToString("D"), StringComparison.OrdinalIgnoreCase),
            _ => false,
        });

    async Task<(OnTheWay? Note, long Version)> Find(Guid file, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, file.ToString("D"), stop) is { } found ? (Read(found), found.Version) : (null, 0);

    Task<bool> Write(OnTheWay note, long version, CancellationToken stop) =>
        shelf.Write(options.Practice, Kind, note.File.ToString("D"), version, JsonSerializer.SerializeToUtf8Bytes(note), stop);

    static OnTheWay? Read(Shelved note) => JsonSerializer.Deserialize<OnTheWay>(note.Content.Span);
}
