using System.Collections.Immutable;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Web.Messages;

/// <summary>Wakes the outbox of this node as soon as a message was asked for here.</summary>
public sealed class Bell : IDisposable
{
    readonly SemaphoreSlim rung = new(0);

    public void Ring()
    {
        if (rung.CurrentCount == 0) rung.Release();
    }

    public void Dispose() => rung.Dispose();

    /// <summary>Until it rings, and at the longest so long.</summary>
    public async Task Wait(TimeSpan longest, TimeProvider clock, CancellationToken stop)
    {
        using var enough = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, stop);
        try
        {
            await rung.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing rang.
        }
    }
}

/// <summary>The journals, with a bell that rings when a message was asked for.</summary>
public sealed class JournalsWithBell(IJournals journals, Bell bell) : IJournals
{
    public async Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop)
    {
        if (!await journals.Append(practice, patient, expected, entries, rows, stop)) return false;
        if (entries.Any(e => e.What is MessageAsked or DutyCalled or MessageAskedAgain or MessagesStartedAgain)) bell.Ring();
        return true;
    }

    public Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, long after, CancellationToken stop) => journals.Read(practice, patient, after, stop);

    public Task<long> Version(PracticeId practice, PatientId patient, CancellationToken stop) => journals.Version(practice, patient, stop);

    public Task<IReadOnlyList<ListedRow>> ReadList(PracticeId practice, string list, CancellationToken stop) => journals.ReadList(practice, list, stop);

    public Task NoteRead(PracticeId practice, PatientId patient, ChartRead read, CancellationToken stop) => journals.NoteRead(practice, patient, read, stop);

    public Task<ImmutableArray<ChartRead>> Reads(PracticeId practice, PatientId patient, int last, CancellationToken stop) => journals.Reads(practice, patient, last, stop);
}
