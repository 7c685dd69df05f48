using System.Collections.Immutable;
using Casement.Journal;
using Casement.Web.Background;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Casement.Web.Tests.Background;

/// <summary>What is done every so often is done once, however many nodes run and whatever breaks.</summary>
public sealed class ChoresTests
{
    static readonly CancellationToken Stop = CancellationToken.None;

    static Task<House> Open(InMemory store, PracticeId practice, params Chore[] chores) => House.Open(o => o with
    {
        Journals = store,
        Shelf = store,
        Practice = practice,
        Also = services =>
        {
            o.Also?.Invoke(services);
            // What the house looks after by itself has tests of its own.
            services.RemoveAll<Chore>();
            foreach (var chore in chores) services.AddSingleton(chore);
        },
    });

    static Task<ImmutableArray<string>> RunDue(House house) => house.Services.GetRequiredService<Chores>().RunDue(default);

    [Fact]
    public async Task A_chore_runs_when_it_is_due_and_not_before()
    {
        var runs = 0;
        await using var house = await Open(new(), new(Guid.NewGuid()), new Chore("count", TimeSpan.FromHours(1), _ => Task.FromResult(runs++)));
        Assert.Equal(["count"], await RunDue(house));
        Assert.Empty(await RunDue(house));
        house.Clock.Ahead += TimeSpan.FromMinutes(59);
        Assert.Empty(await RunDue(house));
        house.Clock.Ahead += TimeSpan.FromMinutes(1);
        Assert.Equal(["count"], await RunDue(house));
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Of_two_nodes_one_runs_it_and_a_restart_does_not_run_it_again()
    {
        var (store, practice, runs) = (new InMemory(), new PracticeId(Guid.NewGuid()), 0);
        var chore = new Chore("count", TimeSpan.FromHours(1), async stop =>
        {
            Interlocked.Increment(ref runs);
            await Task.Delay(20, stop);
        });
        await using var one = await Open(store, practice, chore);
        await using var two = await Open(store, practice, chore);
        for (var hour = 1; hour <= 5; hour++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RunDue(i % 2 == 0 ? one : two))));
            Assert.Equal(hour, runs);
            one.Clock.Ahead += TimeSpan.FromHours(1);
            two.Clock.Ahead += TimeSpan.FromHours(1);
        }
        await RunDue(one);
        await using var restarted = await Open(store, practice, chore);
        restarted.Clock.Ahead = one.Clock.Ahead;
        Assert.Empty(await RunDue(restarted));
    }

    [Fact]
    public async Task A_chore_that_fails_is_logged_stops_no_other_and_runs_again_when_next_due()
    {
        var (fails, well) = (0, 0);
        await using var house = await Open(
            new(),
            new(Guid.NewGuid()),
            new Chore("bad", TimeSpan.FromHours(1), _ => throw new InvalidOperationException($"Claudia {++fails}")),
            new Chore("good", TimeSpan.FromHours(1), _ => Task.FromResult(well++)));
        Assert.Equal(["bad", "good"], await RunDue(house));
        Assert.Equal((1, 1), (fails, well));
        Assert.Contains(house.Log.Lines, l => l.Contains("The chore bad failed with InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(house.Log.Lines, l => l.Contains("Claudia", StringComparison.Ordinal));
        Assert.Equal("InvalidOperationException", (await house.Services.GetRequiredService<Chores>().States(Stop)).Single(s => s.Chore.Name == "bad").State?.Failed);
        Assert.Empty(await RunDue(house));
        house.Clock.Ahead += TimeSpan.FromHours(1);
        await RunDue(house);
        Assert.Equal((2, 2), (fails, well));
    }

    [Fact]
    public async Task The_work_of_a_node_that_died_is_taken_up_by_another()
    {
        var (store, practice, runs) = (new InMemory(), new PracticeId(Guid.NewGuid()), 0);
        var begun = new TaskCompletionSource();
        await using var dead = await Open(store, practice, new Chore("count", TimeSpan.FromDays(1), async _ =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        }));
        _ = RunDue(dead);
        await begun.Task;
        await using var alive = await Open(store, practice, new Chore("count", TimeSpan.FromDays(1), _ => Task.FromResult(runs++)));
        Assert.Empty(await RunDue(alive));
        alive.Clock.Ahead += Chores.Lease;
        Assert.Equal(["count"], await RunDue(alive));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_chore_told_to_stop_is_due_again_at_once()
    {
        var (runs, begun) = (0, new TaskCompletionSource());
        await using var house = await Open(new(), new(Guid.NewGuid()), new Chore("count", TimeSpan.FromDays(1), async stop =>
        {
            if (runs++ > 0) return;
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        }));
        using var ending = new CancellationTokenSource();
        var running = house.Services.GetRequiredService<Chores>().RunDue(ending.Token);
        await begun.Task;
        await ending.CancelAsync();
        await running;
        Assert.Equal(["count"], await RunDue(house));
        Assert.Equal(2, runs);
    }
}
