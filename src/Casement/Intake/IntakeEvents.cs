using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>Something that happened to the health questions of one person.</summary>
public abstract record IntakeEvent : PatientEvent;

/// <summary>The practice asked the person to answer the health questions. A later offer begins a new round; what is still fresh is then confirmed and not asked again.</summary>
/// <param name="Intake">Names the round.</param>
/// <param name="Minutes">About how long it takes, as told to the person.</param>
[StoredAs("intake.offered")]
public sealed record IntakeOffered(Guid Intake, int Minutes) : IntakeEvent;

/// <summary>The first answer is about to be written down, or staff begin to enter a paper form.</summary>
/// <param name="Intake">Names the round.</param>
/// <param name="Form">The form and its version, such as "ketamine 1.0.0".</param>
/// <param name="FormHash">Of the definition the questions were put from.</param>
/// <param name="PaperOn">The date written on the paper; null when the person answers on a screen.</param>
[StoredAs("intake.started")]
public sealed record IntakeStarted(Guid Intake, string Form, string FormHash, DateOnly? PaperOn) : IntakeEvent;

/// <summary>One question was answered. What the protocol reads stands beside it as recorded facts; this keeps what was asked and given, as it was.</summary>
/// <param name="Question">The id of the question in the form.</param>
/// <param name="Asked">The question as it was put.</param>
/// <param name="Given">What was chosen or typed, in the order of the form.</param>
/// <param name="Danger">The card that was shown because of it; empty when it signals no danger.</param>
[StoredAs("intake.answered")]
public sealed record IntakeAnswered(string Question, string Asked, ImmutableArray<string> Given, string Danger) : IntakeEvent;

/// <summary>Why a question was left open. Never an answer: what it asks stays unknown.</summary>
public enum OpenBecause { Discuss, DoNotKnow }

/// <summary>The person would rather talk about it, or does not know.</summary>
[StoredAs("intake.left-open")]
public sealed record IntakeLeftOpen(string Question, string Asked, OpenBecause Because) : IntakeEvent;

/// <summary>How much a treatment helped, in the words of the person.</summary>
public enum TreatmentHelp { NotAtAll, Some, Much, NotSure }

/// <summary>Why a treatment ended.</summary>
public enum TreatmentEnd { StillTaking, DidNotHelp, SideEffects, OtherReason }

/// <summary>One medicine for mood or anxiety that was tried, as told. A clinician decides whether it counts as an adequate trial.</summary>
/// <param name="Medicine">As chosen or written.</param>
/// <param name="HighestDoseMgPerDay">Null when not known.</param>
/// <param name="Weeks">At that dose; null when not known.</param>
/// <param name="Helped">How much.</param>
/// <param name="Ended">Why it ended.</param>
public sealed record TreatmentTold(string Medicine, decimal? HighestDoseMgPerDay, int? Weeks, TreatmentHelp Helped, TreatmentEnd Ended);

/// <summary>The treatments tried, whole: it replaces the list before.</summary>
[StoredAs("intake.treatments-told")]
public sealed record TreatmentsTold(ImmutableArray<TreatmentTold> Treatments) : IntakeEvent;

/// <summary>The person has answered as well as they can.</summary>
/// <param name="Intake">Names the round.</param>
/// <param name="Open">The questions with no answer, by id.</param>
[StoredAs("intake.submitted")]
public sealed record IntakeSubmitted(Guid Intake, ImmutableArray<string> Open) : IntakeEvent;

/// <summary>A clinician read the answers so far, and did what a dangerous one asks.</summary>
/// <param name="Done">What was done; empty when no answer signalled danger.</param>
[StoredAs("intake.reviewed")]
public sealed record IntakeReviewed(string Done) : IntakeEvent;
