using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>Where a referral stands, as the loop of practice.md 2.6 counts.</summary>
public enum ReferralStage { Draft, Received, Accepted, InProgress, CancelAsked, Declined, Cancelled, Completed }

/// <summary>A referral with everything that became of it.</summary>
public sealed record ReferralOnChart(ReferralDrafted Drafted, DateTimeOffset DraftedAt, Actor DraftedBy)
{
    public Guid Id => Drafted.Referral;

    public ReferralStage Stage { get; init; }

    /// <summary>The code of the business status, such as "5.1.1".</summary>
    public string Business { get; init; } = "";

    public ImmutableArray<PacketLine> Chosen { get; init; } = [];

    public ImmutableHashSet<string> Struck { get; init; } = [];

    public Authorisation? Authorised { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public ReferralSent? Sent { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the stage began.</summary>
    public DateTimeOffset StageAt { get; init; } = DraftedAt;

    public string Reason { get; init; } = "";

    public ImmutableArray<DateTimeOffset> Proposed { get; init; } = [];

    /// <summary>By when the patient was asked to sign; null when nobody asked.</summary>
    public DateTimeOffset? SignBy { get; init; }

    /// <summary>By when the partner was asked to offer other dates; null when nobody asked, or it has.</summary>
    public DateTimeOffset? NewDatesBy { get; init; }

    public DateTimeOffset? Appointment { get; init; }

    public int NoShows { get; init; }

    public ImmutableArray<string> Notes { get; init; } = [];

    public ReferralCancelAsked? CancelAsked { get; init; }

    public ReferralOutcomeReceived? Outcome { get; init; }

    public ReferralClosed? Closed { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public ImmutableArray<ReferralClearanceChangeSeen> ChangesSeen { get; init; } = [];

    /// <summary>The last time anybody outside the program wrote something about it.</summary>
    public DateTimeOffset LastNewsAt { get; init; } = DraftedAt;

    public bool IsOpen => Closed is null;

    /// <summary>Nothing the partner writes changes it any more.</summary>
    public bool IsOver => Closed is not null || RevokedAt is not null || Stage is ReferralStage.Declined or ReferralStage.Cancelled or ReferralStage.Completed;

    /// <summary>With the partner and not over: a change of the clearance concerns it.</summary>
    public bool IsWithPartner => Closed is null && Stage is ReferralStage.Received or ReferralStage.Accepted or ReferralStage.InProgress or ReferralStage.CancelAsked && Sent is not null && RevokedAt is null;

    /// <summary>Whether the partner's treatment may go on as far as the referral says.</summary>
    public bool MayTreat => Closed is null && RevokedAt is null && Stage is ReferralStage.Accepted or ReferralStage.InProgress;

    /// <summary>Every date the partner offered has passed, and none was taken.</summary>
    public bool AllPassed(DateTimeOffset now) => MayTreat && !Proposed.IsEmpty && Proposed.All(d => d <= now);

    /// <summary>The status of the FHIR Task the loop lives on.</summary>
    public string TaskStatus => Stage switch
    {
        ReferralStage.Draft => "draft",
        ReferralStage.Received => "received",
        ReferralStage.Accepted => "accepted",
        ReferralStage.Declined => "rejected",
        ReferralStage.Cancelled => "cancelled",
        ReferralStage.Completed => "completed",
        _ => "in-progress",
    };

    /// <summary>The business status in the words of the HL7 e-referral guide.</summary>
    public string BusinessStatus => Business switch
    {
        "2.0" => "2.0 created",
        "3.0" => "3.0 accepted",
        "4.0" => "4.0 declined",
        "5.1.1" => "5.1.1 event scheduled",
        "5.1.2" => "5.1.2 event unattended",
        "5.1.3" => "5.1.3 event cancelled",
        "5.1.4" => "5.1.4 event completed",
        "5.2" => "5.2 cancellation requested",
        "6.0" => "6.0 fulfilment cancelled",
        "7.0" => "7.0 fulfilment completed",
        _ => "not sent",
    };
}

/// <summary>The fold: what each event makes of a referral. An event about a referral that was never drafted changes nothing.</summary>
public static class ReferralFolding
{
    public static ImmutableDictionary<Guid, ReferralOnChart> After(this ImmutableDictionary<Guid, ReferralOnChart> all, ReferralEvent what, Entry entry)
    {
        if (what is ReferralDrafted drafted) return all.ContainsKey(drafted.Referral) ? all : all.Add(drafted.Referral, new(drafted, entry.RecordedAt, entry.By));
        if (!all.TryGetValue(what.Referral, out var referral)) return all;
        var at = entry.RecordedAt;
        return all.SetItem(what.Referral, After(referral, what, at) with { LastNewsAt = entry.By.Kind is ActorKind.System ? referral.LastNewsAt : at });
    }

    /// <summary>A note that moves nothing.</summary>
    public static ImmutableDictionary<Guid, ReferralOnChart> Noted(this ImmutableDictionary<Guid, ReferralOnChart> all, ReferralInterimNote note, Entry entry) =>
        all.TryGetValue(note.Referral, out var so) ? all.SetItem(note.Referral, so with { Notes = so.Notes.Add(note.Note), LastNewsAt = entry.RecordedAt }) : all;

    static ReferralOnChart After(ReferralOnChart so, ReferralEvent what, DateTimeOffset at) => what switch
    {
        ReferralPacketChosen e => so with { Chosen = e.Lines, Struck = [], Authorised = null, RevokedAt = null },
        ReferralLinesStruck e => so with { Struck = [.. e.Lines], Authorised = null, RevokedAt = null },
        ReferralSignatureAsked e => so with { SignBy = e.SignBy },
        ReferralAuthorised e => so with { Authorised = e.Authorisation, RevokedAt = null },
        ReferralAuthorisationRevoked => so with { RevokedAt = so.RevokedAt ?? at },
        ReferralSent e => so.To(ReferralStage.Received, "2.0", at) with { Sent = e, SentAt = at },
        ReferralOpened => so with { OpenedAt = so.OpenedAt ?? at },
        ReferralAcknowledged => so with { AcknowledgedAt = so.AcknowledgedAt ?? at },
        ReferralAccepted => so.To(ReferralStage.Accepted, "3.0", at) with { AcceptedAt = at, AcknowledgedAt = so.AcknowledgedAt ?? at },
        ReferralDeclined e => so.To(ReferralStage.Declined, "4.0", at) with { Reason = e.Reason, AcknowledgedAt = so.AcknowledgedAt ?? at, Appointment = null, Proposed = [] },
        ReferralDatesProposed e => so with { Proposed = e.Dates, NewDatesBy = null },
        ReferralDatesAsked e => so with { Proposed = [], NewDatesBy = e.AnswerBy },
        ReferralScheduled e => so.To(ReferralStage.InProgress, "5.1.1", at) with { Appointment = e.At, Proposed = [], NewDatesBy = null },
        ReferralUnattended => so.To(ReferralStage.InProgress, "5.1.2", at) with { NoShows = so.NoShows + 1, Appointment = null },
        ReferralAppointmentCancelled e => so.To(ReferralStage.InProgress, "5.1.3", at) with { Reason = e.Reason, Appointment = null },
        ReferralInterimNote e => so.To(so.Stage is ReferralStage.CancelAsked ? so.Stage : ReferralStage.InProgress, so.Stage is ReferralStage.CancelAsked ? so.Business : "5.1.4", at) with { Notes = so.Notes.Add(e.Note), Appointment = so.Appointment > at ? so.Appointment : null, NoShows = 0 },
        ReferralCancelAsked e => so.To(ReferralStage.CancelAsked, "5.2", at) with { CancelAsked = e, Reason = e.Reason, Proposed = [] },
        ReferralCancelConfirmed => so.To(ReferralStage.Cancelled, "6.0", at) with { Appointment = null, Proposed = [] },
        ReferralOutcomeReceived e => so.To(ReferralStage.Completed, "7.0", at) with { Outcome = e, Appointment = null, Proposed = [] },
        ReferralClosed e => so with { Closed = e, ClosedAt = at },
        ReferralReopened e => so with { Closed = null, ClosedAt = null, Reason = e.Reason, Stage = so.Sent is null ? ReferralStage.Draft : so.AcceptedAt is null ? ReferralStage.Received : ReferralStage.InProgress, StageAt = at, CancelAsked = null },
        ReferralClearanceChangeSeen e => so with { ChangesSeen = so.ChangesSeen.Add(e) },
        var other => throw new System.Diagnostics.UnreachableException($"A referral does not fold {other.GetType().Name}."),
    };

    static ReferralOnChart To(this ReferralOnChart so, ReferralStage stage, string business, DateTimeOffset at) => so with { Stage = stage, Business = business, StageAt = so.Stage == stage ? so.StageAt : at };
}
