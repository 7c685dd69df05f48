using System.Security.Claims;
using Casement.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

public static class Cookies
{
    /// <summary>The half-open door of somebody setting up their sign-in. It opens no staff page.</summary>
    public const string Enrolling = "casement.enrolling";

    /// <summary>A patient's own session. It opens no staff page, and a staff session opens no page of a patient.</summary>
    public const string Patient = "casement.patient";

    /// <summary>Somebody who came by a capability link.</summary>
    public const string Link = "casement.link";

    public static void AddSessions(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<OpenSessions>();
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
                cookie.Events.OnSigningIn = KeptForms.Remember;
                cookie.Events.OnRedirectToLogin = KeptForms.KeepThenRedirect;
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
                cookie.Events.OnValidatePrincipal = PatientDoor.StillTheirs;
                cookie.Events.OnSigningIn = KeptForms.Remember;
                cookie.Events.OnRedirectToLogin = KeptForms.KeepThenRedirect;
            })
            .AddCookie(Link, cookie =>
            {
                Name(cookie.Cookie, "link", options);
                cookie.LoginPath = "/open/again";
                cookie.ExpireTimeSpan = options.LinkIdleSignOut;
                cookie.SlidingExpiration = true;
                cookie.Events.OnCheckSlidingExpiration = Renewing;
                cookie.Events.OnValidatePrincipal = StillOpens;
                cookie.Events.OnRedirectToLogin = KeptForms.KeepThenRedirect;
            })
            .AddCookie(Enrolling, cookie =>
            {
                Name(cookie.Cookie, "enrolling", options);
                cookie.LoginPath = "/sign-in";
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(30);
            });
        foreach (var scheme in (string[])[IdentityConstants.ApplicationScheme, Patient])
            services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<OpenSessions>((cookie, sessions) => cookie.SessionStore = sessions);
        services.AddSingleton<LinkForms>();
        services.AddSingleton<KeptForms>();
        services.AddAntiforgery(forgery => Name(forgery.Cookie, "form", options));
    }

    internal static void Name(CookieBuilder cookie, string name, WebOptions options)
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
        session.HttpContext.Items[KeptForms.LinkIsOver] = true;
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
