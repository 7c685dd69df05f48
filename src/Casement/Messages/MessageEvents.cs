using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Messages;

/// <summary>Whom a message goes to.</summary>
public enum AddresseeKind { Patient, Partner, Support, Staff }

/// <summary>What a message is for; people choose per purpose how they are reached.</summary>
public enum Purpose { SignIn, Task, Clearance, Referral, Appointment, Message, Safety, Staff }

/// <summary>How somebody wishes to be reached.</summary>
public enum Channel { Email, Text, Call, None }

/// <param name="Kind">The kind of party.</param>
/// <param name="Name">As the greeting says it; empty for none. For a patient empty means: the name on the chart when it is sent.</param>
/// <param name="Email">Where it goes. For a patient empty means the address on the chart when it is sent, for staff every clinician.</param>
public sealed record Addressee(AddresseeKind Kind, string Name = "", string Email = "");

/// <summary>A visit that goes along as a calendar entry. It says when and where, never what for.</summary>
/// <param name="Id">Its id; the same for every change of the same visit.</param>
/// <param name="At">When it begins.</param>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="Sequence">0 when first sent; one more with each change.</param>
/// <param name="Cancelled">It does not take place.</param>
/// <param name="Place">Where, in words a stranger may read; empty when not said.</param>
public sealed record Visit(Guid Id, DateTimeOffset At, int Minutes, int Sequence = 0, bool Cancelled = false, string Place = "");

/// <summary>Something about a message to or about this person.</summary>
public abstract record MessageEvent : PatientEvent;

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
/// <param name="Visit">The visit it tells of, sent along for the reader's calendar; null for none.</param>
/// <param name="About">The task it reminds of, so that reminders of one task are counted together; null means: template and page.</param>
[StoredAs("message.asked")]
public sealed record MessageAsked(
    Guid Message,
    string Template,
    Addressee To,
    string Page = "",
    Guid? Through = null,
    DateTimeOffset? NotBefore = null,
    Visit? Visit = null,
    Guid? About = null) : MessageEvent;

/// <summary>The message was handed over. Whether it was read, nobody knows.</summary>
/// <param name="Subject">As sent.</param>
/// <param name="BodySha256">Of the words as sent, but for the address of the link: that address opens a door and is kept nowhere.</param>
/// <param name="To">The addresses it went to.</param>
/// <param name="Through">What took it, such as "smtp mail.practice.example".</param>
/// <param name="SentAt">When it was handed over.</param>
[StoredAs("message.sent")]
public sealed record MessageSent(Guid Message, string Subject, string BodySha256, string To, string Through, DateTimeOffset SentAt) : MessageEvent;

/// <summary>Handing it over failed; it is tried again.</summary>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Because">Why, in a sentence without address or words.</param>
/// <param name="NextAt">When it is tried again.</param>
[StoredAs("message.failed")]
public sealed record MessageFailed(Guid Message, int Attempt, string Because, DateTimeOffset NextAt) : MessageEvent;

/// <summary>It could not be delivered and is not tried again; somebody has to reach the person another way.</summary>
[StoredAs("message.given-up")]
public sealed record MessageGivenUp(Guid Message, int Attempts, string Because) : MessageEvent;

/// <summary>Why a message was not sent.</summary>
public enum HeldBecause { Stopped, NotWanted, CallInstead, NoAddress, EnoughNudges, TooLate }

/// <summary>It was not sent, for a reason that is nobody's failure.</summary>
/// <param name="Call">Somebody has to tell the person by phone instead.</param>
[StoredAs("message.held-back")]
public sealed record MessageHeldBack(Guid Message, HeldBecause Because, bool Call) : MessageEvent;

/// <summary>Staff told the person another way, or found that it no longer matters.</summary>
/// <param name="How">In their words.</param>
[StoredAs("message.settled")]
public sealed record MessageSettled(Guid Message, string How) : MessageEvent;

/// <summary>Staff let a message that was given up or held back go out again.</summary>
[StoredAs("message.sent-again")]
public sealed record MessageAskedAgain(Guid Message) : MessageEvent;

/// <summary>How one purpose reaches the person.</summary>
public sealed record PurposeChoice(Purpose For, Channel By);

/// <summary>The person chose how they are reached; purposes not named are as before.</summary>
[StoredAs("messages.chosen")]
public sealed record MessagePreferencesChosen(ImmutableArray<PurposeChoice> Choices) : MessageEvent;

/// <summary>The person said stop: nothing goes out any more but what they ask for themselves.</summary>
/// <param name="Who">The patient, or a support person.</param>
/// <param name="Email">For a support person the address that wants no more; empty for the patient.</param>
[StoredAs("messages.stopped")]
public sealed record MessagesStopped(AddresseeKind Who, string Email = "") : MessageEvent;

/// <summary>The person wants messages again.</summary>
[StoredAs("messages.started-again")]
public sealed record MessagesStartedAgain(AddresseeKind Who, string Email = "") : MessageEvent;
