using System.Collections.Immutable;
using Casement.Journal;
using Xunit;
using static Casement.Store.Tests.Sample;

namespace Casement.Store.Tests;

/// <summary>What every store must do, whatever is behind it.</summary>
public abstract class JournalSuite(IDatabase database) : IAsyncLifetime
{
    protected static readonly CancellationToken Stop = CancellationToken.None;

    RecordRoom? open;

    protected PracticeId Practice { get; } = NewPractice();

    protected PatientId Patient { get; } = NewPatient();

    protected string Address { get; } = database.NewAddress();

    protected RecordRoom Room => open ?? throw new InvalidOperationException("The store is not open.");

    protected IJournals Journals => Room.Journals;

    protected IShelf Shelf => Room.Shelf;

    public async ValueTask InitializeAsync() => open = await Stores.Open(Address, Settings, Stop);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (open is not null) await open.DisposeAsync();
    }

    protected Task<bool> Append(long expected, params ImmutableArray<Entry> entries) => Journals.Append(Practice, Patient, expected, entries, [], Stop);

    protected Desk Desk() => new(Journals, Practice, Lists.Rows, TimeProvider.System);

    [Fact]
    public async Task A_new_journal_is_empty()
    {
        Assert.Equal(0, await Journals.Version(Practice, Patient, Stop));
        Assert.Empty(await Journals.Read(Practice, Patient, Stop));
        Assert.Empty(await Journals.Reads(Practice, Patient, Stop));
        Assert.Empty(await Journals.ReadList(Practice, "directory", Stop));
    }

    [Fact]
    public async Task What_was_appended_is_read_back_word_for_word()
    {
        ImmutableArray<Entry> first = [Entry(1, Admitted()), Entry(2, Fact("bp-sys-avg", 128.5m))];
        Assert.True(await Append(0, first));
        Assert.True(await Append(2, Entry(3, new EnteredInError(2, "wrong cuff"))));

        Assert.Equal(3, await Journals.Version(Practice, Patient, Stop));
        Assert.Equal(Text([.. first, Entry(3, new EnteredInError(2, "wrong cuff"))]), Text(await Journals.Read(Practice, Patient, Stop)));
    }

    [Fact]
    public async Task A_part_of_a_journal_is_read_without_the_rest()
    {
        var written = Entries(0, 9);
        Assert.True(await Journals.Append(Practice, Patient, 0, written, [], Stop));
        Assert.Equal(Text(written[6..]), Text(await Journals.Read(Practice, Patient, 6, Stop)));
        Assert.Equal(9, (await Journals.Read(Practice, Patient, 0, Stop)).Length);
        Assert.Empty(await Journals.Read(Practice, Patient, 9, Stop));
        foreach (var purpose in (string[])["one", "two", "three"]) await Journals.NoteRead(Practice, Patient, new(Noon, Nurse, purpose), Stop);
        Assert.Equal(["two", "three"], (await Journals.Reads(Practice, Patient, 2, Stop)).Select(r => r.Purpose));
        Assert.Equal(3, (await Journals.Reads(Practice, Patient, 50, Stop)).Length);
        Assert.Empty(await Journals.Reads(Practice, NewPatient(), 50, Stop));
    }

    [Fact]
    public async Task A_stale_version_writes_nothing()
    {
        Assert.True(await Append(0, Entry(1, Admitted())));
        Assert.False(await Append(0, Entry(1, Admitted("Somebody Else"))));
        Assert.False(await Append(7, Entry(8, Admitted("Somebody Else"))));
        Assert.Equal(Text([Entry(1, Admitted())]), Text(await Journals.Read(Practice, Patient, Stop)));
    }

    [Fact]
    public async Task Entries_that_leave_a_gap_are_a_bug() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Append(0, Entry(2, Admitted())));

    [Fact]
    public async Task Journals_of_two_patients_and_two_practices_stay_apart()
    {
        var other = NewPractice();
        Assert.True(await Append(0, Entry(1, Admitted("One"))));
        Assert.True(await Journals.Append(Practice, new(Guid.NewGuid()), 0, [Entry(1, Admitted("Two"))], [], Stop));
        Assert.True(await Journals.Append(other, Patient, 0, [Entry(1, Admitted("Three"))], Row("\"three\""), Stop));

        Assert.Equal(Text([Entry(1, Admitted("One"))]), Text(await Journals.Read(Practice, Patient, Stop)));
        Assert.Equal(Text([Entry(1, Admitted("Three"))]), Text(await Journals.Read(other, Patient, Stop)));
        Assert.Empty(await Journals.ReadList(Practice, "directory", Stop));
        Assert.Equal([new ListedRow(Patient, "\"three\"")], await Journals.ReadList(other, "directory", Stop));
        Assert.Equal(2, (await Room.Patients(Practice, Stop)).Length);
    }

    [Fact]
    public async Task Fifty_writers_on_one_patient_lose_nothing_and_double_nothing()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(i => Task.Run(() =>
            Desk().CarryOut(Patient, Nurse, _ => Decision.Accept(Fact("bp-sys-avg", i)), Stop))));

        var journal = await Journals.Read(Practice, Patient, Stop);
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), journal.Select(e => e.Sequence));
        Assert.Equal(
            Enumerable.Range(1, 50).Select(i => (decimal)i),
            journal.Select(e => ((Clearance.Number)((Clearance.FactsRecorded)e.What).Facts[0].Value).Value).Order());
    }

    [Fact]
    public async Task Every_look_is_noted_with_who_and_why()
    {
        Assert.True(await Append(0, Entry(1, Admitted())));
        var desk = Desk();
        await desk.Look(Patient, Nurse, "Preparing the visit", Stop);
        await desk.LookAtJournal(Patient, Actor.Casement, "Answering a request", Stop);

        Assert.Equal(
            [(Nurse, "Preparing the visit"), (Actor.Casement, "Answering a request")],
            (await Journals.Reads(Practice, Patient, Stop)).Select(r => (r.By, r.Purpose)));
    }

    [Fact]
    public async Task Many_looks_at_once_are_all_noted()
    {
        var desk = Desk();
        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => desk.Look(Patient, Nurse, $"look {i}", Stop))));
        Assert.Equal(40, (await Journals.Reads(Practice, Patient, Stop)).Select(r => r.Purpose).Distinct().Count());
    }

    [Fact]
    public async Task List_rows_follow_the_journal_and_a_lost_race_changes_none()
    {
        await Journals.Append(Practice, Patient, 0, Entries(0, 1), [new("directory", "1"), new("worklist", "2"), new("worklist", "3")], Stop);
        Assert.Equal(["1"], await List("directory"));
        Assert.Equal(["2", "3"], await List("worklist"));

        Assert.False(await Journals.Append(Practice, Patient, 0, Entries(0, 1), [new("directory", "9"), new("calls", "9")], Stop));
        Assert.Equal(["1"], await List("directory"));
        Assert.Equal(["2", "3"], await List("worklist"));
        Assert.Empty(await List("calls"));

        Assert.True(await Journals.Append(Practice, Patient, 1, Entries(1, 1), [new("directory", "4")], Stop));
        Assert.Equal(["4"], await List("directory"));
        Assert.Empty(await List("worklist"));

        async Task<IEnumerable<string>> List(string list) => (await Journals.ReadList(Practice, list, Stop)).Select(r => r.Json);
    }

    [Fact]
    public async Task Rebuilding_gives_the_rows_the_appends_gave()
    {
        for (var i = 0; i < 40; i++) await Desk().CarryOut(NewPatient(), Nurse, _ => Decision.Accept(Admitted($"Person {i}"), Fact("bp-sys-avg", i)), Stop);
        var before = await Journals.ReadList(Practice, "directory", Stop);
        Assert.Equal(40, before.Count);

        Assert.Equal(40, await Room.Rebuild(Practice, (_, _) => [], Stop));
        Assert.Empty(await Journals.ReadList(Practice, "directory", Stop));

        Assert.Equal(40, await Room.Rebuild(Practice, Lists.Rows, Stop));
        Assert.Equal(before, await Journals.ReadList(Practice, "directory", Stop));
    }

    [Fact]
    public async Task A_document_on_the_shelf_has_one_writer_per_version()
    {
        Assert.Null(await Shelf.Read(Practice, "account", "wren@example.org", Stop));
        Assert.True(await Shelf.Write(Practice, "account", "wren@example.org", 0, "one"u8.ToArray(), Stop));
        Assert.False(await Shelf.Write(Practice, "account", "wren@example.org", 0, "two"u8.ToArray(), Stop));
        Assert.False(await Shelf.Write(Practice, "account", "wren@example.org", 5, "two"u8.ToArray(), Stop));

        var wins = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Shelf.Write(Practice, "account", "wren@example.org", 1, BitConverter.GetBytes(i), Stop))));
        Assert.Single(wins, won => won);
        var kept = await Shelf.Read(Practice, "account", "wren@example.org", Stop);
        Assert.NotNull(kept);
        Assert.Equal(("account", "wren@example.org", 2L, Array.IndexOf(wins, true)), (kept.Kind, kept.Key, kept.Version, BitConverter.ToInt32(kept.Content.Span)));
    }

    [Fact]
    public async Task Documents_are_listed_by_kind_and_can_be_taken_away()
    {
        await Shelf.Write(Practice, "account", "a", 0, "1"u8.ToArray(), Stop);
        await Shelf.Write(Practice, "account", "b", 0, ReadOnlyMemory<byte>.Empty, Stop);
        await Shelf.Write(Practice, "partner", "a", 0, "3"u8.ToArray(), Stop);
        await Shelf.Write(NewPractice(), "account", "c", 0, "4"u8.ToArray(), Stop);
        Assert.Equal(["a", "b"], (await Shelf.ReadAll(Practice, "account", Stop)).Select(d => d.Key).Order());

        await Shelf.Remove(Practice, "account", "a", Stop);
        await Shelf.Remove(Practice, "account", "a", Stop);
        Assert.Null(await Shelf.Read(Practice, "account", "a", Stop));
        Assert.NotNull(await Shelf.Read(Practice, "partner", "a", Stop));
        Assert.True(await Shelf.Write(Practice, "account", "a", 0, "5"u8.ToArray(), Stop));
    }
}

