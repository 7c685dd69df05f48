using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Notes;

/// <summary>What stands in the way of signing, and the field where it is put right.</summary>
public sealed record NoteGap(string Field, string Because);

/// <summary>The wish to sign a note.</summary>
/// <param name="EventAt">Null when no readable date and time was given.</param>
/// <param name="Parts">What was typed, by part.</param>
public sealed record SignNote(Guid Note, NoteForm Form, DateTimeOffset? EventAt, ImmutableDictionary<string, string> Parts, bool Sud);

public static class SigningNotes
{
    public const string WhenField = "EventOn";

    /// <summary>Every gap, in the order of the form. Signing waits for all of them; a draft may have any.</summary>
    public static ImmutableArray<NoteGap> Gaps(NoteForm form, DateTimeOffset? eventAt, ImmutableDictionary<string, string> parts, DateTimeOffset now)
    {
        var gaps = ImmutableArray.CreateBuilder<NoteGap>();
        if (eventAt is null) gaps.Add(new(WhenField, "Give the date and time it happened, such as 3/27/2026 and 2:15 pm."));
        else if (eventAt > now) gaps.Add(new(WhenField, "It cannot have happened in the future. Check the date and time."));
        foreach (var part in form.Parts.Where(p => p.Required && string.IsNullOrWhiteSpace(parts.GetValueOrDefault(p.Part))))
            gaps.Add(new($"Part-{part.Part}", $"Fill in “{part.Heading}” before signing."));
        return gaps.ToImmutable();
    }

    public static Decision Begin(Chart chart, NoteBegun wish) =>
        chart.Who is null ? Decision.Refuse("There is no such record.") : chart.Notes.Notes.ContainsKey(wish.Note) ? Decision.Nothing : Decision.Accept(wish);

    public static Decision Discard(Chart chart, Guid note, Actor by) => chart.Notes.Notes.GetValueOrDefault(note) switch
    {
        null or { Discarded: true } => Decision.Nothing,
        { Signed: not null } => Decision.Refuse("A signed note is locked and stays."),
        { By: var author } when author.Id != by.Id => Decision.Refuse($"Only {author.Name} can throw this draft away."),
        _ => Decision.Accept(new NoteDiscarded(note)),
    };

    public static Decision Sign(Chart chart, SignNote wish, Actor by, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such record.");
        var signed = new NoteSigned(wish.Note, wish.Form.Kind, wish.EventAt ?? now,
            [.. wish.Form.Parts.Where(p => !string.IsNullOrWhiteSpace(wish.Parts.GetValueOrDefault(p.Part))).Select(p => new NotePart(p.Part, p.Heading, wish.Parts[p.Part].Trim()))], wish.Sud);
        return chart.Notes.Notes.GetValueOrDefault(wish.Note) switch
        {
            { Signed: { } before } when Same(before, signed) => Decision.Nothing,
            { Signed: not null } => Decision.Refuse("This note is signed and locked. Write an addendum instead."),
            { By: var author } when author.Id != by.Id => Decision.Refuse("There is no such note."),
            _ when Gaps(wish.Form, wish.EventAt, wish.Parts, now) is [var gap, ..] => Decision.Refuse(gap.Because),
            _ => Decision.Accept(signed),
        };
    }

    public static Decision Add(Chart chart, NoteAddendum wish, DateTimeOffset now) => chart.Notes.Notes.GetValueOrDefault(wish.Note) switch
    {
        { Signed: null } or null => Decision.Refuse("There is no such note."),
        { Addenda: var before } when before.Any(a => a.Added.Addendum == wish.Addendum) => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(wish.Text) => Decision.Refuse("Write what is to be added."),
        _ when wish.EventAt > now => Decision.Refuse("It cannot have happened in the future. Check the date and time."),
        _ => Decision.Accept(wish with { Text = wish.Text.Trim() }),
    };

    public static Decision KeepApart(Chart chart, NoteKeptApart wish) =>
        chart.Who is null ? Decision.Refuse("There is no such record.")
        : chart.Notes.Apart.Any(a => a.Note.Note == wish.Note) ? Decision.Nothing : Decision.Accept(wish);

    static bool Same(NoteSigned one, NoteSigned other) => one with { Parts = [] } == other with { Parts = [] } && one.Parts.SequenceEqual(other.Parts);
}
