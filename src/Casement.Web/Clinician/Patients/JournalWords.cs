using Casement.Clearance;
using Casement.Conversations;
using Casement.Documents;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.Notes;
using Casement.People;
using Casement.Web.Clinician.Clearance;

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
        OpenedInEmergency e => $"Opened in an emergency. {FactWords.Sentence(e.Reason)}",
        EmergencyReviewed e => $"Emergency look reviewed. {FactWords.Sentence(e.Finding)}",
        ClinicianAssigned e => $"{e.Name} answers for this person's care.",
        WorkTaken e => $"Taken in hand: {FactWords.Sentence(e.What)}",
        WorkLetGo e => $"Handed back: {FactWords.Sentence(e.What)}",
        TaskOpened e => $"Task opened{(e.OwnerName.Length > 0 ? $" for {e.OwnerName}" : "")}: {FactWords.Sentence(e.What)}",
        TaskDone e => $"Task done: {FactWords.Sentence(e.Result)}",
        TaskReassigned e => $"Task given to {(e.OwnerName.Length > 0 ? e.OwnerName : "any clinician")}.",
        OutsideAsked e => $"Asked {e.From} for: {FactWords.Sentence(e.What)}",
        OutsideReceived e => $"Received from outside: {FactWords.Sentence(e.Said)}",
        OutsideDropped e => $"No longer needed from outside: {FactWords.Sentence(e.Because)}",
        NoteBegun e => $"A note was begun ({NoteWord(e.Kind)}).",
        NoteDiscarded => "A note begun was thrown away unsigned.",
        NoteSigned e => $"Note signed ({NoteWord(e.Kind)}){(e.Sud ? ", labelled as a substance-use record" : "")}.",
        NoteAddendum => "Addendum to a note signed.",
        NoteKeptApart => "Psychotherapy note signed and kept apart.",
        DocumentReceived { Sud: true } => "A document labelled as a substance-use record was put on the chart.",
        DocumentReceived e => $"Document put on the chart: {FactWords.Sentence(e.Title)}",
        ConversationWritten e => e.SameDay ? "Message written, with words that may mean danger." : "Message written.",
        ConversationRead => "Message opened by the patient.",
        ConversationSettled { Because: var why } => $"Message settled without a written answer: {FactWords.Sentence(why)}",
        EnteredInError e => $"Entry {e.Entry} marked as entered in error. {e.Reason}",
        Unreadable e => $"An entry that cannot be read here ({e.StoredName}). {e.Because}",
        // New kinds of entry are shown by their stored name until they are given words.
        var other => Attribute.GetCustomAttribute(other.GetType(), typeof(StoredAsAttribute)) is StoredAsAttribute { Name: var name } ? $"{name}." : "An entry.",
    };

    /// <summary>One answer with its words of today's protocol; an answer to a retired question keeps its id.</summary>
    public static string Answer(RecordedFact answer, Protocol protocol) =>
        protocol.FactById.TryGetValue(answer.Fact, out var fact) ? $"{FactWords.Name(fact)}: {FactWords.Value(fact, answer.Value)}" : $"{answer.Fact}: {answer.Value}";

    static string NoteWord(NoteKind kind) => kind switch { NoteKind.Visit => "visit", NoteKind.Phone => "phone call", NoteKind.Message => "message", _ => "letter" };

    static string Title(string rule, Protocol protocol) => protocol.RuleById.TryGetValue(rule, out var known) ? $"“{known.Title}”" : rule;
}
