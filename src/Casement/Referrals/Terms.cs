using Casement.FollowUp;

namespace Casement.Referrals;

public static class Deadlines
{
    /// <summary>By when a referral sent now is to be answered.</summary>
    public static ReferralTerms Terms(this ReferralRules rules, DateTimeOffset sentAt, TimeZoneInfo zone) => new(
        rules.Calendar.Due(sentAt, rules.AcknowledgeBusinessDays, DueUnit.BusinessDays, zone),
        rules.Calendar.Due(sentAt, rules.AnswerBusinessDays, DueUnit.BusinessDays, zone),
        rules.Calendar.Due(sentAt, rules.FirstAppointmentDays, DueUnit.CalendarDays, zone),
        rules.SilentDays,
        rules.NoShows,
        rules.ReportDays);
}
