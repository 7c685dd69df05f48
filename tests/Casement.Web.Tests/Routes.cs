using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Every address the program answers.</summary>
public static class Routes
{
    public static IReadOnlyList<RouteEndpoint> All(House house) =>
        [.. house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static string Pattern(this RouteEndpoint endpoint) => "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');

    /// <summary>The addresses under /staff, with a patient of nobody where one is asked for.</summary>
    public static IEnumerable<string> Staff(House house) =>
        All(house).Select(Pattern).Where(p => p.StartsWith("/staff", StringComparison.Ordinal) && p != "/staff/account/passkey").Distinct()
            .Select(p => System.Text.RegularExpressions.Regex.Replace(p, @"\{[^}]+\}", Guid.Empty.ToString()));
}
