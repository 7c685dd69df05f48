using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store.Memory;

/// <summary>The tables in memory, sealed like the others; for tests and for a look around. Everything is gone when the program ends.</summary>
sealed class MemoryTables : ITables
{
    readonly Lock one = new();
    readonly List<WrappedKey> practiceKeys = [];
    readonly Dictionary<(PracticeId, PatientId, int), byte[]> patientKeys = [];
    readonly Dictionary<Place, Head> heads = [];
    readonly Dictionary<Place, List<SealedEntry>> rows = [];
    readonly Dictionary<(PracticeId, PatientId, string), SealedList> lists = [];
    readonly Dictionary<(PracticeId, short), long> changes = [];
    readonly Dictionary<(PracticeId, string, string), SealedShelf> shelf = [];
    readonly Dictionary<PracticeId, List<SealedCheckpoint>> checkpoints = [];

    public Task<IReadOnlyList<WrappedKey>> PracticeKeys(CancellationToken stop) => Locked<IReadOnlyList<WrappedKey>>(() => [.. practiceKeys], stop);

    public Task AddPracticeKey(WrappedKey key, CancellationToken stop) => Locked(
        () =>
        {
            if (practiceKeys.All(k => (k.Practice, k.KeyId) != (key.Practice, key.KeyId))) practiceKeys.Add(key);
            return true;
        },
        stop);

    public Task<byte[]?> PatientKey(PracticeId practice, PatientId patient, int keyId, CancellationToken stop) => Locked(() => patientKeys.GetValueOrDefault((practice, patient, keyId)), stop);

    public Task AddPatientKey(PatientId patient, WrappedKey key, CancellationToken stop) => Locked(() => patientKeys.TryAdd((key.Practice, patient, key.KeyId), key.Wrapped), stop);

    public Task<Head?> Head(Place at, CancellationToken stop) => Locked(() => heads.GetValueOrDefault(at), stop);

    public Task<IReadOnlyList<SealedEntry>> Entries(Place at, long after, CancellationToken stop) => Locked<IReadOnlyList<SealedEntry>>(() => [.. rows.GetValueOrDefault(at, []).Where(r => r.Sequence > after)], stop);

    public Task<bool> Append(Appending what, CancellationToken stop) => Locked(
        () =>
        {
            if ((heads.GetValueOrDefault(what.At)?.Sequence ?? 0) != what.Expected) return false;
            heads[what.At] = what.Head;
            if (!rows.TryGetValue(what.At, out var chain)) rows[what.At] = chain = [];
            chain.AddRange(what.Rows);
            if (what.Lists is { } now) Replace(what.At.Practice, what.At.Patient, what.Head.Sequence, now);
            return true;
        },
        stop);

    public Task<IReadOnlyList<Place>> Places(CancellationToken stop) => Locked<IReadOnlyList<Place>>(
        () => [.. heads.Keys.Concat(rows.Keys).Concat(patientKeys.Keys.Select(k => new Place(k.Item1, k.Item2, Chain.Entries))).Where(p => p.Chain != Chain.Checkpoints).Distinct()],
        stop);

    public Task<IReadOnlyList<(PatientId Patient, Chain Chain, Head Head)>> Heads(PracticeId practice, CancellationToken stop) => Locked<IReadOnlyList<(PatientId, Chain, Head)>>(
        () => [.. heads.Where(h => h.Key.Practice == practice && h.Key.Chain != Chain.Checkpoints).OrderBy(h => h.Key.Patient.Value).ThenBy(h => h.Key.Chain).Select(h => (h.Key.Patient, h.Key.Chain, h.Value))],
        stop);

    public Task<IReadOnlyList<(short Bucket, long Counter)>> ListChanges(PracticeId practice, CancellationToken stop) => Locked<IReadOnlyList<(short, long)>>(
        () => [.. changes.Where(c => c.Key.Item1 == practice).Select(c => (c.Key.Item2, c.Value))],
        stop);

    public Task<IReadOnlyList<SealedList>> ListsSince(PracticeId practice, string list, short bucket, long changed, CancellationToken stop) => Locked<IReadOnlyList<SealedList>>(
        () => [.. lists.Where(l => l.Key.Item1 == practice && l.Key.Item3 == list && SealedList.BucketOf(l.Key.Item2) == bucket && l.Value.Changed > changed).Select(l => l.Value)],
        stop);

    public Task<IReadOnlyList<SealedList>> Lists(PracticeId practice, CancellationToken stop) => Locked<IReadOnlyList<SealedList>>(() => [.. lists.Where(l => l.Key.Item1 == practice).Select(l => l.Value)], stop);

    public Task<IReadOnlyList<SealedShelf>> Shelf(PracticeId practice, string? kind, CancellationToken stop) => Locked<IReadOnlyList<SealedShelf>>(
        () => [.. shelf.Where(d => d.Key.Item1 == practice && (kind is null || d.Key.Item2 == kind)).Select(d => d.Value)],
        stop);

    public Task<SealedShelf?> Shelf(PracticeId practice, string kind, byte[] name, CancellationToken stop) => Locked(() => shelf.GetValueOrDefault((practice, kind, Convert.ToHexString(name))), stop);

    public Task<bool> PutOnShelf(PracticeId practice, SealedShelf document, CancellationToken stop) => Locked(
        () =>
        {
            var place = (practice, document.Kind, Convert.ToHexString(document.Name));
            if ((shelf.GetValueOrDefault(place)?.Version ?? 0) != document.Version - 1) return false;
            shelf[place] = document;
            return true;
        },
        stop);

    public Task TakeFromShelf(PracticeId practice, string kind, byte[] name, CancellationToken stop) => Locked(() => shelf.Remove((practice, kind, Convert.ToHexString(name))), stop);

    public Task<IReadOnlyList<SealedCheckpoint>> Checkpoints(PracticeId practice, CancellationToken stop) => Locked<IReadOnlyList<SealedCheckpoint>>(() => [.. checkpoints.GetValueOrDefault(practice, [])], stop);

    public Task<bool> AddCheckpoint(PracticeId practice, SealedCheckpoint checkpoint, Head head, CancellationToken stop) => Locked(
        () =>
        {
            if (!checkpoints.TryGetValue(practice, out var all)) checkpoints[practice] = all = [];
            if (all.Count != checkpoint.Number - 1) return false;
            all.Add(checkpoint);
            heads[SealedCheckpoint.PlaceOf(practice)] = head;
            return true;
        },
        stop);

    public Task CopyTo(string newFile, CancellationToken stop) =>
        throw new StoreTrouble("Records held in memory are not backed up: they are gone when the program ends. Nothing was written. Use a SQLite or PostgreSQL database.");

    Task<T> Locked<T>(Func<T> act, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (one) return Task.FromResult(act());
    }

    void Replace(PracticeId practice, PatientId patient, long version, IReadOnlyList<SealedList> now)
    {
        var bucket = (practice, SealedList.BucketOf(patient));
        var changed = changes[bucket] = changes.GetValueOrDefault(bucket) + 1;
        foreach (var gone in lists.Where(l => l.Key.Item1 == practice && l.Key.Item2 == patient).ToList())
            lists[gone.Key] = gone.Value with { Version = version, Ciphertext = null, Changed = changed };
        foreach (var list in now) lists[(practice, patient, list.List)] = list with { Changed = changed };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
