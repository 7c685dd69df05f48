using System.Text;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store.Tests;

/// <summary>A newer version of the program: it seals and signs like this one, and writes kinds of entry this one does not know.</summary>
public sealed class SealedWriter(RecordRoom room, PracticeId practice)
{
    public async Task Append(PatientId patient, long expected, string storedName, string json)
    {
        var at = new Place(practice, patient, Chain.Entries);
        var keys = await room.Keys.FindOrMake(practice, default);
        var key = await room.Keys.FindOrMake(keys, patient, default);
        var before = (await room.Tables.Head(at, default))?.Hash ?? Head.Beginning;
        var row = SealedEntry.Make(at, expected + 1, Sample.Noon.UtcTicks, storedName, KeyRing.Current, key, Content.Of(Sample.Nurse, Encoding.UTF8.GetBytes(json)), before);
        if (!await room.Tables.Append(new(at, expected, [row], Head.Sign(keys, at, expected + 1, row.Hash), []), default)) throw new InvalidOperationException("Somebody was first.");
    }
}
