using System.Collections.Immutable;
using System.Diagnostics;
using Casement.CheckIns;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Store;
using Casement.Web;
using Casement.Web.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Bench;

/// <summary>Courses in a large practice: what one check-in costs, how soon the worklist is there, how long a round over everybody takes.</summary>
static class CourseBench
{
    static readonly Actor Patient = new(ActorKind.Patient, "p", "Somebody");

    public static async Task Run(string root, bool quick, string? only)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"casement-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var house = new BenchHouse(root);
            var now = TimeProvider.System.GetUtcNow();
            await using var invented = await Stores.Open("memory:", BenchHouse.Settings);
            var clock = Stopwatch.StartNew();
            await house.Invent(invented, people: 20, now);
            await Settle(house, invented, now);
            var people = await Read(house, invented, now);
            Console.WriteLine($"{people.Length} people invented in {clock.Elapsed.TotalSeconds:N0} s, of whom {people.Count(InCourse)} are in a course; {people.Where(InCourse).Average(p => p.Journal.Length):N0} entries each");
            if (only is null or "check-ins") await CheckIns(house, folder, people, now, quick ? 50_000 : 1_000_000);
            if (only is null or "worklist") await Worklists(house, folder, people, quick ? 1_000 : 10_000);
            if (only is null or "sweep") await Sweep(house, folder, people, now, quick ? 5_000 : 100_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static bool InCourse(Copied person) => person.Rows.Any(r => r.List == Cohort.List);

    /// <summary>Everything due by now is done, so that what falls due later is a day's worth.</summary>
    static async Task Settle(BenchHouse house, RecordRoom room, DateTimeOffset now)
    {
        await using var app = CasementWeb.Build(house.Over(room, new BenchClock(now)));
        for (var round = 0; round < 2; round++)
            foreach (var chore in app.Services.GetServices<Chore>()) await chore.Run(default);
    }

    static async Task<ImmutableArray<Copied>> Read(BenchHouse house, RecordRoom room, DateTimeOffset now)
    {
        var rows = BenchHouse.Following(house.Over(room, new BenchClock(now))).Rows;
        var people = ImmutableArray.CreateBuilder<Copied>();
        foreach (var patient in await room.Patients(BenchHouse.Practice, default))
        {
            var journal = await room.Journals.Read(BenchHouse.Practice, patient, 0, default);
            people.Add(new(journal, rows(patient, Chart.From(journal))));
        }
        return people.ToImmutable();
    }

    /// <summary>The same answers in a small and in a large database, turn and turn about, so that whatever else the machine does hits both.</summary>
    static async Task CheckIns(BenchHouse house, string folder, ImmutableArray<Copied> people, DateTimeOffset now, int large)
    {
        const int small = 1_000;
        var (sent, closes) = (DerivedId.Of("bench check-in"), now);
        var inCourse = people.Where(p => InCourse(p) && Chart.From(p.Journal).Who is { Email.Length: > 0 }).ToArray();
        var rows = BenchHouse.Following(house.Over(await Stores.Open("memory:", BenchHouse.Settings), new BenchClock(now))).Rows;
        // Whoever answers is in a course and was sent a check-in; the others were seen once.
        var asking = inCourse.Select(p =>
        {
            var chart = Chart.From(p.Journal);
            if (CheckingIn.Send(chart, house.Furnished.CheckIns, new(sent, "pulse", DerivedId.Of("bench message"), closes)) is var decided && decided is not Accepted) throw new InvalidOperationException($"A check-in could not be sent: {decided}");
            var events = ((Accepted)decided).Events;
            ImmutableArray<Entry> journal = [.. p.Journal, .. events.Select((e, i) => new Entry(chart.Version + 1 + i, now, Actor.Casement, e))];
            return new Copied(journal, rows(default, Chart.From(journal)));
        }).ToArray();

        var rooms = new List<(RecordRoom Room, ImmutableArray<PatientId> Answering)>();
        foreach (var size in (int[])[small, large])
        {
            var path = $"sqlite:{Path.Combine(folder, $"check-ins-{size}.db")}";
            var ids = Copies.Ids(size);
            var every = size / small;
            await using (var seeding = await Stores.Open(path, BenchHouse.Settings))
            {
                var written = await Copies.Write(seeding, ids, i => i % every == 0 ? asking[i / every % asking.Length] : Copies.Seen(i, now) is var seen ? new(seen, rows(default, Chart.From(seen))) : throw new UnreachableException(), TimeSpan.FromMinutes(3));
                ids = ids[..Math.Min(written, ids.Length)];
            }
            var room = await Stores.Open(path, BenchHouse.Settings);
            rooms.Add((room, [.. ids.Where((_, i) => i % every == 0)]));
            Console.WriteLine($"  {size:N0} patients: {new FileInfo(Path.Combine(folder, $"check-ins-{size}.db")).Length / 1_048_576.0:N0} MB, {rooms[^1].Answering.Length} answer");
        }
        var following = rooms.ConvertAll(r => BenchHouse.Following(house.Over(r.Room, TimeProvider.System)));
        var desks = rooms.Select((r, i) => new Desk(r.Room.Journals, BenchHouse.Practice, following[i].Rows, TimeProvider.System, following[i].Of, 100_000_000)).ToArray();
        var most = rooms.Min(r => r.Answering.Length);
        foreach (var (what, turn) in (string[])["chart not in memory", "chart in memory"] is var rounds ? rounds.Select((r, i) => (r, i)) : [])
        {
            List<double>[] waits = [[], []];
            for (var i = 0; i < most; i++)
                for (var side = 0; side < 2; side++)
                {
                    var which = (i + side) % 2;
                    var began = Stopwatch.GetTimestamp();
                    var items = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("1", 6m + turn), new("2", 6m), new("3", 6m), new("4", (decimal)(i % 10)), new("5", 0m)]);
                    if (await desks[which].CarryOut(rooms[which].Answering[i], Patient, chart => CheckingIn.Answer(chart, house.Furnished.CheckIns, house.Furnished.ScaleFacts, new(sent, "pulse", items, TimeProvider.System.GetUtcNow())), default) is not Accepted) throw new InvalidOperationException("An answer was not taken.");
                    // The first hundred find the program cold.
                    if (i >= 100) waits[which].Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                }
            foreach (var side in waits) side.Sort();
            Say($"a check-in, {what}: {small:N0} patients {At(waits[0], 0.5):N0} µs (95% {At(waits[0], 0.95):N0}), {large:N0} patients {At(waits[1], 0.5):N0} µs (95% {At(waits[1], 0.95):N0})", At(waits[1], 0.5) / At(waits[0], 0.5), 1.3, "times");
        }
        foreach (var (room, _) in rooms) await room.DisposeAsync();
    }

    static async Task Worklists(BenchHouse house, string folder, ImmutableArray<Copied> people, int patients)
    {
        var ids = Copies.Ids(patients);
        var waiting = people.Where(p => p.Rows.Count(r => r.List == Worklist.List) is > 0 and <= 3).ToArray();
        await using var room = await Stores.Open($"sqlite:{Path.Combine(folder, "worklist.db")}", BenchHouse.Settings);
        var now = TimeProvider.System.GetUtcNow();
        var rows = BenchHouse.Following(house.Over(room, TimeProvider.System)).Rows;
        await Copies.Write(room, ids, i => i % 10 < 3 ? waiting[i % waiting.Length] : Copies.Seen(i, now) is var seen ? new(seen, rows(default, Chart.From(seen))) : throw new UnreachableException(), TimeSpan.FromMinutes(3));
        var app = CasementWeb.Build(house.Over(room, TimeProvider.System));
        await app.StartAsync();
        var (desk, stopped) = (app.Services.GetRequiredService<Desk>(), false);
        var held = (await room.Journals.ReadList(BenchHouse.Practice, Worklist.List, default)).Count;
        foreach (var (clients, writes) in ((int, int)[])[(1, 0), (8, 0), (8, 20)])
        {
            stopped = false;
            var writing = Task.Run(async () =>
            {
                // Elsewhere somebody's task is opened, so that the list is another one at each look.
                for (var i = 0; writes > 0 && !Volatile.Read(ref stopped); i++)
                {
                    await desk.CarryOut(ids[i * 37 % ids.Length], Actor.Casement, chart => Tasks.Open(chart, new(Guid.NewGuid(), "Call the pharmacy", "", "", now.AddDays(1), DueUnit.Hours), now), default);
                    await Task.Delay(1000 / writes);
                }
            });
            var browsers = await WebBench.SignedIn(app, clients);
            var sorted = await WebBench.Measure($"  worklist of {held:N0} rows{(writes > 0 ? $", {writes} changes a second" : "")}", browsers, 8, (client, _) => client.Get("/staff"));
            Volatile.Write(ref stopped, true);
            await writing;
            foreach (var browser in browsers) browser.Dispose();
            Say($"worklist of {patients:N0} patients, {clients} client{(clients > 1 ? "s" : "")}{(writes > 0 ? $", {writes} changes a second" : "")}: 95%", At(sorted, 0.95), 50, "ms");
        }
        await app.StopAsync();
    }

    static async Task Sweep(BenchHouse house, string folder, ImmutableArray<Copied> people, DateTimeOffset now, int patients)
    {
        var ids = Copies.Ids(patients);
        // A dozen sittings and more; the longest are left out, to be written in the time there is.
        var inCourse = people.Where(InCourse).OrderBy(p => p.Journal.Length).ToArray();
        inCourse = inCourse[..(inCourse.Length / 2)];
        Console.WriteLine($"  in a course: {inCourse.Length} kinds of journals, {inCourse.Average(p => p.Journal.Length):N0} entries and {inCourse.Average(p => Chart.From(p.Journal).Scales.Count):N0} answered scales each");
        await using var room = await Stores.Open($"sqlite:{Path.Combine(folder, "sweep.db")}", BenchHouse.Settings);
        var clock = new BenchClock(now.AddMinutes(10));
        var rows = BenchHouse.Following(house.Over(room, clock)).Rows;
        patients = await Copies.Write(room, ids, i => i % 5 == 0 ? inCourse[i / 5 % inCourse.Length] : Copies.Seen(i, now) is var seen ? new(seen, rows(default, Chart.From(seen))) : throw new UnreachableException(), TimeSpan.FromMinutes(2.5));
        // The round has one core, as it has beside pages on a small machine.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) Process.GetCurrentProcess().ProcessorAffinity = 1;
        foreach (var (what, at) in ((string, DateTimeOffset)[])[("the first round after a start", now.AddMinutes(10)), ("an hour with nothing due", now.AddMinutes(20)), ("the next morning", now.AddHours(24)), ("an hour later", now.AddHours(25))])
        {
            clock.Now = at;
            // As after a start: nothing is in memory but what the round before has left behind.
            var counted = new Counting(room.Journals);
            await using var app = CasementWeb.Build(house.Over(room, clock) with { Journals = counted });
            var (all, parts) = (Stopwatch.StartNew(), new List<string>());
            foreach (var chore in app.Services.GetServices<Chore>())
            {
                var began = Stopwatch.GetTimestamp();
                await chore.Run(default);
                if (Stopwatch.GetElapsedTime(began).TotalSeconds is > 0.05 and var took) parts.Add($"{chore.Name} {took:N1} s");
            }
            var seconds = all.Elapsed.TotalSeconds;
            Say($"a round over {patients:N0} patients, {what}: {counted.Opened:N0} journals opened, {counted.Written:N0} written to; {string.Join(", ", parts)}; {Environment.WorkingSet / 1_048_576:N0} MB resident;", seconds, 60, "s");
        }
    }

    static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    static void Say(string what, double figure, double limit, string unit) => Console.WriteLine($"{what} {figure:N2} {unit}, limit {limit} {unit} ({limit / figure:N2})");

    /// <summary>Counts what a round does to journals.</summary>
    sealed class Counting(IJournals journals) : IJournals
    {
        public int Opened { get; private set; }

        public int Written { get; private set; }

        public async Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, long after, CancellationToken stop)
        {
            Opened++;
            return await journals.Read(practice, patient, after, stop);
        }

        public async Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop)
        {
            Written++;
            return await journals.Append(practice, patient, expected, entries, rows, stop);
        }

        public Task<long> Version(PracticeId practice, PatientId patient, CancellationToken stop) => journals.Version(practice, patient, stop);

        public Task<IReadOnlyList<ListedRow>> ReadList(PracticeId practice, string list, CancellationToken stop) => journals.ReadList(practice, list, stop);

        public Task NoteRead(PracticeId practice, PatientId patient, ChartRead read, CancellationToken stop) => journals.NoteRead(practice, patient, read, stop);

        public Task<ImmutableArray<ChartRead>> Reads(PracticeId practice, PatientId patient, int last, CancellationToken stop) => journals.Reads(practice, patient, last, stop);
    }
}
