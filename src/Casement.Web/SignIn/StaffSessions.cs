using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Casement.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>One signed-in browser, as listed on the account page.</summary>
/// <param name="Key">The secret the cookie stands for; never shown.</param>
/// <param name="Label">A name for the session that opens nothing.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="StartedAt">When they came in.</param>
/// <param name="SeenAt">The last request, to the minute.</param>
/// <param name="ExpiresAt">When it ends by itself if nothing more comes.</param>
/// <param name="Ticket">What the session says about its holder, as the framework writes it.</param>
public sealed record StaffSession(string Key, Guid Label, Guid Account, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, byte[] Ticket);

/// <summary>Sessions live on the shelf, so that they can be seen and ended; the cookie holds a random key and nothing else.</summary>
public sealed class StaffSessions(IShelf shelf, WebOptions options) : ITicketStore
{
    const string Kind = "session";

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var now = options.Clock.GetUtcNow();
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var account = Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("A session needs somebody."));
        var session = new StaffSession(key, Guid.NewGuid(), account, now, now, ticket.Properties.ExpiresUtc ?? now + options.IdleSignOut, TicketSerializer.Default.Serialize(ticket));
        await Write(session, 0);
        await RemoveStale(now);
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // A session that was ended meanwhile stays ended: the write finds nothing at the version read.
        if (await Read(key) is not ({ } session, var version)) return;
        var now = options.Clock.GetUtcNow();
        await Write(session with { SeenAt = now, ExpiresAt = ticket.Properties.ExpiresUtc ?? now + options.IdleSignOut, Ticket = TicketSerializer.Default.Serialize(ticket) }, version);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        await Read(key) is ({ } session, _) && session.StartedAt + options.LongestSession > options.Clock.GetUtcNow()
            ? TicketSerializer.Default.Deserialize(session.Ticket)
            : null;

    public Task RemoveAsync(string key) => shelf.Remove(options.Practice, Kind, key, CancellationToken.None);

    /// <summary>The sessions an account has open, newest first.</summary>
    public async Task<IReadOnlyList<StaffSession>> Of(Guid account, CancellationToken stop) =>
        [.. (await All(stop)).Where(s => s.Account == account && s.ExpiresAt > options.Clock.GetUtcNow()).OrderByDescending(s => s.SeenAt)];

    public async Task EndAll(Guid account, CancellationToken stop)
    {
        foreach (var session in (await All(stop)).Where(s => s.Account == account)) await RemoveAsync(session.Key);
    }

    public async Task End(Guid account, Guid label, CancellationToken stop)
    {
        foreach (var session in (await All(stop)).Where(s => s.Account == account && s.Label == label)) await RemoveAsync(session.Key);
    }

    async Task RemoveStale(DateTimeOffset now)
    {
        foreach (var session in (await All(CancellationToken.None)).Where(s => s.ExpiresAt < now)) await RemoveAsync(session.Key);
    }

    async Task<IEnumerable<StaffSession>> All(CancellationToken stop) =>
        (await shelf.ReadAll(options.Practice, Kind, stop)).Select(s => Open(s.Content));

    async Task<(StaffSession? Session, long Version)> Read(string key) =>
        await shelf.Read(options.Practice, Kind, key, CancellationToken.None) is { } found ? (Open(found.Content), found.Version) : (null, 0);

    Task<bool> Write(StaffSession session, long version) =>
        shelf.Write(options.Practice, Kind, session.Key, version, JsonSerializer.SerializeToUtf8Bytes(session), CancellationToken.None);

    static StaffSession Open(ReadOnlyMemory<byte> content) =>
        JsonSerializer.Deserialize<StaffSession>(content.Span) ?? throw new JsonException("A session is empty.");
}

public static class Cookies
{
    /// <summary>The half-open door of somebody setting up their sign-in. It opens no staff page.</summary>
    public const string Enrolling = "casement.enrolling";

    /// <summary>A patient's own session. It opens no staff page, and a staff session opens no page of a patient.</summary>
    public const string Patient = "casement.patient";

    /// <summary>Somebody who came by a capability link.</summary>
    public const string Link = "casement.link";

    public static void AddStaffSessions(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<StaffSessions>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                Name(cookie.Cookie, "session", options);
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = "back";
                cookie.ExpireTimeSpan = options.IdleSignOut;
                cookie.SlidingExpiration = true;
                cookie.Events.OnCheckSlidingExpiration = Renewing;
                cookie.Events.OnValidatePrincipal = StillWelcome;
                cookie.Events.OnRedirectToAccessDenied = refused =>
                {
                    refused.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                Name(cookie.Cookie, "first-factor", options);
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddCookie(Patient, cookie =>
            {
                Name(cookie.Cookie, "mine", options);
                cookie.LoginPath = "/my/sign-in";
                cookie.ReturnUrlParameter = "back";
                cookie.ExpireTimeSpan = options.IdleSignOut;
                cookie.SlidingExpiration = true;
                cookie.Events.OnCheckSlidingExpiration = Renewing;
            })
            .AddCookie(Link, cookie =>
            {
                Name(cookie.Cookie, "link", options);
                cookie.LoginPath = "/open/again";
                cookie.ExpireTimeSpan = options.LongestSession;
                cookie.Events.OnValidatePrincipal = StillOpens;
            })
            .AddCookie(Enrolling, cookie =>
            {
                Name(cookie.Cookie, "enrolling", options);
                cookie.LoginPath = "/sign-in";
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(30);
            });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<StaffSessions>((cookie, sessions) => cookie.SessionStore = sessions);
        services.AddAntiforgery(forgery => Name(forgery.Cookie, "form", options));
    }

    static void Name(CookieBuilder cookie, string name, WebOptions options)
    {
        cookie.Name = options.Https ? $"__Host-casement-{name}" : $"casement-{name}";
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = options.Https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }

    // Each minute of use counts, or somebody who paused for eight minutes could be signed out by a fifteen-minute rule.
    static Task Renewing(CookieSlidingExpirationContext session)
    {
        session.ShouldRenew = session.ElapsedTime >= TimeSpan.FromMinutes(1);
        return Task.CompletedTask;
    }

    /// <summary>Asked on every request: a link that expired or was withdrawn opens nothing any more, also where it was open.</summary>
    static async Task StillOpens(CookieValidatePrincipalContext session)
    {
        var services = session.HttpContext.RequestServices;
        if (Guid.TryParse(session.Principal?.FindFirstValue(LinkClaims.Patient), out var patient) && Guid.TryParse(session.Principal?.FindFirstValue(LinkClaims.Link), out var link))
        {
            var chart = await services.GetRequiredService<Desk>().Peek(new(patient), session.HttpContext.RequestAborted);
            if (chart.Links.TryGetValue(link, out var found) && found.OpensAt(services.GetRequiredService<TimeProvider>().GetUtcNow())) return;
        }
        session.RejectPrincipal();
        await session.HttpContext.SignOutAsync(Link);
    }

    /// <summary>Asked on every request: a closed account, a changed role or a new password ends its sessions at once.</summary>
    static async Task StillWelcome(CookieValidatePrincipalContext session)
    {
        var accounts = session.HttpContext.RequestServices.GetRequiredService<AccountShelf>();
        var id = session.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var account = await accounts.FindByIdAsync(id, session.HttpContext.RequestAborted);
        if (account is { ClosedAt: null } && account.SecurityStamp == session.Principal?.FindFirstValue(StaffClaims.Stamp)) return;
        session.RejectPrincipal();
        await session.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
