using Casement.Journal;

namespace Casement.Messages;

/// <summary>Whom a message goes to.</summary>
public enum AddresseeKind { Patient, Partner, Support, Staff }

/// <param name="Kind">The kind of party.</param>
/// <param name="Name">As the greeting says it; empty for none.</param>
/// <param name="Email">Where it goes. For a patient empty means: the address on the chart when it is sent.</param>
public sealed record Addressee(AddresseeKind Kind, string Name = "", string Email = "");

/// <summary>
/// Somebody is to be told something. The words come from the template when it is sent, so no clinical word can slip into a message;
/// asking for it stands in the same transaction as what it tells of.
/// </summary>
/// <param name="Message">Its id; the same id is never sent twice.</param>
/// <param name="Template">Which message of definitions/messages, such as "intake-waiting"; decides its purpose.</param>
/// <param name="To">Whom it goes to.</param>
/// <param name="Page">The page of ours it leads to, such as "/my/intake"; empty for none.</param>
/// <param name="Through">The capability link that opens the page without signing in; null when the reader signs in.</param>
/// <param name="NotBefore">The earliest instant it may go; null means now.</param>
[StoredAs("message.asked")]
public sealed record MessageAsked(Guid Message, string Template, Addressee To, string Page = "", Guid? Through = null, DateTimeOffset? NotBefore = null) : PatientEvent;
