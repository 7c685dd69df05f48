// Writes to a store until it is killed, and says on stdout what was acknowledged: practice, patient, sequence and the number written.
// A test kills it with SIGKILL and then looks for every line it said.
using Casement.Clearance;
using Casement.Journal;
using Casement.Store;

var practice = new PracticeId(Guid.Parse(args[1]));
var round = int.Parse(args[2]);
await using var room = await Stores.Open(args[0], new() { BusyTimeout = TimeSpan.FromSeconds(5) });
var desk = new Desk(room.Journals, practice, Lists.Rows, TimeProvider.System);
var nurse = new Actor(ActorKind.Staff, "staff-1", "A Nurse");
var said = new Lock();
var shared = new PatientId(new Guid(round, 0, 0, new byte[8]));

await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
{
    // Two thirds have a patient of their own; the rest race for one.
    var patient = writer < 8 ? new PatientId(Guid.NewGuid()) : shared;
    for (var i = 1; ; i++)
    {
        var number = writer * 1_000_000 + i;
        var written = 0L;
        await desk.CarryOut(patient, nurse, chart =>
        {
            written = chart.Version + 1;
            return Decision.Accept(new FactsRecorded([new("number", FactValue.Of(number), DateTimeOffset.UnixEpoch, FactSource.Measurement)]));
        }, default);
        lock (said)
        {
            Console.Out.WriteLine($"{patient} {written} {number}");
            Console.Out.Flush();
        }
    }
})));
