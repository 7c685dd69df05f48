using Casement.Journal;
using Casement.Store.Sealing;
using Casement.Store.Sqlite;
using SQLitePCL;
using Xunit;
using static Casement.Store.Tests.Sample;

namespace Casement.Store.Tests;

/// <summary>What goes wrong with a file says so in a sentence, and nothing acknowledged is lost.</summary>
public sealed class SqliteTroubleTests : IDisposable
{
    static readonly CancellationToken Stop = CancellationToken.None;

    readonly TestFolder folder = new();
    readonly PracticeId practice = NewPractice();
    readonly PatientId patient = NewPatient();

    string Path => folder.File("casement.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_full_disk_loses_nothing_acknowledged_and_goes_on_when_there_is_room()
    {
        var confirmed = new List<Entry>();
        var tables = SqliteTables.Open(Path, Settings, mostPages: 60);
        await using (var room = new RecordRoom(tables, new KeyRing(tables, Master), Settings))
        {
            var trouble = await Assert.ThrowsAsync<StoreTrouble>(async () =>
            {
                while (true)
                {
                    var next = Entries(confirmed.Count, 3);
                    Assert.True(await room.Journals.Append(practice, patient, confirmed.Count, next, [], Stop));
                    confirmed.AddRange(next);
                }
            });
            Assert.StartsWith("The disk that holds", trouble.Message);
            Assert.Contains("is full", trouble.Message);
            Assert.Equal(confirmed.Count, await room.Journals.Version(practice, patient, Stop));
        }
        Assert.NotEmpty(confirmed);
        await using var again = await Stores.Open($"sqlite:{Path}", Settings, Stop);
        Assert.Equal(Text(confirmed), Text(await again.Journals.Read(practice, patient, Stop)));
        Assert.True((await again.Verify(Stop)).Whole);
        Assert.True(await again.Journals.Append(practice, patient, confirmed.Count, Entries(confirmed.Count, 1), [], Stop));
    }

    [Fact]
    public async Task One_act_that_cannot_be_written_does_not_spoil_the_others()
    {
        var tables = SqliteTables.Open(Path, Settings, mostPages: 400);
        await using var room = new RecordRoom(tables, new KeyRing(tables, Master), Settings);
        var acts = Enumerable.Range(0, 64).Select(i => Task.Run(() => room.Shelf.Write(practice, "file", $"{i}", 0, new byte[i == 30 ? 4_000_000 : 100], Stop))).ToList();
        foreach (var (act, i) in acts.Select((act, i) => (act, i)))
        {
            if (i == 30) Assert.Contains("is full", (await Assert.ThrowsAsync<StoreTrouble>(() => act)).Message);
            else Assert.True(await act);
        }
        Assert.Equal(63, (await room.Shelf.ReadAll(practice, "file", Stop)).Count);
    }

    [Fact]
    public async Task The_log_starts_over_while_writers_never_pause()
    {
        const int Writers = 32, Each = 1_500, Page = 4_096;
        await using var room = await Stores.Open($"sqlite:{Path}", Settings, Stop);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var whose = NewPatient();
            for (var i = 0; i < Each; i++) Assert.True(await room.Journals.Append(practice, whose, i, Entries(i, 1), [], Stop));
        })));
        // Each append writes a page at least; without starting over the log holds them all.
        Assert.InRange(new FileInfo(Path + "-wal").Length, 1, (long)Writers * Each * Page * 3 / 4);
    }

    [Fact]
    public async Task A_file_held_by_another_program_is_named_and_work_goes_on_when_it_is_free()
    {
        await using var room = await Stores.Open($"sqlite:{Path}", Settings with { BusyTimeout = TimeSpan.FromMilliseconds(300) }, Stop);
        Assert.True(await room.Journals.Append(practice, patient, 0, Entries(0, 1), [], Stop));
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path, out var other));
        using (other)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "BEGIN IMMEDIATE"));
            var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => room.Journals.Append(practice, patient, 1, Entries(1, 1), [], Stop));
            Assert.StartsWith("Another program is holding", trouble.Message);
            Assert.Equal(1, await room.Journals.Version(practice, patient, Stop));
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "ROLLBACK"));
        }
        Assert.True(await room.Journals.Append(practice, patient, 1, Entries(1, 1), [], Stop));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(4096)]
    [InlineData(20000)]
    public async Task A_truncated_file_is_named_as_damaged(long length)
    {
        await using (var room = await Stores.Open($"sqlite:{Path}", Settings, Stop))
        {
            for (var i = 0; i < 60; i++) await room.Journals.Append(practice, NewPatient(), 0, Entries(0, 2), [], Stop);
        }
        using (var file = new FileStream(Path, FileMode.Open)) file.SetLength(length);

        var trouble = await Assert.ThrowsAsync<StoreTrouble>(async () =>
        {
            await using var room = await Stores.Open($"sqlite:{Path}", Settings, Stop);
            await room.Verify(Stop);
        });
        Assert.Contains("is damaged or is not a database", trouble.Message);
    }

    [Fact]
    public async Task A_file_that_is_something_else_is_refused_and_left_alone()
    {
        await File.WriteAllTextAsync(Path, string.Concat(Enumerable.Repeat("A letter, not a database. ", 200)), Stop);
        var before = await File.ReadAllBytesAsync(Path, Stop);
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open($"sqlite:{Path}", Settings, Stop));
        Assert.Contains("is damaged or is not a database", trouble.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path, Stop));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_named()
    {
        await File.WriteAllTextAsync(folder.File("file"), "", Stop);
        foreach (var path in (string[])[folder.File("missing/casement.db"), folder.File("file/casement.db"), folder.Path])
        {
            var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open($"sqlite:{path}", Settings, Stop));
            Assert.Contains("cannot be opened", trouble.Message);
        }
    }
}
