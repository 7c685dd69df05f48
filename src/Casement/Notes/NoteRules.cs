using System.Collections.Immutable;

namespace Casement.Notes;

/// <summary>One part of a form for notes.</summary>
/// <param name="Required">Signing waits for it; saving never does.</param>
public sealed record NoteFormPart(string Part, string Heading, string Hint, bool Required);

/// <summary>What a note of a kind consists of.</summary>
public sealed record NoteForm(NoteKind Kind, string Label, ImmutableArray<NoteFormPart> Parts);

/// <summary>Words that belong in the ordinary note (45 CFR 164.501), with what they are about. "#" stands for a number.</summary>
public sealed record BelongsInChart(string About, ImmutableArray<string> Words);

/// <summary>How notes are written here; from definitions/practice/notes.yaml.</summary>
public sealed record NoteRules(ImmutableArray<NoteForm> Forms, ImmutableArray<string> Phrases, ImmutableArray<BelongsInChart> InChart)
{
    public static NoteRules None { get; } = new([.. Enum.GetValues<NoteKind>().Select(k => new NoteForm(k, k.ToString(), [new("text", "Note", "", true)]))], [], []);

    public NoteForm Form(NoteKind kind) => Forms.First(f => f.Kind == kind);
}
