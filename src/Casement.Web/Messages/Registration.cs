using Casement.Web.Background;
using Casement.Web.SignIn;

namespace Casement.Web.Messages;

public static class MessageServices
{
    /// <summary>The outbox, and what the program does by itself every so often.</summary>
    public static void AddMessagesAndBackground(this IServiceCollection services)
    {
        services.AddSingleton<Bell>();
        services.AddSingleton<StopDoor>();
        services.AddSingleton<Writing>();
        services.AddSingleton<StaffBook>();
        services.AddSingleton<StaffPost>();
        services.AddSingleton<Sending>();
        services.AddSingleton<Chores>();
        services.AddHostedService<BackgroundHost>();
    }

    /// <summary>Where a mail program stops messages by itself, without cookie or form (RFC 8058); the sealed address is the proof.</summary>
    public static void MapStopping(this WebApplication app) =>
        app.MapPost("/messages/stop/{token}/now", async (string token, StopDoor door, CancellationToken stop) =>
            await door.Stop(token, stop) ? Results.Ok() : Results.NotFound()).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(SignInLimits.Door);
}
