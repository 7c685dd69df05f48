using Casement.Journal;

namespace Casement.Store.Sealing;

/// <summary>What is written together or not at all: rows at the end of one chain, its new head, and the patient's list rows.</summary>
/// <param name="At">The chain.</param>
/// <param name="Expected">Where the chain must still end.</param>
/// <param name="Rows">The rows that follow; none when only list rows are derived again.</param>
/// <param name="Head">The head afterwards.</param>
/// <param name="Lists">Replaces every list row of the patient; null leaves them alone.</param>
sealed record Appending(Place At, long Expected, IReadOnlyList<SealedEntry> Rows, Head Head, IReadOnlyList<SealedList>? Lists);

/// <summary>The tables as a database holds them: sealed bytes and nothing else. SQLite, PostgreSQL and memory stand behind it.</summary>
interface ITables : IAsyncDisposable
{
    Task<IReadOnlyList<WrappedKey>> PracticeKeys(CancellationToken stop);

    /// <summary>Adds the key unless there is one already; the first stays.</summary>
    Task AddPracticeKey(WrappedKey key, CancellationToken stop);

    Task<byte[]?> PatientKey(PracticeId practice, PatientId patient, int keyId, CancellationToken stop);

    /// <summary>Adds the key unless there is one already; the first stays.</summary>
    Task AddPatientKey(PatientId patient, WrappedKey key, CancellationToken stop);

    Task<Head?> Head(Place at, CancellationToken stop);

    /// <summary>The rows of a chain, first to last as far as they exist.</summary>
    Task<IReadOnlyList<SealedEntry>> Entries(Place at, long after, CancellationToken stop);

    /// <summary>False when the chain no longer ends at the expected row: nothing was written. True only after the commit is on disk.</summary>
    Task<bool> Append(Appending what, CancellationToken stop);

    /// <summary>Every chain that left a trace anywhere: a head, a row or a key.</summary>
    Task<IReadOnlyList<Place>> Places(CancellationToken stop);

    Task<IReadOnlyList<(PatientId Patient, Chain Chain, Head Head)>> Heads(PracticeId practice, CancellationToken stop);

    /// <summary>The change counter of each bucket that ever changed.</summary>
    Task<IReadOnlyList<(short Bucket, long Counter)>> ListChanges(PracticeId practice, CancellationToken stop);

    /// <summary>Rows of a list in one bucket written after the given count.</summary>
    Task<IReadOnlyList<SealedList>> ListsSince(PracticeId practice, string list, short bucket, long changed, CancellationToken stop);

    /// <summary>Every row of every list.</summary>
    Task<IReadOnlyList<SealedList>> Lists(PracticeId practice, CancellationToken stop);

    Task<IReadOnlyList<SealedShelf>> Shelf(PracticeId practice, string? kind, CancellationToken stop);

    Task<SealedShelf?> Shelf(PracticeId practice, string kind, byte[] name, CancellationToken stop);

    /// <summary>Writes version n where n - 1 stands, or 1 where nothing does. False when somebody was first.</summary>
    Task<bool> PutOnShelf(PracticeId practice, SealedShelf document, CancellationToken stop);

    Task TakeFromShelf(PracticeId practice, string kind, byte[] name, CancellationToken stop);

    Task<IReadOnlyList<SealedCheckpoint>> Checkpoints(PracticeId practice, CancellationToken stop);

    /// <summary>Adds the checkpoint and its head together. False when its number is taken.</summary>
    Task<bool> AddCheckpoint(PracticeId practice, SealedCheckpoint checkpoint, Head head, CancellationToken stop);

    /// <summary>Writes everything as it stood at one instant into a new SQLite file, while others go on writing.</summary>
    Task CopyTo(string newFile, CancellationToken stop);
}
