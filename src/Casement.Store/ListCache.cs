using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store;

/// <summary>Lists across patients, opened once and held in memory. Each reading asks the database which buckets changed and opens only what is new, so several nodes agree.</summary>
sealed class ListCache(ITables tables, KeyRing keys)
{
    readonly ConcurrentDictionary<(PracticeId, string), Held> lists = [];

    public static IReadOnlyList<SealedList> Seal(PracticeKeys practice, PatientId patient, long version, ImmutableArray<ListRow> rows) =>
    [
        .. rows.GroupBy(r => r.List).Select(list => new SealedList(
            patient,
            list.Key,
            version,
            practice.Lists.Close(JsonSerializer.SerializeToUtf8Bytes(list.Select(r => r.Json)), SealedList.Context(practice.Practice, patient, list.Key, version)))),
    ];

    /// <summary>Tells whether two sets of rows are the same without keeping either.</summary>
    public static byte[] HashOf(ImmutableArray<ListRow> rows)
    {
        var text = ArrayPool<char>.Shared.Rent(rows.Sum(r => r.List.Length + r.Json.Length + 2));
        try
        {
            var length = 0;
            foreach (var part in rows.SelectMany(r => (string[])[r.List, "\n", r.Json, "\n"]))
            {
                part.CopyTo(text.AsSpan(length));
                length += part.Length;
            }
            return SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan(0, length)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text, clearArray: true);
        }
    }

    public async Task<IReadOnlyList<ListedRow>> Read(PracticeId practice, string list, CancellationToken stop)
    {
        if (await keys.Find(practice, stop) is not { } practiceKeys) return [];
        var held = lists.GetOrAdd((practice, list), _ => new());
        var changes = await tables.ListChanges(practice, stop);
        await held.Turn.WaitAsync(stop);
        try
        {
            foreach (var (bucket, counter) in changes.Where(c => c.Counter > held.Seen.GetValueOrDefault(c.Bucket)))
            {
                foreach (var row in await tables.ListsSince(practice, list, bucket, held.Seen.GetValueOrDefault(bucket), stop))
                {
                    held.Rows[row.Patient] = Open(practiceKeys, row);
                    held.Flat = null;
                }
                held.Seen[bucket] = counter;
            }
            return held.Flat ??= [.. held.Rows.OrderBy(p => p.Key.Value).SelectMany(p => p.Value)];
        }
        finally
        {
            held.Turn.Release();
        }
    }

    /// <summary>The rows; trouble when they do not open, because a list with somebody missing looks complete.</summary>
    static ImmutableArray<ListedRow> Open(PracticeKeys practice, SealedList row)
    {
        if (row.Ciphertext is not { } sealedRows) return [];
        var opened = practice.Lists.Open(sealedRows, SealedList.Context(practice.Practice, row.Patient, row.List, row.Version))
            ?? throw new StoreTrouble($"The row of patient {row.Patient} in the list \"{row.List}\" was altered on disk. The journals are kept apart from it: run rebuild to derive the lists again.");
        return [.. (JsonSerializer.Deserialize<string[]>(opened) ?? []).Select(json => new ListedRow(row.Patient, json))];
    }

    sealed class Held
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public Dictionary<short, long> Seen { get; } = [];
        public Dictionary<PatientId, ImmutableArray<ListedRow>> Rows { get; } = [];
        public IReadOnlyList<ListedRow>? Flat { get; set; }
    }
}
