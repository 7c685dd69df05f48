using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Notes;

/// <summary>An addendum with who added it and when.</summary>
public sealed record AddendumOnChart(NoteAddendum Added, Actor By, DateTimeOffset SignedAt);

/// <summary>A note as it stands: begun, thrown away, or signed.</summary>
public sealed record NoteOnChart(Guid Note, NoteKind Kind, Actor By, DateTimeOffset BegunAt, DateTimeOffset? SignBy = null)
{
    public NoteSigned? Signed { get; init; }
    public DateTimeOffset? SignedAt { get; init; }
    public bool Discarded { get; init; }
    public ImmutableList<AddendumOnChart> Addenda { get; init; } = [];
}

/// <summary>A psychotherapy note as far as the chart knows it.</summary>
public sealed record KeptApart(NoteKeptApart Note, Actor By, DateTimeOffset SignedAt);

/// <summary>The notes of a chart.</summary>
public sealed record NotesOnChart(ImmutableDictionary<Guid, NoteOnChart> Notes, ImmutableList<KeptApart> Apart, ImmutableHashSet<long> Locked)
{
    public static NotesOnChart None { get; } = new(ImmutableDictionary<Guid, NoteOnChart>.Empty, [], []);

    /// <summary>Signed chart notes, the latest event first.</summary>
    public IEnumerable<NoteOnChart> Signed => Notes.Values.Where(n => n.Signed is not null).OrderByDescending(n => n.Signed?.EventAt);

    public IEnumerable<NoteOnChart> Unsigned => Notes.Values.Where(n => n is { Signed: null, Discarded: false });

    public NotesOnChart After(PatientEvent what, Entry entry) => what switch
    {
        NoteBegun e when !Notes.ContainsKey(e.Note) => With(new(e.Note, e.Kind, entry.By, entry.RecordedAt, e.SignBy)),
        NoteDiscarded e when Notes.TryGetValue(e.Note, out var note) => With(note with { Discarded = true }),
        NoteSigned e => With((Notes.GetValueOrDefault(e.Note) ?? new(e.Note, e.Kind, entry.By, entry.RecordedAt)) with { Kind = e.Kind, By = entry.By, Signed = e, SignedAt = entry.RecordedAt, Discarded = false }) with { Locked = Locked.Add(entry.Sequence) },
        NoteAddendum e when Notes.TryGetValue(e.Note, out var note) => With(note with { Addenda = note.Addenda.Add(new(e, entry.By, entry.RecordedAt)) }) with { Locked = Locked.Add(entry.Sequence) },
        NoteKeptApart e => this with { Apart = Apart.Add(new(e, entry.By, entry.RecordedAt)), Locked = Locked.Add(entry.Sequence) },
        _ => this,
    };

    NotesOnChart With(NoteOnChart note) => this with { Notes = Notes.SetItem(note.Note, note) };

    /// <summary>An unsigned note waits for its author.</summary>
    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
        [.. chart.Notes.Unsigned.Select(n => Worklist.Row(new(who.Name.Called, "Sign the note begun, or throw it away", Urgency.Soon, n.BegunAt, $"notes/{n.Note}", n.SignBy, $"Not signed yet: a note begun by {n.By.Name}", DueUnit.BusinessDays, n.By.Id, $"note-{n.Note:N}")))];
}
