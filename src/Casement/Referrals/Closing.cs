using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Referrals;

/// <summary>Our side of the end: asking the partner to stop, reading how it ended, closing the loop.</summary>
public static class Closing
{
    public static Decision AskToCancel(Chart chart, Guid referral, string reason, Guid message, ReferralRules rules, TimeZoneInfo zone, DateTimeOffset now) => chart.Referrals.GetValueOrDefault(referral) switch
    {
        null => Decision.Refuse(Preparing.NoSuch),
        { Stage: ReferralStage.CancelAsked } => Decision.Nothing,
        { Closed: not null } => Decision.Refuse("This referral is already closed."),
        { RevokedAt: not null } => Decision.Refuse("The patient took the authorisation back, and the clinic was told. Close the referral instead."),
        { Sent: null } => Decision.Refuse("Nothing was sent, so there is nobody to ask. Close it instead."),
        { Stage: ReferralStage.Received or ReferralStage.Accepted or ReferralStage.InProgress } when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("Say why."),
        { Stage: ReferralStage.Received or ReferralStage.Accepted or ReferralStage.InProgress } so => Decision.Accept(
            new ReferralCancelAsked(referral, reason.Trim(), rules.Calendar.Due(now, rules.CancelBusinessDays, DueUnit.BusinessDays, zone)),
            new MessageAsked(message, "referral-changed", Preparing.PartnerOf(chart, so), "/partner", so.Sent.Link)),
        _ => Decision.Refuse("This referral is over. Read how it ended and close it."),
    };

    /// <summary>Closed means: read and signed by a clinician of ours, the patient told, the plan brought up to date. "Completed" alone is not closed.</summary>
    /// <param name="message">The message that tells the patient.</param>
    public static Decision Close(Chart chart, Guid referral, string plan, string why, Actor by, Guid message, DateTimeOffset now)
    {
        if (!chart.Referrals.TryGetValue(referral, out var so)) return Decision.Refuse(Preparing.NoSuch);
        if (so.Closed is not null) return Decision.Nothing;
        if (by.Kind is not ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can read and sign. Your account shows no licence.");
        if (chart.Sessions.Values.Any(s => s.Referral == referral && s.Report is not null && !s.IsRead)) return Decision.Refuse("Read and sign each session report first.");
        if (chart.SessionFiles.Any(f => f.File.Referral == referral && !f.IsRead)) return Decision.Refuse("Read and sign each file the clinic sent first.");
        if (chart.Sessions.Values.Any(s => s.Referral == referral && s.IsUnderWay)) return Decision.Refuse("A session is under way at the clinic.");
        var over = so.Stage is ReferralStage.Completed or ReferralStage.Declined or ReferralStage.Cancelled || so.Sent is null || so.RevokedAt is not null;
        var givenUp = so.Sent is { Terms: var terms } && (so.NoShows >= terms.NoShows || now - so.LastNewsAt >= TimeSpan.FromDays(terms.SilentDays));
        if (!over && !givenUp) return Decision.Refuse("The clinic still has it. Wait for how it ends, or ask the clinic to cancel.");
        if (!over && string.IsNullOrWhiteSpace(why)) return Decision.Refuse("Say why it is closed without an answer, and that you reached out and asked about suicide risk.");
        if (string.IsNullOrWhiteSpace(plan)) return Decision.Refuse("Write what follows for the patient.");
        return Decision.Accept([
            new ReferralClosed(referral, plan.Trim(), why.Trim()),
            .. Preparing.Withdrawn(chart, so, "The referral was closed."),
            new MessageAsked(message, "referral-closed", new(AddresseeKind.Patient), $"/my/referrals/{referral}"),
        ]);
    }

    public static Decision Reopen(Chart chart, Guid referral, string reason) => chart.Referrals.GetValueOrDefault(referral) switch
    {
        null => Decision.Refuse(Preparing.NoSuch),
        { Closed: null } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("Say why it is opened again."),
        _ => Decision.Accept(new ReferralReopened(referral, reason.Trim())),
    };
}
