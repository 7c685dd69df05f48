using System.Collections.Immutable;
using Casement.Cli.Sample;
using Casement.Definitions;
using Casement.Journal;
using Casement.Store;
using Casement.Web;

namespace Casement.Bench;

/// <summary>A clock that shows what it is set to.</summary>
sealed class BenchClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>The house furnished with every definition, as it is when served.</summary>
sealed class BenchHouse(string root)
{
    public static readonly PracticeId Practice = new(Guid.Parse("0b5f8c1e-0000-4000-8000-00000000be7d"));

    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    readonly string definitions = Path.Combine(root, "definitions");

    WebOptions? furnished;

    public WebOptions Furnished => furnished ?? throw new InvalidOperationException("The house is not furnished yet.");

    public static StoreSettings Settings => new() { MasterKey = new byte[32], Warn = _ => { } };

    /// <summary>The program over these records at this clock; nothing runs by itself.</summary>
    public WebOptions Over(RecordRoom room, TimeProvider clock) => (furnished ??= Read(room)) with { Journals = room.Journals, Shelf = room.Shelf, Clock = clock };

    WebOptions Read(RecordRoom room)
    {
        string In(params string[] parts) => Path.Combine([definitions, .. parts]);
        var protocol = ProtocolFolder.Read(In("protocols", "ketamine"));
        var scales = ScalesFolder.Read(definitions);
        return new()
        {
            Journals = room.Journals,
            Shelf = room.Shelf,
            Practice = Practice,
            Protocol = protocol,
            CheckIns = CheckInsFile.Load(definitions, scales.Instruments),
            Readiness = ReadinessFile.Load(definitions, protocol, scales.Instruments),
            Measuring = CoursesFile.Measuring(definitions, protocol, scales),
            Programmes = ProgrammeFolder.Read(In("programmes"), protocol),
            ScaleFacts = ScaleFactsFile.Load(definitions, protocol, scales.Instruments),
            Documents = DocumentFolder.Read(In("documents"), protocol),
            Safety = SafetyFile.Read(In("safety"), protocol, scales.Instruments),
            Urgent = UrgentFile.Read(In("safety")),
            Referrals = ReferralFolder.Read(In("referrals"), protocol),
            Messages = MessageFolder.Read(In("messages")),
            Intake = IntakeFile.Load(definitions, "ketamine", protocol),
            Office = OfficeFolder.Read(In("practice")),
            Listen = new("http://localhost:0"),
            Demo = true,
            Background = false,
            SignInsPerMinute = 10_000,
        };
    }

    public static Following Following(WebOptions house) =>
        new(house.Protocol, () => ImmutableSortedDictionary<string, decimal>.Empty, house.Safety, house.Documents, Zone) { Referrals = house.Referrals, Calendar = house.Office.Calendar, Sittings = house.Sittings, Measuring = house.Measuring, Programmes = house.Programmes };

    /// <summary>Invented people with whole courses behind them, written act by act; what a large practice is copied from.</summary>
    public async Task Invent(RecordRoom room, int people, DateTimeOffset now)
    {
        var house = Over(room, new BenchClock(now));
        await SamplePractice.Load(Path.Combine(root, "samples"), new(people, Months: 5, Seed: 7), house.CheckIns, house.Measuring ?? throw new InvalidOperationException(), Following(house), house.Intake, house.Office, house.Referrals ?? throw new InvalidOperationException(), room.Journals, room.Shelf, Practice, now, default);
    }
}
