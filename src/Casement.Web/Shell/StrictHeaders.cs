using Casement.Web.Clinician.Files;
using Microsoft.AspNetCore.HttpOverrides;

namespace Casement.Web.Shell;

/// <summary>What every answer says to the browser: run and load only what is ours, tell nobody where the reader came from, keep no copy.</summary>
public static class StrictHeaders
{
    const string OnlyOurs = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; worker-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>For files from outside: shown as they are, with nothing in them run, loaded or sent.</summary>
    const string NothingAtAll = "default-src 'none'; sandbox; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    const string NoSensors = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";

    public static void UseStrictHeaders(this WebApplication app, WebOptions options) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<FromOutside>() is null ? OnlyOurs : NothingAtAll;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = NoSensors;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (!headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal)) headers.CacheControl = "no-store";
            if (options.Https) headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
            return Task.CompletedTask;
        });
        return next();
    });

    /// <summary>Behind a proxy on this machine the scheme and the caller's address are the ones it passes on.</summary>
    public static void UseFrontProxy(this WebApplication app, WebOptions options)
    {
        if (options.Public is not null)
            app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseHostFiltering();
    }
}
