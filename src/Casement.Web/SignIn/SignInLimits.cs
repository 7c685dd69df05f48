using System.Threading.RateLimiting;

namespace Casement.Web.SignIn;

/// <summary>How often one address may try the door.</summary>
public static class SignInLimits
{
    public const string Door = "door";

    public static void AddSignInLimits(this IServiceCollection services, WebOptions options) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Door, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetSlidingWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new() { PermitLimit = options.SignInsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })
            : RateLimitPartition.GetNoLimiter("reading"));
    });
}
