using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Casement.CheckIns;
using Casement.Consent;
using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Clinician.Files;
using Casement.Web.Messages;
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
        services.AddSingleton<FilesOnTheWay>();
        services.AddSingleton(found => new Chore("files nobody names", TimeSpan.FromDays(1), stop => found.GetRequiredService<FilesOnTheWay>().Sweep(stop)));
        services.AddSingleton(found => new Chore("covers told", TimeSpan.FromMinutes(1), found.GetRequiredService<StaffPost>().TellCovers));
        if (options.Referrals is { } rules)
            services.AddSingleton(found => new Chore("referral clocks", TimeSpan.FromMinutes(10),
                stop => ReferralClocks.Run(found.GetRequiredService<Desk>(), options.Journals, options.Practice, rules, options.Readiness, options.Zone, options.Clock.GetUtcNow(), stop)));
        if (options.Sittings is { } sittings)
            services.AddSingleton(found => new Chore("sittings", TimeSpan.FromMinutes(10),
                stop => SittingClocks.Run(found.GetRequiredService<Desk>(), options.Journals, options.Practice, sittings, options.Clock.GetUtcNow(), stop)));
        services.AddSingleton(found => new Chore("consent renewals", TimeSpan.FromMinutes(10), stop => RenewConsents(found.GetRequiredService<Desk>(), options, stop)));
    }

    /// <summary>Once a day, and at once when the texts are no longer those of the last round: a start with new texts tells the same hour.</summary>
    static async Task RenewConsents(Desk desk, WebOptions options, CancellationToken stop)
    {
        const string kind = "consent-round";
        var now = options.Clock.GetUtcNow();
        var texts = string.Join('\n', options.Documents.All.Select(d => $"{d.Id} {d.Version} {string.Join(' ', d.History.Select(h => $"{h.Version}{(h.Material ? "!" : "")}"))}").Order(StringComparer.Ordinal));
        var round = SHA256.HashData(Encoding.UTF8.GetBytes($"{TimeZoneInfo.ConvertTime(now, options.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n{texts}"));
        var last = await options.Shelf.Read(options.Practice, kind, "last", stop);
        if (last is { } kept && kept.Content.Span.SequenceEqual(round)) return;
        await ConsentRound.Run(desk, options.Journals, options.Practice, options.Documents, now, stop);
        await options.Shelf.Write(options.Practice, kind, "last", last?.Version ?? 0, round, stop);
    }
}
