using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Every address the program answers.</summary>
public static class Routes
{
    public static IReadOnlyList<RouteEndpoint> All(House house) =>
        [.. house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static string Pattern(this RouteEndpoint endpoint) => "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');

    /// <summary>The pages under /staff (addresses that only take a form are no pages), with a patient of nobody where one is asked for.</summary>
    public static IEnumerable<string> Staff(House house) => Of(house, "/staff").Where(p => p != "/staff/account/passkey" && !p.EndsWith("/draft", StringComparison.Ordinal));

    /// <summary>The addresses in these rooms, with nobody's id where one is asked for.</summary>
    public static IEnumerable<string> Of(House house, params string[] rooms) =>
        All(house).Select(Pattern).Where(p => rooms.Any(r => p == r || p.StartsWith(r + "/", StringComparison.Ordinal))).Distinct()
            .Select(p => System.Text.RegularExpressions.Regex.Replace(p, @"\{[^}]+\}", Guid.Empty.ToString()));
}
