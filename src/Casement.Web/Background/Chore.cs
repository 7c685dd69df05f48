namespace Casement.Web.Background;

/// <summary>
/// Something the practice does every so often, once however many nodes run: overdue referrals, clearances about to end, alerts nobody took up.
/// Register one with <c>services.AddSingleton(found => new Chore("name", every, run))</c>. Running twice must be harmless: after a crash it runs again.
/// </summary>
/// <param name="Name">Stays the same for ever; the shelf remembers under it when the chore last ran.</param>
/// <param name="Every">From one start to the next.</param>
/// <param name="Run">The work; told to stop when the node ends or loses its lease.</param>
public sealed record Chore(string Name, TimeSpan Every, Func<CancellationToken, Task> Run);

/// <summary>How a chore stands, as kept on the shelf.</summary>
/// <param name="StartedAt">When it last started.</param>
/// <param name="HeldUntil">A node is at it until this instant, and says so again while it works; null when it finished.</param>
/// <param name="Failed">The kind of error it last ended with; empty when it went well.</param>
public sealed record ChoreState(DateTimeOffset StartedAt, DateTimeOffset? HeldUntil, string Failed = "");
