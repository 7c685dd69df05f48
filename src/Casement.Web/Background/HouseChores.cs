using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Clinician.Clearance;
using Casement.Web.SignIn;

namespace Casement.Web.Background;

/// <summary>What the house looks after by itself. Each runs once across nodes and is harmless to repeat.</summary>
public static class HouseChores
{
    public static void AddHouseChores(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(found => new Chore("expired links", TimeSpan.FromDays(1), found.GetRequiredService<Links>().RemoveExpired));
        // More often than daily, so that a limit moved on one node or a protocol loaded at a start is not waited for.
        services.AddSingleton(found => new Chore("clearance clocks", TimeSpan.FromHours(1), found.GetRequiredService<ClearanceRounds>().Run));
        services.AddSingleton(found => new Chore("referral clocks", TimeSpan.FromMinutes(10),
            stop => ReferralClocks.Run(found.GetRequiredService<Desk>(), options.Journals, options.Practice, options.Clock.GetUtcNow(), stop)));
    }
}
