using System.Globalization;
using Casement.Journal;
using Casement.Referrals;
using Casement.Sessions;

namespace Casement.Web.Clinician.Referrals;

/// <summary>The loop with partners in words: entries for clinicians, steps for everybody.</summary>
public static class LoopWords
{
    public static string Of(PatientEvent what) => what switch
    {
        ReferralDrafted e => $"Referral to {e.PartnerName} begun.",
        ReferralPacketChosen e => $"Packet of {e.Lines.Length} lines put together.",
        ReferralLinesStruck { Lines.IsEmpty: true } => "The patient left nothing out of the packet.",
        ReferralLinesStruck e => $"The patient left {e.Lines.Length} lines out of the packet.",
        ReferralAuthorised e => $"Authorisation signed by {e.Authorisation.SignedName}, for {e.Authorisation.To}.",
        ReferralAuthorisationRevoked e => $"The authorisation was taken back. {e.Reason}".Trim(),
        ReferralSent e => $"Referral sent: {e.Packet.Length} lines, hash {e.PacketHash[..Math.Min(12, e.PacketHash.Length)]}. {e.Basis}",
        ReferralOpened => "The partner opened the referral.",
        ReferralAcknowledged e => $"Acknowledged{By(e.By)}{Heard(e.Heard)}.",
        ReferralAccepted e => $"Accepted{By(e.By)}{Heard(e.Heard)}.",
        ReferralDeclined e => $"Declined{By(e.By)}{Heard(e.Heard)}: {e.Reason}",
        ReferralDatesProposed e => $"{e.Dates.Length} dates proposed{Heard(e.Heard)}.",
        ReferralScheduled e => $"Appointment made{Heard(e.Heard)}.",
        ReferralUnattended e => $"The patient did not come{Heard(e.Heard)}. {e.Note}".Trim(),
        ReferralAppointmentCancelled e => $"Appointment called off{Heard(e.Heard)}: {e.Reason}",
        ReferralInterimNote e => $"From the clinic{Heard(e.Heard)}: {e.Note}",
        ReferralCancelAsked e => $"The clinic was asked to cancel: {e.Reason}",
        ReferralCancelConfirmed e => $"The clinic confirmed that it stopped{Heard(e.Heard)}.",
        ReferralOutcomeReceived e => $"How it ended{Heard(e.Heard)}: {e.Outcome}",
        ReferralClosed e => $"Referral closed, read and signed. {e.Why} Plan: {e.Plan}".Replace("  ", " ", StringComparison.Ordinal),
        ReferralReopened e => $"Referral opened again: {e.Reason}",
        ReferralClearanceChangeSeen e => $"{e.By} has seen that the clearance is {e.State.ToString().ToLowerInvariant()}.",
        SessionChecked e => $"Checked before a session: {Outcome(e.Evaluation.Outcome)}{Overrides(e.Evaluation)}.",
        SessionOverrideRefused e => $"Refused on a session day: {e.By} tried to set aside {e.Rule}, which nobody may. {e.Reason}",
        SessionStarted e => $"Session started, given by {e.Giver}{(e.DoseMg is { } mg ? $", {Number(mg)} mg" : "")}.",
        SessionReadingTaken e => $"Reading during a session: {Outcome(e.Evaluation.Outcome)}. {e.Note}".Trim(),
        SessionDoseEnded e => e.Stopped ? "The dose was stopped." : "The dose ended.",
        SessionAdverseEvent e => $"{(e.Serious ? "Serious adverse event" : "Adverse event")}: {e.What}",
        SessionDischargeChecked e => $"Discharge check: {Outcome(e.Evaluation.Outcome)}.",
        SessionDischarged e => $"Went home with {e.With}.",
        SessionFindingHandled e => $"What was done about a finding {(e.Part switch { SessionPart.Before => "before the session", SessionPart.During => "during the session", SessionPart.Discharge => "at discharge", _ => "that was a serious event" })}: {e.Done}",
        SessionCalledOff e => $"No session: {e.Reason}",
        SessionReported e => $"Session reported{Heard(e.Heard)}: {Number(e.Report.DoseMg)} mg. {NextOf(e.Report)}",
        SessionFileReceived e => $"The clinic sent {e.FileName}.",
        SessionReportRead e => $"Session report read and signed. {e.Note}".Trim(),
        _ => "",
    };

    public static string Outcome(string id) => id.Replace('-', ' ');

    public static string Number(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string NextOf(SessionReport report) => (report.Next switch
    {
        AfterSession.AnotherSession => "Another session follows.",
        AfterSession.CourseComplete => "The course is complete.",
        _ => "Treatment was stopped.",
    } + " " + report.NextNote).Trim();

    /// <summary>The step as a patient reads it (ref-patient-view).</summary>
    public static string ForPatient(ReferralOnChart so) => so switch
    {
        { Closed: not null } => "This referral is done. We have read the news from the clinic.",
        { RevokedAt: not null } => "You took back your permission. Nothing more is sent, and the clinic’s page is closed.",
        { Stage: ReferralStage.Draft, Chosen.IsEmpty: true } => "We are putting the papers together.",
        { Stage: ReferralStage.Draft, Authorised: null } => "It is your turn: look at what we would send, and sign.",
        { Stage: ReferralStage.Draft } => "You have signed. We send it next.",
        { Stage: ReferralStage.Received, AcknowledgedAt: null } => "We have sent it. The clinic has not said yet that it has it.",
        { Stage: ReferralStage.Received } => "The clinic has it and is deciding.",
        { Proposed.IsEmpty: false } => "It is your turn: the clinic offers you dates.",
        { Stage: ReferralStage.Accepted, Notes.IsEmpty: false } => "The clinic takes you, and has written to us. It will offer you dates next.",
        { Stage: ReferralStage.Accepted } => "The clinic takes you. It will offer you dates next.",
        { Stage: ReferralStage.Declined } => "The clinic cannot take you. That is not about you; we look for another with you.",
        { Stage: ReferralStage.InProgress, Business: "5.1.2" } => "You were missed at the last appointment. Call us or the clinic, and we find another.",
        { Stage: ReferralStage.InProgress, Business: "5.1.3" } => "The appointment was called off. The clinic offers another date next.",
        { Stage: ReferralStage.InProgress, Appointment: not null } => "Your appointment is made.",
        { Stage: ReferralStage.InProgress, Business: "5.1.4" } => "The clinic has written to us. It offers the next date, or tells us how it ended.",
        { Stage: ReferralStage.InProgress } => "Treatment is under way. The clinic offers the next date, or tells us how it ended.",
        { Stage: ReferralStage.CancelAsked } => "We have asked the clinic to stop. It confirms next.",
        { Stage: ReferralStage.Cancelled } => "The clinic has stopped, as we asked.",
        _ => "The clinic has told us how it went. Our clinician reads it next and talks with you.",
    };

    /// <summary>The step as staff read it.</summary>
    public static string Step(ReferralOnChart so) => so switch
    {
        { Closed: not null } => "Closed",
        { RevokedAt: not null } => "Authorisation taken back",
        { Stage: ReferralStage.Received, AcknowledgedAt: not null } => "Acknowledged",
        _ => Step(so.Stage, so.Business),
    };

    public static string Step(ReferralStage stage, string business) => (stage, business) switch
    {
        (ReferralStage.Draft, _) => "Being prepared",
        (ReferralStage.Received, _) => "Sent",
        (ReferralStage.Accepted, _) => "Accepted",
        (ReferralStage.Declined, _) => "Declined",
        (ReferralStage.CancelAsked, _) => "Cancel asked",
        (ReferralStage.Cancelled, _) => "Cancelled",
        (ReferralStage.Completed, _) => "Outcome received",
        (_, "5.1.1") => "Scheduled",
        (_, "5.1.2") => "Did not come",
        (_, "5.1.3") => "Appointment called off",
        _ => "In treatment",
    };

    /// <summary>The shape of a step; see Shape.</summary>
    public static string Kind(ReferralStage stage) => stage switch
    {
        ReferralStage.Draft => "missing",
        ReferralStage.Declined or ReferralStage.Cancelled => "exclude",
        ReferralStage.CancelAsked => "defer",
        ReferralStage.Completed => "clear",
        _ => "condition",
    };

    static string Overrides(Evaluation evaluation) => evaluation.Given.Overrides.IsEmpty ? "" : $"; set aside: {string.Join(", ", evaluation.Given.Overrides.Values.Select(o => $"{o.Rule} by {o.By} ({o.Reason})"))}";

    static string By(string by) => by.Length > 0 ? $" by {by}" : "";

    static string Heard(Heard? heard) => heard is null ? "" : $" (heard by {heard.Source})";
}
