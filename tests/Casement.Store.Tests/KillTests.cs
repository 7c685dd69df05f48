using System.Diagnostics;
using Casement.Clearance;
using Casement.Journal;
using Xunit;

namespace Casement.Store.Tests;

/// <summary>An acknowledged write survives SIGKILL of the writer.</summary>
public sealed class KilledOnSqlite(OnSqlite sqlite) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost()
    {
        var address = sqlite.NewAddress();
        var practice = Sample.NewPractice();
        for (var round = 1; round <= KilledWriter.Rounds; round++)
            await KilledWriter.Check(address, practice, round, await KilledWriter.Killed(address, practice, round, () => { }));
    }
}

/// <summary>An acknowledged write survives SIGKILL of the writer and of the database server.</summary>
public sealed class KilledOnPostgres
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Nothing_acknowledged_is_lost()
    {
        using var server = new PostgresServer();
        var address = server.Address;
        var practice = Sample.NewPractice();
        for (var round = 1; round <= KilledWriter.Rounds; round++)
        {
            // Every fourth time the server goes first, in the middle of its commits.
            var alsoServer = round % 4 == 0;
            var said = await KilledWriter.Killed(address, practice, round, alsoServer ? server.Kill : () => { });
            if (alsoServer)
            {
                Npgsql.NpgsqlConnection.ClearAllPools();
                server.Start();
            }
            await KilledWriter.Check(address, practice, round, said);
        }
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_server_that_is_down_is_trouble_in_a_sentence_and_work_goes_on_when_it_is_back()
    {
        using var server = new PostgresServer();
        await using var room = await Stores.Open(server.Address, Sample.Settings, Stop);
        var (practice, patient) = (Sample.NewPractice(), Sample.NewPatient());
        Assert.True(await room.Journals.Append(practice, patient, 0, Sample.Entries(0, 1), [], Stop));

        server.Kill();
        foreach (var attempt in (Func<Task>[])
        [
            () => room.Journals.Append(practice, patient, 1, Sample.Entries(1, 1), [], Stop),
            () => room.Journals.Version(practice, patient, Stop),
            async () => await (await Stores.Open(server.Address, Sample.Settings, Stop)).DisposeAsync(),
        ])
        {
            var trouble = await Assert.ThrowsAsync<StoreTrouble>(attempt);
            Assert.Matches("(cannot be reached|is stopping or starting)", trouble.Message);
        }

        server.Start();
        Npgsql.NpgsqlConnection.ClearAllPools();
        var version = await room.Journals.Version(practice, patient, Stop);
        Assert.Equal(1, version);
        Assert.True(await room.Journals.Append(practice, patient, version, Sample.Entries(version, 1), [], Stop));
        Assert.True((await room.Verify(Stop)).Whole);
    }
}

static class KilledWriter
{
    public const int Rounds = 25;
    static readonly CancellationToken Stop = CancellationToken.None;

    /// <summary>Starts a writer, lets it get going, kills it, and gives everything it had said was written.</summary>
    public static async Task<List<string>> Killed(string address, PracticeId practice, int round, Action first)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Casement.Store.Writer"), [address, practice.ToString(), $"{round}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CASEMENT_MASTER_KEY"] = Convert.ToBase64String(Sample.Master), ["DOTNET_TieredPGO"] = "0" },
        };
        using var writer = Process.Start(start) ?? throw new InvalidOperationException("The writer did not start.");
        var troubles = writer.StandardError.ReadToEndAsync();
        var said = new List<string>();
        // A different moment each round.
        while (said.Count < 20 + round * 5 && await writer.StandardOutput.ReadLineAsync() is { } line) said.Add(line);
        if (said.Count < 20) Assert.Fail(await Ended());
        first();
        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync() is { } line) said.Add(line);
        await writer.WaitForExitAsync();
        // The last line may have been cut short by the kill.
        return [.. said.Where(line => line.Split(' ') is [{ Length: 36 }, _, { Length: > 0 }]).SkipLast(1)];

        async Task<string> Ended()
        {
            writer.Kill();
            return await troubles;
        }
    }

    public static async Task Check(string address, PracticeId practice, int round, List<string> said)
    {
        await using var room = await Stores.Open(address, Sample.Settings, Stop);
        // Every journal of every round so far; now and then is enough, a broken chain stays broken.
        if (round % 5 == 0)
        {
            var verified = await room.Verify(Stop);
            Assert.True(verified.Whole, string.Join('\n', verified.Findings));
        }
        foreach (var patient in said.Select(line => line.Split(' ')).GroupBy(line => line[0]))
        {
            var journal = await room.Journals.Read(practice, new(Guid.Parse(patient.Key)), Stop);
            foreach (var line in patient)
            {
                var fact = Assert.IsType<FactsRecorded>(journal[int.Parse(line[1]) - 1].What).Facts[0];
                Assert.Equal(new Number(decimal.Parse(line[2])), fact.Value);
            }
            // Nothing twice either: every number is written once.
            var numbers = journal.Select(e => ((FactsRecorded)e.What).Facts[0].Value).ToList();
            Assert.Equal(numbers.Count, numbers.Distinct().Count());
        }
    }
}
