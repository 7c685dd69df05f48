using System.Collections.Immutable;
using System.Diagnostics;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Conversations;
using Casement.Courses;
using Casement.Documents;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Measures;
using Casement.Messages;
using Casement.Notes;
using Casement.People;
using Casement.Programmes;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Safety;
using Casement.Sessions;

namespace Casement.Journal;

/// <summary>One person's record as it stands: the fold of the journal. Every entry counts, in order, except those entered in error.</summary>
public sealed record Chart
{
    public static Chart Empty { get; } = new();

    /// <summary>The number of entries folded; the version an act is decided at.</summary>
    public long Version { get; init; }

    /// <summary>When the newest entry was written down; null while there is none.</summary>
    public DateTimeOffset? LastChangeAt { get; init; }

    public Person? Who { get; init; }

    /// <summary>When the record was opened; null while there is none.</summary>
    public DateTimeOffset? AdmittedAt { get; init; }

    /// <summary>The language the person wants to speak; empty when not asked.</summary>
    public string Language { get; init; } = "";

    /// <summary>What the patient says is wrong on the record, oldest first, with what became of it.</summary>
    public ImmutableList<CorrectionOnChart> CorrectionRequests { get; init; } = [];

    /// <summary>Every answer ever given, oldest first, per fact.</summary>
    public ImmutableDictionary<string, ImmutableList<ChartedFact>> Facts { get; init; } = ImmutableDictionary<string, ImmutableList<ChartedFact>>.Empty;

    /// <summary>The medicine lists, oldest first; the last is in force.</summary>
    public ImmutableList<ChartedMedicines> MedicineLists { get; init; } = [];

    /// <summary>Which documents show the bottle of which medicine, oldest first.</summary>
    public ImmutableList<MedicinePictured> MedicinePictures { get; init; } = [];

    public ImmutableList<RecordImported> Imports { get; init; } = [];

    /// <summary>The last opinion about each rule.</summary>
    public ImmutableDictionary<string, Opinion> Opinions { get; init; } = ImmutableDictionary<string, Opinion>.Empty;

    /// <summary>Overrides given since the last signed decision, by rule.</summary>
    public ImmutableDictionary<string, OverrideOnChart> Overrides { get; init; } = ImmutableDictionary<string, OverrideOnChart>.Empty;

    /// <summary>Signed decisions, oldest first; the last is the one in force.</summary>
    public ImmutableList<ClearanceOnChart> Clearances { get; init; } = [];

    /// <summary>Capability links that were given, by id.</summary>
    public ImmutableDictionary<Guid, LinkOnChart> Links { get; init; } = ImmutableDictionary<Guid, LinkOnChart>.Empty;

    public ImmutableDictionary<Guid, ReferralOnChart> Referrals { get; init; } = ImmutableDictionary<Guid, ReferralOnChart>.Empty;

    /// <summary>Enrolments in the esketamine REMS, oldest first, also those that ended.</summary>
    public ImmutableList<RemsOnChart> Rems { get; init; } = [];

    /// <summary>Session days at partner clinics, by id.</summary>
    public ImmutableDictionary<Guid, SessionOnChart> Sessions { get; init; } = ImmutableDictionary<Guid, SessionOnChart>.Empty;

    /// <summary>Files partners sent instead of reports, oldest first.</summary>
    public ImmutableList<SessionFileOnChart> SessionFiles { get; init; } = [];

    /// <summary>Whom the patient named to be there for them; at most one at a time.</summary>
    public ImmutableList<SupportPersonNamed> SupportPeople { get; init; } = [];

    /// <summary>Every name given and taken back, oldest first.</summary>
    public ImmutableList<SupportChange> SupportChanges { get; init; } = [];

    /// <summary>Messages that were asked for, by id, with when.</summary>
    public ImmutableDictionary<Guid, MessageOnChart> Messages { get; init; } = ImmutableDictionary<Guid, MessageOnChart>.Empty;

    /// <summary>Calls for somebody of the practice, by id.</summary>
    public ImmutableDictionary<Guid, DutyOnChart> Duties { get; init; } = ImmutableDictionary<Guid, DutyOnChart>.Empty;

    /// <summary>The health questions; null before they were first offered.</summary>
    public IntakeOnChart? Intake { get; init; }

    /// <summary>The scales that were filled in, oldest first.</summary>
    public ImmutableList<ScaleOnChart> Scales { get; init; } = [];

    /// <summary>The filling written down last, by scale. Spares a walk through a long history.</summary>
    public ImmutableDictionary<string, ScaleOnChart> LastOfScale { get; init; } = ImmutableDictionary<string, ScaleOnChart>.Empty;

    /// <summary>Documents offered, signed, refused and taken back.</summary>
    public ConsentsOnChart Consents { get; init; } = ConsentsOnChart.None;

    /// <summary>The suicide-risk pathway and the safety plan.</summary>
    public SafetyOnChart Safety { get; init; } = SafetyOnChart.None;
    /// <summary>The call for what cannot wait, while nobody has it; null otherwise.</summary>
    public UrgentOnChart? Urgent { get; init; }

    /// <summary>Emergency looks by people whose role does not read charts, oldest first.</summary>
    public ImmutableList<EmergencyLook> EmergencyLooks { get; init; } = [];

    /// <summary>Check-ins that were sent, by id.</summary>
    public ImmutableDictionary<Guid, CheckInSent> CheckIns { get; init; } = ImmutableDictionary<Guid, CheckInSent>.Empty;

    /// <summary>Sittings the schedule asked for, by id.</summary>
    public ImmutableDictionary<Guid, SittingOnChart> Sittings { get; init; } = ImmutableDictionary<Guid, SittingOnChart>.Empty;

    /// <summary>What answers proposed and somebody took or set aside.</summary>
    public ImmutableHashSet<string> ProposalsSettled { get; init; } = [];

    /// <summary>What scores over a course called for, by id.</summary>
    public ImmutableDictionary<Guid, CourseAlarmOnChart> CourseAlarms { get; init; } = ImmutableDictionary<Guid, CourseAlarmOnChart>.Empty;

    /// <summary>What answers of check-ins called for, oldest first.</summary>
    public ImmutableList<AlarmOnChart> Alarms { get; init; } = [];
    /// <summary>How the person wishes to be reached.</summary>
    public Reaching Reaching { get; init; } = Reaching.Unasked;
    /// <summary>The clinician who answers for this person's care; null while nobody is assigned.</summary>
    public ClinicianAssigned? Responsible { get; init; }

    /// <summary>Rows of the worklist somebody has, by key.</summary>
    public ImmutableDictionary<string, TakenOnChart> Taken { get; init; } = ImmutableDictionary<string, TakenOnChart>.Empty;

    public ImmutableDictionary<Guid, TaskOnChart> Tasks { get; init; } = ImmutableDictionary<Guid, TaskOnChart>.Empty;

    /// <summary>What was asked of others outside the practice.</summary>
    public ImmutableDictionary<Guid, OutsideOnChart> Outside { get; init; } = ImmutableDictionary<Guid, OutsideOnChart>.Empty;

    public NotesOnChart Notes { get; init; } = NotesOnChart.None;

    public ImmutableDictionary<Guid, DocumentOnChart> Documents { get; init; } = ImmutableDictionary<Guid, DocumentOnChart>.Empty;

    public ImmutableDictionary<Guid, ConversationOnChart> Conversations { get; init; } = ImmutableDictionary<Guid, ConversationOnChart>.Empty;

    /// <summary>Check-ins that stayed unanswered and that somebody has seen to.</summary>
    public ImmutableHashSet<Guid> SilencesSettled { get; init; } = [];

    /// <summary>Whether the person is ready, asked before each visit at a clinic.</summary>
    public ImmutableDictionary<Guid, ReadinessOnChart> Readiness { get; init; } = ImmutableDictionary<Guid, ReadinessOnChart>.Empty;

    /// <summary>Plans and ends of courses, and sessions and events nobody reports to us.</summary>
    public CoursesOnChart Courses { get; init; } = CoursesOnChart.None;

    /// <summary>Steps of preparation and integration, intentions, and what the record knows of the person's own journal.</summary>
    public ProgrammeOnChart Programme { get; init; } = ProgrammeOnChart.None;

    /// <summary>Entries that a newer version wrote or that were damaged. Shown on the chart; clearance waits while there are any.</summary>
    public ImmutableList<Entry> NotReadable { get; init; } = [];

    /// <summary>Entries later marked as mistakes, by sequence, with the correction.</summary>
    public ImmutableDictionary<long, EnteredInError> Mistakes { get; init; } = ImmutableDictionary<long, EnteredInError>.Empty;

    /// <summary>The sequence numbers of the entries that mark others as mistakes.</summary>
    public ImmutableHashSet<long> Corrections { get; init; } = [];

    /// <summary>The chart a journal tells. Mistaken entries are left out of the fold and listed beside it.</summary>
    public static Chart From(IReadOnlyList<Entry> journal)
    {
        // The last word on an entry stands; a mark reaches only backwards.
        var mistakes = journal.Where(e => e.What is EnteredInError mark && mark.Entry < e.Sequence)
            .Aggregate(ImmutableDictionary<long, EnteredInError>.Empty, (all, e) => e.What is EnteredInError mark ? all.SetItem(mark.Entry, mark) : all);
        return journal.Aggregate(Empty with { Mistakes = mistakes }, (chart, entry) => chart.After(entry));
    }

    public Chart After(Entry entry)
    {
        var next = this with { Version = entry.Sequence, LastChangeAt = entry.RecordedAt };
        return Mistakes.ContainsKey(entry.Sequence) ? next : next.Folding(entry);
    }

    Chart Folding(Entry entry) => entry.What switch
    {
        PatientAdmitted e => this with { Who = e.Who, AdmittedAt = AdmittedAt ?? entry.RecordedAt },
        PatientDetailsChanged e => this with { Who = e.Who },
        FactsRecorded e => this with { Facts = e.Facts.Aggregate(Facts, (all, f) => all.SetItem(f.Fact, ChartedFact.Added(all.GetValueOrDefault(f.Fact, []), f, entry))) },
        PatientLanguageChosen e => this with { Language = e.Language },
        CorrectionAsked or CorrectionAccepted or CorrectionDeclined or CorrectionDisagreed => this with { CorrectionRequests = CorrectionOnChart.After(CorrectionRequests, entry) },
        MedicinesRecorded e => this with { MedicineLists = MedicineLists.Add(new(e, entry.Sequence, entry.RecordedAt, entry.By)) },
        MedicinePictured e => this with { MedicinePictures = MedicinePictures.Add(e) },
        RecordImported e => this with { Imports = Imports.Add(e) },
        OpinionRecorded e => this with { Opinions = Opinions.SetItem(e.Opinion.Rule, e.Opinion) },
        OverrideGiven e => this with { Overrides = Overrides.SetItem(e.Override.Rule, new(e, entry.Sequence, entry.RecordedAt, entry.By)) },
        OverrideCosigned e => Overrides.TryGetValue(e.Rule, out var given) ? this with { Overrides = Overrides.SetItem(e.Rule, given.With(e)) } : this,
        OverrideRefused => this,
        ClearanceSigned e => this with { Clearances = Clearances.Add(new(e, entry.Sequence, entry.RecordedAt, entry.By)), Overrides = ImmutableDictionary<string, OverrideOnChart>.Empty },
        ClearanceSuspended e => WithClearance(e.Clearance, c => c.Suspended is null ? c with { Suspended = e, ChangedAt = entry.RecordedAt } : c),
        ClearanceRevoked e => WithClearance(e.Clearance, c => c.Revoked is null ? c with { Revoked = e, ChangedAt = entry.RecordedAt } : c),
        ClearanceRunAgain e => WithClearance(e.Clearance, c => c with { RunAgain = (e, entry.RecordedAt) }),
        LinkGiven e => this with { Links = Links.SetItem(e.Link, new(e, entry.RecordedAt)) },
        LinkWithdrawn e => Links.TryGetValue(e.Link, out var link) ? this with { Links = Links.SetItem(e.Link, link with { Withdrawn = e }) } : this,
        MessageAsked e => Messages.ContainsKey(e.Message) ? this : this with { Messages = Messages.Add(e.Message, new(e, entry.RecordedAt)) },
        IntakeEvent e => this with { Intake = IntakeOnChart.After(Intake, e, entry) },
        ScaleAnswered e => WithScale(new(e, entry.Sequence, entry.RecordedAt, entry.By)),
        ConsentOffered e => this with { Consents = Consents.After(e, entry) },
        ConsentSigned e => this with { Consents = Consents.After(e, entry) },
        ConsentCountersigned e => this with { Consents = Consents.After(e, entry) },
        ConsentDeclined e => this with { Consents = Consents.After(e, entry) },
        ConsentWithdrawn e => this with { Consents = Consents.After(e, entry) },
        ConsentReopened e => this with { Consents = Consents.After(e, entry) },
        ConsentRenewalAsked e => this with { Consents = Consents.After(e, entry) },
        SafetyAlerted e => this with { Safety = Safety.After(e, entry) },
        SafetyAcknowledged e => this with { Safety = Safety.After(e, entry) },
        SafetyHandedBack e => this with { Safety = Safety.After(e, entry) },
        SafetyEscalated e => this with { Safety = Safety.After(e, entry) },
        SafetyActionDone e => this with { Safety = Safety.After(e, entry) },
        SafetyEvaluated e => this with { Safety = Safety.After(e, entry) },
        SafetyClosed e => this with { Safety = Safety.After(e, entry) },
        SafetyPlanWritten e => this with { Safety = Safety.After(e, entry) },
        SafetyPlanReviewed e => this with { Safety = Safety.After(e, entry) },
        UrgentCalled or UrgentEscalated or UrgentEnded => this with { Urgent = UrgentOnChart.After(Urgent, entry.What, entry.RecordedAt) },
        OpenedInEmergency e => this with { EmergencyLooks = EmergencyLooks.Add(new(e, entry.RecordedAt, entry.By)) },
        EmergencyReviewed e => this with { EmergencyLooks = [.. EmergencyLooks.Select(l => l.Opened.Look == e.Look ? l with { Reviewed = e } : l)] },
        CheckInSent e => this with { CheckIns = CheckIns.SetItem(e.CheckIn, e) },
        CourseAlarmRaised or CourseAlarmClosed => this with { CourseAlarms = CourseAlarms.After(entry.What, entry.RecordedAt) },
        ProposalsTaken or ProposalsSetAside => this with { ProposalsSettled = ProposalsSettled.After(entry.What) },
        SittingAsked e => Sittings.ContainsKey(e.CheckIn) ? this : this with { Sittings = Sittings.Add(e.CheckIn, new(e, entry.RecordedAt)) },
        CheckInSilenceSettled e => this with { SilencesSettled = SilencesSettled.Add(e.CheckIn) },
        AlarmRaised e => this with { Alarms = Alarms.Add(new(e, entry.RecordedAt)) },
        AlarmClosed e => this with { Alarms = [.. Alarms.Select(a => a.Closed is null && a.Raised.CheckIn == e.CheckIn && a.Raised.Flag == e.Flag ? a with { Closed = e, ClosedAt = entry.RecordedAt } : a)] },
        MessageEvent e => MessageFold.After(this, e, entry.RecordedAt),
        ClinicianAssigned e => this with { Responsible = e },
        WorkTaken e => this with { Taken = Taken.SetItem(e.Key, new(e.What, entry.By, entry.RecordedAt)) },
        WorkLetGo e => this with { Taken = Taken.Remove(e.Key) },
        TaskOpened e => this with { Tasks = Tasks.SetItem(e.Task, new(e, entry.By, entry.RecordedAt, e.Owner, e.OwnerName)) },
        TaskDone e => FollowUp.Tasks.After(this, e, entry),
        TaskReassigned e => FollowUp.Tasks.After(this, e),
        OutsideAsked e => this with { Outside = Outside.SetItem(e.Item, new(e, entry.By, entry.RecordedAt)) },
        OutsideReceived e => FollowUp.Outside.After(this, e.Item, o => o with { Received = e, EndedAt = entry.RecordedAt }),
        OutsideDropped e => FollowUp.Outside.After(this, e.Item, o => o with { Dropped = e, EndedAt = entry.RecordedAt }),
        NoteBegun or NoteDiscarded or NoteSigned or NoteAddendum or NoteKeptApart => this with { Notes = Notes.After(entry.What, entry) },
        DocumentReceived e => this with { Documents = Documents.SetItem(e.Document, new(e, entry.By, entry.RecordedAt)) },
        ConversationWritten or ConversationRead or ConversationSettled => this with { Conversations = Conversations.After(entry.What, entry) },
        RemsEnrolled e => this with { Rems = Rems.Add(new(e, entry.By, entry.RecordedAt)) },
        RemsEnrolmentEnded e => this with { Rems = Rems.After(e) },
        // A note before any session tells nothing of a treatment.
        ReferralInterimNote e when !HadSession(e.Referral) => this with { Referrals = Referrals.Noted(e, entry) },
        ReferralEvent e => this with { Referrals = Referrals.After(e, entry) },
        SessionStarted e => (this with { Sessions = Sessions.After(e, entry) }).WithFirstSession(e.StartedAt),
        SessionReported e => (this with { Sessions = Sessions.After(e, entry) }).WithFirstSession(e.Report.StartedAt),
        SessionEvent e => this with { Sessions = Sessions.After(e, entry) },
        SessionFileReceived e => this with { SessionFiles = SessionFiles.Add(new(e, entry.RecordedAt, entry.By)) },
        SessionReportRead e => this.WithRead(e),
        CoursePlanned or InductionEnded or CourseClosed or SessionElsewhere or ClinicalEventRecorded => this with { Courses = Courses.After(entry) },
        EarlySessionAsked or CourseOverrideGiven or CourseOverrideCosigned or CourseOverrideRefused or CourseReviewed or CourseStands => this with { Courses = Courses.After(entry) },
        ProgrammeEvent e => this with { Programme = Programme.After(e, entry) },
        ReadinessEvent e => this with { Readiness = Readiness.After(e, entry) },
        SupportPersonNamed e => this with { SupportPeople = SupportPeople.Add(e), SupportChanges = SupportChanges.Add(new(e, entry.By, entry.RecordedAt)) },
        SupportPersonWithdrawn e => this with { SupportPeople = SupportPeople.RemoveAll(p => p.Person == e.Person), SupportChanges = SupportChanges.Add(new(e, entry.By, entry.RecordedAt)) },
        EnteredInError => this with { Corrections = Corrections.Add(entry.Sequence) },
        Unreadable => this with { NotReadable = NotReadable.Add(entry) },
        var other => throw new UnreachableException($"The chart does not fold {other.GetType().Name}."),
    };

    Chart WithScale(ScaleOnChart filled) => this with { Scales = Scales.Add(filled), LastOfScale = LastOfScale.SetItem(filled.What.Instrument, filled) };

    bool HadSession(Guid referral) =>
        Sessions.Values.Any(s => s.Referral == referral && (s.StartedAt is not null || s.Report is not null)) || SessionFiles.Any(f => f.File.Referral == referral);

    Chart WithClearance(Guid id, Func<ClearanceOnChart, ClearanceOnChart> change) =>
        this with { Clearances = [.. Clearances.Select(c => c.Signed.Clearance == id ? change(c) : c)] };
}

/// <summary>An answer on the chart with who wrote it down and when.</summary>
public sealed record ChartedFact(RecordedFact Fact, long Entry, DateTimeOffset RecordedAt, Actor By)
{
    /// <summary>The answer observed last among the earlier ones, where it was observed after this one; null when this is the newest so far. Spares a walk through a long history.</summary>
    public ChartedFact? Newer { get; init; }

    /// <summary>Of this answer and those before it, the one observed last.</summary>
    public ChartedFact Newest => Newer ?? this;

    /// <summary>The answers with one more, that an entry adds.</summary>
    public static ImmutableList<ChartedFact> Added(ImmutableList<ChartedFact> before, RecordedFact fact, Entry entry) => before.Add(new(fact, entry.Sequence, entry.RecordedAt, entry.By)
    {
        Newer = before is [.., var last] && last.Newest.Fact.ObservedAt > fact.ObservedAt ? last.Newest : null,
    });
}

/// <summary>A medicine list on the chart with who wrote it down and when.</summary>
public sealed record ChartedMedicines(MedicinesRecorded List, long Entry, DateTimeOffset RecordedAt, Actor By);
