using System.Buffers.Binary;
using System.Collections.Immutable;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store;

/// <summary>A checkpoint just signed. Its signature noted elsewhere, on paper or in a mail, later proves that nothing before it was rolled back.</summary>
/// <param name="Number">1 for the first of the practice.</param>
/// <param name="Chains">How many chains had grown since the one before.</param>
/// <param name="Signature">In hex.</param>
public sealed record Checkpoint(long Number, int Chains, string Signature);

/// <summary>Signs the end of every chain of a practice, so that what stood then cannot later be cut off or exchanged unnoticed.</summary>
static class Checkpoints
{
    const int HeadBytes = 16 + 2 + 8 + 32;

    public static async Task<Checkpoint> Take(ITables tables, PracticeKeys keys, TimeProvider clock, CancellationToken stop)
    {
        while (true)
        {
            var before = await tables.Checkpoints(keys.Practice, stop);
            var known = Known(before);
            // A head whose signature does not hold is left as last signed, so that verify still names it.
            var moved = (await tables.Heads(keys.Practice, stop))
                .Where(h => h.Head.Holds(keys, new(keys.Practice, h.Patient, h.Chain)) && !(known.TryGetValue((h.Patient, h.Chain), out var then) && then.Sequence >= h.Head.Sequence))
                .ToList();
            var body = new byte[moved.Count * HeadBytes];
            for (var i = 0; i < moved.Count; i++) Write(body.AsSpan(i * HeadBytes, HeadBytes), moved[i].Patient, moved[i].Chain, moved[i].Head);

            var number = before.Count + 1L;
            var checkpoint = SealedCheckpoint.Sign(keys, number, clock.GetUtcNow().UtcTicks, body, before is [.., var last] ? last.Signature : Head.Beginning);
            var head = Head.Sign(keys, SealedCheckpoint.PlaceOf(keys.Practice), number, checkpoint.Signature);
            if (await tables.AddCheckpoint(keys.Practice, checkpoint, head, stop)) return new(number, moved.Count, Convert.ToHexStringLower(checkpoint.Signature));
            if ((await tables.Checkpoints(keys.Practice, stop)).Count <= before.Count)
                throw new StoreTrouble("The checkpoints of this practice do not agree with their signed end: some were removed. No checkpoint was added. Run verify, and restore from a backup.");
        }
    }

    /// <summary>The last signed end of every chain, and when it was signed.</summary>
    public static ImmutableDictionary<(PatientId Patient, Chain Chain), (long Sequence, byte[] Hash, DateTimeOffset SignedAt)> Known(IEnumerable<SealedCheckpoint> checkpoints)
    {
        var known = ImmutableDictionary.CreateBuilder<(PatientId, Chain), (long, byte[], DateTimeOffset)>();
        foreach (var checkpoint in checkpoints)
        {
            for (var at = 0; at + HeadBytes <= checkpoint.Body.Length; at += HeadBytes)
            {
                var bytes = checkpoint.Body.AsSpan(at, HeadBytes);
                var place = (new PatientId(new(bytes[..16], bigEndian: true)), (Chain)BinaryPrimitives.ReadInt16BigEndian(bytes[16..]));
                known[place] = (BinaryPrimitives.ReadInt64BigEndian(bytes[18..]), bytes[26..].ToArray(), new(checkpoint.TakenAtTicks, TimeSpan.Zero));
            }
        }
        return known.ToImmutable();
    }

    static void Write(Span<byte> bytes, PatientId patient, Chain chain, Head head)
    {
        patient.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt16BigEndian(bytes[16..], (short)chain);
        BinaryPrimitives.WriteInt64BigEndian(bytes[18..], head.Sequence);
        head.Hash.CopyTo(bytes[26..]);
    }
}
