using Casement.Consent;
using Casement.Journal;
using Casement.Referrals;
using Casement.Safety;
using Casement.Web.Clinician.Patients;
using Casement.Web.Messages;

namespace Casement.Web.Clinician.Clearance;

public static class Registration
{
    /// <summary>The protocol, and the desk that knows what new facts do to a signed clearance.</summary>
    public static void AddProtocolAndDesk(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<ProtocolInForce>();
        services.AddHostedService(s => s.GetRequiredService<ProtocolInForce>());
        services.AddSingleton(s =>
        {
            var inForce = s.GetRequiredService<ProtocolInForce>();
            return new Desk(new JournalsWithBell(options.Journals, s.GetRequiredService<Bell>()), options.Practice, options.Rows ?? Lists.With(inForce.Protocol, () => inForce.Settings), options.Clock, (before, after, now) =>
            [
                .. inForce.Consequences(before, after, now),
                .. Reopening.Consequences(options.Documents, inForce.Protocol, before, after, now),
                .. options.Referrals is { } loop ? VisitNews.Of(loop, options.Zone, before, after, now) : [],
                .. options.Safety is { } safety ? Triage.Consequences(safety, inForce.Protocol, options.Zone, before, after, now) : [],
            ], options.EntriesInMemory);
        });
        services.AddSingleton<Paths>();
        services.AddSingleton<HeldUploads>();
    }
}
