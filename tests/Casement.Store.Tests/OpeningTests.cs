using Casement.Store.Postgres;
using Casement.Store.Sqlite;
using Xunit;
using static Casement.Store.Tests.Sample;

namespace Casement.Store.Tests;

public sealed class OpeningTests(OnPostgres postgres) : IDisposable
{
    static readonly CancellationToken Stop = CancellationToken.None;

    readonly TestFolder folder = new();
    readonly List<string> warnings = [];

    string Path => folder.File("casement.db");

    StoreSettings Quiet => new() { Warn = warnings.Add };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_key_file_is_made_once_readable_by_its_owner_only_and_announced()
    {
        var (practice, patient) = (NewPractice(), NewPatient());
        await using (var room = await Stores.Open($"sqlite:{Path}", Quiet, Stop)) await room.Journals.Append(practice, patient, 0, Entries(0, 1), [], Stop);
        var key = folder.File("casement.key");
        Assert.Equal(32, Convert.FromBase64String((await File.ReadAllTextAsync(key, Stop)).Trim()).Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Contains(key, Assert.Single(warnings));

        await using (var room = await Stores.Open($"sqlite:{Path}", Quiet, Stop)) Assert.Single(await room.Journals.Read(practice, patient, Stop));
        Assert.Single(warnings);
    }

    [Fact]
    public async Task A_missing_key_file_is_never_replaced_by_a_new_one()
    {
        await using (var room = await Stores.Open($"sqlite:{Path}", Quiet, Stop)) await room.Journals.Append(NewPractice(), NewPatient(), 0, Entries(0, 1), [], Stop);
        File.Move(folder.File("casement.key"), folder.File("elsewhere.key"));
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open($"sqlite:{Path}", Quiet, Stop));
        Assert.Contains("is missing, and the records in this database were sealed with it", trouble.Message);
        Assert.False(File.Exists(folder.File("casement.key")));

        await using var again = await Stores.Open($"sqlite:{Path}", Quiet with { KeyFile = folder.File("elsewhere.key") }, Stop);
        Assert.True((await again.Verify(Stop)).Whole);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 at all")]
    [InlineData("c2hvcnQ=")]
    public async Task A_key_file_that_holds_no_key_is_refused_in_a_sentence(string content)
    {
        await File.WriteAllTextAsync(folder.File("casement.key"), content, Stop);
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open($"sqlite:{Path}", Quiet, Stop));
        Assert.Contains("is not a master key", trouble.Message);
    }

    [Fact]
    public async Task PostgreSQL_without_any_master_key_is_refused_in_a_sentence()
    {
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open(postgres.NewAddress(), Quiet, Stop));
        Assert.StartsWith("There is no master key.", trouble.Message);
    }

    [Fact]
    public async Task An_upgrade_copies_the_file_first_and_a_failed_one_leaves_it_as_it_was()
    {
        var first = Migration.For("Sqlite");
        var next = first[^1].Version + 1;
        await SqliteTables.Open(Path, Quiet, first).DisposeAsync();

        var broken = new Migration(next, "broken.sql", "CREATE TABLE half_done (a); CREATE TABLE entries (b)");
        Assert.Throws<StoreTrouble>(() => SqliteTables.Open(Path, Quiet, [.. first, broken]));
        Assert.Contains("was copied to", Assert.Single(warnings));
        await SqliteTables.Open(Path, Quiet, first).DisposeAsync();

        var good = new Migration(next, "good.sql", "CREATE TABLE later (a)");
        await SqliteTables.Open(Path, Quiet, [.. first, good]).DisposeAsync();
        Assert.Equal(2, Directory.GetFiles(folder.Path, $"casement.db.schema-{next - 1}-*").Length);
        await SqliteTables.Open(Path, Quiet, [.. first, good]).DisposeAsync();
        Assert.Equal(2, Directory.GetFiles(folder.Path, $"casement.db.schema-{next - 1}-*").Length);

        var trouble = Assert.Throws<StoreTrouble>(() => SqliteTables.Open(Path, Quiet, first));
        Assert.Contains("was written by a newer version of Casement", trouble.Message);
    }

    [Fact]
    public async Task A_newer_PostgreSQL_schema_is_refused()
    {
        var address = postgres.NewAddress();
        await (await Stores.Open(address, Settings, Stop)).DisposeAsync();
        RawTables.Run(address, "INSERT INTO schema_version VALUES (99, 'later', '')");
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open(address, Settings, Stop));
        Assert.Contains("was written by a newer version of Casement", trouble.Message);
    }

    [Fact]
    public async Task Nodes_that_start_together_upgrade_once()
    {
        foreach (var address in (string[])[$"sqlite:{Path}", postgres.NewAddress()])
        {
            var rooms = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Stores.Open(address, Settings, Stop))));
            var practice = NewPractice();
            await Task.WhenAll(rooms.Select(room => room.Journals.Append(practice, NewPatient(), 0, Entries(0, 1), [], Stop)));
            Assert.Equal(6, (await rooms[0].Patients(practice, Stop)).Length);
            Assert.True((await rooms[0].Verify(Stop)).Whole);
            foreach (var room in rooms) await room.DisposeAsync();
        }
    }

    [Fact]
    public void Both_kinds_of_PostgreSQL_address_are_understood()
    {
        var url = PostgresAddress.Parse("postgres://nurse:p%40ss@db.example:6432/house?sslmode=verify-full");
        Assert.Equal(("db.example", 6432, "nurse", "p@ss", "house", Npgsql.SslMode.VerifyFull, "casement"), (url.Host, url.Port, url.Username, url.Password, url.Database, url.SslMode, url.SearchPath));
        Assert.Equal("elsewhere", PostgresAddress.Parse("Host=db;Search Path=elsewhere").SearchPath);
    }

    [Fact]
    public async Task Checkpoints_are_kept_by_the_clock()
    {
        await using var room = await Stores.Open("memory:", Settings, Stop);
        var practice = NewPractice();
        await room.Journals.Append(practice, NewPatient(), 0, Entries(0, 1), [], Stop);
        using var stopping = new CancellationTokenSource();
        var keeping = room.KeepCheckpoints(TimeSpan.FromMilliseconds(20), stopping.Token);
        while ((await room.Verify(Stop)).Checkpoints < 2) await Task.Delay(10, Stop);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
        Assert.Equal(0, (await room.Checkpoint(practice, Stop)).Chains);
    }
}
