using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Safety;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Clinician.Safety;

namespace Casement.Web.Clinician.Patients;

/// <summary>Each kind of entry in a line, as a clinician would say it.</summary>
public static class JournalWords
{
    public static string Of(PatientEvent what, Protocol protocol) => what switch
    {
        PatientAdmitted e => $"Record opened for {e.Who.Name.Legal}.",
        PatientDetailsChanged e => $"Details changed. {e.Reason}",
        FactsRecorded { Facts: [var only] } => $"{Answer(only, protocol)}.",
        FactsRecorded e => $"{e.Facts.Length} answers recorded.",
        MedicinesRecorded e => $"Medicine list of {e.Medicines.Length} recorded.",
        RecordImported e => $"Imported {e.FileName}: {e.ResourceCount} resources, {e.NotUsed.Length} kinds not used.",
        OpinionRecorded e => $"Opinion of {e.Opinion.By} on {Title(e.Opinion.Rule, protocol)}: {e.Opinion.Says switch { Verdict.Supports => "supports", Verdict.SupportsWithConditions => "supports with conditions", _ => "opposes" }}.",
        OverrideGiven e => $"Override of {Title(e.Override.Rule, protocol)}: {FactWords.Sentence(e.Override.Reason)}",
        OverrideCosigned e => $"Override of {Title(e.Rule, protocol)} co-signed by {e.Cosigner}, {e.CosignerKind}.",
        OverrideRefused e => $"Refused: an override of {Title(e.Rule, protocol)}, which nobody may override.",
        ClearanceSigned e => $"Signed: {FactWords.Verdict(e.Verdict)}. {FactWords.Sentence(e.Rationale)}",
        ClearanceSuspended e => $"Clearance suspended. {e.Because}",
        ClearanceRevoked e => $"Clearance revoked. {e.Because}",
        LinkGiven e => $"A link was given to {e.Name}.",
        LinkWithdrawn e => $"A link was withdrawn. {e.Because}",
        MessageAsked e => $"Message to {(e.To.Name.Length > 0 ? e.To.Name : e.To.Kind.ToString().ToLowerInvariant())} asked for: {e.Template}.",
        ConsentOffered e => $"Put before the patient: {e.Title}, version {e.Version}.",
        ConsentSigned e => $"{(e.IsReceipt ? "Receipt signed" : "Signed")} by {e.TypedName}{(e.Role is SignerRole.Representative ? $" for the patient, {e.Authority}" : "")}: {e.Text.Title}, version {e.Text.Version}{(e.About.Length > 0 ? $", for {e.About}" : "")}{(e.Identity is IdentityMethod.Portal ? "" : e.Identity is IdentityMethod.Paper ? ", on paper" : ", in person")}.",
        ConsentCountersigned e => $"{(e.Role is SignerRole.Witness ? "Witnessed" : "Signed after the patient")} by {e.TypedName}{(e.Credentials.Length > 0 ? $", {e.Credentials}" : "")}.",
        ConsentDeclined e => $"Chose not to sign: {e.Title}.{(e.Reason.Length > 0 ? $" {FactWords.Sentence(e.Reason)}" : "")}",
        ConsentWithdrawn e => $"A signature was taken back.{(e.Reason.Length > 0 ? $" {FactWords.Sentence(e.Reason)}" : "")}",
        ConsentReopened e => $"To be signed again. {FactWords.Sentence(e.Because)}",
        OpenedInEmergency e => $"Opened in an emergency. {FactWords.Sentence(e.Reason)}",
        EmergencyReviewed e => $"Emergency look reviewed. {FactWords.Sentence(e.Finding)}",
        SafetyAlerted e => $"Safety pathway: {e.Because}.{(e.Unattended ? " Answered alone." : "")}",
        SafetyAcknowledged => "Seen: the positive answer.",
        SafetyEscalated e => $"Nobody had said “seen”: {e.Whom} told, step {e.Step}.",
        SafetyActionDone e => $"Done or tried: {FactWords.Sentence(e.What)} {SafetyWords.Outcome(e.Outcome)}".TrimEnd(),
        SafetyEvaluated e => $"Suicide risk evaluated {SafetyWords.Met(e.By)}: {SafetyWords.Level(e.Level)}. {FactWords.Sentence(e.Decided)} Follow-up {Shell.Zone.Say(e.FollowUpOn)}.",
        SafetyClosed e => $"Safety pathway closed. {FactWords.Sentence(e.Because)}",
        SafetyPlanWritten e => $"Safety plan written, {e.Parts.Sum(p => p.Lines.Length)} lines.",
        SafetyPlanReviewed => "Safety plan reviewed with the patient.",
        EnteredInError e => $"Entry {e.Entry} marked as entered in error. {e.Reason}",
        Unreadable e => $"An entry that cannot be read here ({e.StoredName}). {e.Because}",
        // New kinds of entry are shown by their stored name until they are given words.
        var other => Attribute.GetCustomAttribute(other.GetType(), typeof(StoredAsAttribute)) is StoredAsAttribute { Name: var name } ? $"{name}." : "An entry.",
    };

    /// <summary>One answer with its words of today's protocol; an answer to a retired question keeps its id.</summary>
    public static string Answer(RecordedFact answer, Protocol protocol) =>
        protocol.FactById.TryGetValue(answer.Fact, out var fact) ? $"{FactWords.Name(fact)}: {FactWords.Value(fact, answer.Value)}" : $"{answer.Fact}: {answer.Value}";

    static string Title(string rule, Protocol protocol) => protocol.RuleById.TryGetValue(rule, out var known) ? $"“{known.Title}”" : rule;
}
