using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Casement.Journal;

namespace Casement.Web.SignIn;

[JsonConverter(typeof(JsonStringEnumConverter<LinkPurpose>))]
public enum LinkPurpose { Enrol, Demo, Patient }

/// <summary>A link that opens one door once, for a member of staff or a patient. Reading it changes nothing, so a mail scanner cannot use it up.</summary>
public sealed record Link(Guid Account, LinkPurpose Purpose, DateTimeOffset ExpiresAt, bool Used, string Page = "");

/// <summary>Links that were handed out. Only their hash reaches the shelf.</summary>
public sealed class Links(IShelf shelf, WebOptions options)
{
    const string Kind = "link";

    /// <summary>How long an old link still asks for a new one.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public async Task<Uri> Issue(Guid account, LinkPurpose purpose, TimeSpan lifetime, CancellationToken stop, string page = "")
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var link = new Link(account, purpose, options.Clock.GetUtcNow() + lifetime, Used: false, page);
        if (!await shelf.Write(options.Practice, Kind, Name(token), 0, JsonSerializer.SerializeToUtf8Bytes(link), stop))
            throw new InvalidOperationException("Two links drew the same 256 random bits.");
        return new Uri(options.Address, $"/enter/{token}");
    }

    /// <summary>The link, if it would still open; it is not used by looking.</summary>
    public async Task<Link?> Look(string token, CancellationToken stop) => (await Read(token, stop)).Link;

    /// <summary>Uses the link: of two who try at once, one gets in.</summary>
    public async Task<Link?> Use(string token, CancellationToken stop)
    {
        var (link, version) = await Read(token, stop);
        if (link is null) return null;
        var used = JsonSerializer.SerializeToUtf8Bytes(link with { Used = true });
        return await shelf.Write(options.Practice, Kind, Name(token), version, used, stop) ? link : null;
    }

    /// <summary>A patient's link that was used or is over, while it is not forgotten: enough to ask for a new one, which goes to the address on the chart.</summary>
    public async Task<Link?> Lapsed(string token, CancellationToken stop)
    {
        if (await shelf.Read(options.Practice, Kind, Name(token), stop) is not { } found) return null;
        var link = JsonSerializer.Deserialize<Link>(found.Content.Span);
        return link is { Purpose: LinkPurpose.Patient } && link.ExpiresAt + Remembered > options.Clock.GetUtcNow() ? link : null;
    }

    async Task<(Link? Link, long Version)> Read(string token, CancellationToken stop)
    {
        if (await shelf.Read(options.Practice, Kind, Name(token), stop) is not { } found) return (null, 0);
        var link = JsonSerializer.Deserialize<Link>(found.Content.Span) ?? throw new JsonException("A link is empty.");
        return link.Used || link.ExpiresAt <= options.Clock.GetUtcNow() || (link.Purpose == LinkPurpose.Demo && !options.Demo) ? (null, 0) : (link, found.Version);
    }

    static string Name(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
