using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Casement.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.SignIn;

/// <summary>A form that was sent after its session had ended, to be sent again by whoever wrote it.</summary>
/// <param name="Account">Who was last signed in in that browser, or the link the form belongs to; nobody else sees it.</param>
/// <param name="Target">The address it was sent to.</param>
/// <param name="Fields">What was typed, and what the form itself carried.</param>
public sealed record KeptForm(Guid Account, string Target, ImmutableArray<KeptField> Fields, DateTimeOffset KeptAt);

public sealed record KeptField(string Name, string Value);

/// <summary>
/// Idle sign-out loses no input: a form that arrives without a session is kept, sealed, for the account that browser last held, and after signing in again
/// is shown to be sent once more. The framework would answer with the sign-in page and drop what was typed.
/// </summary>
public sealed class KeptForms(IShelf shelf, IDataProtectionProvider seals, LinkForms links, WebOptions options)
{
    const string Kind = "kept-form";
    const int LargestCharacters = 256 * 1024;
    const string ForgeryField = "__RequestVerificationToken";

    /// <summary>Set on a request whose link ended or was withdrawn: nothing waits behind it.</summary>
    internal static readonly object LinkIsOver = new();

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    readonly IDataProtector seal = seals.CreateProtector("whose browser 1");

    /// <summary>Notes in the browser, sealed, whose it is: it opens nothing and only says whose a late form may be.</summary>
    public static Task Remember(CookieSigningInContext session)
    {
        var services = session.HttpContext.RequestServices;
        var (forms, options) = (services.GetRequiredService<KeptForms>(), services.GetRequiredService<WebOptions>());
        if (session.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } account)
            session.Response.Cookies.Append(CookieName(options), forms.seal.Protect(account), Whose(options).Build(session.HttpContext));
        return Task.CompletedTask;
    }

    /// <summary>Sends to the sign-in page, and afterwards to the form that was kept, if one came.</summary>
    public static async Task KeepThenRedirect(RedirectContext<CookieAuthenticationOptions> refused)
    {
        var forms = refused.HttpContext.RequestServices.GetRequiredService<KeptForms>();
        var page = refused.Options.LoginPath;
        var back = refused.Request.PathBase + refused.Request.Path + refused.Request.QueryString;
        if (refused.HttpContext.Items.ContainsKey(LinkIsOver))
        {
            refused.Response.Redirect($"{LinkDoor.Room}/over");
            return;
        }
        if (refused.Scheme.Name == Cookies.Link)
        {
            // A link is opened from the message it came in; what was typed waits behind it.
            var waits = HttpMethods.IsPost(refused.Request.Method) && await forms.Keep(refused.HttpContext) is not null;
            refused.Response.Redirect(waits ? $"{page}?kept=yes" : page);
            return;
        }
        if (HttpMethods.IsPost(refused.Request.Method))
        {
            var room = refused.Request.Path.StartsWithSegments("/my", StringComparison.Ordinal) ? "/my" : "/staff";
            back = await forms.Keep(refused.HttpContext) is { } kept ? $"{room}/kept/{kept}" : room;
        }
        refused.Response.Redirect($"{page}?back={Uri.EscapeDataString(back)}");
    }

    /// <summary>Keeps a form that could not be taken. Null when it holds nothing, too much or a file, or is nobody's.</summary>
    public async Task<string?> Keep(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return null;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if ((links.Of(form) ?? Account(context)) is not { } account) return null;
        // A file cannot be put back into a form; the page then opens empty and says nothing was kept.
        if (form.Files.Count > 0) return null;
        var fields = form.Where(f => f.Key != ForgeryField).SelectMany(f => f.Value.Select(v => new KeptField(f.Key, v ?? ""))).ToImmutableArray();
        if (fields.All(f => f.Name.StartsWith('_')) || fields.Sum(f => f.Name.Length + f.Value.Length) > LargestCharacters) return null;
        var now = options.Clock.GetUtcNow();
        await RemoveOld(now, context.RequestAborted);
        var key = Guid.NewGuid().ToString("N");
        var kept = new KeptForm(account, context.Request.Path + context.Request.QueryString, fields, now);
        await shelf.Write(options.Practice, Kind, key, 0, JsonSerializer.SerializeToUtf8Bytes(kept), context.RequestAborted);
        return key;
    }

    /// <summary>The form, for the account it belongs to and nobody else.</summary>
    public async Task<KeptForm?> Find(string key, Guid account, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, key, stop) is { } found
        && JsonSerializer.Deserialize<KeptForm>(found.Content.Span) is { } form
        && form.Account == account && form.KeptAt + KeptFor > options.Clock.GetUtcNow()
            ? form
            : null;

    /// <summary>The newest form that waits for this account or link; null when none does.</summary>
    public async Task<string?> Waiting(Guid account, CancellationToken stop) =>
        (await shelf.ReadAll(options.Practice, Kind, stop)).Select(s => (s.Key, Form: JsonSerializer.Deserialize<KeptForm>(s.Content.Span)))
            .Where(k => k.Form is { } form && form.Account == account && form.KeptAt + KeptFor > options.Clock.GetUtcNow())
            .OrderByDescending(k => k.Form?.KeptAt).Select(k => k.Key).FirstOrDefault();

    public Task Forget(string key, CancellationToken stop) => shelf.Remove(options.Practice, Kind, key, stop);

    async Task RemoveOld(DateTimeOffset now, CancellationToken stop)
    {
        foreach (var shelved in await shelf.ReadAll(options.Practice, Kind, stop))
            if (JsonSerializer.Deserialize<KeptForm>(shelved.Content.Span) is { } form && form.KeptAt + KeptFor <= now)
                await shelf.Remove(options.Practice, Kind, shelved.Key, stop);
    }

    Guid? Account(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[CookieName(options)] is { } sealedAccount && Guid.TryParse(seal.Unprotect(sealedAccount), out var account) ? account : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    static string CookieName(WebOptions options) => Whose(options).Name ?? "";

    static CookieBuilder Whose(WebOptions options)
    {
        var cookie = new CookieBuilder();
        Cookies.Name(cookie, "whose", options);
        return cookie;
    }
}
