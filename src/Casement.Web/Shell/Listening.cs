using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HostFiltering;

namespace Casement.Web.Shell;

/// <summary>Where the program listens, for which names, and how much it takes in at once.</summary>
public static class Listening
{
    /// <summary>A little more than the file: the form around it has boundaries and fields.</summary>
    public static long LargestRequest(WebOptions options) => options.LargestUploadBytes + (64 * 1024);

    public static void AddListening(this WebApplicationBuilder builder, WebOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest(options);
            if (options.Listen is { IsLoopback: true, Port: > 0 }) kestrel.ListenLocalhost(options.Listen.Port);
            else if (options.Listen.IsLoopback) kestrel.Listen(IPAddress.Loopback, 0);
            else kestrel.ListenAnyIP(options.Listen.Port);
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = LargestRequest(options);
            // An upload beyond this would be spooled to a temporary file in clear, so the limit is the largest upload.
            form.MemoryBufferThreshold = checked((int)LargestRequest(options));
        });
        builder.Services.Configure<HostFilteringOptions>(hosts =>
            hosts.AllowedHosts = [.. new[] { options.Address.Host, "localhost", "127.0.0.1", "[::1]" }.Distinct()]);
    }

    /// <summary>Logs say what failed, never for whom: the framework's lines with addresses in them are left out.</summary>
    public static void AddQuietLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // Its one warning is that keys are stored unencrypted; ours are sealed by the shelf they are kept on.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
