using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Casement.Journal;

namespace Casement.Web.SignIn;

[JsonConverter(typeof(JsonStringEnumConverter<LinkPurpose>))]
public enum LinkPurpose { Enrol, Demo, Patient }

/// <summary>A link that opens one door once, for a member of staff or a patient. Reading it changes nothing, so a mail scanner cannot use it up.</summary>
/// <param name="To">The address a patient's letter went to: it opens nothing once another stands on the chart.</param>
public sealed record Link(Guid Account, LinkPurpose Purpose, DateTimeOffset ExpiresAt, bool Used, string Page = "", string To = "");

/// <summary>Links that were handed out. Only their hash reaches the shelf.</summary>
public sealed class Links(IShelf shelf, WebOptions options)
{
    const string Kind = "link";

    /// <summary>How long an old link still asks for a new one.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public async Task<Uri> Issue(Guid account, LinkPurpose purpose, TimeSpan lifetime, CancellationToken stop, string page = "", string to = "")
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await IssueAs(token, account, purpose, lifetime, page, stop, to);
        return new Uri(options.Address, $"/enter/{token}");
    }

    /// <summary>Issues under a name of the caller's; the same name again replaces an older one.</summary>
    public async Task IssueAs(string token, Guid account, LinkPurpose purpose, TimeSpan lifetime, string page, CancellationToken stop, string to = "")
    {
        var link = JsonSerializer.SerializeToUtf8Bytes(new Link(account, purpose, options.Clock.GetUtcNow() + lifetime, Used: false, page, to));
        var version = (await shelf.Read(options.Practice, Kind, Name(token), stop))?.Version ?? 0;
        if (!await shelf.Write(options.Practice, Kind, Name(token), version, link, stop))
            throw new InvalidOperationException("The same link was issued twice at once.");
    }

    /// <summary>Takes links off the shelf that open nothing and ask for nothing any more.</summary>
    public async Task RemoveExpired(CancellationToken stop)
    {
        var now = options.Clock.GetUtcNow();
        foreach (var shelved in await shelf.ReadAll(options.Practice, Kind, stop))
            if (JsonSerializer.Deserialize<Link>(shelved.Content.Span) is { } link && link.ExpiresAt + Remembered <= now)
                await shelf.Remove(options.Practice, Kind, shelved.Key, stop);
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
