
namespace Casement.Web.Shell;

/// <summary>When something fails, a page says what happened, what was kept and what to do; the detail stays here.</summary>
public static class ProblemPages
{
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/problem/500",
            CreateScopeForErrors = true,
            StatusCodeSelector = error => error is BadHttpRequestException { StatusCode: var status } ? status : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
    }

    /// <summary>Any other address: a page that helps, for somebody signed in or not.</summary>
    public static void MapNothingElse(this WebApplication app) =>
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
}
