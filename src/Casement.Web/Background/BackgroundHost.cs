using Casement.Web.Messages;

namespace Casement.Web.Background;

/// <summary>Keeps the chores and the outbox going while the program runs.</summary>
public sealed class BackgroundHost(Chores chores, Sending sending, Bell bell, WebOptions options, ILogger<BackgroundHost> log) : BackgroundService
{
    /// <summary>How long a message another node was asked for may lie here unseen.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Chores count in minutes and hours.</summary>
    static readonly TimeSpan LookForChores = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Background
        ? Task.WhenAll(
            Repeat("outbox", async stop => await sending.SendDue(stop), stop => bell.Wait(Look, options.Clock, stop), stoppingToken),
            Repeat("chores", async stop => await chores.RunDue(stop), stop => Task.Delay(LookForChores, options.Clock, stop), stoppingToken))
        : Task.CompletedTask;

    /// <summary>A store that is away for a while must not end background work for ever: it is said in the log and tried again.</summary>
    async Task Repeat(string what, Func<CancellationToken, Task> work, Func<CancellationToken, Task> pause, CancellationToken stop)
    {
        // The first page is not kept waiting.
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
                await pause(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                BackgroundLog.Failed(log, what, e.GetType().Name, e.StackTrace);
                await Task.Delay(Look, options.Clock, CancellationToken.None);
            }
        }
    }
}

static partial class BackgroundLog
{
    [LoggerMessage(LogLevel.Error, "Background work ({What}) failed with {Kind}; it goes on. {Where}")]
    public static partial void Failed(ILogger log, string what, string kind, string? where);
}
