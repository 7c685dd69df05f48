using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json;
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
using Xunit;

namespace Casement.Store.Tests;

/// <summary>
/// Stored JSON is a contract. Each kind of event has an approved file that must still be read, and written the same. An approved file is never edited:
/// a change of shape gets a new stored name, an upcaster, and a file of its own. A new event: add its sample below, run once, read and commit the file.
/// </summary>
public sealed class ApprovedEvents
{
    static readonly JsonSerializerOptions Indented = new(EventNames.Json) { WriteIndented = true };

    /// <summary>One of each, with every member given a value.</summary>
    static readonly ImmutableArray<PatientEvent> Samples =
    [
        new EnteredInError(2, "Wrong cuff"),
        new PatientAdmitted(Sample.Wren with { Name = Sample.Wren.Name with { Pronouns = "she/her" } }),
        new PatientDetailsChanged(new(new("Wren Ó Bury"), null), "Married"),
        new PatientLanguageChosen("Español"),
        new CorrectionAsked(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000c001"), CorrectionOf.Answer, "allergy-ketamine", "Have you ever had an allergic reaction to ketamine?", "yes", "I never had one", "No", Sample.Noon.AddDays(60)),
        new CorrectionAccepted(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000c001"), "The answer is no now"),
        new CorrectionDeclined(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000c001"), "The hospital letter says otherwise"),
        new CorrectionDisagreed(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000c001"), "The letter is about somebody else"),
        new FactsRecorded(
        [
            new("bp-sys-avg", FactValue.Of(128.5m), Sample.Noon, FactSource.Measurement, new("Observation/8f2c", "Systolic blood pressure 128.5 mmHg", Guid.Parse("0b5f8c1e-0000-4000-8000-000000000001"))),
            new("pregnant", FactValue.Of(false), Sample.Noon, FactSource.Patient),
            new("opioid-use", FactValue.Of("none"), Sample.Noon, FactSource.Clinician),
            new("drug-screen", FactValue.Of(["opiate", "amphetamine"]), Sample.Noon, FactSource.Laboratory),
        ]),
        new MedicinesRecorded(
            [new("sertraline", "36437", 50m, new(2024, 5, 6), Sample.Noon, Active: false, "Zoloft 50 mg at night", new("MedicationStatement/1", "sertraline")), new("psilocybin")],
            Sample.Noon,
            FactSource.Record),
        new RecordImported(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000001"), "record.json", "e3b0c442", 12, ["Procedure 430193006: 3"]),
        new OpinionRecorded(Psychiatrist),
        new OverrideGiven(Set, [new("osa", FactValue.Of("none")), new("stop-bang", null)]),
        new OverrideCosigned("res-osa-untreated", "Dr Halloran", "anaesthetist"),
        new OverrideRefused("rep-pregnant", "Patient insists"),
        new ClearanceSigned(
            Guid.Parse("0b5f8c1e-0000-4000-8000-000000000002"),
            ClearanceVerdict.ClearedWithConditions,
            "Two adequate trials, work-up complete",
            new Case
            {
                AsOf = Sample.Noon,
                Facts = ImmutableSortedDictionary<string, RecordedFact>.Empty.Add("stop-bang", new("stop-bang", FactValue.Of(5), Sample.Noon, FactSource.Patient)),
                Medicines = [new("sertraline")],
                MedicinesObservedAt = Sample.Noon,
                Opinions = ImmutableSortedDictionary<string, Opinion>.Empty.Add("psy-psychosis-history", Psychiatrist),
                Overrides = ImmutableSortedDictionary<string, Override>.Empty.Add("res-osa-untreated", Set),
                Settings = ImmutableSortedDictionary<string, decimal>.Empty.Add("p-bp-sys-defer", 150),
            },
            "5e1f",
            "1.0.0",
            "cleared-with-conditions",
            ["res-osa-untreated"],
            [],
            ["med-antidepressant"],
            ["Own CPAP at session."],
            "racemic-ketamine-iv",
            "licensed-clinic",
            Sample.Noon.AddDays(180),
            Sample.Noon.AddDays(30),
            PeerReview: true),
        new ClearanceSuspended(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000002"), "trig-bp-event", "Blood pressure at or above the defer limits.", "7 days"),
        new ClearanceRevoked(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000002"), "trig-pregnancy", "Positive pregnancy test.", "at once"),
        new LinkGiven(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000003"), LinkFor.Referral, Guid.Parse("0b5f8c1e-0000-4000-8000-000000000004"), "Hillview Infusion", Sample.Noon.AddDays(30)),
        new LinkWithdrawn(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000003"), "The referral was closed."),
        new OpenedInEmergency(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), "Found unwell in the waiting room", Sample.Noon),
        new EmergencyReviewed(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), "Needed; the clinician was called"),
        new CourseAlarmRaised(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d003"), Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d002"), "phq9", "rise", new(2026, 6, 8), 12, 18.5m, Severity.Warning, "PHQ-9 12: up from the best since treatment", "trajectory 1.0.0, phq9 1.0.0, alarms 1.0.0"),
        new CourseAlarmClosed(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d003"), "Called; visit moved to Thursday"),
        new ProposalsTaken([new(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d001"), "bladder-check", "1.0.0", "bladder-blood", "urinalysis", "Urine test", null), new(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d001"), "bladder-check", "1.0.0", "bladder-blood", "notify-prescriber", "Tell the prescriber", Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d004"))], "1.0.0"),
        new ProposalsSetAside(["0b5f8c1e000040008000000000000d01 who5 who5-very-low clinician-task:next-business-day"], "Spoke yesterday"),
        new SittingAsked(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d001"), Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d002"), "weekly", "Weekly", ["phq9", "gad7"], SignsIn: true, new(2026, 6, 6), new(2026, 6, 8), new(2026, 6, 11), Sample.Noon.AddDays(10), Sample.Noon.AddDays(11), IfSilent.CallIfFlagged, "1.0.0"),
        new CheckInSent(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), "pulse", Sample.Noon),
        new AlarmRaised(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), "pulse-safety", Severity.Critical, "Thoughts of suicide on a check-in. Call now."),
        new AlarmClosed(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), "pulse-safety", "Called; safe, plan reviewed"),
        new ClinicianAssigned("0b5f8c1e-0000-4000-8000-00000000000a", "Imogen Vance", "PMHNP-BC"),
        new WorkTaken("3f2a", "Act now: chest pain"),
        new WorkLetGo("3f2a", "Act now: chest pain"),
        new TaskOpened(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000b"), "Call the pharmacy", "0b5f8c1e-0000-4000-8000-00000000000a", "Imogen Vance", Sample.Noon.AddDays(3), DueUnit.BusinessDays),
        new TaskDone(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000b"), "They will send the list"),
        new TaskReassigned(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000b"), "0b5f8c1e-0000-4000-8000-00000000000c", "Tobias Okafor"),
        new OutsideAsked(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000d"), "cardiology-letter", "Cardiology letter", "Dr Halloran", "0b5f8c1e-0000-4000-8000-00000000000a", "Imogen Vance", Sample.Noon.AddDays(14), DueUnit.CalendarDays),
        new OutsideReceived(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000d"), "No objection", Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000e")),
        new OutsideDropped(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000d"), "Seen by another cardiologist"),
        new NoteBegun(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000f"), NoteKind.Visit, Sample.Noon.AddDays(2)),
        new NoteDiscarded(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000f")),
        new NoteSigned(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000f"), NoteKind.Phone, Sample.Noon, [new("said", "What was said", "Sleeps better")], true),
        new NoteAddendum(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000f"), Guid.Parse("0b5f8c1e-0000-4000-8000-000000000010"), Sample.Noon, "Since Monday"),
        new NoteKeptApart(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000011"), "e3b0c442"),
        new DocumentReceived(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000e"), "Letter of Dr Halloran", "cardiology-letter", FileFormat.Pdf, 40_960, "e3b0c442", true),
        new ConversationWritten(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000012"), Guid.Parse("0b5f8c1e-0000-4000-8000-000000000013"), "My next visit", "Can I come on Friday?", true, Sample.Noon.AddDays(2), true, "We got your message."),
        new ConversationRead(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000012"), Guid.Parse("0b5f8c1e-0000-4000-8000-000000000013")),
        new ConversationSettled(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000012"), Guid.Parse("0b5f8c1e-0000-4000-8000-000000000013"), "Spoke by phone"),
        new MessageAsked(
            Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005"),
            "referral-waiting",
            new(AddresseeKind.Partner, "Hillview Infusion", "referrals@hillview.example"),
            "/partner",
            Guid.Parse("0b5f8c1e-0000-4000-8000-000000000003"),
            Sample.Noon,
            new(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), Sample.Noon.AddDays(3), 50, 2, Cancelled: true, "By video"),
            Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007")),
        new IntakeOffered(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), 18),
        new IntakeStarted(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), "ketamine 1.0.0", "5e1f", new(2026, 11, 20)),
        new IntakeAnswered("heart-now", "Do any of these happen to you?", ["unstable-angina", "no-other"], "emergency"),
        new IntakeLeftOpen("lethal-means-unsecured", "Are there guns or stored medicines you can get to?", OpenBecause.DoNotKnow),
        new TreatmentsTold([new("sertraline", 150m, 10, TreatmentHelp.NotAtAll, TreatmentEnd.DidNotHelp), new("bupropion", null, null, TreatmentHelp.NotSure, TreatmentEnd.StillTaking)]),
        new IntakeSubmitted(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), ["lethal-means-unsecured"]),
        new IntakeReviewed("Called at 10:40; safe, plan reviewed"),
        new ScaleAnswered(
            Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"),
            "phq9",
            "1.0.0",
            ImmutableSortedDictionary<string, decimal>.Empty.Add("1", 2).Add("9", 0),
            ResponseStatus.Incomplete,
            ImmutableSortedDictionary<string, decimal>.Empty.Add("symptomCount", 1),
            ["phq9-caseness"],
            Sample.Noon,
            FactSource.Patient),
        new MessageSent(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005"), "A referral is waiting for you", "e3b0c442", "referrals@hillview.example", "smtp mail.practice.example:587", Sample.Noon),
        new MessageFailed(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005"), 2, "The mail server cannot be reached.", Sample.Noon.AddMinutes(5)),
        new MessageGivenUp(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005"), 8, "The mail server cannot be reached."),
        new MessageHeldBack(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005"), HeldBecause.CallInstead, Call: true),
        new DutyCalled(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), Duty.Cover, Urgent: true, "staff-urgent", "/staff", Guid.Parse("0b5f8c1e-0000-4000-8000-000000000008")),
        new DutyFound(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), "Ben Okafor, who covers for Alma Reyes", [Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005")]),
        new MessageSettled(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005"), "Told the front desk by phone."),
        new MessageAskedAgain(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000005")),
        new MessagePreferencesChosen([new(Purpose.Appointment, Channel.Call), new(Purpose.Task, Channel.None)]),
        new MessagesStopped(AddresseeKind.Support, "jo@example.org"),
        new MessagesStartedAgain(AddresseeKind.Support, "jo@example.org"),
        new ConsentOffered(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000006"), "doc-roi", "1.0.0", "Permission to share my record", "5e1f"),
        new ConsentSigned(
            Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"),
            new("doc-roi", "1.0.0", "en-US", "Permission to share my record",
            [
                new("1", PartKind.Heading, "What this permission says"), new("1.1", PartKind.Paragraph, "It is about Wren.", "roi-from"),
                new("", PartKind.Bullet, "one part of it"), new("Who may receive it", PartKind.Filled, "Hillview Infusion", "roi-recipient"),
            ]),
            "5e1f",
            "Hillview Infusion",
            "Ada Bury",
            SignerRole.Representative,
            "health care proxy",
            IdentityMethod.InPerson,
            "I give this permission freely.",
            [new("Who gives you the ketamine?", "The clinic that I choose")],
            NeedsClinician: true,
            IsReceipt: false,
            Sample.Noon.AddDays(180),
            3,
            ["Casement practice", "Phone +1 303 555 0100"],
            "Nov 23, 2026, 10:05 AM Denver (UTC−7)"),
        new ConsentCountersigned(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), SignerRole.Clinician, "Imogen Vance", "PMHNP-BC", "5e1f", "Nov 23, 2026, 10:15 AM Denver (UTC−7)"),
        new ConsentDeclined("doc-comms", "1.0.0", "How we may reach you", "I prefer letters"),
        new ConsentWithdrawn(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), "I want to wait"),
        new ConsentReopened(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), "new-diagnosis", "Your health history changed."),
        new ConsentRenewalAsked(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000007"), RenewalReason.NewerText, "2.0.0", "Visits by video or phone", "The text has changed since you signed. We use another video line."),
        new SafetyAlerted(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000008"), SafetyTier.Moderate, Unattended: true, "Suicide screen, item 3: yes",
            [new("sp-mod-2", "Tell the therapist or psychiatrist; contact", ClockUnit.Hours, Sample.Noon.AddHours(72), DoneBy.Contact)], "1.0.0"),
        new SafetyAcknowledged(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000008")),
        new SafetyHandedBack(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000008")),
        new SafetyEscalated(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000008"), 2, "cover"),
        new UrgentCalled(One, ["At the clinic now: stop during a session"], "1.0.0"),
        new UrgentEscalated(One, 2, "every clinician"),
        new UrgentEnded(One),
        new SafetyActionDone(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000009"), "sp-mod-2", "Spoke with Dr Okafor", Sample.Noon, ContactOutcome.Reached),
        new SafetyEvaluated(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000a"), Sample.Noon, MetBy.Video, "Thoughts, no intent", "Lower with support", ClinicianLevel.Moderate, false, "Stays at home", new(2026, 11, 25), Sample.Noon.AddDays(2)),
        new SafetyClosed("Settled, plan in place"),
        new SafetyPlanWritten(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000b"), [new("plan-1", ["I stop answering the phone"]), new("plan-4", ["Ada, 303 555 0142"])]),
        new SafetyPlanReviewed(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000000b"), new(2026, 11, 23), Sample.Noon.AddDays(90)),
        new SupportPersonNamed(One, "Sam Bury", "sam@example.org", "303 555 0111"),
        new SupportPersonWithdrawn(One),
        new MedicinePictured(One, "sertraline"),
        new RemsEnrolled(One, Two, "Foothills Nasal Treatment", new(2026, 7, 1), "REMS 4411-07", "telephone, Dana Cole"),
        new RemsEnrolmentEnded(One, "The clinic withdrew it"),
        new ReferralDrafted(One, Two, "Hillview Infusion", "racemic-ketamine-iv", "Please treat.", ReferralUrgency.Soon, new(2026, 7, 1)),
        new ReferralPacketChosen(One, [Line]),
        new ReferralLinesStruck(One, ["scales"]),
        new ReferralAuthorised(One, new(Two, ["Medicines"], "The practice", "Hillview Infusion", "Treatment", Sample.Noon.AddDays(365), "Wren Bury", Sample.Noon, "Guardian by court order", "How to take it back", "Care does not depend on it", "May be passed on", "1.0", "5e1f", "a0b1")),
        new ReferralAuthorisationRevoked(One, Two, "Changed my mind"),
        new ReferralSent(One, Two, Three, [Line], "a0b1", Two, "Treatment", new(Sample.Noon.AddDays(2), Sample.Noon.AddDays(5), Sample.Noon.AddDays(14), 30, 2, 7)),
        new ReferralOpened(One, Two),
        new ReferralAcknowledged(One, "Dana Cole", ByPhone),
        new ReferralAccepted(One, "Dana Cole", ByPhone),
        new ReferralDeclined(One, "Full until August", "Dana Cole", ByPhone),
        new ReferralDatesProposed(One, [Sample.Noon.AddDays(3), Sample.Noon.AddDays(4)], ByPhone),
        new ReferralDatesAsked(One, Sample.Noon.AddDays(2)),
        new ReferralSignatureAsked(One, Sample.Noon.AddDays(5)),
        new StepAnswered(One, "integration", "1.0+2", "ab12", "first-week", Two, ImmutableSortedDictionary<string, string>.Empty.Add("first-week-step", "Nach dem Frühstück\n🌱"), SameDay: true),
        new StepSetAside("first-week", Two),
        new StepAdded("body", Two, "Comes early"),
        new StepSkipped("body", Two, "Talked it over"),
        new WordsRead(One),
        new IntentionSet(One, "Rest.\n\nÇa va"),
        new IntegrationPlanned(One, "Sleep through", "Walk at noon", new(2026, 7, 9), Sample.Noon.AddDays(8), "Alma Reyes", "Nobody knows"),
        new IntegrationContact(One, new(2026, 7, 9), Held: true, "Twenty minutes by phone"),
        new JournalWritten(One, Two, "ab12"),
        new JournalShared(One, Two, SameDay: true),
        new JournalUnshared(One),
        new JournalWithdrawn(One),
        new CoursePlanned(One, "racemic-ketamine-iv", "phq9", 6, new(2026, 7, 1), "Play with my children again", new(2026, 12, 1), "No change after four sessions"),
        new InductionEnded(One, new(2026, 7, 20), WhyEnded.Response, "Well after four"),
        new CourseClosed(One, new(2026, 9, 1), WhyEnded.Choice, "Moved away"),
        new SessionElsewhere(Two, new(2026, 6, 1), "racemic-ketamine-im", "A clinic in Utah", 0.5m),
        new ClinicalEventRecorded(Three, "psychiatric-admission", new(2026, 8, 2), "Two nights"),
        new EarlySessionAsked(Three, new(2026, 8, 3), "A hard week"),
        new CourseOverrideGiven(Set, 4, [new("c-phase", FactValue.Of("maintenance")), new("c-moca-drop", null)]),
        new CourseOverrideCosigned("course-interval-maintenance", "Dr Halloran", "psychiatrist"),
        new CourseOverrideRefused("course-outside-use", "Patient insists"),
        new CourseReviewed(Two, One, Evaluated.Given, "5e1f", "1.0.0", "1.0.0+1.0.0", "continue-with-alert", ["course-urinary-mild"], ["course-integration"], "Still helps; four weeks apart from now on.", new(2026, 10, 1)),
        new CourseStands(One, "hold", ["course-worsening"], "No session until this is done. Worsening: clinician visit within 7 days."),
        new CheckInSilenceSettled(One, "Called; all well"),
        new ReadinessAsked(One, Two, Sample.Noon.AddDays(1), Sample.Noon.AddHours(22)),
        new ReadinessAnswered(One, "1.0.0", ImmutableSortedDictionary<string, decimal>.Empty.Add("escort", 0).Add("ill", 1), "Sam", MedicinesHeld.NoneToHold, 128, 82.5m, [new("readiness-ill", "Ill", "an illness", "We will call you.", Now: false, EndsByItself: false)]),
        new ReadinessSettled(One, "Dana Cole, RN", "A cold; well today"),
        new ReferralScheduled(One, Sample.Noon.AddDays(3), ByPhone),
        new ReferralUnattended(One, "Did not call", ByPhone),
        new ReferralAppointmentCancelled(One, "Nurse ill", ByPhone),
        new ReferralInterimNote(One, "Going well", ByPhone),
        new ReferralCancelAsked(One, "Moved away", Sample.Noon.AddDays(2)),
        new ReferralCancelConfirmed(One, ByPhone),
        new ReferralOutcomeReceived(One, "The course is complete", Two, ByPhone),
        new ReferralClosed(One, "Weekly integration", "Reached by phone"),
        new ReferralReopened(One, "One more session"),
        new ReferralClearanceChangeSeen(One, Three, ClearanceState.Suspended, "Dana Cole"),
        new SessionChecked(Two, One, Three, Guid.Parse("0b5f8c1e-0000-4000-8000-000000000002"), Evaluated, Sample.Noon.AddHours(1)),
        new SessionOverrideRefused(Two, "go-no-escort", "Dr Osei", "Patient insists"),
        new SessionStarted(Two, One, Three, "racemic-ketamine-iv", Sample.Noon, "Dr Osei", 35.5m, 71m, Sample.Noon.AddDays(7)),
        new SessionReadingTaken(Two, Three, Evaluated, "Calm", Sample.Noon.AddMinutes(10)),
        new SessionDoseEnded(Two, Sample.Noon.AddMinutes(40), Stopped: true),
        new SessionAdverseEvent(Two, Three, "seizure", Serious: true, "Lasted a minute", Sample.Noon),
        new SessionDischargeChecked(Two, Three, Evaluated),
        new SessionDischarged(Two, Sample.Noon.AddHours(2), "Sam Bury"),
        new ClearanceRunAgain(Three, "5e1f", "1.1.0", ImmutableSortedDictionary<string, decimal>.Empty.Add("p-bp-sys-defer", 150m), "cleared-with-conditions", ["New: Pressure above target."], Sample.Noon.AddDays(7)),
        new SessionFindingHandled(Two, SessionPart.During, Sample.Noon, "Called the clinic; observed and well"),
        new SessionCalledOff(Two, "No escort"),
        new SessionReported(Two, One, new("racemic-ketamine-iv", Sample.Noon, Sample.Noon.AddMinutes(40), 35.5m, 71m, 0.5m, "L1", "Dr Osei", "Dana Cole, RN", "Highest 142/88", "none", "Well, with Sam", AfterSession.AnotherSession, "In three days"), ByPhone),
        new SessionFileReceived(Three, One, "report.pdf", "application/pdf", 4096, "e3b0c442", new(2026, 6, 1), IsOutcome: true),
        new SessionReportRead(Two, "Nothing to add"),
    ];

    static Guid One => Guid.Parse("0b5f8c1e-0000-4000-8000-000000000011");

    static Guid Two => Guid.Parse("0b5f8c1e-0000-4000-8000-000000000012");

    static Guid Three => Guid.Parse("0b5f8c1e-0000-4000-8000-000000000013");

    static Heard ByPhone => new("telephone, Dana Cole", Sample.Noon);

    static PacketLine Line => new("substances", PacketPart.Sensitive, "Substance use", "Nothing recorded.", Needed: false, Sensitivity.SubstanceUse, "Withdrawal risk on the day");

    static Evaluation Evaluated => new(new Case { Phase = Phase.PreSession, AsOf = Sample.Noon, Facts = ImmutableSortedDictionary<string, RecordedFact>.Empty.Add("s-hr", new("s-hr", FactValue.Of(72), Sample.Noon, FactSource.Partner)) }, "5e1f", "hold", ["go-bp-hold"], ["go-hr"]);

    static Opinion Psychiatrist => new("psy-psychosis-history", Verdict.SupportsWithConditions, "Dr Okafor, psychiatrist", Sample.Noon, 90, "Weekly contact", [new("psychosis-months-remitted", FactValue.Of(48))], "psychosis-history != 'none'");

    static Override Set => new("res-osa-untreated", "Capnography and an anaesthetist are on site", "Imogen Vance", "Sleep study first", "Monitor throughout", "Dr Halloran", "anaesthetist");

    public static TheoryData<string> Names => [.. EventNames.Current.Types.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_event_is_stored_as_approved(string name)
    {
        var sample = Samples.SingleOrDefault(s => EventNames.Current.NameOf(s) == name);
        Assert.True(sample is not null, $"{name} has no sample here: add one with every member given a value.");
        var written = Pretty(EventNames.Current.Write(sample));
        var file = Path.Combine(Folder(), $"{name}.json");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, written);
            Assert.Fail($"{file} was written. Read it, and commit it if that is how {name} shall be stored for ever.");
        }
        Assert.Equal(File.ReadAllText(file), written);
    }

    [Fact]
    public void Every_approved_file_is_still_read()
    {
        foreach (var file in Directory.EnumerateFiles(Folder(), "*.json").Where(f => Path.GetFileName(f) != Enums))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var what = EventNames.Current.Read(name, File.ReadAllBytes(file));
            Assert.True(what is not Unreadable, $"{name} is not read any more: {(what as Unreadable)?.Because}");
            if (EventNames.Current.NameOf(what) == name) Assert.Equal(File.ReadAllText(file), Pretty(EventNames.Current.Write(what)));
        }
    }

    const string Enums = "words.json";

    /// <summary>Words that stand in stored JSON stay: a word may be added, none renamed or removed.</summary>
    [Fact]
    public void Every_stored_word_is_as_approved()
    {
        var found = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var type in EventNames.Current.Types.Values.Append(typeof(Actor))) Words(type, found, []);
        var written = JsonSerializer.Serialize(found, Indented) + "\n";
        var file = Path.Combine(Folder(), Enums);
        if (!File.Exists(file)) File.WriteAllText(file, written);
        Assert.Equal(File.ReadAllText(file), written);
    }

    static void Words(Type type, SortedDictionary<string, string[]> found, HashSet<Type> seen)
    {
        if (!seen.Add(type)) return;
        if (type.IsEnum) found[type.Name] = [.. Enum.GetValues(type).Cast<object>().Select(v => JsonSerializer.Serialize(v, type, EventNames.Json).Trim('"'))];
        foreach (var inner in type.GetGenericArguments()) Words(inner, found, seen);
        if (type.Assembly != typeof(Actor).Assembly) return;
        foreach (var member in type.GetProperties().Where(p => p.GetMethod is { IsStatic: false })) Words(member.PropertyType, found, seen);
    }

    static string Pretty(byte[] json) => JsonNode.Parse(json)?.ToJsonString(Indented) + "\n";

    static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here) ?? "", "approved");
}
