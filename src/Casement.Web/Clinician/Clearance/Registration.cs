using Casement.Journal;
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
            var following = new Following(inForce.Protocol, () => inForce.Settings, options.Safety, options.Documents, options.Zone) { Referrals = options.Referrals, Calendar = options.Office.Calendar };
            return new Desk(new JournalsWithBell(options.Journals, s.GetRequiredService<Bell>()), options.Practice, options.Rows ?? Lists.With(inForce.Protocol, () => inForce.Settings), options.Clock, following.Of, options.EntriesInMemory);
        });
        services.AddSingleton<ClearanceRounds>();
        services.AddSingleton<Paths>();
        services.AddSingleton<HeldUploads>();
    }
}
