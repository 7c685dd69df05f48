using System.Collections.Immutable;
using System.Diagnostics;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Store;

namespace Casement.Bench;

/// <summary>A journal with the list rows it makes, to be written for many people.</summary>
sealed record Copied(ImmutableArray<Entry> Journal, ImmutableArray<ListRow> Rows);

/// <summary>Fills a store with many copies of few journals, through the store's own append.</summary>
static class Copies
{
    static readonly Actor Nurse = new(ActorKind.Staff, "staff-7", "A Nurse", "PMHNP-BC");

    /// <summary>The smallest record there is of somebody who was seen once.</summary>
    public static ImmutableArray<Entry> Seen(int i, DateTimeOffset at) =>
    [
        new(1, at, Nurse, new PatientAdmitted(new(new($"Person Number {i}"), new DateOnly(1960 + i % 40, 1 + i % 12, 1 + i % 28), $"p{i}@example.org"))),
        new(2, at, Nurse, new FactsRecorded([new("bp-sys-avg", FactValue.Of(110m + i % 30), at, FactSource.Measurement), new("weight-kg", FactValue.Of(60m + i % 40), at, FactSource.Measurement)])),
    ];

    /// <summary>Ids as they are given, at random, in the order in which the database keeps them: written so, a million take minutes.</summary>
    public static ImmutableArray<PatientId> Ids(int count)
    {
        var random = new Random(7);
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            random.NextBytes(bytes);
            return Convert.ToHexString(bytes);
        }).Order(StringComparer.Ordinal).Select(hex => new PatientId(new Guid(Convert.FromHexString(hex), bigEndian: true)))];
    }

    /// <summary>Writes one journal for each person; stops when the time is over. Answers how many there are.</summary>
    public static async Task<int> Write(RecordRoom room, ImmutableArray<PatientId> people, Func<int, Copied> journal, TimeSpan atMost)
    {
        var (clock, next, written) = (Stopwatch.StartNew(), -1, 0);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < atMost && Interlocked.Increment(ref next) is var i && i < people.Length)
            {
                var (entries, rows) = journal(i);
                if (!await room.Journals.Append(BenchHouse.Practice, people[i], 0, entries, rows, default)) throw new InvalidOperationException("Nobody else writes here.");
                Interlocked.Increment(ref written);
            }
        })));
        Console.WriteLine($"  {written:N0} journals written in {clock.Elapsed.TotalSeconds:N0} s");
        return written;
    }
}
