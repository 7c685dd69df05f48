using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Casement.Journal;

namespace Casement.Web.SignIn;

/// <summary>
/// A form on a page of a capability link says which link it belongs to. One browser holds one link at a time: a form of another one, or one that comes after the
/// room was left alone, would fail and lose what was typed. It is kept for the link it belongs to, and nothing is sent.
/// </summary>
public sealed class LinkForms(IDataProtectionProvider seals)
{
    public const string Field = "_link";

    readonly SealedAddress seal = new(seals, "form of a link 1");

    public string Write(PatientId patient, Guid link) => seal.Write(patient, link);

    /// <summary>The link a form belongs to; null when it says none of ours.</summary>
    public Guid? Of(IFormCollection form) => form[Field].ToString() is { Length: > 0 } token ? seal.Read(token)?.Thing : null;
}

public static class KeepingLinkForms
{
    /// <summary>Before the forgery check, which would only see that another link is open.</summary>
    public static void UseLinkForms(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/partner", StringComparison.Ordinal) && context.Request.HasFormContentType
            && context.User.FindFirstValue(LinkClaims.Link) is { } open
            && context.RequestServices.GetRequiredService<LinkForms>().Of(await context.Request.ReadFormAsync(context.RequestAborted)) is { } link && link.ToString("D") != open)
        {
            var kept = await context.RequestServices.GetRequiredService<KeptForms>().Keep(context);
            context.Response.Redirect($"/open/again?other=yes{(kept is null ? "" : "&kept=yes")}");
            return;
        }
        await next(context);
    });
}
