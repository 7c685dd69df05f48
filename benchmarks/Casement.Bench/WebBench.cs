using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Store;
using Casement.Web;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Bench;

/// <summary>Pages over a practice of many charts, asked by 32 clients without a pause, in the same two cores.</summary>
static partial class WebBench
{
    const int Clients = 32;

    static readonly PracticeId Practice = new(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000be7c"));
    static readonly Actor Nurse = new(ActorKind.Staff, "staff-7", "A Nurse", "PMHNP-BC");

    static StoreSettings Settings => new() { MasterKey = new byte[32], Warn = _ => { } };

    public static async Task Run(string root, int patients, int entries, double seconds, string? only)
    {
        var file = Path.Combine(root, "data", "bench", $"web-{patients}x{entries}.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        // Written once and copied for each run, so that what one run adds does not weigh on the next.
        await using (var seeded = await Stores.Open($"sqlite:{file}", Settings)) await Seed(seeded, patients, entries);
        var copy = Path.Combine(root, "data", "bench", "web.db");
        foreach (var end in (string[])["-wal", "-shm"]) File.Delete(copy + end);
        File.Copy(file, copy, overwrite: true);
        await using var room = await Stores.Open($"sqlite:{copy}", Settings);
        await ChartReads(room, patients, seconds);
        // Furnished with every definition, as it is when served: what follows from an answer is worked out here too.
        var app = CasementWeb.Build(new BenchHouse(root).Over(room, TimeProvider.System) with { Practice = Practice, Background = true, SignInsPerMinute = 10_000 });
        await app.StartAsync();
        var address = AddressOf(app);
        // A practice in use: the charts have been opened before and are in memory, as far as they fit.
        var (desk, clock) = (app.Services.GetRequiredService<Desk>(), Stopwatch.StartNew());
        await Parallel.ForAsync(0, patients, async (i, stop) => _ = await desk.Peek(new(Patient(i)), stop));
        Console.WriteLine($"{patients:N0} charts opened in {clock.Elapsed.TotalSeconds:N0} s; resident {Environment.WorkingSet / 1_048_576:N0} MB");
        if (only is null or "charts") await ChartPages(app, patients, seconds);
        if (only is null or "check-ins") await CheckInsSaved(app, address, patients / 10, seconds);
        await app.StopAsync();
    }

    /// <summary>What lies under every page: a journal opened and folded, one after another, nothing kept.</summary>
    static async Task ChartReads(RecordRoom room, int patients, double seconds)
    {
        var (random, count, folding, clock) = (new Random(7), 0, 0L, new Stopwatch());
        for (var until = TimeSpan.FromSeconds(seconds / 2); clock.Elapsed < until; count++)
        {
            if (count == 200) clock.Start();
            var journal = await room.Journals.Read(Practice, new(Patient(random.Next(patients))), default);
            var began = Stopwatch.GetTimestamp();
            _ = Chart.From(journal);
            if (count >= 200) folding += Stopwatch.GetTimestamp() - began;
        }
        var each = clock.Elapsed.TotalMicroseconds / (count - 200);
        Console.WriteLine($"a journal opened and folded: {each:N0} µs, {Stopwatch.GetElapsedTime(0, folding).TotalMicroseconds / (count - 200):N0} of it the fold");
    }

    /// <summary>Connections of a clinician who is signed in.</summary>
    public static async Task<List<RawClient>> SignedIn(WebApplication app, int count)
    {
        var address = AddressOf(app);
        await using var scope = app.Services.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<StaffDoorway>().DemoLink(new("Bench Nurse", "bench@practice.example", [Role.Clinician]), default);
        var first = new RawClient(address);
        await Press(first, link.PathAndQuery);
        return [first, .. Enumerable.Range(1, count - 1).Select(_ => first.Another(address))];
    }

    static Uri AddressOf(WebApplication app) =>
        new($"http://localhost:{new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port}");

    static async Task ChartPages(WebApplication app, int patients, double seconds)
    {
        var clients = await SignedIn(app, Clients);
        await Measure("chart page", clients, seconds, (client, random) => client.Get($"/staff/patients/{Patient(random.Next(patients))}"));
        foreach (var client in clients) client.Dispose();
    }

    /// <summary>Check-ins of people in a course: one in ten, whose charts are then in memory.</summary>
    static async Task CheckInsSaved(WebApplication app, Uri address, int people, double seconds)
    {
        var (desk, door, plan, now) = (app.Services.GetRequiredService<Desk>(), app.Services.GetRequiredService<LinkDoor>(), app.Services.GetRequiredService<WebOptions>().CheckIns, DateTimeOffset.UtcNow);
        var pages = new string[people];
        await Parallel.ForAsync(0, people, async (i, stop) =>
        {
            var (patient, checkIn) = (new PatientId(Patient(i)), Guid.NewGuid());
            await desk.CarryOut(patient, Nurse, chart => CheckingIn.Send(chart, plan, new(checkIn, "pulse", Guid.NewGuid(), now)), stop);
            pages[i] = door.Address(patient, checkIn, CheckingIn.Room).AbsolutePath + "/answers";
        });
        List<RawClient> clients = [.. Enumerable.Range(0, Clients).Select(_ => new RawClient(address))];
        await Measure("check-in saved", clients, seconds, (client, random) =>
            client.Post(pages[random.Next(people)], $"scale=pulse&item-1={2 + random.Next(8)}&item-2={random.Next(10)}&item-3={1 + random.Next(9)}&item-4={random.Next(10)}&item-5=0"));
        foreach (var client in clients) client.Dispose();
    }

    /// <summary>Asks without a pause for some seconds, after twice as long to warm up; prints rate and waits, and answers the waits in order.</summary>
    public static async Task<List<double>> Measure(string what, List<RawClient> clients, double seconds, Func<RawClient, Random, Task<(int Status, string)>> ask)
    {
        List<double> sorted = [];
        foreach (var span in (double[])[seconds * 2, seconds])
        {
            var (until, processor, paused, allocated, bytes) = (Stopwatch.GetTimestamp() + (long)(span * Stopwatch.Frequency), Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes(), 0L);
            var all = await Task.WhenAll(clients.Select((client, i) => Task.Run(async () =>
            {
                var waits = new List<double>();
                var random = new Random(i);
                while (Stopwatch.GetTimestamp() < until)
                {
                    var began = Stopwatch.GetTimestamp();
                    var (status, _) = await ask(client, random);
                    waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    if (status is not (200 or 302 or 303)) throw new InvalidOperationException($"{what}: status {status}");
                    Interlocked.Add(ref bytes, client.Received);
                }
                return waits;
            })));
            if (span > seconds) continue;
            sorted = [.. all.SelectMany(w => w).Order()];
            var cpu = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / sorted.Count;
            Console.WriteLine($"{what}: {clients.Count} clients, {sorted.Count / span:N0}/s; median {At(sorted, 0.5):N1} ms, 95% {At(sorted, 0.95):N1} ms, 99% {At(sorted, 0.99):N1} ms; {cpu:N0} µs of processor each, client included; {bytes / (double)sorted.Count / 1024:N1} KiB each, {(GC.GetTotalAllocatedBytes() - allocated) / (double)sorted.Count / 1024:N0} KiB allocated; memory cleared {(GC.GetTotalPauseDuration() - paused) / TimeSpan.FromSeconds(span):P1} of the time");
        }
        return sorted;
    }

    static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    /// <summary>Opens a page and presses its first button.</summary>
    static async Task Press(RawClient client, string path)
    {
        var (_, html) = await client.Get(path, keepBody: true);
        var fields = Hidden().Matches(html).Select(m => $"{Uri.EscapeDataString(m.Groups[1].Value)}={Uri.EscapeDataString(m.Groups[2].Value)}");
        var (status, _) = await client.Post(path, string.Join('&', fields));
        if (status is not (302 or 303)) throw new InvalidOperationException($"Pressing the button on {path} answered {status}.");
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
    private static partial Regex Hidden();

    static async Task Seed(RecordRoom room, int patients, int entries)
    {
        if ((await room.Journals.ReadList(Practice, PatientDirectory.List, default)).Count == patients) return;
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, patients), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, stop) =>
        {
            var patient = new PatientId(Patient(i));
            if (await room.Journals.Version(Practice, patient, stop) > 0) return;
            var journal = Journal(i, entries);
            await room.Journals.Append(Practice, patient, 0, journal, Lists.Rows(patient, Chart.From(journal)), stop);
        });
        Console.WriteLine($"{patients:N0} charts of {entries} entries written in {clock.Elapsed.TotalSeconds:N0} s");
    }

    static Guid Patient(int i) => new(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x42);

    /// <summary>Two years of care: pressures, weights and answers, every couple of days.</summary>
    static ImmutableArray<Entry> Journal(int i, int entries)
    {
        var start = new DateTimeOffset(2024, 11, 1, 9, 0, 0, TimeSpan.Zero).AddMinutes(i);
        var random = new Random(i);
        return [.. Enumerable.Range(0, entries).Select(n =>
        {
            var at = start.AddDays(n * 2.4);
            PatientEvent what = n == 0
                ? new PatientAdmitted(new(new($"Person Number {i}"), new DateOnly(1960 + i % 40, 1 + i % 12, 1 + i % 28), $"p{i}@example.org"))
                : new FactsRecorded((n % 4) switch
                {
                    0 => [Fact("bp-sys-avg", 110 + random.Next(30), at), Fact("bp-dia-avg", 65 + random.Next(20), at)],
                    1 => [Fact("weight-kg", 60 + random.Next(40), at)],
                    2 => [new("pregnant", FactValue.Of(false), at, FactSource.Patient)],
                    _ => [Fact("hr-rest", 60 + random.Next(30), at)],
                });
            return new Entry(n + 1, at, Nurse, what);
        })];
    }

    static RecordedFact Fact(string id, decimal value, DateTimeOffset at) => new(id, FactValue.Of(value), at, FactSource.Measurement);
}
