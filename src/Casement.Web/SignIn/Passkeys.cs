using System.Security.Claims;
using Casement.People;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>The two questions a browser asks before it can use or make a passkey, and the way out.</summary>
public static class Passkeys
{
    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost("/sign-in/passkey", async (HttpContext context, IAntiforgery forgery, SignInManager<StaffAccount> signIn) =>
        {
            if (!await forgery.IsRequestValidAsync(context)) return Results.BadRequest();
            return Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");
        }).AllowAnonymous().RequireRateLimiting(SignInLimits.Door);

        app.MapPost("/my/sign-in/passkey", async (HttpContext context, IAntiforgery forgery, SignInManager<PatientAccount> signIn) =>
        {
            if (!await forgery.IsRequestValidAsync(context)) return Results.BadRequest();
            return Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");
        }).AllowAnonymous().RequireRateLimiting(SignInLimits.Door);

        app.MapPost("/my/account/passkey", [MyOwn] async (HttpContext context, IAntiforgery forgery, SignInManager<PatientAccount> signIn, Caller caller) =>
        {
            if (!await forgery.IsRequestValidAsync(context)) return Results.BadRequest();
            var entity = new PasskeyUserEntity { Id = caller.Patient.ToString(), Name = caller.Actor.Name, DisplayName = caller.Actor.Name };
            return Results.Content(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
        });

        app.MapPost("/staff/account/passkey", [May(Act.UseTheOffice)] async (HttpContext context, IAntiforgery forgery, SignInManager<StaffAccount> signIn, UserManager<StaffAccount> accounts) =>
        {
            if (!await forgery.IsRequestValidAsync(context)) return Results.BadRequest();
            var account = await accounts.FindByIdAsync(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");
            if (account is null) return Results.Unauthorized();
            var entity = new PasskeyUserEntity { Id = account.Id.ToString("D"), Name = account.Email, DisplayName = account.Name };
            return Results.Content(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
        });
    }

    public static void MapLeaving(this WebApplication app)
    {
        app.MapPost("/sign-out", (HttpContext context, IAntiforgery forgery) => Leave(context, forgery, IdentityConstants.ApplicationScheme, "/sign-in")).AllowAnonymous();
        app.MapPost("/my/sign-out", (HttpContext context, IAntiforgery forgery) => Leave(context, forgery, Cookies.Patient, "/my/sign-in")).RequireAuthorization(Policies.MyOwn);
    }

    static async Task<IResult> Leave(HttpContext context, IAntiforgery forgery, string scheme, string door)
    {
        if (!await forgery.IsRequestValidAsync(context)) return Results.BadRequest();
        await context.SignOutAsync(scheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Results.Redirect($"{door}?left=yes");
    }
}
