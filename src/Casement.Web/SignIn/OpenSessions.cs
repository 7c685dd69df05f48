using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Casement.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Casement.Web.SignIn;

/// <summary>One signed-in browser, as listed on the account page.</summary>
/// <param name="Key">The secret the cookie stands for; never shown.</param>
/// <param name="Label">A name for the session that opens nothing.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="StartedAt">When they came in.</param>
/// <param name="SeenAt">The last request, to the minute.</param>
/// <param name="ExpiresAt">When it ends by itself if nothing more comes.</param>
/// <param name="Ticket">What the session says about its holder, as the framework writes it.</param>
public sealed record OpenSession(string Key, Guid Label, Guid Account, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, byte[] Ticket);

/// <summary>Sessions live on the shelf, so that they can be seen and ended; the cookie holds a random key and nothing else.</summary>
public sealed class OpenSessions(IShelf shelf, WebOptions options) : ITicketStore
{
    const string Kind = "session";

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var now = options.Clock.GetUtcNow();
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var account = Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("A session needs somebody."));
        var session = new OpenSession(key, Guid.NewGuid(), account, now, now, ticket.Properties.ExpiresUtc ?? now + options.IdleSignOut, TicketSerializer.Default.Serialize(ticket));
        await Write(session, 0);
        await RemoveStale(now);
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // A session that was ended meanwhile stays ended: the write finds nothing at the version read.
        if (await Read(key) is not ({ } session, var version)) return;
        var now = options.Clock.GetUtcNow();
        await Write(session with { SeenAt = now, ExpiresAt = ticket.Properties.ExpiresUtc ?? now + options.IdleSignOut, Ticket = TicketSerializer.Default.Serialize(ticket) }, version);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        await Read(key) is ({ } session, _) && session.StartedAt + options.LongestSession > options.Clock.GetUtcNow()
            ? TicketSerializer.Default.Deserialize(session.Ticket)
            : null;

    public Task RemoveAsync(string key) => shelf.Remove(options.Practice, Kind, key, CancellationToken.None);

    /// <summary>The sessions an account has open, newest first.</summary>
    public async Task<IReadOnlyList<OpenSession>> Of(Guid account, CancellationToken stop) =>
        [.. (await All(stop)).Where(s => s.Account == account && s.ExpiresAt > options.Clock.GetUtcNow()).OrderByDescending(s => s.SeenAt)];

    public async Task EndAll(Guid account, CancellationToken stop)
    {
        foreach (var session in (await All(stop)).Where(s => s.Account == account)) await RemoveAsync(session.Key);
    }

    public async Task End(Guid account, Guid label, CancellationToken stop)
    {
        foreach (var session in (await All(stop)).Where(s => s.Account == account && s.Label == label)) await RemoveAsync(session.Key);
    }

    async Task RemoveStale(DateTimeOffset now)
    {
        foreach (var session in (await All(CancellationToken.None)).Where(s => s.ExpiresAt < now)) await RemoveAsync(session.Key);
    }

    async Task<IEnumerable<OpenSession>> All(CancellationToken stop) =>
        (await shelf.ReadAll(options.Practice, Kind, stop)).Select(s => Open(s.Content));

    async Task<(OpenSession? Session, long Version)> Read(string key) =>
        await shelf.Read(options.Practice, Kind, key, CancellationToken.None) is { } found ? (Open(found.Content), found.Version) : (null, 0);

    Task<bool> Write(OpenSession session, long version) =>
        shelf.Write(options.Practice, Kind, session.Key, version, JsonSerializer.SerializeToUtf8Bytes(session), CancellationToken.None);

    static OpenSession Open(ReadOnlyMemory<byte> content) =>
        JsonSerializer.Deserialize<OpenSession>(content.Span) ?? throw new JsonException("A session is empty.");
}
