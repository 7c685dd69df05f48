using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Notes;

/// <summary>What a note is about.</summary>
public enum NoteKind { Visit, Phone, Message, Letter }

/// <summary>One part of a note under its heading, as it stood on the page when it was signed.</summary>
public sealed record NotePart(string Part, string Heading, string Text);

/// <summary>Somebody began a chart note. Its words are not here: until it is signed they are a draft of their author's.</summary>
/// <param name="SignBy">By when it should be signed.</param>
[StoredAs("note.begun")]
public sealed record NoteBegun(Guid Note, NoteKind Kind, DateTimeOffset SignBy) : PatientEvent;

/// <summary>The draft was thrown away before it was signed.</summary>
[StoredAs("note.discarded")]
public sealed record NoteDiscarded(Guid Note) : PatientEvent;

/// <summary>A chart note was signed and is locked. What is wrong in it is corrected by an addendum, never here.</summary>
/// <param name="EventAt">When what it tells of happened; the entry says when it was written down.</param>
/// <param name="Sud">It bears the label for substance-use records (42 CFR part 2), and so does everything added to it.</param>
[StoredAs("note.signed")]
public sealed record NoteSigned(Guid Note, NoteKind Kind, DateTimeOffset EventAt, ImmutableArray<NotePart> Parts, bool Sud) : PatientEvent;

/// <summary>Something was added to a signed note, and signed.</summary>
[StoredAs("note.addendum")]
public sealed record NoteAddendum(Guid Note, Guid Addendum, DateTimeOffset EventAt, string Text) : PatientEvent;

/// <summary>A psychotherapy note was signed. Its words are kept apart, for its author alone (45 CFR 164.501); the chart holds only what proves that they were not changed since.</summary>
/// <param name="Sha256">Of the sealed words, in hex: it says nothing about them.</param>
[StoredAs("note.kept-apart")]
public sealed record NoteKeptApart(Guid Note, string Sha256) : PatientEvent;
