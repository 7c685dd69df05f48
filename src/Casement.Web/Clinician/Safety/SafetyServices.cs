using Casement.FollowUp;
using Casement.Journal;
using Casement.Safety;
using Casement.Web.Background;
using Casement.Web.Clinician.Clearance;

namespace Casement.Web.Clinician.Safety;

public static class SafetyServices
{
    /// <summary>Far shorter than the shortest clock, so that no step is told late.</summary>
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Tells the next person when nobody has said "seen", or "I have it".</summary>
    public static void AddSafetyClocks(this IServiceCollection services, WebOptions options)
    {
        if (options.Urgent is { } urgent)
            services.AddSingleton(found => new Chore("urgent clocks", Every, async stop =>
                await UrgentClocks.Run(found.GetRequiredService<Desk>(), options.Journals, options.Practice, urgent, found.GetRequiredService<ChartRows>().Of, options.Clock.GetUtcNow(), stop)));
        if (options.Safety is not { } rules) return;
        services.AddSingleton(found => new Chore("safety clocks", Every, async stop =>
            await SafetyClocks.Run(found.GetRequiredService<Desk>(), options.Journals, options.Practice, rules, options.Clock.GetUtcNow(), stop)));
    }
}
