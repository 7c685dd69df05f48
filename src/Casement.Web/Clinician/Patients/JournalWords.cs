using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.Clinician.Referrals;
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
        SupportPersonNamed e => $"{e.Name} was named as support person.",
        SupportPersonWithdrawn => "The support person was let go.",
        ReferralEvent or SessionEvent or SessionFileReceived or SessionReportRead => LoopWords.Of(what),
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
