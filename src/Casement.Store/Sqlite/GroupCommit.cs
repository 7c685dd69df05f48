namespace Casement.Store.Sqlite;

/// <summary>
/// One writer at a time. Whoever asks while nobody writes does the writing, on the spot; what arrives while the disk is busy is committed together next
/// by a thread of its own, so that the next group is sealed while this one is on its way to the disk. Each is told only after the commit that holds it.
/// </summary>
sealed class GroupCommit : IDisposable
{
    readonly Lock gate = new();
    readonly ManualResetEventSlim idle = new(true);
    readonly SqliteFile file;
    readonly SqliteWriting writing;
    readonly Action committed;
    readonly AutoResetEvent more = new(false);
    readonly Thread writer;
    List<Act> waiting = [];
    List<Act> spare = [];
    bool busy;
    bool closed;
    volatile bool ended;

    public GroupCommit(SqliteFile file, Action committed)
    {
        this.file = file;
        this.committed = committed;
        writing = new(file);
        writer = new(GoOn) { IsBackground = true, Name = "journal writer" };
        writer.Start();
    }

    /// <summary>Does the act in the next transaction. Completes after its commit is on the disk.</summary>
    public Task<bool> Do(Func<SqliteWriting, bool> act)
    {
        var asked = new Act(act);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            waiting.Add(asked);
            if (busy) return asked.Done.Task;
            busy = true;
            idle.Reset();
        }
        // Handing a lone act to another thread and back would take about as long as the disk.
        if (WriteNext()) more.Set();
        return asked.Done.Task;
    }

    /// <summary>Writes what an asker left behind: nobody waits for groups it is not in.</summary>
    void GoOn()
    {
        while (more.WaitOne() && !ended)
            while (WriteNext()) { }
    }

    /// <summary>Commits one group. True when there is another; the writing is then still in hand.</summary>
    bool WriteNext()
    {
        List<Act> group;
        lock (gate) (group, waiting) = (waiting, spare);
        if (!Commit(group))
        {
            // One act may spoil the group, so each is tried alone; what fails alone is told so.
            foreach (var act in group) _ = Commit([act]);
        }
        group.Clear();
        committed();
        lock (gate)
        {
            spare = group;
            if (waiting.Count == 0)
            {
                busy = false;
                idle.Set();
                return false;
            }
        }
        return true;
    }

    /// <summary>False when the group could not be committed as one; nothing of it was written.</summary>
    bool Commit(List<Act> group)
    {
        try
        {
            file.Run("BEGIN IMMEDIATE");
            foreach (var act in group) act.Result = act.What(writing);
            file.Run("COMMIT");
        }
        // Whatever went wrong belongs to whoever asked; the writer itself goes on.
        catch (Exception e)
        {
            RollBack();
            if (group.Count > 1) return false;
            group[0].Done.SetException(e);
            return true;
        }
        foreach (var act in group) act.Done.SetResult(act.Result);
        return true;
    }

    // Some errors have already rolled back. Should the rest fail to, the next BEGIN says so to whoever asks next.
    void RollBack() => _ = file.InTransaction && file.Try("ROLLBACK");

    public void Dispose()
    {
        lock (gate) closed = true;
        idle.Wait();
        ended = true;
        more.Set();
        writer.Join();
        idle.Dispose();
        more.Dispose();
    }

    sealed class Act(Func<SqliteWriting, bool> what)
    {
        public Func<SqliteWriting, bool> What { get; } = what;
        public bool Result { get; set; }
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
