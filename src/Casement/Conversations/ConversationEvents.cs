using Casement.Journal;

namespace Casement.Conversations;

/// <summary>A message between the person and the practice; who wrote it is the actor of the entry.</summary>
/// <param name="Subject">Of the conversation; the first message gives it.</param>
/// <param name="Sud">Staff labelled it as a substance-use record (42 CFR part 2); the conversation bears the label from then on.</param>
/// <param name="DueAt">For a person's message when the practice must have answered; for the practice's when it should have been read.</param>
/// <param name="SameDay">It holds a word of the list that may mean danger: somebody reads it the same day. It says nothing about the person.</param>
/// <param name="Told">What the person was told at once, word for word; empty for the practice's own.</param>
[StoredAs("conversation.written")]
public sealed record ConversationWritten(Guid Conversation, Guid Message, string Subject, string Text, bool Sud, DateTimeOffset DueAt, bool SameDay, string Told) : PatientEvent;

/// <summary>The person opened the conversation up to this message.</summary>
[StoredAs("conversation.read")]
public sealed record ConversationRead(Guid Conversation, Guid Message) : PatientEvent;

/// <summary>The practice found that no written answer is needed, and says why.</summary>
[StoredAs("conversation.settled")]
public sealed record ConversationSettled(Guid Conversation, Guid Message, string Because) : PatientEvent;
