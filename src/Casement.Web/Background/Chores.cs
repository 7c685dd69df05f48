using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;

namespace Casement.Web.Background;

/// <summary>
/// Runs each chore when it is due, on one node at a time. The lease is a document on the shelf: of two nodes that write the same version one is refused,
/// so one holds it; it is renewed while the work goes on, and another node may take it when it was not renewed in time.
/// </summary>
public sealed class Chores(IEnumerable<Chore> chores, IShelf shelf, WebOptions options, ILogger<Chores> log)
{
    const string Kind = "chore";

    /// <summary>A node that says nothing for so long is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    readonly ImmutableArray<Chore> chores = [.. chores];

    /// <summary>Runs everything due, one after the other, and answers what ran here. A chore that fails is logged, tried again when next due, and stops no other.</summary>
    public async Task<ImmutableArray<string>> RunDue(CancellationToken stop)
    {
        var ran = ImmutableArray.CreateBuilder<string>();
        foreach (var chore in chores)
            if (await Take(chore, stop) is { } version)
            {
                await Run(chore, version, stop);
                ran.Add(chore.Name);
            }
        return ran.ToImmutable();
    }

    public async Task<IReadOnlyList<(Chore Chore, ChoreState? State)>> States(CancellationToken stop)
    {
        var states = new List<(Chore, ChoreState?)>();
        foreach (var chore in chores) states.Add((chore, (await Read(chore, stop)).State));
        return states;
    }

    /// <summary>The version of the lease when this node now holds it; null when the chore is not due or another node has it.</summary>
    async Task<long?> Take(Chore chore, CancellationToken stop)
    {
        var (state, version) = await Read(chore, stop);
        var now = options.Clock.GetUtcNow();
        if (state is { HeldUntil: { } until } && until > now) return null;
        // A lease that ran out belonged to a node that died at work: the work is due again at once.
        if (state is { HeldUntil: null } && state.StartedAt + chore.Every > now) return null;
        return await Write(chore, version, new(now, now + Lease), stop) ? version + 1 : null;
    }

    async Task Run(Chore chore, long version, CancellationToken stop)
    {
        var startedAt = options.Clock.GetUtcNow();
        using var working = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var renewed = Renew(chore, startedAt, version, working, renewing.Token);
        var failed = "";
        try
        {
            await chore.Run(working.Token);
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested)
        {
            failed = "stopped";
        }
        catch (Exception e)
        {
            // Its kind and place, not its words: they may hold a name.
            failed = e.GetType().Name;
            ChoreLog.Failed(log, chore.Name, failed, e.StackTrace);
        }
        await renewing.CancelAsync();
        var held = await renewed;
        // Stopped halfway it is due again at once, here or on another node.
        var state = failed == "stopped" ? new ChoreState(DateTimeOffset.MinValue, null, failed) : new ChoreState(startedAt, null, failed);
        if (held is not { } last || !await Write(chore, last, state, CancellationToken.None)) ChoreLog.Lost(log, chore.Name);
    }

    /// <summary>Says that this node is still at it, until told to stop. Answers the last version; null when another node took the lease, and then the work is stopped.</summary>
    async Task<long?> Renew(Chore chore, DateTimeOffset startedAt, long version, CancellationTokenSource working, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await Task.Delay(Lease / 4, options.Clock, stop);
                if (await Write(chore, version, new(startedAt, options.Clock.GetUtcNow() + Lease), CancellationToken.None)) version++;
                else
                {
                    await working.CancelAsync();
                    return null;
                }
            }
            catch (OperationCanceledException)
            {
                return version;
            }
            catch (Exception e)
            {
                // The store is not reached: the lease runs out by itself, and what cannot be renewed must not go on.
                ChoreLog.Failed(log, chore.Name, e.GetType().Name, e.StackTrace);
                await working.CancelAsync();
                return null;
            }
        }
    }

    async Task<(ChoreState? State, long Version)> Read(Chore chore, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, chore.Name, stop) is { } kept ? (JsonSerializer.Deserialize<ChoreState>(kept.Content.Span), kept.Version) : (null, 0);

    Task<bool> Write(Chore chore, long version, ChoreState state, CancellationToken stop) =>
        shelf.Write(options.Practice, Kind, chore.Name, version, JsonSerializer.SerializeToUtf8Bytes(state), stop);
}

static partial class ChoreLog
{
    [LoggerMessage(LogLevel.Error, "The chore {Chore} failed with {Kind}; it is tried again when next due. {Where}")]
    public static partial void Failed(ILogger log, string chore, string kind, string? where);

    [LoggerMessage(LogLevel.Warning, "The chore {Chore} lost its lease while it worked; another node goes on with it.")]
    public static partial void Lost(ILogger log, string chore);
}
