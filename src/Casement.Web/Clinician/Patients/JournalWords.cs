using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Conversations;
using Casement.Courses;
using Casement.Documents;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.Notes;
using Casement.People;
using Casement.Programmes;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Safety;
using Casement.Sessions;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Clinician.Referrals;
using Casement.Web.Clinician.Safety;

namespace Casement.Web.Clinician.Patients;

/// <summary>Each kind of entry in a line, as a clinician would say it.</summary>
public static class JournalWords
{
    public static string Of(PatientEvent what, Protocol protocol) => what switch
    {
        PatientAdmitted e => $"Record opened for {e.Who.Name.Legal}.",
        PatientDetailsChanged e => $"Details changed. {e.Reason}",
        PatientLanguageChosen e => e.Language.Length > 0 ? $"Speaks with us in: {e.Language}." : "The language they speak with us is no longer known.",
        CorrectionAsked e => $"The patient says this is wrong, “{e.About}”: {FactWords.Sentence(e.Wrong)} Right, they say: {FactWords.Sentence(e.Right)}",
        CorrectionAccepted e => $"A correction by the patient was accepted. {FactWords.Sentence(e.Done)}",
        CorrectionDeclined e => $"A correction by the patient was declined. {FactWords.Sentence(e.Because)}",
        CorrectionDisagreed e => $"The patient disagrees with the answer to their correction: {FactWords.Sentence(e.Says)}",
        FactsRecorded { Facts: [var only] } => $"{Answer(only, protocol)}.",
        FactsRecorded e => $"{e.Facts.Length} answers recorded.",
        MedicinesRecorded e => $"Medicine list of {e.Medicines.Length} recorded.",
        MedicinePictured e => $"A photo of the bottle was added: {e.Ingredient}.",
        RecordImported e => $"Imported {e.FileName}: {e.ResourceCount} resources, {e.NotUsed.Length} kinds not used.",
        OpinionRecorded e => $"Opinion of {e.Opinion.By} on {Title(e.Opinion.Rule, protocol)}: {e.Opinion.Says switch { Verdict.Supports => "supports", Verdict.SupportsWithConditions => "supports with conditions", _ => "opposes" }}.",
        OverrideGiven e => $"Override of {Title(e.Override.Rule, protocol)}: {FactWords.Sentence(e.Override.Reason)}",
        OverrideCosigned e => $"Override of {Title(e.Rule, protocol)} co-signed by {e.Cosigner}, {e.CosignerKind}.",
        OverrideRefused e => $"Refused: an override of {Title(e.Rule, protocol)}, which nobody may override.",
        ClearanceSigned e => $"Signed: {FactWords.Verdict(e.Verdict)}. {FactWords.Sentence(e.Rationale)}",
        ClearanceSuspended e => $"Clearance suspended. {e.Because}",
        ClearanceRevoked e => $"Clearance revoked. {e.Because}",
        ClearanceRunAgain e => $"The protocol or a limit changed; the decision run again comes to: {e.Outcome.Replace('-', ' ')}. {string.Join(" ", e.Changes)}",
        LinkGiven e => $"A link was given to {e.Name}.",
        LinkWithdrawn e => $"A link was withdrawn. {e.Because}",
        MessageAsked e => $"Message to {(e.To.Name.Length > 0 ? e.To.Name : e.To.Kind.ToString().ToLowerInvariant())} asked for: {e.Template}.",
        DutyCalled { Urgent: true } => "Somebody of the practice is to be told at once.",
        DutyCalled => "Somebody of the practice is to be told.",
        DutyFound e => $"Told: {FactWords.Sentence(e.Whom)}",
        ConsentOffered e => $"Put before the patient: {e.Title}, version {e.Version}.",
        ConsentSigned e => $"{(e.IsReceipt ? "Receipt signed" : "Signed")} by {e.TypedName}{(e.Role is SignerRole.Representative ? $" for the patient, {e.Authority}" : "")}: {e.Text.Title}, version {e.Text.Version}{(e.About.Length > 0 ? $", for {e.About}" : "")}{(e.Identity is IdentityMethod.Portal ? "" : e.Identity is IdentityMethod.Paper ? ", on paper" : ", in person")}.",
        ConsentCountersigned e => $"{(e.Role is SignerRole.Witness ? "Witnessed" : "Signed after the patient")} by {e.TypedName}{(e.Credentials.Length > 0 ? $", {e.Credentials}" : "")}.",
        ConsentDeclined e => $"Chose not to sign: {e.Title}.{(e.Reason.Length > 0 ? $" {FactWords.Sentence(e.Reason)}" : "")}",
        ConsentWithdrawn e => $"A signature was taken back.{(e.Reason.Length > 0 ? $" {FactWords.Sentence(e.Reason)}" : "")}",
        ConsentReopened e => $"To be signed again. {FactWords.Sentence(e.Because)}",
        ConsentRenewalAsked e => $"Asked to sign again: {e.Title}, version {e.Version}. {FactWords.Sentence(e.Because)}",
        OpenedInEmergency e => $"Opened in an emergency. {FactWords.Sentence(e.Reason)}",
        EmergencyReviewed e => $"Emergency look reviewed. {FactWords.Sentence(e.Finding)}",
        CoursePlanned e => $"Course planned: {e.Product.Replace('-', ' ')}, {e.InductionSessions} sessions, judged by {e.PrimaryScale}, until {e.EndsOn:d MMM yyyy}.",
        InductionEnded e => $"The induction ended on {e.On:d MMM yyyy}. {e.Note}".Trim(),
        CourseClosed e => $"The course ended on {e.On:d MMM yyyy}. {e.Note}".Trim(),
        SessionElsewhere e => $"A session elsewhere on {e.On:d MMM yyyy}: {e.Where}.",
        EarlySessionAsked e => $"Asked for an earlier session on {e.On:d MMM yyyy}. {e.Note}".Trim(),
        CourseOverrideGiven e => $"Override of {Title(e.Override.Rule, protocol)} in the course: {FactWords.Sentence(e.Override.Reason)}",
        CourseOverrideCosigned e => $"Override of {Title(e.Rule, protocol)} in the course co-signed by {e.Cosigner}, {e.CosignerKind}.",
        CourseOverrideRefused e => $"Refused: an override of {Title(e.Rule, protocol)}, which nobody may override.",
        CourseReviewed e => $"Course reviewed, outcome {e.Outcome.Replace('-', ' ')}; next review by {e.NextBy:d MMM yyyy}. {FactWords.Sentence(e.Note)}",
        CourseStands e => $"The course stands at {e.Outcome.Replace('-', ' ')}. {e.Because}",
        ClinicalEventRecorded e => $"{e.Kind.Replace('-', ' ')} on {e.On:d MMM yyyy}. {e.Note}".Trim(),
        CourseAlarmRaised e => e.Says,
        CourseAlarmClosed e => $"Done about an alarm of the course: {FactWords.Sentence(e.Done)}",
        ProposalsTaken e => $"Taken from what answers proposed: {string.Join("; ", e.Taken.Select(t => t.Says))}.",
        ProposalsSetAside e => $"{e.Keys.Length} of what answers proposed set aside: {FactWords.Sentence(e.Reason)}",
        SittingAsked e => $"Questions sent: {e.Called} ({string.Join(", ", e.Scales)}), open until {e.ClosesOn:d MMMM yyyy}.",
        CheckInSent e => $"Check-in sent: {e.Scale}.",
        AlarmRaised e => e.Says,
        AlarmClosed e => $"Alarm closed. {FactWords.Sentence(e.Done)}",
        MessageSent e => $"Message sent: “{e.Subject}”.",
        MessageFailed e => $"Message not delivered at try {e.Attempt}; it is tried again. {e.Because}",
        MessageGivenUp e => $"Message given up after {e.Attempts} {(e.Attempts == 1 ? "try" : "tries")}. {e.Because}",
        MessageHeldBack e => $"Message not sent: {Held(e.Because)}.",
        MessageSettled e => $"A message that did not arrive was seen to. {e.How}",
        MessageAskedAgain => "A message that did not arrive may go out again.",
        MessagePreferencesChosen => "The patient chose how they are reached.",
        MessagesStopped { Who: AddresseeKind.Support } => "The support person stopped all messages.",
        MessagesStopped => "The patient stopped all messages.",
        MessagesStartedAgain => "Messages are wanted again.",
        IntakeOffered => "The health questions were put to the patient.",
        IntakeStarted e => e.PaperOn is { } day ? $"Health questions from paper of {day:MMM d, yyyy} are being entered." : "The health questions were begun.",
        IntakeAnswered e => $"{(e.Danger.Length > 0 ? "Signals danger. " : "")}“{e.Asked}” {Given(e.Given)}.",
        IntakeLeftOpen e => $"Left open, {(e.Because == OpenBecause.Discuss ? "to talk about" : "not known")}: “{e.Asked}”",
        TreatmentsTold e => $"Treatments tried, as told: {(e.Treatments.IsEmpty ? "none" : string.Join(", ", e.Treatments.Select(t => t.Medicine)))}.",
        IntakeSubmitted e => $"Health questions handed in, {e.Open.Length} open.",
        IntakeReviewed e => $"Health questions read. {FactWords.Sentence(e.Done)}".TrimEnd(),
        ScaleAnswered e => $"{e.Instrument} {e.Version} filled in{(e.Status == ResponseStatus.Complete ? "" : ", not whole")}: {string.Join(", ", e.Scores.Select(s => $"{s.Key} {s.Value:0.##}"))}.",
        SafetyAlerted e => $"Safety pathway: {e.Because}.{(e.Unattended ? " Answered alone." : "")}",
        SafetyAcknowledged => "Seen: the positive answer.",
        SafetyHandedBack => "Handed back before it was evaluated: nobody has the positive answer.",
        SafetyEscalated e => $"Nobody had said “seen”: {e.Whom} told, step {e.Step}.",
        UrgentCalled e => $"Cannot wait, and nobody has it: {string.Join("; ", e.What)}. The clinician responsible is told.",
        UrgentEscalated e => $"Nobody had said “I have it”: {e.Whom} told, step {e.Step}.",
        UrgentEnded => "Somebody has what could not wait, or it is settled: nobody more is told.",
        SafetyActionDone e => $"Done or tried: {FactWords.Sentence(e.What)} {SafetyWords.Outcome(e.Outcome)}".TrimEnd(),
        SafetyEvaluated e => $"Suicide risk evaluated {SafetyWords.Met(e.By)}: {SafetyWords.Level(e.Level)}. {FactWords.Sentence(e.Decided)} Follow-up {Shell.Zone.Say(e.FollowUpOn)}.",
        SafetyClosed e => $"Safety pathway closed. {FactWords.Sentence(e.Because)}",
        SafetyPlanWritten e => $"Safety plan written, {e.Parts.Sum(p => p.Lines.Length)} lines.",
        SafetyPlanReviewed => "Safety plan reviewed with the patient.",
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
        SupportPersonNamed e => $"{e.Name} was named as support person.",
        SupportPersonWithdrawn => "The support person was let go.",
        RemsEnrolled e => $"Enrolled in the esketamine REMS with {e.PartnerName} on {Shell.Zone.Say(e.On)}, number {e.Reference} ({e.Source}).",
        RemsEnrolmentEnded e => $"The enrolment in the esketamine REMS no longer stands. {FactWords.Sentence(e.Because)}",
        CheckInSilenceSettled e => $"An unanswered check-in was seen to: {FactWords.Sentence(e.Done)}",
        ReferralEvent or ReadinessEvent or SessionEvent or SessionFileReceived or SessionReportRead => LoopWords.Of(what),
        StepAnswered e => $"Went through a step: {e.Step.Replace('-', ' ')}{(e.SameDay ? ", with words that may mean danger" : "")}.",
        StepSetAside e => $"Put a step aside: {e.Step.Replace('-', ' ')}.",
        StepAdded e => $"A step was opened for them, {e.Step.Replace('-', ' ')}. {FactWords.Sentence(e.Because)}",
        StepSkipped e => $"A step was left out for them, {e.Step.Replace('-', ' ')}. {FactWords.Sentence(e.Because)}",
        WordsRead => "What they left or shared was read.",
        IntentionSet => "Wrote down what they hope for.",
        IntegrationPlanned e => e.NextContactOn is { } day ? $"Integration planned; {e.With} is in touch on {day.ToString("MMM d, yyyy", System.Globalization.CultureInfo.InvariantCulture)}." : $"Integration planned, no further contact: {FactWords.Sentence(e.NoneBecause)}",
        IntegrationContact e => $"The planned contact {(e.Held ? "took place" : "was missed")}, {e.On.ToString("MMM d, yyyy", System.Globalization.CultureInfo.InvariantCulture)}. {FactWords.Sentence(e.Note)}",
        JournalWritten => "Wrote in the journal.",
        JournalShared => "Shared a journal entry with the practice.",
        JournalUnshared => "Took back the sharing of a journal entry.",
        JournalWithdrawn => "Took back a journal entry.",
        EnteredInError e => $"Entry {e.Entry} marked as entered in error. {e.Reason}",
        Unreadable e => $"An entry that cannot be read here ({e.StoredName}). {e.Because}",
        // New kinds of entry are shown by their stored name until they are given words.
        var other => Attribute.GetCustomAttribute(other.GetType(), typeof(StoredAsAttribute)) is StoredAsAttribute { Name: var name } ? $"{name}." : "An entry.",
    };

    /// <summary>Why a message was not sent, to go on a sentence.</summary>
    public static string Held(HeldBecause because) => because switch
    {
        HeldBecause.Stopped => "they stopped all messages",
        HeldBecause.NotWanted => "they want no messages of this kind",
        HeldBecause.CallInstead => "they asked for a call instead",
        HeldBecause.NoAddress => "there is no address",
        HeldBecause.EnoughNudges => "they were reminded of this often enough",
        _ => "what it tells of is over",
    };

    /// <summary>One answer with its words of today's protocol; an answer to a retired question keeps its id.</summary>
    public static string Answer(RecordedFact answer, Protocol protocol) =>
        protocol.FactById.TryGetValue(answer.Fact, out var fact) ? $"{FactWords.Name(fact)}: {FactWords.Value(fact, answer.Value)}" : $"{answer.Fact}: {answer.Value}";

    /// <summary>Ids as they were sent, readable enough beside the question they answer.</summary>
    static string Given(ImmutableArray<string> given) => string.Join(", ", given.Select(g => g.Replace('-', ' ')));
    static string NoteWord(NoteKind kind) => kind switch { NoteKind.Visit => "visit", NoteKind.Phone => "phone call", NoteKind.Message => "message", _ => "letter" };

    static string Title(string rule, Protocol protocol) => protocol.RuleById.TryGetValue(rule, out var known) ? $"“{known.Title}”" : rule;
}
