using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;
using Casement.Notes;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.Clinician.Notes;

/// <summary>A note being written, as typed; seen by its author alone.</summary>
/// <param name="Apart">A psychotherapy note: kept sealed for its author even here.</param>
/// <param name="Version">The version it was read at; 0 before the first save.</param>
public sealed record NoteDraft(
    Guid Note,
    Guid Patient,
    string Author,
    bool Apart,
    NoteKind Kind,
    string EventOn,
    string EventTime,
    ImmutableDictionary<string, string> Parts,
    bool Sud,
    DateTimeOffset SavedAt,
    long Version = 0);

/// <summary>Drafts on the shelf. They never enter a journal: what was typed and taken back is nobody's record.</summary>
public sealed class Drafts(IShelf shelf, IDataProtectionProvider seals, WebOptions options)
{
    const string Chart = "note-draft", ApartKind = "apart-draft";

    /// <summary>The draft, for its author; for everybody else there is none.</summary>
    public async Task<NoteDraft?> Find(Guid note, Actor author, CancellationToken stop)
    {
        foreach (var kind in new[] { Chart, ApartKind })
            if (await shelf.Read(options.Practice, kind, note.ToString("D"), stop) is { } kept && Open(kept, author) is { } draft) return draft;
        return null;
    }

    /// <summary>Saves at the version that was read. Null when another window saved meanwhile; nothing was changed then.</summary>
    public async Task<NoteDraft?> Save(NoteDraft draft, CancellationToken stop)
    {
        var saved = draft with { SavedAt = options.Clock.GetUtcNow() };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(saved with { Version = 0 });
        var content = draft.Apart ? Seal(draft.Author).Protect(bytes) : bytes;
        return await shelf.Write(options.Practice, draft.Apart ? ApartKind : Chart, draft.Note.ToString("D"), draft.Version, content, stop) ? saved with { Version = draft.Version + 1 } : null;
    }

    public Task Forget(NoteDraft draft, CancellationToken stop) => shelf.Remove(options.Practice, draft.Apart ? ApartKind : Chart, draft.Note.ToString("D"), stop);

    /// <summary>The psychotherapy notes this author has begun and not signed: they stand on no list of the practice.</summary>
    public async Task<IReadOnlyList<NoteDraft>> ApartOf(Actor author, CancellationToken stop) =>
        [.. (await shelf.ReadAll(options.Practice, ApartKind, stop)).Select(s => Open(s, author)).OfType<NoteDraft>().OrderBy(d => d.SavedAt)];

    NoteDraft? Open(Shelved kept, Actor author)
    {
        if (kept.Kind == Chart) return Read(kept.Content.Span) is var draft && draft.Author == author.Id ? draft with { Version = kept.Version } : null;
        return ApartNotes.Opened(Seal(author.Id), kept.Content) is { } bytes ? Read(bytes) with { Version = kept.Version } : null;
    }

    static NoteDraft Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<NoteDraft>(json) ?? throw new JsonException("A draft is empty.");

    IDataProtector Seal(string author) => ApartNotes.SealOf(seals, author);
}
