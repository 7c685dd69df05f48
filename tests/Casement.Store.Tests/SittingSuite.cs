using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Courses;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Xunit;
using static Casement.Store.Tests.Sample;

namespace Casement.Store.Tests;

/// <summary>The round that asks for sittings, run by two nodes at once: nobody is asked twice.</summary>
public abstract class SittingSuite(IDatabase database) : IAsyncLifetime
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
    static readonly SittingRules Rules = Read(DefinitionsOf(AppContext.BaseDirectory));

    readonly PracticeId practice = NewPractice();
    readonly string address = database.NewAddress();
    RecordRoom? one, two;

    static string DefinitionsOf(string folder) => File.Exists(Path.Combine(folder, "Casement.slnx")) ? Path.Combine(folder, "definitions")
        : DefinitionsOf(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));

    static SittingRules Read(string definitions)
    {
        var (protocol, scales) = (ProtocolFolder.Read(Path.Combine(definitions, "protocols", "ketamine")), ScalesFolder.Read(definitions));
        return new(
            new(scales, CoursesFile.Load(definitions, protocol, scales.Instruments)) { Schedule = ScheduleFile.Load(definitions, protocol, scales.Instruments) },
            CheckInsFile.Load(definitions, scales.Instruments), PracticeCalendar.Plain, Denver);
    }

    public async ValueTask InitializeAsync() => (one, two) = (await Stores.Open(address, Settings, Stop), await Stores.Open(address, Settings, Stop));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (one is not null) await one.DisposeAsync();
        if (two is not null) await two.DisposeAsync();
    }

    [Fact]
    public async Task Two_nodes_at_once_and_one_again_ask_each_person_once()
    {
        var (first, second) = (one ?? throw new InvalidOperationException(), two ?? throw new InvalidOperationException());
        PatientId[] people = [.. Enumerable.Range(0, 8).Select(_ => NewPatient())];
        var day = CourseOnChart.DateIn(Noon, Denver);
        foreach (var patient in people)
            await new Desk(first.Journals, practice, Rows, new ClockAt(Noon)).CarryOut(patient, Nurse, _ => Decision.Accept(Admitted(), new SessionElsewhere(Guid.NewGuid(), day, "racemic-ketamine-iv", "A clinic", null)), Stop);

        var tomorrow = BusinessDays.At(day.AddDays(1), new(10, 0), Denver);
        Assert.Equal(0, (await Rounds(first, second, tomorrow.AddHours(-1))).Sum());
        Assert.Equal(people.Length, (await Rounds(first, second, tomorrow)).Sum());
        // A node that starts anew finds it done, and so does a list derived anew.
        await first.Rebuild(practice, Rows, Stop);
        Assert.Equal(0, (await Rounds(first, second, tomorrow)).Sum());

        foreach (var patient in people)
        {
            var journal = await second.Journals.Read(practice, patient, Stop);
            Assert.Single(journal, e => e.What is SittingAsked);
            Assert.Single(journal, e => e.What is Messages.MessageAsked);
            Assert.Single(journal, e => e.What is People.LinkGiven);
        }
    }

    Task<int[]> Rounds(RecordRoom first, RecordRoom second, DateTimeOffset now) =>
        Task.WhenAll(new[] { first, second }.Select(room => Task.Run(() => SittingClocks.Run(new(room.Journals, practice, Rows, new ClockAt(now)), room.Journals, practice, Rules, now, Stop), Stop)));

    static ImmutableArray<ListRow> Rows(PatientId patient, Chart chart) => [.. Lists.Rows(patient, chart), .. SittingClocks.Rows(chart, Rules)];
}

/// <summary>A clock that shows one instant.</summary>
sealed class ClockAt(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
