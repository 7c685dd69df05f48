using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>Who must act next.</summary>
public enum WaitsFor { Practice, Patient, Partner }

/// <summary>One thing a referral waits for.</summary>
/// <param name="Kind">Stable, such as "acknowledge"; names the reminder.</param>
/// <param name="For">Who must act.</param>
/// <param name="What">In a few words.</param>
/// <param name="Late">What to say once it is overdue.</param>
/// <param name="Since">When the waiting began.</param>
/// <param name="DueAt">By when; null when there is no day.</param>
/// <param name="Unit">What the waiting time is counted in.</param>
public sealed record Wait(string Kind, WaitsFor For, string What, string Late, DateTimeOffset Since, DateTimeOffset? DueAt, DueUnit Unit = DueUnit.CalendarDays);

/// <summary>What a referral waits for, from the chart alone. The board, the worklist, the reminders and the patient's page all read this.</summary>
public static class Waits
{
    public static ImmutableArray<Wait> Of(Chart chart, ReferralOnChart so)
    {
        if (so.Closed is not null) return [];
        var waits = ImmutableArray.CreateBuilder<Wait>();
        var (partner, sent) = (so.Drafted.PartnerName, so.Sent?.Terms);
        foreach (var session in chart.Sessions.Values.Where(s => s.Referral == so.Id))
        {
            if (session.Report is not null && !session.IsRead) Practice("read-report", "Read and sign the session report", session.ReportedAt ?? so.StageAt);
            if (session is { Started: { } started, Report: null }) Partner("report", "report the session", started.StartedAt, started.ReportBy);
        }
        foreach (var file in chart.SessionFiles.Where(f => f.File.Referral == so.Id && !f.IsRead)) Practice("read-report", "Read and sign the file the clinic sent", file.At);
        if (so.RevokedAt is { } revoked)
        {
            Practice("revoked", "The patient took the authorisation back: talk, then close or start anew", revoked);
            return waits.ToImmutable();
        }
        if (!so.IsOver && Rems.Unenrolled(chart, so.Drafted) is not null) Practice("rems", "Write down the REMS enrolment once the clinic confirms it", so.DraftedAt);
        switch (so.Stage)
        {
            case ReferralStage.Draft when so.Chosen.IsEmpty: Practice("packet", "Put the packet together", so.StageAt); break;
            case ReferralStage.Draft when so.Authorised is null: Patient("authorise", "Read and sign what may be sent", so.LastNewsAt); break;
            case ReferralStage.Draft: Practice("send", "Send the referral", so.LastNewsAt); break;
            case ReferralStage.Received when so.AcknowledgedAt is null: Partner("acknowledge", "acknowledge the referral", so.StageAt, sent?.AcknowledgeBy, DueUnit.BusinessDays); break;
            case ReferralStage.Received: Partner("answer", "accept or decline", so.AcknowledgedAt ?? so.StageAt, sent?.AnswerBy, DueUnit.BusinessDays); break;
            case ReferralStage.Accepted or ReferralStage.InProgress when !so.Proposed.IsEmpty: Patient("pick", "Choose a date", so.LastNewsAt); break;
            // A session that began without an appointment needs no first one.
            case ReferralStage.Accepted when chart.Sessions.Values.Any(s => s.Referral == so.Id && s.StartedAt is not null): break;
            case ReferralStage.Accepted: Partner("first-appointment", "propose a date", so.StageAt, sent?.FirstAppointmentBy); break;
            case ReferralStage.InProgress when so.Appointment is { } at && !Reported(chart, so, at): Partner("session", "hold the session, then report it", so.StageAt, at.AddDays(sent?.ReportDays ?? 0)); break;
            case ReferralStage.InProgress when sent is not null && so.NoShows >= sent.NoShows: Practice("outreach", $"{so.NoShows} missed appointments: reach out and ask about suicide risk", so.LastNewsAt); break;
            case ReferralStage.InProgress: Partner("next-date", "propose the next date, or report how it ended", so.LastNewsAt, so.LastNewsAt.AddDays(sent?.SilentDays ?? 0)); break;
            case ReferralStage.CancelAsked: Partner("cancel", "confirm that it stopped", so.StageAt, so.CancelAsked?.AnswerBy, DueUnit.BusinessDays); break;
            case ReferralStage.Declined: Practice("declined", $"{partner} declined: find another clinic, then close", so.StageAt); break;
            case ReferralStage.Cancelled: Practice("close", "Cancelled: tell the patient and close", so.StageAt); break;
            case ReferralStage.Completed: Practice("close", "Read how it ended, bring the plan up to date and close", so.StageAt); break;
        }
        // Nothing heard for so long: somebody reaches out, whatever the step.
        if (so.IsWithPartner && sent is not null)
            waits.Add(new("silence", WaitsFor.Practice, "Wait for word", $"{sent.SilentDays} days without a word: reach out and ask about suicide risk", so.LastNewsAt, so.LastNewsAt.AddDays(sent.SilentDays)));
        if (LiveClearance.Of(chart, so.Drafted.Product, chart.LastChangeAt ?? so.StageAt) is var live && live.ToConfirm(so) is not null)
            waits.Add(new("clearance-change", WaitsFor.Partner, $"{partner} to confirm having seen: {live.Says}", $"{partner} has not confirmed having seen: {live.Says}", live.Decision?.ChangedAt ?? so.StageAt, live.Decision?.ChangedAt, DueUnit.Hours));
        return waits.ToImmutable();

        void Practice(string kind, string what, DateTimeOffset since) => waits.Add(new(kind, WaitsFor.Practice, what, what, since, null));
        void Patient(string kind, string what, DateTimeOffset since) => waits.Add(new(kind, WaitsFor.Patient, what, what, since, null));
        void Partner(string kind, string what, DateTimeOffset since, DateTimeOffset? due, DueUnit unit = DueUnit.CalendarDays) => waits.Add(new(kind, WaitsFor.Partner, $"{partner} to {what}", $"{partner} has not answered: {what}", since, due, unit));
    }

    static bool Reported(Chart chart, ReferralOnChart so, DateTimeOffset at) =>
        chart.Sessions.Values.Any(s => s.Referral == so.Id && s.StartedAt >= at.AddDays(-1)) || chart.SessionFiles.Any(f => f.File.Referral == so.Id && f.At >= at);
}
