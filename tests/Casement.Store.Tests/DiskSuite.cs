using System.Collections.Immutable;
using System.Text;
using Casement.Journal;
using Xunit;
using static Casement.Store.Tests.Sample;

namespace Casement.Store.Tests;

/// <summary>What holds for records on a disk: somebody may copy them, alter them, or open them twice.</summary>
public abstract class DiskSuite(IDatabase database) : IAsyncLifetime
{
    protected static readonly CancellationToken Stop = CancellationToken.None;

    readonly TestFolder folder = new();
    readonly PatientId other = NewPatient();
    RecordRoom? open;

    protected PracticeId Practice { get; } = NewPractice();

    protected PatientId Patient { get; } = NewPatient();

    protected string Address { get; } = database.NewAddress();

    protected RecordRoom Room => open ?? throw new InvalidOperationException("The store is not open.");

    protected TestFolder Folder => folder;

    public async ValueTask InitializeAsync()
    {
        open = await Stores.Open(Address, Settings, Stop);
        await Append(Patient, 0, [Entry(1, Admitted()), .. Entries(1, 4)]);
        await Append(other, 0, [Entry(1, Admitted("Other Person")), .. Entries(1, 4)]);
        await Room.Journals.NoteRead(Practice, Patient, new(Noon, Nurse, "Preparing"), Stop);
        await Room.Journals.NoteRead(Practice, Patient, new(Noon, Nurse, "Reviewing"), Stop);
        await Room.Shelf.Write(Practice, "account", "wrenhilda@example.org", 0, Encoding.UTF8.GetBytes("Quixotébury settings"), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (open is not null) await open.DisposeAsync();
        folder.Dispose();
    }

    async Task Append(PatientId patient, long expected, ImmutableArray<Entry> entries) =>
        Assert.True(await Room.Journals.Append(Practice, patient, expected, entries, Row($"\"row of {patient}\""), Stop));

    int Alter(string sql) => RawTables.Run(Address, sql, Practice.Value, Patient.Value, other.Value);

    async Task<Finding> Only()
    {
        var verified = await Room.Verify(Stop);
        return Assert.Single(verified.Findings);
    }

    [Fact]
    public async Task An_untouched_store_is_whole()
    {
        await Room.Checkpoint(Practice, Stop);
        var verified = await Room.Verify(Stop);
        Assert.True(verified.Whole, string.Join('\n', verified.Findings));
        Assert.Equal((2, 10, 2, 1), (verified.Journals, verified.Entries, verified.Reads, verified.Checkpoints));
    }

    [Theory]
    [InlineData("ciphertext", 40)]
    [InlineData("ciphertext", 0)]
    [InlineData("hash", 7)]
    [InlineData("previous_hash", 31)]
    public async Task A_flipped_byte_is_named(string column, int offset)
    {
        Assert.Equal(1, Alter($"UPDATE entries SET {column} = {RawTables.Flipped(Address, column, offset)} WHERE practice = {{0}} AND patient = {{1}} AND sequence = 3"));
        var found = await Only();
        Assert.Equal((Patient, 3L), (found.Patient, found.Sequence));
        Assert.Equal($"Entry 3 of patient {Patient} was altered.", found.Sentence);
    }

    [Theory]
    [InlineData("recorded_at = recorded_at + 1")]
    [InlineData("stored_name = 'patient.details-changed'")]
    [InlineData("key_id = 2")]
    public async Task An_altered_column_is_named(string change)
    {
        Assert.Equal(1, Alter($"UPDATE entries SET {change} WHERE practice = {{0}} AND patient = {{1}} AND sequence = 2"));
        Assert.Equal($"Entry 2 of patient {Patient} was altered.", (await Only()).Sentence);
    }

    [Fact]
    public async Task A_removed_row_is_named_and_the_chart_shows_the_hole()
    {
        Assert.Equal(1, Alter("DELETE FROM entries WHERE practice = {0} AND patient = {1} AND sequence = 3"));
        Assert.Equal($"Entry 3 of patient {Patient} was removed.", (await Only()).Sentence);

        var journal = await Room.Journals.Read(Practice, Patient, Stop);
        Assert.Equal(5, journal.Length);
        Assert.IsType<Unreadable>(journal[2].What);
        Assert.Single(Chart.From(journal).NotReadable);
    }

    [Fact]
    public async Task Swapped_rows_are_named()
    {
        Alter("UPDATE entries SET sequence = 1002 WHERE practice = {0} AND patient = {1} AND sequence = 2");
        Alter("UPDATE entries SET sequence = 2 WHERE practice = {0} AND patient = {1} AND sequence = 4");
        Alter("UPDATE entries SET sequence = 4 WHERE practice = {0} AND patient = {1} AND sequence = 1002");
        Assert.Equal($"Entry 2 of patient {Patient} holds what was written as number 4: rows were reordered.", (await Only()).Sentence);
    }

    [Fact]
    public async Task A_cut_off_end_is_named_even_before_any_checkpoint()
    {
        Assert.Equal(2, Alter("DELETE FROM entries WHERE practice = {0} AND patient = {1} AND sequence > 3"));
        Assert.Equal($"Entry 4 of patient {Patient} was removed: the signed end is at 5.", (await Only()).Sentence);

        var journal = await Room.Journals.Read(Practice, Patient, Stop);
        Assert.Equal(2, Chart.From(journal).NotReadable.Count);
    }

    [Fact]
    public async Task A_cut_off_end_with_a_forged_head_is_named()
    {
        Alter("DELETE FROM entries WHERE practice = {0} AND patient = {1} AND sequence > 3");
        Alter("UPDATE heads SET sequence = 3, hash = (SELECT hash FROM entries e WHERE e.practice = {0} AND e.patient = {1} AND e.sequence = 3) WHERE practice = {0} AND patient = {1} AND chain = 1");
        Assert.Equal($"Entry 3 of patient {Patient} has a signed end after it that was altered.", (await Only()).Sentence);

        await Room.DisposeAsync();
        await using var again = await Stores.Open(Address, Settings, Stop);
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => again.Journals.Append(Practice, Patient, 3, Entries(3, 1), [], Stop));
        Assert.Contains("does not agree with its signed end", trouble.Message);
    }

    [Fact]
    public async Task A_removed_head_is_named_and_hides_nothing()
    {
        Assert.Equal(1, Alter("DELETE FROM heads WHERE practice = {0} AND patient = {1} AND chain = 1"));
        Assert.Equal($"Entry 5 of patient {Patient} has no signed end after it: the end was removed.", (await Only()).Sentence);
        Assert.Equal(5, (await new Desk(Room.Journals, Practice, Lists.Rows, TimeProvider.System).Look(Patient, Nurse, "Visit", Stop)).Version);
    }

    [Fact]
    public async Task An_older_end_put_back_is_named_by_the_checkpoint()
    {
        Alter("CREATE TABLE kept AS SELECT * FROM heads WHERE practice = {0} AND patient = {1} AND chain = 1");
        await Append(Patient, 5, Entries(5, 2));
        await Room.Checkpoint(Practice, Stop);
        Alter("DELETE FROM entries WHERE practice = {0} AND patient = {1} AND sequence > 5");
        Alter("DELETE FROM heads WHERE practice = {0} AND patient = {1} AND chain = 1");
        Alter("INSERT INTO heads SELECT * FROM kept");
        Alter("UPDATE list_rows SET ciphertext = NULL WHERE practice = {0} AND patient = {1}");
        var found = await Only();
        Assert.Equal((Patient, 6L), (found.Patient, found.Sequence));
        Assert.Contains("was removed: the checkpoint of", found.Sentence);
    }

    [Fact]
    public async Task A_patient_removed_without_a_trace_is_named_by_the_checkpoint()
    {
        await Room.Checkpoint(Practice, Stop);
        foreach (var table in (string[])["entries", "reads", "heads", "patient_keys", "list_rows"]) Alter($"DELETE FROM {table} WHERE practice = {{0}} AND patient = {{1}}");
        var found = (await Room.Verify(Stop)).Findings;
        Assert.Equal(2, found.Length);
        Assert.Contains($"Entry 1 of patient {Patient} was removed with the whole journal", found[0].Sentence);
        Assert.Contains($"Look 1 of patient {Patient} was removed with the whole record of looks", found[1].Sentence);
    }

    [Fact]
    public async Task A_ciphertext_moved_from_another_patient_is_named()
    {
        Alter("UPDATE entries SET ciphertext = (SELECT ciphertext FROM entries e WHERE e.practice = {0} AND e.patient = {2} AND e.sequence = 2) WHERE practice = {0} AND patient = {1} AND sequence = 2");
        Assert.Equal($"Entry 2 of patient {Patient} was altered.", (await Only()).Sentence);

        var journal = await Room.Journals.Read(Practice, Patient, Stop);
        Assert.IsType<Unreadable>(journal[1].What);
        Assert.Equal(5, journal.Length);
    }

    [Fact]
    public async Task A_replaced_key_is_named()
    {
        Alter("UPDATE patient_keys SET wrapped = (SELECT wrapped FROM patient_keys k WHERE k.practice = {0} AND k.patient = {2}) WHERE practice = {0} AND patient = {1}");
        var found = (await Room.Verify(Stop)).Findings;
        Assert.Equal($"Entry 1 of patient {Patient} cannot be opened: the patient's key was removed or replaced.", found[0].Sentence);
        Assert.All(found, f => Assert.Equal(Patient, f.Patient));
    }

    [Fact]
    public async Task A_removed_look_is_named()
    {
        Assert.Equal(1, Alter("DELETE FROM reads WHERE practice = {0} AND patient = {1} AND sequence = 1"));
        Assert.Equal($"Look 1 of patient {Patient} was removed.", (await Only()).Sentence);
    }

    [Fact]
    public async Task Altered_and_removed_checkpoints_are_named()
    {
        await Room.Checkpoint(Practice, Stop);
        await Append(Patient, 5, Entries(5, 1));
        await Room.Checkpoint(Practice, Stop);
        await Room.Checkpoint(Practice, Stop);
        Alter("DELETE FROM checkpoints WHERE practice = {0} AND number = 3");
        Assert.Equal($"Checkpoint 3 of practice {Practice} was removed.", (await Only()).Sentence);
        Alter("UPDATE checkpoints SET taken_at = taken_at + 1 WHERE practice = {0} AND number = 2");
        Assert.Equal($"Checkpoint 2 of practice {Practice} was altered.", (await Room.Verify(Stop)).Findings[0].Sentence);
        Alter("DELETE FROM checkpoints WHERE practice = {0} AND number = 1");
        Assert.Equal($"Checkpoint 1 of practice {Practice} was removed or reordered.", (await Room.Verify(Stop)).Findings[0].Sentence);
    }

    [Fact]
    public async Task An_old_list_row_and_an_altered_document_are_named()
    {
        Alter("CREATE TABLE kept AS SELECT * FROM list_rows WHERE practice = {0} AND patient = {1}");
        await Append(Patient, 5, Entries(5, 1));
        Assert.True((await Room.Verify(Stop)).Whole, "a row that the last entry did not change is not an old one");
        Assert.True(await Room.Journals.Append(Practice, Patient, 6, Entries(6, 1), Row("\"changed\""), Stop));
        Alter("DELETE FROM list_rows WHERE practice = {0} AND patient = {1}");
        Alter("INSERT INTO list_rows SELECT * FROM kept");
        Assert.Contains("is an old one; rebuild derives it again", (await Only()).Sentence);

        Alter($"UPDATE shelf SET ciphertext = {RawTables.Flipped(Address, "ciphertext", 30)} WHERE practice = {{0}}");
        Assert.Contains(await Findings(), f => f == $"A document of the kind \"account\" of practice {Practice} was altered or moved.");
        await Assert.ThrowsAsync<StoreTrouble>(() => Room.Shelf.Read(Practice, "account", "wrenhilda@example.org", Stop));

        async Task<IEnumerable<string>> Findings() => (await Room.Verify(Stop)).Findings.Select(f => f.Sentence);
    }

    [Fact]
    public async Task A_removed_practice_key_is_named()
    {
        Alter("DELETE FROM practice_keys WHERE practice = {0}");
        Assert.Contains("was removed; none of its records can be read", (await Only()).Sentence);
    }

    [Fact]
    public async Task The_wrong_master_key_is_refused_in_a_sentence()
    {
        await Room.DisposeAsync();
        var trouble = await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Open(Address, Settings with { MasterKey = new byte[32] }, Stop));
        Assert.StartsWith("The master key does not open this database", trouble.Message);
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_kept_and_shown()
    {
        var later = new SealedWriter(Room, Practice);
        await later.Append(Patient, 5, "dream.recorded", """{"dream":"a window"}""");
        var journal = await Room.Journals.Read(Practice, Patient, Stop);
        Assert.Equal(new Unreadable("dream.recorded", """{"dream":"a window"}""", "This version of Casement does not know this kind of entry."), journal[5].What);
        Assert.True((await Room.Verify(Stop)).Whole);
        await Append(Patient, 6, Entries(6, 1));
    }

    [Fact]
    public async Task Two_nodes_see_each_others_entries_and_lists()
    {
        await using var second = await Stores.Open(Address, Settings, Stop);
        Assert.Equal(2, (await second.Journals.ReadList(Practice, "directory", Stop)).Count);
        await Append(Patient, 5, Entries(5, 1));
        Assert.Equal(6, await second.Journals.Version(Practice, Patient, Stop));
        Assert.True(await second.Journals.Append(Practice, Patient, 6, Entries(6, 1), Row("\"changed\""), Stop));
        Assert.False(await Room.Journals.Append(Practice, Patient, 6, Entries(6, 1), Row("\"lost\""), Stop));
        Assert.Contains(new ListedRow(Patient, "\"changed\""), await Room.Journals.ReadList(Practice, "directory", Stop));
        Assert.Contains(new ListedRow(Patient, "\"changed\""), await second.Journals.ReadList(Practice, "directory", Stop));
        Assert.True((await second.Verify(Stop)).Whole);
    }

    /// <summary>A page may keep what it made of a list for as long as it is given the same one: an unchanged list is the same object, and a change on any node makes another.</summary>
    [Fact]
    public async Task A_list_is_the_same_until_any_node_changes_a_row_of_it()
    {
        await using var second = await Stores.Open(Address, Settings, Stop);
        Task<IReadOnlyList<ListedRow>> Here() => Room.Journals.ReadList(Practice, "worklist", Stop);
        var urgent = NewPatient();
        var empty = await Here();
        Assert.Empty(empty);
        Assert.Same(empty, await Here());

        Assert.True(await second.Journals.Append(Practice, urgent, 0, [Entry(1, Admitted())], [new("worklist", "\"now\"")], Stop));
        var appeared = await Here();
        Assert.Equal([new(urgent, "\"now\"")], appeared);
        Assert.Same(appeared, await Here());
        // What changes elsewhere in the practice leaves it alone.
        Assert.True(await second.Journals.Append(Practice, NewPatient(), 0, [Entry(1, Admitted())], [new("directory", "\"other\"")], Stop));
        Assert.Same(appeared, await Here());

        Assert.True(await second.Journals.Append(Practice, urgent, 1, Entries(1, 1), [], Stop));
        Assert.Empty(await Here());
        Assert.True(await Room.Journals.Append(Practice, urgent, 2, Entries(2, 1), [new("worklist", "\"again\"")], Stop));
        Assert.Equal(["\"again\""], (await second.Journals.ReadList(Practice, "worklist", Stop)).Select(r => r.Json));
        Assert.Equal(["\"again\""], (await Here()).Select(r => r.Json));
    }

    /// <summary>A node leaves rows alone that it wrote itself and would write again; what another node wrote in between is not its own.</summary>
    [Fact]
    public async Task Unchanged_rows_are_left_alone_and_another_nodes_rows_are_not_taken_for_ones_own()
    {
        await using var second = await Stores.Open(Address, Settings, Stop);
        var patient = NewPatient();
        ImmutableArray<ListRow> rows = [new("directory", "\"mine\"")];
        Assert.True(await Room.Journals.Append(Practice, patient, 0, [Entry(1, Admitted())], rows, Stop));
        Assert.True(await Room.Journals.Append(Practice, patient, 1, [Entry(2, Fact("bp-sys-avg", 120))], rows, Stop));
        Assert.Equal(["\"mine\""], await Listed());

        Assert.True(await second.Journals.Append(Practice, patient, 2, [Entry(3, Fact("bp-sys-avg", 121))], [new("directory", "\"theirs\"")], Stop));
        Assert.Equal(["\"theirs\""], await Listed());
        Assert.True(await Room.Journals.Append(Practice, patient, 3, [Entry(4, Fact("bp-sys-avg", 122))], rows, Stop));
        Assert.Equal(["\"mine\""], await Listed());
        Assert.True(await Room.Journals.Append(Practice, patient, 4, [Entry(5, Fact("bp-sys-avg", 123))], [], Stop));
        Assert.Empty(await Listed());

        async Task<IEnumerable<string>> Listed() => (await second.Journals.ReadList(Practice, "directory", Stop)).Where(r => r.Patient == patient).Select(r => r.Json);
    }

    [Fact]
    public async Task Fifty_writers_on_two_nodes_lose_nothing()
    {
        await using var second = await Stores.Open(Address, Settings, Stop);
        var patient = NewPatient();
        Desk[] desks = [new(Room.Journals, Practice, Lists.Rows, TimeProvider.System), new(second.Journals, Practice, Lists.Rows, TimeProvider.System)];
        await Task.WhenAll(Enumerable.Range(1, 50).Select(i => Task.Run(() => desks[i % 2].CarryOut(patient, Nurse, _ => Decision.Accept(Fact("bp-sys-avg", i)), Stop))));
        var charts = await Task.WhenAll(desks.Select(d => d.Look(patient, Nurse, "Visit", Stop)));
        Assert.All(charts, chart => Assert.Equal(Enumerable.Range(1, 50), chart.Facts["bp-sys-avg"].Select(f => (int)((Clearance.Number)f.Fact.Value).Value).Order()));
    }

    [Fact]
    public async Task A_backup_is_whole_sealed_and_restores_into_either_database()
    {
        await Room.Checkpoint(Practice, Stop);
        var running = Task.Run(async () => { for (var i = 5; i < 105; i++) await Append(Patient, i, Entries(i, 1)); }, Stop);
        var backup = await Room.Backup(Folder.File("backup.casement"), Stop);
        await running;
        Assert.True(backup.Verified.Whole, string.Join('\n', backup.Verified.Findings));
        Assert.Contains("master key is not in it", backup.Note);
        Assert.DoesNotContain(Convert.ToHexString(Master), Convert.ToHexString(await File.ReadAllBytesAsync(backup.Where, Stop)));
        SealedBytes.HoldNothingInClear(backup.Where);

        foreach (var place in (string[])[$"sqlite:{Folder.File("restored.db")}", database.NewAddress()])
        {
            var restored = await Stores.Restore(backup.Where, place, Settings, Stop);
            Assert.Equal(backup.Verified with { Findings = [] }, restored.Verified with { Findings = [] });
            Assert.True(restored.Verified.Whole);
            await using var room = await Stores.Open(place, Settings, Stop);
            var journal = await room.Journals.Read(Practice, Patient, Stop);
            Assert.Equal(Text((await Room.Journals.Read(Practice, Patient, Stop)).Take(journal.Length)), Text(journal));
            Assert.Equal(2, (await room.Journals.ReadList(Practice, "directory", Stop)).Count);
            Assert.NotNull(await room.Shelf.Read(Practice, "account", "wrenhilda@example.org", Stop));
            Assert.True(await room.Journals.Append(Practice, Patient, journal.Length, Entries(journal.Length, 1), [], Stop));
            await Assert.ThrowsAsync<StoreTrouble>(() => Stores.Restore(backup.Where, place, Settings, Stop));
        }
        await Assert.ThrowsAsync<StoreTrouble>(() => Room.Backup(backup.Where, Stop));
    }

    [Fact]
    public void Nothing_about_a_person_stands_in_clear_on_the_disk() => SealedBytes.HoldNothingInClear(database.FilesOf(Address));

    [Fact]
    public async Task A_backup_of_an_altered_store_says_so_and_is_written()
    {
        Alter("DELETE FROM entries WHERE practice = {0} AND patient = {1} AND sequence = 3");
        var backup = await Room.Backup(Folder.File("backup.casement"), Stop);
        Assert.Equal($"Entry 3 of patient {Patient} was removed.", Assert.Single(backup.Verified.Findings).Sentence);
    }
}
