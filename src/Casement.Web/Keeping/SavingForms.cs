using Casement.People;
using Casement.Web.Background;
using Casement.Web.Shell;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Antiforgery;

namespace Casement.Web.Keeping;

/// <summary>Where forms save themselves, and what ends a draft: the form was sent and something came of it.</summary>
public static class SavingForms
{
    public static void AddFormDrafts(this IServiceCollection services)
    {
        services.AddSingleton<FormDrafts>();
        services.AddSingleton(found => new Chore("drafts nobody came back to", TimeSpan.FromDays(1), found.GetRequiredService<FormDrafts>().RemoveOld));
    }

    public static void MapFormDrafts(this WebApplication app)
    {
        app.MapPost("/staff/form/draft", [May(Act.UseTheOffice)] (IFormCollection form, Caller caller, FormDrafts drafts, Zone zone, CancellationToken stop) => Save(form, caller, drafts, zone, stop));
        app.MapPost("/my/form/draft", [MyOwn] (IFormCollection form, Caller caller, FormDrafts drafts, Zone zone, CancellationToken stop) => Save(form, caller, drafts, zone, stop));
        app.MapPost("/partner/form/draft", [OnLink(LinkFor.Referral)] (IFormCollection form, Caller caller, FormDrafts drafts, Zone zone, CancellationToken stop) => Save(form, caller, drafts, zone, stop));
    }

    static async Task<IResult> Save(IFormCollection form, Caller caller, FormDrafts drafts, Zone zone, CancellationToken stop) => await drafts.Save(caller.Actor, form, stop) switch
    {
        null => Results.NotFound(),
        (_, null) => Results.Conflict(new { said = "Not saved: this form was changed in another window. What you typed is still here." }),
        var (at, version) => Results.Json(new { said = $"Saved at {zone.SayTime(at)}. Not sent yet.", version }),
    };

    /// <summary>A form that was sent and led on is done with; one that came back with a problem keeps its draft.</summary>
    public static void UseFormDrafts(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        // A forged form may not even be looked at.
        if (HttpMethods.IsPost(context.Request.Method) && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && context.Request.HasFormContentType && context.Response.StatusCode is >= 300 and < 400
            && context.User.Identity is { IsAuthenticated: true } && context.Request.Form[FormDrafts.Named].ToString() is { Length: > 0 } name)
            await context.RequestServices.GetRequiredService<FormDrafts>().Forget(context.RequestServices.GetRequiredService<Caller>().Actor, name, CancellationToken.None);
    });
}
