using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Referrals;

/// <summary>A clearance that is suspended, revoked or replaced is told at once, in the same transaction: to the patient, and to every partner who has the referral.</summary>
public static class ClearanceNews
{
    public const string ForPatient = "clearance-changed", ResultForPatient = "clearance-result", PatientPage = "/my/clearance";

    /// <param name="before">The chart before the act.</param>
    /// <param name="after">The chart with it.</param>
    /// <param name="following">What the act does to the clearance by itself.</param>
    public static ImmutableArray<PatientEvent> Of(Chart before, Chart after, ImmutableArray<PatientEvent> following)
    {
        var change = following.Select(e => e switch
        {
            ClearanceSuspended s => (s.Clearance, State: ClearanceState.Suspended),
            ClearanceRevoked r => (r.Clearance, State: ClearanceState.Revoked),
            _ => default,
        }).LastOrDefault(c => c.State is not ClearanceState.None);
        // What the act itself did: a clearance that time or a changed protocol suspended.
        if (change.State is ClearanceState.None && before.Clearances.LastOrDefault() is { } then && after.Clearances.Count == before.Clearances.Count && after.Clearances[^1] is var now)
            change = now.Revoked is not null && then.Revoked is null ? (now.Signed.Clearance, ClearanceState.Revoked)
                : now.Suspended is not null && then.Suspended is null ? (now.Signed.Clearance, ClearanceState.Suspended)
                : default;
        // A new decision replaces the one the partner was sent.
        var signed = after.Clearances.Count > before.Clearances.Count;
        if (signed) change = (after.Clearances[^1].Signed.Clearance, ClearanceState.Valid);
        if (change.State is ClearanceState.None) return [];
        var told = ImmutableArray.CreateBuilder<PatientEvent>();
        told.Add(new MessageAsked(DerivedId.Joined("clearance", "patient", change.Clearance, change.State), signed ? ResultForPatient : ForPatient, new(AddresseeKind.Patient), PatientPage));
        foreach (var so in after.Referrals.Values.Where(r => r.IsWithPartner).OrderBy(r => r.Id))
            told.Add(new MessageAsked(DerivedId.Joined("clearance", so.Id, change.Clearance, change.State), "partner-clearance-changed", Preparing.PartnerOf(after, so), "/partner", Preparing.OpenLink(after, so)));
        return [.. told.Where(m => m is MessageAsked asked && !after.Messages.ContainsKey(asked.Message))];
    }
}
