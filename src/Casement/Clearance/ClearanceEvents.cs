using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>Answers were written down together, from one page, one visit or one import.</summary>
[StoredAs("facts.recorded")]
public sealed record FactsRecorded(ImmutableArray<RecordedFact> Facts) : PatientEvent;

/// <summary>The medicine list as of an instant, whole: it replaces the list before.</summary>
[StoredAs("medicines.recorded")]
public sealed record MedicinesRecorded(ImmutableArray<Medicine> Medicines, DateTimeOffset ObservedAt, FactSource Source) : PatientEvent;

/// <summary>An outside record was read in. What it said is in the facts and medicines recorded with it; what it said that we have no place for is listed here.</summary>
/// <param name="Import">Names this import in the provenance of every fact it brought.</param>
/// <param name="FileName">As uploaded.</param>
/// <param name="Sha256">Of the bytes received, in hex.</param>
/// <param name="ResourceCount">Resources read.</param>
/// <param name="NotUsed">One line per code or resource that maps to no fact, with its count.</param>
[StoredAs("record.imported")]
public sealed record RecordImported(Guid Import, string FileName, string Sha256, int ResourceCount, ImmutableArray<string> NotUsed) : PatientEvent;

/// <summary>A specialist's opinion about one finding was written down.</summary>
[StoredAs("clearance.opinion-recorded")]
public sealed record OpinionRecorded(Opinion Opinion) : PatientEvent;

/// <summary>A licensed person set a finding aside. It ends with the next signed decision, or when an answer the rule reads changes.</summary>
/// <param name="Override">Who, why, and what instead.</param>
/// <param name="Read">The answers the rule read, as they stood.</param>
[StoredAs("clearance.override-given")]
public sealed record OverrideGiven(Override Override, ImmutableArray<Answer> Read) : PatientEvent;

/// <summary>A second licensed person agreed with an override.</summary>
[StoredAs("clearance.override-cosigned")]
public sealed record OverrideCosigned(string Rule, string Cosigner, string CosignerKind) : PatientEvent;

/// <summary>Somebody tried to set aside what nobody may. Refused, and kept on record.</summary>
[StoredAs("clearance.override-refused")]
public sealed record OverrideRefused(string Rule, string Reason) : PatientEvent;

/// <summary>What a licensed clinician decided. The protocol only proposes.</summary>
public enum ClearanceVerdict { Cleared, ClearedWithConditions, NeedsInformation, NotNow, Declined }

/// <summary>A licensed clinician signed a decision, with everything it was made from, so that it replays to the identical result for ever.</summary>
/// <param name="Clearance">Names the decision; the same twice is one.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Rationale">Why, in the clinician's words.</param>
/// <param name="Given">Every input: answers, medicines, opinions, overrides, moved parameters, and the instant.</param>
/// <param name="ProtocolHash">The exact protocol; its files are kept under this hash.</param>
/// <param name="ProtocolVersion">As a person names it.</param>
/// <param name="Outcome">What the protocol proposed.</param>
/// <param name="Fired">Rules that were true, without notes.</param>
/// <param name="Open">Rules that could not be told, without notes.</param>
/// <param name="Notes">Notes that were true.</param>
/// <param name="Conditions">What has to be kept, in words; empty unless cleared.</param>
/// <param name="Product">Allowed product and route; empty unless cleared.</param>
/// <param name="Setting">Allowed setting; empty unless cleared.</param>
/// <param name="ExpiresAt">The latest it can end; null unless cleared.</param>
/// <param name="FirstSessionBy">It ends here when no session has started; null unless cleared.</param>
/// <param name="PeerReview">It holds more overrides than the protocol lets pass without a colleague looking.</param>
[StoredAs("clearance.signed")]
public sealed record ClearanceSigned(
    Guid Clearance,
    ClearanceVerdict Verdict,
    string Rationale,
    Case Given,
    string ProtocolHash,
    string ProtocolVersion,
    string Outcome,
    ImmutableArray<string> Fired,
    ImmutableArray<string> Open,
    ImmutableArray<string> Notes,
    ImmutableArray<string> Conditions,
    string Product,
    string Setting,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? FirstSessionBy,
    bool PeerReview) : PatientEvent
{
    public bool MayProceed => Verdict is ClearanceVerdict.Cleared or ClearanceVerdict.ClearedWithConditions;
}

/// <summary>
/// The protocol or a limit changed after the decision, and the same inputs come out otherwise. The clearance holds, since treatment may still go ahead, until a
/// clinician has looked; where it may not, the clearance is suspended instead.
/// </summary>
/// <param name="ProtocolHash">The protocol it was run again under.</param>
/// <param name="Settings">The limits moved then.</param>
/// <param name="Outcome">What it comes to now.</param>
/// <param name="Changes">What differs, each in words.</param>
/// <param name="ActBy">By when a clinician looks.</param>
[StoredAs("clearance.run-again")]
public sealed record ClearanceRunAgain(Guid Clearance, string ProtocolHash, string ProtocolVersion, ImmutableSortedDictionary<string, decimal> Settings, string Outcome, ImmutableArray<string> Changes, DateTimeOffset ActBy) : PatientEvent;

/// <summary>A new fact ended or paused a clearance, by itself.</summary>
/// <param name="Trigger">The trigger's id.</param>
/// <param name="Because">In a sentence.</param>
/// <param name="Within">How soon somebody must act.</param>
[StoredAs("clearance.suspended")]
public sealed record ClearanceSuspended(Guid Clearance, string Trigger, string Because, string Within) : PatientEvent;

/// <summary>A new fact revoked a clearance, by itself, for good.</summary>
[StoredAs("clearance.revoked")]
public sealed record ClearanceRevoked(Guid Clearance, string Trigger, string Because, string Within) : PatientEvent;
