using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Xunit;
using static Casement.Store.Tests.Sample;

namespace Casement.Store.Tests;

public sealed class DeskTests : IAsyncLifetime
{
    static readonly CancellationToken Stop = CancellationToken.None;

    readonly PracticeId practice = NewPractice();
    readonly PatientId patient = NewPatient();
    RecordRoom? room;
    CountingJournals? journals;

    CountingJournals Journals => journals ?? throw new InvalidOperationException("The store is not open.");

    Desk Desk => field ??= new(Journals, practice, Lists.Rows, new StoppedClock(Noon));

    public async ValueTask InitializeAsync() => journals = new((room = await Stores.Open("memory:", stop: Stop)).Journals);

    public ValueTask DisposeAsync() => room?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_chart_that_did_not_change_is_not_read_again()
    {
        await Desk.CarryOut(patient, Nurse, _ => Decision.Accept(Admitted()), Stop);
        Journals.Reads = 0;
        for (var i = 0; i < 5; i++) Assert.Equal(1, (await Desk.Look(patient, Nurse, "Visit", Stop)).Version);
        await Desk.CarryOut(patient, Nurse, _ => Decision.Accept(Fact("bp-sys-avg", 120)), Stop);
        Assert.Equal(2, (await Desk.Look(patient, Nurse, "Visit", Stop)).Version);
        Assert.Equal(0, Journals.Reads);
    }

    [Fact]
    public async Task A_lost_race_is_decided_again_on_the_chart_that_won()
    {
        var seen = new List<long>();
        var decision = await Desk.CarryOut(patient, Nurse, chart =>
        {
            seen.Add(chart.Version);
            // Somebody else writes between reading and writing, once.
            if (seen.Count == 1) Journals.Append(practice, patient, 0, [Entry(1, Admitted())], [], Stop).GetAwaiter().GetResult();
            return Decision.Accept(Fact("bp-sys-avg", 120));
        }, Stop);

        Assert.IsType<Accepted>(decision);
        Assert.Equal([0, 1], seen);
        Assert.Equal([1L, 2L], (await Journals.Read(practice, patient, 0, Stop)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task What_another_node_wrote_is_seen_before_anything_is_refused_or_written()
    {
        var other = new Desk(Journals, practice, Lists.Rows, new StoppedClock(Noon));
        await Desk.CarryOut(patient, Nurse, _ => Decision.Accept(Admitted()), Stop);
        await other.CarryOut(patient, Nurse, _ => Decision.Accept(Fact("bp-sys-avg", 120)), Stop);
        Assert.IsType<Refused>(await Desk.CarryOut(patient, Nurse, c => c.Facts.IsEmpty ? Decision.Nothing : Decision.Refuse("Known."), Stop));

        await other.CarryOut(patient, Nurse, _ => Decision.Accept(Fact("weight-kg", 70)), Stop);
        await Desk.CarryOut(patient, Nurse, c => Decision.Accept(Fact("hr-rest", c.Facts.Count)), Stop);
        Assert.Equal(FactValue.Of(2), (await Desk.Peek(patient, Stop)).Facts["hr-rest"][^1].Fact.Value);

        // A mistake marked elsewhere reaches back behind what is in memory here.
        await other.CarryOut(patient, Nurse, c => MarkingAsError.Decide(c, new(2, "Wrong cuff")), Stop);
        Assert.Equal(["hr-rest", "weight-kg"], (await Desk.Peek(patient, Stop)).Facts.Keys.Order());
    }

    [Fact]
    public async Task The_same_wish_again_is_harmless_even_at_the_same_moment()
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            Desk.CarryOut(patient, Nurse, chart => chart.Who is null ? Decision.Accept(Admitted()) : Decision.Nothing, Stop))));
        Assert.Single(decisions, d => d is Accepted);
        Assert.Single(await Journals.Read(practice, patient, 0, Stop));
    }

    [Fact]
    public async Task A_decision_is_asked_once_and_a_refusal_writes_nothing()
    {
        var asked = 0;
        Assert.Equal(new Refused("No."), await Desk.CarryOut(patient, Nurse, _ => { asked++; return Decision.Refuse("No."); }, Stop));
        Assert.Equal(1, asked);
        Assert.Equal(0, await Journals.Version(practice, patient, Stop));
    }

    [Fact]
    public async Task A_journal_that_never_stands_still_ends_in_an_error_and_not_in_a_loop()
    {
        var desk = new Desk(new AlwaysMoving(Journals), practice, Lists.Rows, new StoppedClock(Noon));
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.CarryOut(patient, Nurse, _ => Decision.Accept(Admitted()), Stop));
    }

    [Fact]
    public async Task An_entry_in_error_no_longer_counts_and_stays_in_the_journal()
    {
        await Desk.CarryOut(patient, Nurse, _ => Decision.Accept(Admitted(), Fact("bp-sys-avg", 190)), Stop);
        Assert.IsType<Accepted>(await Mark(2, "Wrong cuff"));

        var chart = await Desk.Look(patient, Nurse, "Visit", Stop);
        Assert.Equal(3, chart.Version);
        Assert.Empty(chart.Facts);
        Assert.Equal("Wrong cuff", chart.Mistakes[2].Reason);
        Assert.IsType<FactsRecorded>((await Desk.LookAtJournal(patient, Nurse, "Visit", Stop))[1].What);

        Assert.IsType<AlreadySo>(await Mark(2, "Again"));
        Assert.Equal(Decision.Refuse("There is no such entry."), await Mark(0, "No"));
        Assert.Equal(Decision.Refuse("There is no such entry."), await Mark(4, "No"));
        Assert.IsType<Refused>(await Mark(3, "A correction cannot be corrected"));
        Assert.Equal(Decision.Refuse("Say why this entry is a mistake."), await Mark(1, " "));

        Task<Decision> Mark(long entry, string reason) => Desk.CarryOut(patient, Nurse, c => MarkingAsError.Decide(c, new(entry, reason)), Stop);
    }

    [Fact]
    public async Task The_directory_says_who()
    {
        await Desk.CarryOut(patient, Nurse, _ => Decision.Accept(Admitted()), Stop);
        await Desk.CarryOut(NewPatient(), Nurse, _ => Decision.Accept(Fact("bp-sys-avg", 120)), Stop);
        var row = Assert.Single(await Journals.ReadList(practice, PatientDirectory.List, Stop));
        Assert.Equal(patient, row.Patient);
        Assert.Equal(new DirectoryRow(Sample.Wren.Name, new(1987, 6, 5), Email: Sample.Wren.Email, ChangedAt: new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero)), PatientDirectory.Read(row.Json));
    }

    [Fact]
    public void Two_marks_on_one_entry_are_folded_and_the_last_one_stands()
    {
        var chart = Chart.From([Entry(1, Admitted()), Entry(2, new EnteredInError(1, "One")), Entry(3, new EnteredInError(1, "Two")), Entry(4, new EnteredInError(9, "Later"))]);
        Assert.Equal("Two", chart.Mistakes[1].Reason);
        Assert.Single(chart.Mistakes);
        Assert.Null(chart.Who);
    }

    sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    class CountingJournals(IJournals inner) : IJournals
    {
        public int Reads { get; set; }

        public Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, long after, CancellationToken stop)
        {
            Reads++;
            return inner.Read(practice, patient, after, stop);
        }

        public Task<long> Version(PracticeId practice, PatientId patient, CancellationToken stop) => inner.Version(practice, patient, stop);

        public virtual Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop) =>
            inner.Append(practice, patient, expected, entries, rows, stop);

        public Task<IReadOnlyList<ListedRow>> ReadList(PracticeId practice, string list, CancellationToken stop) => inner.ReadList(practice, list, stop);

        public Task NoteRead(PracticeId practice, PatientId patient, ChartRead read, CancellationToken stop) => inner.NoteRead(practice, patient, read, stop);

        Task<ImmutableArray<ChartRead>> IJournals.Reads(PracticeId practice, PatientId patient, int last, CancellationToken stop) => inner.Reads(practice, patient, last, stop);
    }

    sealed class AlwaysMoving(IJournals inner) : CountingJournals(inner)
    {
        public override Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop) => Task.FromResult(false);
    }
}
