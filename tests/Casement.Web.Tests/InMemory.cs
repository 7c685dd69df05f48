using System.Collections.Concurrent;
using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Web.Tests;

/// <summary>Journals and a shelf that last as long as the test.</summary>
public sealed class InMemory : IJournals, IShelf
{
    readonly ConcurrentDictionary<PatientId, ImmutableArray<Entry>> journals = new();
    readonly ConcurrentDictionary<PatientId, ImmutableArray<ListRow>> lists = new();
    readonly ConcurrentDictionary<PatientId, ImmutableArray<ChartRead>> reads = new();
    readonly ConcurrentDictionary<(string Kind, string Key), Shelved> shelf = new();
    readonly Lock writing = new();

    public Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, long after, CancellationToken stop) =>
        Task.FromResult(journals.GetValueOrDefault(patient, []).RemoveAll(e => e.Sequence <= after));

    public Task<long> Version(PracticeId practice, PatientId patient, CancellationToken stop) => Task.FromResult((long)journals.GetValueOrDefault(patient, []).Length);

    public Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop)
    {
        lock (writing)
        {
            var before = journals.GetValueOrDefault(patient, []);
            if (before.Length != expected) return Task.FromResult(false);
            journals[patient] = before.AddRange(entries);
            lists[patient] = rows;
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<ListedRow>> ReadList(PracticeId practice, string list, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<ListedRow>>([.. lists.SelectMany(l => l.Value.Where(r => r.List == list).Select(r => new ListedRow(l.Key, r.Json)))]);

    public Task NoteRead(PracticeId practice, PatientId patient, ChartRead read, CancellationToken stop)
    {
        reads.AddOrUpdate(patient, [read], (_, before) => before.Add(read));
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<ChartRead>> Reads(PracticeId practice, PatientId patient, int last, CancellationToken stop) =>
        Task.FromResult<ImmutableArray<ChartRead>>([.. reads.GetValueOrDefault(patient, []).TakeLast(last)]);

    public Task<IReadOnlyList<Shelved>> ReadAll(PracticeId practice, string kind, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Shelved>>([.. shelf.Values.Where(s => s.Kind == kind)]);

    public Task<Shelved?> Read(PracticeId practice, string kind, string key, CancellationToken stop) => Task.FromResult(shelf.GetValueOrDefault((kind, key)));

    public Task<bool> Write(PracticeId practice, string kind, string key, long expected, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        lock (writing)
        {
            if ((shelf.GetValueOrDefault((kind, key))?.Version ?? 0) != expected) return Task.FromResult(false);
            shelf[(kind, key)] = new(kind, key, expected + 1, content.ToArray());
            return Task.FromResult(true);
        }
    }

    public Task Remove(PracticeId practice, string kind, string key, CancellationToken stop)
    {
        shelf.TryRemove((kind, key), out _);
        return Task.CompletedTask;
    }
}
