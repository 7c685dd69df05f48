namespace Casement.Store.Sqlite;

/// <summary>
/// One writer at a time. Whoever asks while nobody writes does the writing, on the spot; what arrives while the disk is busy is committed together next,
/// and each is told only after the commit that holds it.
/// </summary>
sealed class GroupCommit : IDisposable
{
    /// <summary>Bounds how long the first of a group waits for the last.</summary>
    const int MostTogether = 512;

    readonly Lock gate = new();
    readonly ManualResetEventSlim idle = new(true);
    readonly SqliteFile file;
    readonly SqliteWriting writing;
    readonly Action committed;
    List<Act> waiting = [];
    List<Act> spare = [];
    bool busy;
    bool closed;

    public GroupCommit(SqliteFile file, Action committed)
    {
        this.file = file;
        this.committed = committed;
        writing = new(file);
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
        WriteNext();
        return asked.Done.Task;
    }

    /// <summary>Commits one group, then leaves the rest to the pool: nobody waits for groups it is not in.</summary>
    void WriteNext()
    {
        List<Act> group;
        lock (gate) (group, waiting) = (waiting, spare);
        if (!Commit(group))
        {
            // One act may spoil the group, so each is tried alone; what fails alone is told so.
            foreach (var act in group) _ = Commit([act], alone: true);
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
                return;
            }
        }
        ThreadPool.UnsafeQueueUserWorkItem(static commits => commits.WriteNext(), this, preferLocal: false);
    }

    /// <summary>False when the group could not be committed as one; nothing of it was written.</summary>
    bool Commit(List<Act> group, bool alone = false)
    {
        try
        {
            file.Run("BEGIN IMMEDIATE");
            for (var done = 0; ;)
            {
                for (; done < group.Count; done++) group[done].Result = group[done].What(writing);
                // Whoever arrived meanwhile comes along: the sync costs the same for all.
                if (alone || group.Count >= MostTogether || !TakeMore(group)) break;
            }
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

    bool TakeMore(List<Act> group)
    {
        lock (gate)
        {
            if (waiting.Count == 0) return false;
            group.AddRange(waiting);
            waiting.Clear();
            return true;
        }
    }

    // Some errors have already rolled back. Should the rest fail to, the next BEGIN says so to whoever asks next.
    void RollBack() => _ = file.InTransaction && file.Try("ROLLBACK");

    public void Dispose()
    {
        lock (gate) closed = true;
        idle.Wait();
        idle.Dispose();
    }

    sealed class Act(Func<SqliteWriting, bool> what)
    {
        public Func<SqliteWriting, bool> What { get; } = what;
        public bool Result { get; set; }
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
