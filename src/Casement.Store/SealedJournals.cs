using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store;

/// <summary>The journals of every patient over any of the databases: sealed and chained on the way in, opened on the way out.</summary>
sealed class SealedJournals(ITables tables, KeyRing keys, EventNames names, ListCache lists) : IJournals
{
    const string ReadName = "chart.read";
    const int HeadsHeld = 50_000;

    // A row once written never changes, so the hash at a version stays true for as long as it is held.
    readonly ConcurrentDictionary<Place, Written> heads = [];
    int holding;

    // Looks at one chart are noted one after another; without this they would only race each other.
    readonly SemaphoreSlim[] looking = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<long> Version(PracticeId practice, PatientId patient, CancellationToken stop) =>
        (await tables.Head(new(practice, patient, Chain.Entries), stop))?.Sequence ?? 0;

    public async Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, long after, CancellationToken stop)
    {
        var at = new Place(practice, patient, Chain.Entries);
        var journal = ImmutableArray.CreateBuilder<Entry>();
        foreach (var (row, content) in await Opened(at, after, stop))
        {
            journal.Add(content is null
                ? new(row.Sequence, new(row.RecordedAtTicks, TimeSpan.Zero), Content.Unknown, new Unreadable(row.StoredName, "", Because(row)))
                : Content.Entry(row, content, names));
        }
        return journal.DrainToImmutable();
    }

    public async Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop)
    {
        if (entries.IsDefaultOrEmpty || entries.Select((e, i) => e.Sequence - i).Any(first => first != expected + 1))
            throw new ArgumentException("Entries follow the expected version without a gap, and there is at least one.", nameof(entries));

        var at = new Place(practice, patient, Chain.Entries);
        var lines = entries.Select(e => (e.RecordedAt, names.NameOf(e.What), Content.Of(e.By, names.Write(e.What)))).ToList();
        return await Append(at, expected, lines, rows, stop);
    }

    public async Task NoteRead(PracticeId practice, PatientId patient, ChartRead read, CancellationToken stop)
    {
        var at = new Place(practice, patient, Chain.Reads);
        var line = (read.At, ReadName, Content.Of(read.By, JsonSerializer.SerializeToUtf8Bytes(read.Purpose, EventNames.Json)));
        var turn = looking[patient.GetHashCode() & (looking.Length - 1)];
        await turn.WaitAsync(stop);
        try
        {
            // The end as this node last wrote it is most often still the end.
            if (heads.TryGetValue(at, out var held) && await Append(at, held.Head.Sequence, [line], null, stop)) return;
            while (!await Append(at, (await tables.Head(at, stop))?.Sequence ?? 0, [line], null, stop)) { }
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<ImmutableArray<ChartRead>> Reads(PracticeId practice, PatientId patient, int last, CancellationToken stop)
    {
        var at = new Place(practice, patient, Chain.Reads);
        var all = (await tables.Head(at, stop))?.Sequence ?? 0;
        var reads = ImmutableArray.CreateBuilder<ChartRead>();
        foreach (var (row, content) in await Opened(at, Math.Max(0, all - last), stop))
        {
            var when = new DateTimeOffset(row.RecordedAtTicks, TimeSpan.Zero);
            var (by, purpose) = content is null ? (null, default) : Content.Parts(content);
            // A look that cannot be read is still a look: it is shown, not left out.
            reads.Add(by is null ? new(when, Content.Unknown, Because(row)) : new(when, by, JsonSerializer.Deserialize<string>(purpose.Span, EventNames.Json) ?? ""));
        }
        return reads.DrainToImmutable();
    }

    public Task<IReadOnlyList<ListedRow>> ReadList(PracticeId practice, string list, CancellationToken stop) => lists.Read(practice, list, stop);

    /// <summary>Writes a patient's list rows again from the journal as it stands. False when the journal has moved on.</summary>
    public async Task<bool> ReplaceLists(PracticeId practice, PatientId patient, long version, ImmutableArray<ListRow> rows, CancellationToken stop) =>
        await Append(new(practice, patient, Chain.Entries), version, [], rows, stop);

    async Task<bool> Append(Place at, long expected, List<(DateTimeOffset At, string Name, byte[] Content)> lines, ImmutableArray<ListRow>? rows, CancellationToken stop)
    {
        var practice = await keys.FindOrMake(at.Practice, stop);
        var before = heads.TryGetValue(at, out var held) && held.Head.Sequence == expected ? held : null;
        var head = before?.Head ?? await HeadAt(practice, at, expected, stop);
        if (expected > 0 && head is null) return false;

        var key = await keys.FindOrMake(practice, at.Patient, stop);
        var hash = head?.Hash ?? Head.Beginning;
        var written = new SealedEntry[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            var (when, name, content) = lines[i];
            written[i] = SealedEntry.Make(at, expected + 1 + i, when.UtcTicks, name, KeyRing.Current, key, content, hash);
            hash = written[i].Hash;
        }

        var rowsAfter = rows is { } derived ? ListCache.HashOf(derived) : [];
        // Most entries change no list. What this node itself wrote at this version, and would write again, stays as it is.
        var unchanged = rows is not null && lines.Count > 0 && before is not null && before.Rows.AsSpan().SequenceEqual(rowsAfter) ? before.Head : null;
        var after = unchanged is { ListsAt: var listsAt } ? Head.Sign(practice, at, expected + lines.Count, hash, listsAt) : Head.Sign(practice, at, expected + lines.Count, hash);
        var appending = new Appending(at, expected, written, after, rows is { } all && unchanged is null ? ListCache.Seal(practice, at.Patient, after.Sequence, all) : null);
        if (await tables.Append(appending, stop))
        {
            Hold(at, new(after, rowsAfter));
            return true;
        }

        var now = await tables.Head(at, stop);
        if ((now?.Sequence ?? 0) > expected) return false;
        throw Disagrees(at);
    }

    /// <summary>The head at the expected version; null when the chain ends elsewhere. One whose signature does not hold is never built upon.</summary>
    async ValueTask<Head?> HeadAt(PracticeKeys practice, Place at, long expected, CancellationToken stop)
    {
        var head = await tables.Head(at, stop);
        if (head is null || head.Sequence != expected) return null;
        return head.Holds(practice, at) ? head : throw Disagrees(at);
    }

    /// <summary>Counted here: the dictionary would stop every writer to count itself.</summary>
    void Hold(Place at, Written last)
    {
        if (heads.TryGetValue(at, out var before) ? !heads.TryUpdate(at, last, before) : !heads.TryAdd(at, last)) return;
        if (before is null && Interlocked.Increment(ref holding) >= HeadsHeld)
        {
            Interlocked.Exchange(ref holding, 0);
            heads.Clear();
        }
    }

    /// <summary>What this node last wrote at a place: the end, and the hash of the list rows that went with it.</summary>
    sealed record Written(Head Head, byte[] Rows);

    static StoreTrouble Disagrees(Place at) => new(
        $"The journal of patient {at.Patient} does not agree with its signed end: rows were removed or altered outside Casement. Nothing was written. Run verify to see which, and restore from a backup.");

    static string Because(SealedEntry row) => row.Ciphertext.Length == 0
        ? "This entry is missing from the database. Run verify."
        : "This entry was damaged or altered on disk and cannot be opened. Run verify.";

    /// <summary>Every row after a sequence number with its content; null where it does not open. Rows that are missing are there too, empty: a chart with a hole says so.</summary>
    async Task<IReadOnlyList<(SealedEntry Row, byte[]? Content)>> Opened(Place at, long after, CancellationToken stop)
    {
        // The head first: rows written in between then only make the journal longer.
        var head = await tables.Head(at, stop);
        var rows = await tables.Entries(at, after, stop);
        if (head is null && rows.Count == 0) return [];

        var practice = await keys.Find(at.Practice, stop);
        var opened = new List<(SealedEntry, byte[]?)>(rows.Count);
        var recordedAt = 0L;
        foreach (var row in rows)
        {
            Missing(row.Sequence);
            recordedAt = row.RecordedAtTicks;
            var key = practice is null ? null : await keys.Find(practice, at.Patient, row.KeyId, stop);
            opened.Add((row, key is null ? null : row.Open(at, key)));
        }
        Missing((head?.Sequence ?? 0) + 1);
        return opened;

        void Missing(long before)
        {
            for (var sequence = after + opened.Count + 1; sequence < before; sequence = after + opened.Count + 1)
                opened.Add((new(sequence, recordedAt, "missing", 0, [], [], []), null));
        }
    }
}
