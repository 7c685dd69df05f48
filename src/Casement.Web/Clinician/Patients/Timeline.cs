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
using Casement.Referrals;
using Casement.Safety;
using Casement.Sessions;

namespace Casement.Web.Clinician.Patients;

/// <summary>A journal as one line of time: which entries somebody may see, of which kind, when they happened, and a page of them.</summary>
public sealed record Timeline(ImmutableArray<Entry> Entries, long? Earlier)
{
    public const int PageOf = 30;

    /// <summary>The kinds to choose from, in the order they are offered.</summary>
    public static ImmutableArray<(string Id, string Label)> Kinds { get; } =
    [
        ("clearance", "Clearance"), ("answers", "Answers and medicines"), ("safety", "Safety"), ("referrals", "Referrals and sessions"), ("programme", "Programme"), ("notes", "Notes"),
        ("messages", "Messages"), ("documents", "Documents"), ("tasks", "Tasks"), ("access", "Access"),
    ];

    /// <param name="kind">One kind alone; null for all.</param>
    /// <param name="before">Entries before this one; null for the newest.</param>
    /// <param name="at">The page that holds this entry; wins over the others.</param>
    public static Timeline Of(ImmutableArray<Entry> journal, Actor reader, string? kind, long? before, long? at)
    {
        // What is kept apart is kept apart here too: that there is such a note is for its author.
        ImmutableArray<Entry> seen = [.. journal.Where(e => e.What is not NoteKeptApart || e.By.Id == reader.Id).Where(e => !IsPrivate(e.What, journal)).Where(e => kind is null || at is not null || KindOf(e.What) == kind).Reverse()];
        var from = at is { } wanted ? seen.IndexOf(seen.FirstOrDefault(e => e.Sequence <= wanted) ?? seen[0]) / PageOf * PageOf : before is { } edge ? seen.TakeWhile(e => e.Sequence >= edge).Count() : 0;
        ImmutableArray<Entry> page = [.. seen.Skip(from).Take(PageOf)];
        return new(page, from + page.Length < seen.Length && page.Length > 0 ? page[^1].Sequence : null);
    }

    /// <summary>A journal of the person's own: that they wrote in it, and when, is theirs; that they shared it is not.</summary>
    static bool IsPrivate(PatientEvent what, ImmutableArray<Entry> journal) => what switch
    {
        JournalWritten => true,
        JournalWithdrawn e => !journal.Any(j => j.What is JournalShared s && s.Entry == e.Entry),
        _ => false,
    };

    /// <summary>When it was so, for what says when.</summary>
    public static DateTimeOffset HappenedAt(Entry entry) => entry.What switch
    {
        NoteSigned e => e.EventAt,
        NoteAddendum e => e.EventAt,
        FactsRecorded { Facts: [var first, ..] } e => e.Facts.All(f => f.ObservedAt == first.ObservedAt) ? first.ObservedAt : entry.RecordedAt,
        MedicinesRecorded e => e.ObservedAt,
        _ => entry.RecordedAt,
    };

    static string KindOf(PatientEvent what) => what switch
    {
        OpinionRecorded or OverrideGiven or OverrideCosigned or OverrideRefused or ClearanceSigned or ClearanceSuspended or ClearanceRevoked or ClearanceRunAgain => "clearance",
        FactsRecorded or MedicinesRecorded or MedicinePictured or RecordImported or EnteredInError or IntakeEvent or ScaleAnswered or CheckInSent or SittingAsked => "answers",
        SafetyAlerted or SafetyAcknowledged or SafetyHandedBack or SafetyEscalated or SafetyActionDone or SafetyEvaluated or SafetyClosed or SafetyPlanWritten or SafetyPlanReviewed or AlarmRaised or AlarmClosed => "safety",
        ProgrammeEvent => "programme",
        CoursePlanned or InductionEnded or CourseClosed or SessionElsewhere or ClinicalEventRecorded or EarlySessionAsked or CourseOverrideGiven or CourseOverrideCosigned or CourseOverrideRefused or CourseReviewed or CourseStands or ReferralEvent or RemsEnrolled or RemsEnrolmentEnded or SessionEvent or SessionFileReceived or SessionReportRead or SupportPersonNamed or SupportPersonWithdrawn => "referrals",
        NoteBegun or NoteDiscarded or NoteSigned or NoteAddendum or NoteKeptApart => "notes",
        ConversationWritten or ConversationRead or ConversationSettled or MessageEvent or MessageAsked => "messages",
        DocumentReceived or ConsentOffered or ConsentSigned or ConsentCountersigned or ConsentDeclined or ConsentWithdrawn or ConsentReopened or ConsentRenewalAsked => "documents",
        TaskOpened or TaskDone or TaskReassigned or OutsideAsked or OutsideReceived or OutsideDropped or WorkTaken or WorkLetGo or ClinicianAssigned => "tasks",
        LinkGiven or LinkWithdrawn or OpenedInEmergency or EmergencyReviewed or PatientAdmitted or PatientDetailsChanged or PatientLanguageChosen or CorrectionAsked or CorrectionAccepted or CorrectionDeclined or CorrectionDisagreed => "access",
        _ => "other",
    };

    /// <summary>The page of the chart where an entry can be read whole; null when the line says all.</summary>
    public static string? PartWith(PatientEvent what) => what switch
    {
        ClearanceSigned e => $"decisions/{e.Clearance}",
        NoteSigned e => $"notes/{e.Note}",
        NoteAddendum e => $"notes/{e.Note}#addendum-{e.Addendum}",
        NoteKeptApart e => $"apart/{e.Note}",
        ConversationWritten e => $"messages/{e.Conversation}#message-{e.Message}",
        DocumentReceived or TaskOpened or TaskDone or OutsideAsked or OutsideReceived => what is DocumentReceived ? "files" : "tasks",
        _ => null,
    };
}
