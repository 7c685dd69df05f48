using Casement.Clearance;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>How the clearance stands for one product at one instant: what a partner sees at the top of every page.</summary>
/// <param name="Decision">The decision in force or last signed; null when there is none.</param>
/// <param name="State">How it stands.</param>
/// <param name="IsForProduct">Whether it is for the product of the referral.</param>
/// <param name="EndsAt">When it ends by itself; null unless valid.</param>
public sealed record LiveClearance(ClearanceOnChart? Decision, ClearanceState State, bool IsForProduct, DateTimeOffset? EndsAt)
{
    public static LiveClearance Of(Chart chart, string product, DateTimeOffset now)
    {
        if (chart.Clearances.LastOrDefault() is not { } last) return new(null, ClearanceState.None, false, null);
        var state = chart.NotReadable.Count > 0 ? ClearanceState.Suspended : last.At(now);
        return new(last, state, last.Signed.Product == product, state is ClearanceState.Valid ? last.EndsAt : null);
    }

    /// <summary>Treatment may go ahead as far as the clearance says.</summary>
    public bool MayTreat => State is ClearanceState.Valid && IsForProduct;

    /// <summary>The clinic a decision is for: the first it was sent to; null before it was sent (clearance.md 6.3 std-supervised).</summary>
    public static ReferralDrafted? ClinicOf(Chart chart, Guid clearance) =>
        chart.Referrals.Values.Where(r => r.Sent?.Clearance == clearance).OrderBy(r => r.SentAt).FirstOrDefault()?.Drafted;

    /// <summary>Why no appointment may be made for a date, in a sentence; null when it may (clearance.md 6.4: at expiry scheduling stops).</summary>
    public static string? NotOn(Chart chart, ReferralOnChart so, DateTimeOffset date, DateTimeOffset now) => Of(chart, so.Drafted.Product, now) switch
    {
        { MayTreat: false } live => $"{live.Says} No date can be set until the practice has signed a new decision.",
        { EndsAt: { } end } when date >= end => "The clearance ends before this date. Choose an earlier one, or call the practice.",
        _ => null,
    };

    /// <summary>In one sentence, without a reason.</summary>
    public string Says => (State, IsForProduct) switch
    {
        (ClearanceState.Valid, true) => "The clearance is valid.",
        (ClearanceState.Valid, false) => "The clearance is for another product.",
        (ClearanceState.Suspended, _) => "The clearance is suspended.",
        (ClearanceState.Revoked, _) => "The clearance was revoked.",
        (ClearanceState.Expired, _) => "The clearance has expired.",
        _ => "There is no clearance.",
    };

    /// <summary>The trigger that changed it; empty when none did.</summary>
    public string Trigger => Decision?.Revoked?.Trigger ?? Decision?.Suspended?.Trigger ?? "";

    /// <summary>What the partner has not yet confirmed having seen; null when there is nothing (expectations K5).</summary>
    public (Guid Clearance, ClearanceState State)? ToConfirm(ReferralOnChart referral)
    {
        if (Decision is not { } decision || !referral.IsWithPartner) return null;
        var id = decision.Signed.Clearance;
        // The decision the packet speaks of, still valid, is no change.
        if (State is ClearanceState.Valid && id == referral.Sent?.Clearance) return null;
        return referral.ChangesSeen.Any(s => s.Clearance == id && s.State == State) ? null : (id, State);
    }
}
