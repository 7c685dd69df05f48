using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Casement.Web.Shell;

/// <summary>A stylesheet, script or picture of our own, carried inside the program and served under a name that changes with its content.</summary>
public sealed class Asset
{
    const string Worker = "js/offline-worker.js";

    static readonly FrozenDictionary<string, Asset> ByName = Load();
    static readonly FrozenDictionary<string, Asset> ByFile = ByName.Values.ToFrozenDictionary(a => a.file);

    readonly string file;
    readonly byte[] content;
    readonly Lazy<byte[]> brotli;

    Asset(string name, byte[] content)
    {
        var dot = name.LastIndexOf('.');
        file = $"{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}{name[dot..]}";
        this.content = content;
        brotli = new(() => Compressed(content));
    }

    /// <summary>The address of an asset, such as "casement.css".</summary>
    public static string Url(string name) => $"/assets/{ByName[name].file}";

    internal static IResult Serve(string file, HttpContext context)
    {
        if (!ByFile.TryGetValue(file, out var asset)) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        // The one worker of the house. It leaves the pages of staff and partners alone, and keeps only what OnPhone marks.
        if (asset == ByName[Worker]) context.Response.Headers["Service-Worker-Allowed"] = "/";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)) return Results.Bytes(asset.content, asset.Type);
        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.brotli.Value, asset.Type);
    }

    string Type => Path.GetExtension(file) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No content type is known for {other}."),
    };

    static FrozenDictionary<string, Asset> Load()
    {
        const string folder = "wwwroot/";
        var program = Assembly.GetExecutingAssembly();
        return program.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Select(n => n[folder.Length..])
            .ToFrozenDictionary(name => name, name => new Asset(name, Read(program, folder + name)));
    }

    static byte[] Read(Assembly program, string resource)
    {
        using var stream = program.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not in the program.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    static byte[] Compressed(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var brotli = new BrotliStream(memory, CompressionLevel.SmallestSize)) brotli.Write(content);
        return memory.ToArray();
    }
}

public static class Assets
{
    public static void MapAssets(this WebApplication app) => app.MapGet("/assets/{**file}", Asset.Serve).AllowAnonymous();
}
