using System.Diagnostics;
using Casement.Clearance;
using Casement.Journal;
using Casement.Store;

namespace Casement.Bench;

/// <summary>How many sealed, chained entries a second are on the disk before they are confirmed; beside it, how often this disk syncs at all.</summary>
static class StoreBench
{
    static readonly Actor Nurse = new(ActorKind.Staff, "staff-7", "A Nurse", "PMHNP-BC");

    /// <param name="folder">A folder on the disk to measure.</param>
    /// <param name="postgres">Address of an empty PostgreSQL database; null leaves it out.</param>
    /// <param name="seconds">How long each figure is measured.</param>
    public static async Task Run(string folder, string? postgres = null, double seconds = 3)
    {
        Directory.CreateDirectory(folder);
        Console.WriteLine($"disk: {Syncs(folder, seconds):N0} synced 8 KiB overwrites/s");
        var file = Path.Combine(folder, $"bench-{Guid.NewGuid():N}.db");
        await Measure("SQLite", $"sqlite:{file}", seconds);
        foreach (var left in Directory.GetFiles(folder, Path.GetFileNameWithoutExtension(file) + "*")) File.Delete(left);
        if (postgres is not null) await Measure("PostgreSQL", postgres, seconds);
    }

    static async Task Measure(string name, string address, double seconds)
    {
        await using var room = await Stores.Open(address, new() { MasterKey = new byte[32], Warn = _ => { } });
        // One entry each is the hardest case; a page of a form, or an import, writes several at once.
        foreach (var (writers, each) in ((int, int)[])[(1, 1), (32, 1), (32, 4)])
        {
            await Appends(room.Journals, writers, each, 0.5);
            var processor = Environment.CpuUsage.TotalTime;
            var (entries, waits) = await Appends(room.Journals, writers, each, seconds);
            var microseconds = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / entries;
            Console.WriteLine($"{name}: {writers} writer(s), {each} entr{(each == 1 ? "y" : "ies")} an append: {entries / seconds:N0} durable sealed entries/s; {microseconds:N0} µs of processor an entry; append median {Ms(waits, 0.5)} ms, 99% {Ms(waits, 0.99)} ms");
        }
        var (listed, _) = await Appends(room.Journals, 32, 1, seconds, [new("directory", """{"called":"A Person","legal":"A Person","bornOn":"1987-06-05","lastChangeAt":"2026-03-04T12:00:00+00:00"}""")]);
        Console.WriteLine($"{name}: 32 writer(s), 1 entry and its list row an append: {listed / seconds:N0} durable sealed entries/s");
        var clock = Stopwatch.StartNew();
        var verified = await room.Verify(default);
        Console.WriteLine($"{name}: verify walked {verified.Entries:N0} entries in {clock.Elapsed.TotalSeconds:N1} s ({verified.Entries / clock.Elapsed.TotalSeconds:N0}/s), {verified.Findings.Length} findings");
    }

    static async Task<(long Entries, List<double> WaitsMs)> Appends(IJournals journals, int writers, int each, double seconds, params ListRow[] rows)
    {
        var practice = new PracticeId(Guid.NewGuid());
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var waits = new List<double>();
            var patient = new PatientId(Guid.NewGuid());
            for (var version = 0L; Stopwatch.GetTimestamp() < until; version += each)
            {
                var began = Stopwatch.GetTimestamp();
                var entries = Enumerable.Range(1, each).Select(i => new Entry(version + i, DateTimeOffset.UnixEpoch.AddSeconds(version), Nurse, Answer(i))).ToArray();
                if (!await journals.Append(practice, patient, version, [.. entries], [.. rows], default)) throw new InvalidOperationException("Nobody else writes here.");
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return waits;
        })));
        return (all.Sum(w => (long)w.Count) * each, [.. all.SelectMany(w => w).Order()]);
    }

    static FactsRecorded Answer(int i) => new([new("bp-sys-avg", FactValue.Of(120m + i), DateTimeOffset.UnixEpoch, FactSource.Measurement)]);

    static string Ms(List<double> sorted, double share) => $"{sorted[(int)((sorted.Count - 1) * share)]:N2}";

    static double Syncs(string folder, double seconds)
    {
        var path = Path.Combine(folder, $"sync-{Guid.NewGuid():N}");
        using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose, preallocationSize: 8 << 20);
        var page = new byte[8192];
        for (var offset = 0; offset < 8 << 20; offset += page.Length) RandomAccess.Write(handle, page, offset);
        RandomAccess.FlushToDisk(handle);
        var clock = Stopwatch.StartNew();
        var count = 0L;
        for (; clock.Elapsed.TotalSeconds < seconds; count++)
        {
            RandomAccess.Write(handle, page, count % 1024 * page.Length);
            RandomAccess.FlushToDisk(handle);
        }
        return count / clock.Elapsed.TotalSeconds;
    }
}
