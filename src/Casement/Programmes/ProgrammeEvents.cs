using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>Something about the steps a person goes through before and after a session.</summary>
public abstract record ProgrammeEvent : PatientEvent;

/// <summary>The person went through a step and left these words. Answered again, both stay.</summary>
/// <param name="Version">Of the words the person read.</param>
/// <param name="Sha256">Of the words the person read.</param>
/// <param name="Session">The session it comes after; null for a step before one.</param>
/// <param name="Answers">By question, exactly as given; several choices each on a line. What was left out is not here.</param>
/// <param name="SameDay">A word of the list of dangerous ones is in it, and somebody should look the same day.</param>
[StoredAs("programme.step-answered")]
public sealed record StepAnswered(Guid Answering, string Programme, string Version, string Sha256, string Step, Guid? Session, ImmutableSortedDictionary<string, string> Answers, bool SameDay) : ProgrammeEvent;

/// <summary>"Not now", said by the person. Nobody asks again; the step can still be taken up.</summary>
[StoredAs("programme.step-set-aside")]
public sealed record StepSetAside(string Step, Guid? Session) : ProgrammeEvent;

/// <summary>A step is open for this person from now on, whatever the programme says.</summary>
[StoredAs("programme.step-added")]
public sealed record StepAdded(string Step, Guid? Session, string Because) : ProgrammeEvent;

/// <summary>A step is left out for this person.</summary>
[StoredAs("programme.step-skipped")]
public sealed record StepSkipped(string Step, Guid? Session, string Because) : ProgrammeEvent;

/// <summary>Somebody of the practice read what the person left or shared.</summary>
/// <param name="Of">The answering, or the version of the journal entry.</param>
[StoredAs("programme.words-read")]
public sealed record WordsRead(Guid Of) : ProgrammeEvent;

/// <summary>What the person hopes to bring to the sessions, in their own words. Earlier ones stay.</summary>
[StoredAs("intention.set")]
public sealed record IntentionSet(Guid Intention, string Words) : ProgrammeEvent;

/// <summary>What is agreed for the time after sessions, and when a human being is next in touch.</summary>
/// <param name="Goals">As agreed.</param>
/// <param name="Practices">As agreed.</param>
/// <param name="NextContactOn">In the practice's zone; null when none is to follow.</param>
/// <param name="ContactOverAt">When that day is over.</param>
/// <param name="With">Who is in touch.</param>
/// <param name="NoneBecause">Why no contact is to follow; empty when one is.</param>
[StoredAs("integration.planned")]
public sealed record IntegrationPlanned(Guid Plan, string Goals, string Practices, DateOnly? NextContactOn, DateTimeOffset? ContactOverAt, string With, string NoneBecause) : ProgrammeEvent;

/// <summary>The contact that was planned took place, or was missed.</summary>
/// <param name="Plan">The plan that named it.</param>
[StoredAs("integration.contact")]
public sealed record IntegrationContact(Guid Plan, DateOnly On, bool Held, string Note) : ProgrammeEvent;

/// <summary>The person wrote in their journal. The words are kept apart from this record; it knows only that there are some.</summary>
/// <param name="Entry">The same for every version of one entry.</param>
/// <param name="Sha256">Of what is kept.</param>
[StoredAs("journal.entry-written")]
public sealed record JournalWritten(Guid Entry, Guid Version, string Sha256) : ProgrammeEvent;

/// <summary>The person showed one version of an entry to the practice.</summary>
/// <param name="SameDay">A word of the list of dangerous ones is in it, and somebody should look the same day.</param>
[StoredAs("journal.entry-shared")]
public sealed record JournalShared(Guid Entry, Guid Version, bool SameDay) : ProgrammeEvent;

/// <summary>The person took the sharing back. The practice no longer sees the words; that they were shared stays.</summary>
[StoredAs("journal.entry-unshared")]
public sealed record JournalUnshared(Guid Entry) : ProgrammeEvent;

/// <summary>The person took the entry back. Nobody sees its words again.</summary>
[StoredAs("journal.entry-withdrawn")]
public sealed record JournalWithdrawn(Guid Entry) : ProgrammeEvent;
