namespace Casement.Store.Sqlite;

/// <summary>Moves what is committed from the write-ahead log into the database file, on its own connection and thread, so that no commit waits for it.</summary>
sealed class WalKeeper : IDisposable
{
    /// <summary>How soon after a commit the log is moved.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Under load the log is moved this many commits at a time.</summary>
    const int CommitsBetween = 500;

    /// <summary>A log that grew past this many pages of 4 KiB is started afresh, for which writers wait a moment. Writing over a log of full length syncs about twice as fast as making it longer.</summary>
    const long PagesAllowed = 4_000;

    readonly SqliteFile file;
    readonly Action<string> warn;
    readonly AutoResetEvent due = new(false);
    readonly Thread thread;
    int commits;
    volatile bool closed;

    public WalKeeper(SqliteFile file, Action<string> warn)
    {
        this.file = file;
        this.warn = warn;
        thread = new(Loop) { IsBackground = true, Name = "journal log keeper" };
        thread.Start();
    }

    public void Committed()
    {
        var count = Interlocked.Increment(ref commits);
        if (count == CommitsBetween) due.Set();
    }

    void Loop()
    {
        while (!closed)
        {
            due.WaitOne(Pause);
            if (Interlocked.Exchange(ref commits, 0) > 0) Move();
        }
    }

    void Move()
    {
        try
        {
            if (file.Number("PRAGMA wal_checkpoint(PASSIVE)", column: 1) > PagesAllowed) _ = file.Number("PRAGMA wal_checkpoint(RESTART)");
        }
        catch (StoreTrouble trouble)
        {
            // What is committed stays safe in the log and is moved next time; somebody must still hear of it.
            warn(trouble.Message);
        }
    }

    public void Dispose()
    {
        closed = true;
        due.Set();
        thread.Join();
        due.Dispose();
    }
}
