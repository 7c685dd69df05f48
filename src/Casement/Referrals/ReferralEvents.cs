using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>How a partner's word reached us when it did not come over the link: the telephone, a fax. Every such entry needs a source and a date.</summary>
/// <param name="Source">Such as "telephone, Dana at the front desk".</param>
/// <param name="At">When it was said.</param>
public sealed record Heard(string Source, DateTimeOffset At);

public enum ReferralUrgency { Routine, Soon }

/// <summary>Something that happened to one referral.</summary>
public abstract record ReferralEvent(Guid Referral) : PatientEvent;

/// <summary>Somebody began to refer the patient to a partner clinic. Nothing has left the practice.</summary>
/// <param name="Referral">Its id; the same twice is one.</param>
/// <param name="Partner">The clinic in the directory.</param>
/// <param name="PartnerName">Its name as it was then.</param>
/// <param name="Product">What is asked for, such as "racemic-ketamine-iv".</param>
/// <param name="Question">What we ask of the clinic, in our words.</param>
/// <param name="WantedBy">The day it is wanted by; null when none was named.</param>
[StoredAs("referral.drafted")]
public sealed record ReferralDrafted(Guid Referral, Guid Partner, string PartnerName, string Product, string Question, ReferralUrgency Urgency, DateOnly? WantedBy) : ReferralEvent(Referral);

/// <summary>The lines the packet would hold were chosen. Whatever the patient had signed for before no longer covers it.</summary>
[StoredAs("referral.packet-chosen")]
public sealed record ReferralPacketChosen(Guid Referral, ImmutableArray<PacketLine> Lines) : ReferralEvent(Referral);

/// <summary>The patient left these lines out; all others stand.</summary>
[StoredAs("referral.lines-struck")]
public sealed record ReferralLinesStruck(Guid Referral, ImmutableArray<string> Lines) : ReferralEvent(Referral);

/// <summary>The patient signed for what may be sent, to whom and what for.</summary>
[StoredAs("referral.authorised")]
public sealed record ReferralAuthorised(Guid Referral, Authorisation Authorisation) : ReferralEvent(Referral);

/// <summary>The patient took the authorisation back. It ends at once; what was already read stays read.</summary>
[StoredAs("referral.authorisation-revoked")]
public sealed record ReferralAuthorisationRevoked(Guid Referral, Guid Authorisation, string Reason) : ReferralEvent(Referral);

/// <summary>The patient was asked to look at the packet and sign.</summary>
/// <param name="SignBy">Not signed by then is silence, and somebody asks.</param>
[StoredAs("referral.signature-asked")]
public sealed record ReferralSignatureAsked(Guid Referral, DateTimeOffset SignBy) : ReferralEvent(Referral);

/// <summary>The packet was released to the partner: one line of the accounting of disclosures.</summary>
/// <param name="Link">The capability link the partner opens it with.</param>
/// <param name="Clearance">The signed decision it speaks of.</param>
/// <param name="Packet">The lines exactly as sent.</param>
/// <param name="PacketHash">SHA-256 over them, in hex.</param>
/// <param name="Authorisation">What the patient signed.</param>
/// <param name="Basis">Under what it may be disclosed, in a sentence.</param>
/// <param name="Terms">By when the partner is asked to answer.</param>
[StoredAs("referral.sent")]
public sealed record ReferralSent(Guid Referral, Guid Link, Guid Clearance, ImmutableArray<PacketLine> Packet, string PacketHash, Guid Authorisation, string Basis, ReferralTerms Terms) : ReferralEvent(Referral);

/// <summary>The partner opened the packet.</summary>
[StoredAs("referral.opened")]
public sealed record ReferralOpened(Guid Referral, Guid Link) : ReferralEvent(Referral);

/// <summary>The partner said that it has the referral and will look at it.</summary>
[StoredAs("referral.acknowledged")]
public sealed record ReferralAcknowledged(Guid Referral, string By, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The partner takes the patient.</summary>
[StoredAs("referral.accepted")]
public sealed record ReferralAccepted(Guid Referral, string By, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The partner said no, and why. The patient is still ours to place.</summary>
[StoredAs("referral.declined")]
public sealed record ReferralDeclined(Guid Referral, string Reason, string By, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The partner offered up to three times.</summary>
[StoredAs("referral.dates-proposed")]
public sealed record ReferralDatesProposed(Guid Referral, ImmutableArray<DateTimeOffset> Dates, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The dates the partner offered have passed, or none of them suits: others are asked for, and those offered stand no more.</summary>
/// <param name="AnswerBy">By when the partner is asked to offer others.</param>
[StoredAs("referral.dates-asked")]
public sealed record ReferralDatesAsked(Guid Referral, DateTimeOffset AnswerBy) : ReferralEvent(Referral);

/// <summary>An appointment was made, or moved.</summary>
[StoredAs("referral.scheduled")]
public sealed record ReferralScheduled(Guid Referral, DateTimeOffset At, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The patient did not come.</summary>
[StoredAs("referral.unattended")]
public sealed record ReferralUnattended(Guid Referral, string Note, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The appointment was called off; the referral goes on.</summary>
[StoredAs("referral.appointment-cancelled")]
public sealed record ReferralAppointmentCancelled(Guid Referral, string Reason, Heard? Heard) : ReferralEvent(Referral);

/// <summary>News from the partner while the treatment goes on.</summary>
[StoredAs("referral.interim-note")]
public sealed record ReferralInterimNote(Guid Referral, string Note, Heard? Heard) : ReferralEvent(Referral);

/// <summary>We asked the partner to stop.</summary>
/// <param name="AnswerBy">By when the partner is asked to confirm.</param>
[StoredAs("referral.cancel-asked")]
public sealed record ReferralCancelAsked(Guid Referral, string Reason, DateTimeOffset AnswerBy) : ReferralEvent(Referral);

/// <summary>The partner confirmed that it stopped.</summary>
[StoredAs("referral.cancel-confirmed")]
public sealed record ReferralCancelConfirmed(Guid Referral, Heard? Heard) : ReferralEvent(Referral);

/// <summary>The partner told how it ended. Not closed until a clinician of ours has read it.</summary>
/// <param name="Session">The session whose report says so; null when it came otherwise.</param>
[StoredAs("referral.outcome-received")]
public sealed record ReferralOutcomeReceived(Guid Referral, string Outcome, Guid? Session, Heard? Heard) : ReferralEvent(Referral);

/// <summary>A clinician of ours read how it ended, told the patient and brought the plan up to date. Only this closes the loop.</summary>
/// <param name="Plan">What follows.</param>
/// <param name="Why">What was read: the outcome, a refusal, a cancellation, or silence.</param>
[StoredAs("referral.closed")]
public sealed record ReferralClosed(Guid Referral, string Plan, string Why) : ReferralEvent(Referral);

/// <summary>It was not over after all.</summary>
[StoredAs("referral.reopened")]
public sealed record ReferralReopened(Guid Referral, string Reason) : ReferralEvent(Referral);

/// <summary>The partner confirmed having seen that the clearance changed.</summary>
/// <param name="Clearance">The decision meant.</param>
/// <param name="State">What was seen.</param>
[StoredAs("referral.clearance-change-seen")]
public sealed record ReferralClearanceChangeSeen(Guid Referral, Guid Clearance, ClearanceState State, string By) : ReferralEvent(Referral);

/// <summary>When the partner is asked to answer by, and when silence counts; from the definitions in force on the day of sending.</summary>
/// <param name="SilentDays">Days without a word after which somebody reaches out to the patient.</param>
/// <param name="NoShows">As many missed appointments do the same.</param>
/// <param name="ReportDays">Days after a session for its report.</param>
public sealed record ReferralTerms(DateTimeOffset AcknowledgeBy, DateTimeOffset AnswerBy, DateTimeOffset FirstAppointmentBy, int SilentDays, int NoShows, int ReportDays);
