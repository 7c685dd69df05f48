using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Messages;
using Casement.Web.SignIn;

namespace Casement.Web.Background;

/// <summary>What the house looks after by itself. Each runs once across nodes and is harmless to repeat.</summary>
public static class HouseChores
{
    public static void AddHouseChores(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(found => new Chore("expired links", TimeSpan.FromDays(1), found.GetRequiredService<Links>().RemoveExpired));
        services.AddSingleton(found => new Chore("covers told", TimeSpan.FromMinutes(1), found.GetRequiredService<StaffPost>().TellCovers));
        if (options.Referrals is { } rules)
            services.AddSingleton(found => new Chore("referral clocks", TimeSpan.FromMinutes(10),
                stop => ReferralClocks.Run(found.GetRequiredService<Desk>(), options.Journals, options.Practice, rules, options.Clock.GetUtcNow(), stop)));
    }
}
