using System.Security.Claims;
using Casement.Journal;
using Casement.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>This page or endpoint is for those who may do this; see <see cref="Allowed"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MayAttribute(Act act) : AuthorizeAttribute(Policies.Name(act));

/// <summary>This page is for somebody setting up their sign-in, who can see nothing else yet.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EnrollingAttribute() : AuthorizeAttribute(Policies.Enrolling);

/// <summary>This page is a patient's own: it shows the chart of whoever is signed in and of nobody else.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MyOwnAttribute() : AuthorizeAttribute(Policies.MyOwn);

/// <summary>This page is for whoever holds a capability link of this kind; it shows what the link names and nothing else.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OnLinkAttribute(LinkFor what) : AuthorizeAttribute(Policies.Name(what));

/// <summary>One policy per act, derived from the table of roles.</summary>
public static class Policies
{
    public const string Enrolling = "enrolling";
    public const string MyOwn = "my-own";

    static readonly string[] StrongEnough = [Proof.PasswordAndCode, Proof.Passkey, Proof.DemoLink];

    public static string Name(Act act) => $"may:{act}";

    public static string Name(LinkFor what) => $"link:{what}";

    public static void AddPolicies(this IServiceCollection services)
    {
        var policies = services.AddAuthorizationBuilder();
        foreach (var act in Enum.GetValues<Act>())
            policies.AddPolicy(Name(act), policy => policy
                .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme)
                .RequireAuthenticatedUser()
                .RequireClaim(StaffClaims.Proof, StrongEnough)
                .RequireAssertion(asked => RolesOf(asked.User).May(act) ? Task.FromResult(true) : act is Act.ReadChart ? OpenedInAnEmergency(asked) : Task.FromResult(false)));
        foreach (var what in Enum.GetValues<LinkFor>())
            policies.AddPolicy(Name(what), policy => policy.AddAuthenticationSchemes(Cookies.Link).RequireAuthenticatedUser().RequireClaim(LinkClaims.For, what.ToString()));
        policies.AddPolicy(Enrolling, policy => policy.AddAuthenticationSchemes(Cookies.Enrolling).RequireAuthenticatedUser());
        policies.AddPolicy(MyOwn, policy => policy.AddAuthenticationSchemes(Cookies.Patient).RequireAuthenticatedUser().RequireClaim(PatientClaims.Patient));
        // A page that says nothing about who may see it is seen by nobody.
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    }

    /// <summary>Whether this very chart stands open to this account because it broke the glass.</summary>
    static async Task<bool> OpenedInAnEmergency(AuthorizationHandlerContext asked)
    {
        if (!RolesOf(asked.User).May(Act.BreakGlass) || asked.Resource is not HttpContext context) return false;
        if (!Guid.TryParse(context.GetRouteValue("Patient") as string ?? context.GetRouteValue("Id") as string, out var patient)) return false;
        var services = context.RequestServices;
        var chart = await services.GetRequiredService<Desk>().Peek(new(patient), context.RequestAborted);
        var account = asked.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        return chart.EmergencyLooks.Any(l => l.LetsIn(account, services.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    static IEnumerable<Role> RolesOf(ClaimsPrincipal who) => who.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value));
}
