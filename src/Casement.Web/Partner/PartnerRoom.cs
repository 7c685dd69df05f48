using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.Clinician.Referrals;
using Casement.Web.Shell;

namespace Casement.Web.Partner;

/// <summary>What a partner has open: one referral of one person, and how the clearance stands now.</summary>
public sealed record PartnerView(PatientId Patient, Chart Chart, ReferralOnChart Referral, LiveClearance Live, DateTimeOffset Now)
{
    public SessionOnChart? Session(Guid id) => Chart.Sessions.TryGetValue(id, out var so) && so.Referral == Referral.Id ? so : null;

    /// <summary>The sessions of this referral, newest first.</summary>
    public IEnumerable<SessionOnChart> Sessions => Chart.Sessions.Values.Where(s => s.Referral == Referral.Id && s.CalledOff is null)
        .OrderByDescending(s => s.StartedAt ?? s.Checks.Select(c => c.At).DefaultIfEmpty(Now).Max());

    public string Who => Chart.Who?.Name.Called ?? "";

    /// <summary>The packet as sent, and nothing else of the chart.</summary>
    public ImmutableArray<PacketLine> Packet => Referral.Sent?.Packet ?? [];
}

/// <summary>The way a partner's page reaches the record: only what its link names, every reading noted, the first one an entry of its own.</summary>
public sealed class PartnerRoom(Desk desk, ReferralRoom room, Caller caller)
{
    public ReferralRoom Room => room;

    public ConsentDocuments Documents => room.Documents;

    /// <summary>Null when the link's referral is not there to be read: then the page is absent.</summary>
    public async Task<PartnerView?> Read(string purpose, CancellationToken stop)
    {
        var (patient, referral) = caller.Opened;
        if ((await desk.Peek(patient, stop)).Referrals.GetValueOrDefault(referral)?.Sent is null) return null;
        if (Guid.TryParse(caller.Actor.Id, out var link)) await desk.CarryOut(patient, caller.Actor, chart => Answering.Open(chart, referral, link), stop);
        return Of(patient, referral, await desk.Look(patient, caller.Actor, purpose, stop));
    }

    /// <summary>As it stands, for a page already open; null when it is not there any more.</summary>
    public async Task<PartnerView?> Glance(CancellationToken stop)
    {
        var (patient, referral) = caller.Opened;
        return Of(patient, referral, await desk.Peek(patient, stop));
    }

    PartnerView? Of(PatientId patient, Guid referral, Chart chart) =>
        chart.Referrals.TryGetValue(referral, out var so) && so.Sent is not null ? new(patient, chart, so, LiveClearance.Of(chart, so.Drafted.Product, room.Now), room.Now) : null;

    /// <summary>Carries out what the partner wishes about the referral its link names. Null when it was done, or was so already; otherwise why not.</summary>
    public async Task<string?> Do(Func<Chart, Guid, Decision> decide, CancellationToken stop)
    {
        var (patient, referral) = caller.Opened;
        return await desk.CarryOut(patient, caller.Actor, chart => decide(chart, referral), stop) is Refused { Because: var because } ? because : null;
    }

    /// <summary>The record as it stands, for a check of the program's own.</summary>
    public Task<Chart> Now(CancellationToken stop) => desk.Peek(caller.Opened.Patient, stop);

    public Task<ImmutableSortedDictionary<string, decimal>> Limits(PartnerView view, CancellationToken stop) => room.Limits(view.Referral.Drafted.Partner, stop);

    public Protocol Protocol => room.Protocol;

    /// <summary>Whom the link was given to.</summary>
    public string Name => caller.Actor.Name;
}
