using System.Collections.Concurrent;

namespace Casement.Web.SignIn;

/// <summary>Counts tries at addresses that have no account exactly as accounts count theirs, so that a lock tells nobody which addresses are ours.</summary>
public sealed class UnknownAddresses(WebOptions options)
{
    const int MostRemembered = 10_000;

    readonly ConcurrentDictionary<string, Tries> tries = new();

    /// <summary>True while an address waits after too many tries.</summary>
    public bool Waits(string normalizedAddress) => tries.TryGetValue(normalizedAddress, out var known) && known.LockedUntil > options.Clock.GetUtcNow();

    /// <summary>Notes a try. True when the address now waits.</summary>
    public bool TryAndFail(string normalizedAddress)
    {
        var now = options.Clock.GetUtcNow();
        if (tries.Count >= MostRemembered)
            foreach (var (address, old) in tries)
                if (old.ForgetAt <= now) tries.TryRemove(address, out _);
        var after = tries.AddOrUpdate(normalizedAddress, _ => new Tries(0, null, now).Another(now, options), (_, before) => before.Another(now, options));
        return after.LockedUntil > now;
    }

    sealed record Tries(int Count, DateTimeOffset? LockedUntil, DateTimeOffset ForgetAt)
    {
        public Tries Another(DateTimeOffset now, WebOptions options) => this switch
        {
            { LockedUntil: { } until } when until > now => this,
            _ when Count + 1 >= options.TriesBeforeLock => new(0, now + options.LockedFor, now + options.LockedFor),
            _ => new(Count + 1, null, now + TimeSpan.FromDays(1)),
        };
    }
}
