using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Shell;

namespace Casement.Web.Clinician.Referrals;

/// <summary>What every page of the loop needs: the rules of the loop, the protocol, the directory, the clock of the practice.</summary>
public sealed class ReferralRoom(WebOptions options, ProtocolInForce room, PartnerShelf partners, Zone zone)
{
    public ReferralRules Rules => options.Referrals ?? throw new InvalidOperationException("This installation was started without definitions/referrals.");

    public Protocol Protocol => room.Protocol;

    public ConsentDocuments Documents => options.Documents;

    public PartnerShelf Partners => partners;

    public DateTimeOffset Now => options.Clock.GetUtcNow();

    public DateOnly Today => zone.Today;

    public TimeZoneInfo At => options.Zone;

    /// <summary>The limits a session at this partner is checked by: for each parameter the stricter of the practice's and the partner's.</summary>
    public async Task<ImmutableSortedDictionary<string, decimal>> Limits(Guid partner, CancellationToken stop)
    {
        var practice = await room.Refresh(stop);
        return await partners.Find(partner, stop) is var (found, _) ? Strictness.Stricter(Protocol, practice, found.Limits) : practice;
    }

    /// <summary>Whom to call, as a packet says it.</summary>
    public string CallUs => string.Join('\n', new[]
    {
        $"{options.Card.Name}{(options.Card.Phone.Length > 0 ? $", {options.Card.Phone}" : "")}",
        options.Card.Hours,
        options.Card.AfterHours,
    }.Where(l => l.Length > 0));

    public ImmutableArray<PacketLine> Offered(Chart chart, ReferralOnChart so) =>
        chart.Clearances.LastOrDefault() is { } decision ? Packet.Offered(chart, Protocol, Rules, options.Safety, so.Drafted, decision.Signed, CallUs, Now, zone.SayDate) : [];

    public ImmutableArray<string> NotRecorded(Chart chart) => Packet.NotRecorded(Protocol, options.Safety, chart, Now);

    /// <summary>The tier that asks for a line, in words; null for a line nothing asks for.</summary>
    public string? AskedFor(Chart chart, string line) => line is "safety-plan" ? Packet.AskedFor(Protocol, chart, Now) : null;

    public string Product(string id) => Protocol.FactById.TryGetValue("product-planned", out var fact) ? FactWords.Capital(fact.ValueNotes.GetValueOrDefault(id, id)) : id;

    public IEnumerable<string> Products => Protocol.FactById.TryGetValue("s-product", out var fact) ? fact.Values : [];
}

public static class LoopRegistration
{
    public static void AddReferralLoop(this IServiceCollection services)
    {
        services.AddSingleton<PartnerShelf>();
        services.AddSingleton<SessionFiles>();
        services.AddScoped<ReferralRoom>();
        services.AddScoped<Partner.PartnerRoom>();
        services.AddSingleton<Public.CheckDoor>();
    }
}
