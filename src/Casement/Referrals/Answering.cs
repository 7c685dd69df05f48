using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>What a partner does about a referral, over its link or keyed by staff from a call or a fax. The same guards for both.</summary>
public static class Answering
{
    const string Over = "This referral is already closed.";
    const string NotSent = "We have no such referral.";

    public static Decision Open(Chart chart, Guid referral, Guid link) => With(chart, referral, so => so switch
    {
        { OpenedAt: not null } => Decision.Nothing,
        _ => Decision.Accept(new ReferralOpened(referral, link)),
    });

    public static Decision Acknowledge(Chart chart, Guid referral, string by, Heard? heard) => With(chart, referral, so => so switch
    {
        { AcknowledgedAt: not null } => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        _ => Decision.Accept(new ReferralAcknowledged(referral, by.Trim(), heard)),
    });

    public static Decision Accept(Chart chart, Guid referral, string by, Heard? heard) => With(chart, referral, so => so switch
    {
        { AcceptedAt: not null, Stage: ReferralStage.Accepted or ReferralStage.InProgress, IsOver: false } => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { Stage: ReferralStage.CancelAsked } => Decision.Refuse("The practice has asked you to stop. Please confirm that, or call."),
        { Stage: ReferralStage.Received } => Decision.Accept(new ReferralAccepted(referral, by.Trim(), heard)),
        _ => Decision.Refuse("This referral cannot be accepted any more."),
    });

    public static Decision Decline(Chart chart, Guid referral, string reason, string by, Heard? heard) => With(chart, referral, so => so switch
    {
        { Stage: ReferralStage.Declined } => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { Stage: ReferralStage.Received or ReferralStage.Accepted or ReferralStage.InProgress } when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("Say why you cannot take this referral."),
        { Stage: ReferralStage.Received or ReferralStage.Accepted or ReferralStage.InProgress } => Decision.Accept(new ReferralDeclined(referral, reason.Trim(), by.Trim(), heard)),
        _ => Decision.Refuse("The practice has asked you to stop. Please confirm that instead."),
    });

    public const int MostDates = 3;

    public static Decision Propose(Chart chart, Guid referral, ImmutableArray<DateTimeOffset> dates, DateTimeOffset now, Heard? heard) => With(chart, referral, so => so switch
    {
        { IsOver: true } => Decision.Refuse(Over),
        { MayTreat: false } => Decision.Refuse("Accept the referral before you propose a date."),
        _ when dates.IsEmpty => Decision.Refuse("Propose at least one date and time."),
        _ when dates.Length > MostDates => Decision.Refuse($"Propose at most {MostDates} dates."),
        _ when dates.Any(d => d <= now) => Decision.Refuse("A date you propose lies in the past."),
        _ when so.Proposed.SequenceEqual(dates) => Decision.Nothing,
        _ when dates.Select(d => LiveClearance.NotOn(chart, so, d, now)).OfType<string>().FirstOrDefault() is { } shut => Decision.Refuse(shut),
        _ => Decision.Accept(new ReferralDatesProposed(referral, dates, heard)),
    });

    /// <summary>The patient, or staff for them, takes one of the dates the partner proposed.</summary>
    /// <param name="clinic">As it stands in the directory now; null when it is gone from there.</param>
    public static Decision Pick(Chart chart, Guid referral, PartnerClinic? clinic, DateTimeOffset date, DateTimeOffset now) => With(chart, referral, so => so switch
    {
        { Appointment: { } already } when already == date => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { MayTreat: false } => Decision.Refuse("There is no date to choose now."),
        _ when NoDate(chart, so, clinic) is { } why => Decision.Refuse(why),
        _ when !so.Proposed.Contains(date) => Decision.Refuse("The clinic no longer offers this date. Choose another."),
        _ when date <= now => Decision.Refuse("This date has passed. Choose another, or ask the clinic for more."),
        _ when LiveClearance.NotOn(chart, so, date, now) is { } shut => Decision.Refuse(shut),
        _ => Decision.Accept(new ReferralScheduled(referral, date, null)),
    });

    public static Decision Schedule(Chart chart, Guid referral, PartnerClinic? clinic, DateTimeOffset at, DateTimeOffset now, Heard? heard) => With(chart, referral, so => so switch
    {
        { Appointment: { } already } when already == at => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { MayTreat: false } => Decision.Refuse("Accept the referral before you set a date."),
        _ when NoDate(chart, so, clinic) is { } why => Decision.Refuse(why),
        _ when heard is null && at <= now => Decision.Refuse("This date lies in the past."),
        _ when at > now && LiveClearance.NotOn(chart, so, at, now) is { } shut => Decision.Refuse(shut),
        _ => Decision.Accept(new ReferralScheduled(referral, at, heard)),
    });

    /// <summary>Nobody is given a date for esketamine before the clinic's certificate and the patient's enrolment stand (practice.md 2.2).</summary>
    static string? NoDate(Chart chart, ReferralOnChart so, PartnerClinic? clinic) => Rems.Uncertified(so.Drafted, clinic) ?? Rems.Unenrolled(chart, so.Drafted);

    public static Decision Missed(Chart chart, Guid referral, string note, DateTimeOffset now, Heard? heard) => With(chart, referral, so => so switch
    {
        { Business: "5.1.2" } => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { Stage: ReferralStage.InProgress, Appointment: { } at } when at > now => Decision.Refuse("The appointment is still to come. Cancel or move it instead."),
        { Stage: ReferralStage.InProgress, Appointment: not null } => Decision.Accept(new ReferralUnattended(referral, note.Trim(), heard)),
        _ => Decision.Refuse("There was no appointment to miss."),
    });

    public static Decision CallOff(Chart chart, Guid referral, string reason, Heard? heard) => With(chart, referral, so => so switch
    {
        { Business: "5.1.3", Appointment: null } => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { Stage: ReferralStage.InProgress, Appointment: not null } when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("Say why the appointment is called off."),
        { Stage: ReferralStage.InProgress, Appointment: not null } => Decision.Accept(new ReferralAppointmentCancelled(referral, reason.Trim(), heard)),
        _ => Decision.Refuse("There is no appointment to call off."),
    });

    public static Decision Note(Chart chart, Guid referral, string note, Heard? heard) => With(chart, referral, so => so switch
    {
        { IsOver: true } => Decision.Refuse(Over),
        { Stage: ReferralStage.Received } => Decision.Refuse("Accept the referral before you write a note."),
        _ when string.IsNullOrWhiteSpace(note) => Decision.Refuse("Write the note."),
        _ when so.Notes.LastOrDefault() == note.Trim() => Decision.Nothing,
        _ => Decision.Accept(new ReferralInterimNote(referral, note.Trim(), heard)),
    });

    public static Decision ConfirmCancel(Chart chart, Guid referral, Heard? heard) => With(chart, referral, so => so switch
    {
        { Stage: ReferralStage.Cancelled } => Decision.Nothing,
        { Stage: ReferralStage.CancelAsked } => Decision.Accept([new ReferralCancelConfirmed(referral, heard)]),
        _ => Decision.Refuse("Nobody has asked to cancel this referral."),
    });

    /// <summary>Also after we asked to cancel: what was done is told either way (ref-10).</summary>
    public static Decision Finish(Chart chart, Guid referral, string outcome, Guid? session, Heard? heard) => With(chart, referral, so => so switch
    {
        { Stage: ReferralStage.Completed } => Decision.Nothing,
        { IsOver: true } => Decision.Refuse(Over),
        { Stage: ReferralStage.Received } => Decision.Refuse("Accept the referral before you report how it ended."),
        _ when string.IsNullOrWhiteSpace(outcome) => Decision.Refuse("Say how it ended."),
        _ => Decision.Accept(new ReferralOutcomeReceived(referral, outcome.Trim(), session, heard)),
    });

    /// <summary>The partner has seen that the clearance changed (expectations K5).</summary>
    public static Decision SawChange(Chart chart, Guid referral, Guid clearance, ClearanceState state, string by, DateTimeOffset now) => With(chart, referral, so =>
        so.ChangesSeen.Any(s => s.Clearance == clearance && s.State == state) ? Decision.Nothing
        : LiveClearance.Of(chart, so.Drafted.Product, now).ToConfirm(so) is not { } change ? Decision.Nothing
        : change != (clearance, state) ? Decision.Refuse("It changed again while you were reading. Please look once more.")
        : Decision.Accept(new ReferralClearanceChangeSeen(referral, clearance, state, by.Trim())));

    static Decision With(Chart chart, Guid referral, Func<ReferralOnChart, Decision> decide) =>
        chart.Referrals.TryGetValue(referral, out var so) && so.Sent is not null ? decide(so) : Decision.Refuse(NotSent);
}
