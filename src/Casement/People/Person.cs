using Casement.Journal;

namespace Casement.People;

/// <summary>A person's names as they give them: one name, two surnames and accents included.</summary>
/// <param name="Legal">The name on identity papers and on superbills.</param>
/// <param name="Chosen">The name the person is called by; empty when it is the legal one.</param>
/// <param name="Pronouns">As the person gives them; empty when not given.</param>
public sealed record PersonName(string Legal, string Chosen = "", string Pronouns = "")
{
    /// <summary>A name, address or number as typed, without space around it or twice between words.</summary>
    public static string Tidy(string? typed) => string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Called => Chosen.Length > 0 ? Chosen : Legal;
}

/// <summary>Who a journal is about.</summary>
/// <param name="Name">The names.</param>
/// <param name="BornOn">Date of birth; null means not recorded.</param>
/// <param name="Email">Empty when not given.</param>
/// <param name="Phone">Empty when not given.</param>
public sealed record Person(PersonName Name, DateOnly? BornOn, string Email = "", string Phone = "");

/// <summary>The practice opened a record for this person.</summary>
[StoredAs("patient.admitted")]
public sealed record PatientAdmitted(Person Who) : PatientEvent;

/// <summary>Name, date of birth or contact details were corrected or changed; the old ones stay in the journal.</summary>
[StoredAs("patient.details-changed")]
public sealed record PatientDetailsChanged(Person Who, string Reason) : PatientEvent;
