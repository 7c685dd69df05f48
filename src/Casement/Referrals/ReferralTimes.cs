using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>The instants of an open referral that nobody was told of yet, from the chart alone, so that a round need not open the chart before.</summary>
/// <param name="Answers">By when the clinic is to answer; somebody is reminded before.</param>
/// <param name="Deadlines">Of anything the clinic is to do.</param>
/// <param name="ClearanceEnds">When the clearance ends by itself.</param>
/// <param name="Visit">The visit that stands, before which its questions go out.</param>
public sealed record ReferralTimes(ImmutableArray<DateTimeOffset> Answers, ImmutableArray<DateTimeOffset> Deadlines, DateTimeOffset? ClearanceEnds, DateTimeOffset? Visit)
{
    /// <summary>The questions go out the evening before, in the zone of the practice, whichever it is.</summary>
    static readonly TimeSpan BeforeVisit = TimeSpan.FromDays(3);

    public static ReferralTimes Of(Chart chart, ReferralOnChart so)
    {
        var visit = so.MayTreat ? so.Appointment : null;
        if (!so.IsWithPartner) return new([], [], null, visit);
        var waits = Waits.Of(chart, so);
        var ends = chart.Clearances.LastOrDefault() is { } last && !chart.Messages.ContainsKey(Overdue.EndOf(so, last.Signed.Clearance)) && last.At(DateTimeOffset.MinValue) is ClearanceState.Valid ? last.EndsAt : null;
        return new(
            [.. waits.Where(w => Overdue.IsRemindedOf(w) && !chart.Messages.ContainsKey(Overdue.ReminderOf(so, w))).Select(w => w.DueAt).OfType<DateTimeOffset>()],
            [.. waits.Where(w => Overdue.MayBeLate(w) && !chart.Messages.ContainsKey(Overdue.LateOf(so, w))).Select(w => w.DueAt).OfType<DateTimeOffset>()],
            ends,
            visit);
    }

    public bool IsDue(ReferralRules rules, DateTimeOffset now) =>
        Answers.Any(at => at.AddHours(-rules.RemindPartnerHoursBefore) <= now && now < at)
        || Deadlines.Any(at => at <= now)
        || ClearanceEnds <= now
        || (Visit is { } visit && visit - BeforeVisit <= now && now < visit);
}
