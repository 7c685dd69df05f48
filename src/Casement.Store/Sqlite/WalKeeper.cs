namespace Casement.Store.Sqlite;

/// <summary>
/// Moves what is committed from the write-ahead log into the database file, on its own connection and thread, so that no commit waits for it. Under steady
/// load there is always a commit it has not moved yet, and the log would never start over: so, when the log is long, whoever writes moves the last few pages
/// between two commits. SQLite then begins the log at its start again. Writing over a log syncs about twice as fast as making it longer.
/// </summary>
sealed class WalKeeper : IDisposable
{
    /// <summary>How soon after a commit the log is moved.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Under load the log is moved this many commits at a time.</summary>
    const int CommitsBetween = 500;

    /// <summary>A log longer than this many pages of 4 KiB is to start over.</summary>
    const long PagesAllowed = 8_000;

    readonly SqliteFile file;
    readonly SqliteFile writer;
    readonly Action<string> warn;
    readonly AutoResetEvent due = new(false);
    readonly Thread thread;
    int commits;
    volatile bool tooLong;
    volatile bool closed;

    /// <param name="file">A connection of its own.</param>
    /// <param name="writer">The connection that writes; used only by whoever calls <see cref="Committed"/>.</param>
    /// <param name="warn">Hears what went wrong.</param>
    public WalKeeper(SqliteFile file, SqliteFile writer, Action<string> warn)
    {
        this.file = file;
        this.writer = writer;
        this.warn = warn;
        thread = new(Loop) { IsBackground = true, Name = "journal log keeper" };
        thread.Start();
    }

    /// <summary>Called by whoever writes, after each commit.</summary>
    public void Committed()
    {
        if (tooLong)
        {
            tooLong = false;
            _ = Move(writer);
        }
        if (Interlocked.Increment(ref commits) == CommitsBetween) due.Set();
    }

    void Loop()
    {
        while (!closed)
        {
            due.WaitOne(Pause);
            if (Interlocked.Exchange(ref commits, 0) > 0) tooLong = Move(file) > PagesAllowed;
        }
    }

    /// <summary>The pages in the log, those already moved as well; none when it could not be moved.</summary>
    long Move(SqliteFile with)
    {
        try
        {
            // Passive: it moves what it can at once, and waits for nobody.
            return with.Number("PRAGMA wal_checkpoint(PASSIVE)", column: 1);
        }
        catch (StoreTrouble trouble)
        {
            // What is committed stays safe in the log and is moved next time; somebody must still hear of it.
            warn(trouble.Message);
            return 0;
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
