
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace Casement.Web.Shell;

/// <summary>When something fails, a page says what happened, what was kept and what to do; the detail stays here.</summary>
public static class ProblemPages
{
    public static void UseProblemPages(this WebApplication app, WebOptions options)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/problem/500",
            CreateScopeForErrors = true,
            StatusCodeSelector = error => error is BadHttpRequestException { StatusCode: var status } ? status : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                // The page about a problem is read, whatever was sent: what was wrong with the form must not be wrong with it too.
                (context.Request.Method, context.Request.ContentType, context.Request.Body) = (HttpMethods.Get, null, Stream.Null);
                context.Features.Set<IAntiforgeryValidationFeature>(null);
            }
            else if (context.Request.ContentLength > Listening.LargestRequest(options))
            {
                // Said before the body is read: later the framework takes a form it could not read for a forged one.
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }
            await next(context);
            if (IsNoLongerAsked(context))
            {
                context.Response.Redirect(context.Request.PathBase + context.Request.Path + context.Request.QueryString);
                return;
            }
            // A form turned away has a content type and no content, which would pass for an answer already given.
            if (context.Response is { HasStarted: false, StatusCode: >= 400 }) context.Response.ContentType = null;
        });
    }

    /// <summary>
    /// A true form whose question the page no longer asks: a double click, the back button or another window was first. The page as it is now
    /// says what became of it; "that did not arrive" would be untrue to somebody who has just signed.
    /// </summary>
    static bool IsNoLongerAsked(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest }
        && HttpMethods.IsPost(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
        && context.Request.HasFormContentType
        && context.Request.Form["_handler"].ToString().Length > 0;

    /// <summary>Any other address: a page that helps, for somebody signed in or not.</summary>
    public static void MapNothingElse(this WebApplication app) =>
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
}
