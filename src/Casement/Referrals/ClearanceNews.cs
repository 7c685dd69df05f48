using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;
using Casement.People;

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
        told.Add(new MessageAsked(Derived.Id("clearance", "patient", change.Clearance, change.State), signed ? ResultForPatient : ForPatient, new(AddresseeKind.Patient), PatientPage));
        foreach (var so in after.Referrals.Values.Where(r => r.IsWithPartner).OrderBy(r => r.Id))
            told.Add(new MessageAsked(Derived.Id("clearance", so.Id, change.Clearance, change.State), "partner-clearance-changed", Preparing.PartnerOf(after, so), "/partner", Derived.OpenLink(after, so)));
        return [.. told.Where(m => m is MessageAsked asked && !after.Messages.ContainsKey(asked.Message))];
    }
}

/// <summary>Ids of what follows by itself: from the same cause always the same, so that saying it twice is saying it once.</summary>
public static class Derived
{
    public static Guid Id(params object?[] from)
    {
        var text = new StringBuilder();
        foreach (var part in from) text.Append(part is DateTimeOffset at ? at.UtcTicks.ToString() : part?.ToString()).Append('\u001f');
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..16]);
    }

    /// <summary>The link the partner reads this referral by.</summary>
    internal static Guid? OpenLink(Chart chart, ReferralOnChart so) =>
        chart.Links.Values.Where(l => l.Given.For is LinkFor.Referral && l.Given.Subject == so.Id && l.Withdrawn is null).OrderBy(l => l.GivenAt).LastOrDefault()?.Given.Link;
}
