namespace Casement.Journal;

/// <summary>Something that happened to one person's record. Facts only, in the past tense; never changed once written.</summary>
public abstract record PatientEvent;

/// <summary>The name an event is stored under. A contract: it outlives every renaming of the type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>An entry written by a newer version, or damaged: kept, shown, and never ignored by a rule.</summary>
/// <param name="StoredName">The name it was stored under.</param>
/// <param name="Json">Its content as found; empty when it could not be opened at all.</param>
/// <param name="Because">Why it could not be read, in a sentence.</param>
public sealed record Unreadable(string StoredName, string Json, string Because) : PatientEvent;

/// <summary>An earlier entry was a mistake. It stays in the journal with this beside it and no longer counts.</summary>
/// <param name="Entry">The sequence number of the mistaken entry.</param>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
[StoredAs("journal.entered-in-error")]
public sealed record EnteredInError(long Entry, string Reason) : PatientEvent;
