using System.Collections.Immutable;
using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store;

using Signed = ImmutableDictionary<(PatientId Patient, Chain Chain), (long Sequence, byte[] Hash, DateTimeOffset SignedAt)>;

/// <summary>Walks every chain, key, checkpoint, list row and document, and names the first thing wrong in each.</summary>
sealed class Verifying(ITables tables, KeyRing keys)
{
    readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
    long journals, entries, reads, checkpoints;

    public async Task<Verification> Everything(CancellationToken stop)
    {
        var places = await tables.Places(stop);
        var practices = places.Select(p => p.Practice).Concat((await tables.PracticeKeys(stop)).Select(k => k.Practice)).Distinct().OrderBy(p => p.Value);
        foreach (var practice in practices)
        {
            if (await Open(practice, stop) is { } practiceKeys) await Practice(practiceKeys, places.Where(p => p.Practice == practice), stop);
        }
        return new(journals, entries, reads, checkpoints, findings.ToImmutable());
    }

    async Task<PracticeKeys?> Open(PracticeId practice, CancellationToken stop)
    {
        try
        {
            if (await keys.Find(practice, stop) is { } found) return found;
            Found(practice, null, null, $"The key of practice {practice} was removed; none of its records can be read.");
        }
        catch (StoreTrouble)
        {
            Found(practice, null, null, $"The key of practice {practice} was altered or replaced; none of its records can be read.");
        }
        return null;
    }

    async Task Practice(PracticeKeys practice, IEnumerable<Place> places, CancellationToken stop)
    {
        var signed = await CheckpointsOf(practice, stop);
        var all = places.Concat(signed.Keys.Select(k => new Place(practice.Practice, k.Patient, k.Chain))).Distinct().OrderBy(p => p.Patient.Value).ThenBy(p => p.Chain);
        foreach (var at in all)
        {
            if (at.Chain == Chain.Entries) journals++;
            await Walk(practice, at, signed, stop);
        }
        await Lists(practice, stop);
        foreach (var document in (await tables.Shelf(practice.Practice, null, stop)).Where(d => !SealedDocuments.Opens(practice, d)))
            Found(practice.Practice, null, null, $"A document of the kind \"{document.Kind}\" of practice {practice.Practice} was altered or moved.");
    }

    /// <summary>What the checkpoints say as far as they hold.</summary>
    async Task<Signed> CheckpointsOf(PracticeKeys practice, CancellationToken stop)
    {
        // The head first: checkpoints added in between only make the series longer.
        var at = SealedCheckpoint.PlaceOf(practice.Practice);
        var head = await tables.Head(at, stop);
        var sound = new List<SealedCheckpoint>();
        foreach (var checkpoint in await tables.Checkpoints(practice.Practice, stop))
        {
            var before = sound is [.., var last] ? last.Signature : Head.Beginning;
            if (checkpoint.Number != sound.Count + 1 || !checkpoint.PreviousSignature.AsSpan().SequenceEqual(before))
            {
                Found(practice.Practice, null, null, $"Checkpoint {sound.Count + 1} of practice {practice.Practice} was removed or reordered.");
                return Checkpoints.Known(sound);
            }
            if (!checkpoint.Holds(practice))
            {
                Found(practice.Practice, null, null, $"Checkpoint {checkpoint.Number} of practice {practice.Practice} was altered.");
                return Checkpoints.Known(sound);
            }
            sound.Add(checkpoint);
            checkpoints++;
        }
        if (head is null ? sound.Count > 0 : !head.Holds(practice, at) || (head.Sequence == sound.Count && !head.Hash.AsSpan().SequenceEqual(sound[^1].Signature)))
            Found(practice.Practice, null, null, $"The signed end of the checkpoints of practice {practice.Practice} was altered or removed.");
        else if (head?.Sequence > sound.Count)
            Found(practice.Practice, null, null, $"Checkpoint {sound.Count + 1} of practice {practice.Practice} was removed.");
        return Checkpoints.Known(sound);
    }

    async Task Walk(PracticeKeys practice, Place at, Signed signed, CancellationToken stop)
    {
        // The head first: the rows read after it reach at least as far.
        var head = await tables.Head(at, stop);
        var rows = await tables.Entries(at, 0, stop);
        // Rows beyond it were written meanwhile, or by somebody who could not sign for them.
        var end = rows.Count > 0 && rows[^1].Sequence > (head?.Sequence ?? 0) ? await tables.Head(at, stop) : head;

        var sound = 0L;
        var hash = Head.Beginning;
        foreach (var row in rows)
        {
            if (await Wrong(practice, at, row, sound, hash, rows.Count, stop) is { } wrong)
            {
                Found(at, sound + 1, wrong);
                return;
            }
            (sound, hash) = (row.Sequence, row.Hash);
            if (at.Chain == Chain.Entries) entries++;
            else reads++;
        }

        var then = signed.TryGetValue((at.Patient, at.Chain), out var last) ? last : default;
        if (sound < then.Sequence)
            Found(at, sound + 1, sound == 0 && end is null ? $"was removed with the whole {Name(at)}: the checkpoint of {then.SignedAt:yyyy-MM-dd} signed {then.Sequence}" : $"was removed: the checkpoint of {then.SignedAt:yyyy-MM-dd} signed {then.Sequence}");
        else if (then.Sequence > 0 && !rows[(int)then.Sequence - 1].Hash.AsSpan().SequenceEqual(then.Hash))
            Found(at, then.Sequence, $"is not the one the checkpoint of {then.SignedAt:yyyy-MM-dd} signed");
        else if (end is null && sound > 0)
            Found(at, sound, "has no signed end after it: the end was removed");
        else if (end is not null && !end.Holds(practice, at))
            Found(at, Math.Max(sound, 1), "has a signed end after it that was altered");
        else if (head?.Sequence > sound)
            Found(at, sound + 1, $"was removed: the signed end is at {head.Sequence}");
        else if (end is not null && end.Sequence < sound)
            Found(at, end.Sequence + 1, "stands after the signed end: it was not written by Casement");
        else if (head is not null && !rows[(int)head.Sequence - 1].Hash.AsSpan().SequenceEqual(head.Hash))
            Found(at, head.Sequence, "is not the one the signed end names");
    }

    async ValueTask<string?> Wrong(PracticeKeys practice, Place at, SealedEntry row, long before, byte[] hash, int count, CancellationToken stop)
    {
        if (row.Sequence != before + 1) return "was removed";
        if (!row.HashHolds(at))
        {
            var origin = Enumerable.Range(1, count).FirstOrDefault(n => n != row.Sequence && (row with { Sequence = n }).HashHolds(at));
            return origin > 0 ? $"holds what was written as number {origin}: rows were reordered" : "was altered";
        }
        if (!row.PreviousHash.AsSpan().SequenceEqual(hash)) return "does not follow the one before it: rows were exchanged";
        return await keys.Find(practice, at.Patient, row.KeyId, stop) switch
        {
            null => "cannot be opened: the patient's key was removed or replaced",
            var key when row.Open(at, key) is null => "was altered or moved here from elsewhere",
            _ => null,
        };
    }

    async Task Lists(PracticeKeys practice, CancellationToken stop)
    {
        // Heads first: rows are replaced together with their head, so they are never older than what is read here.
        var versions = (await tables.Heads(practice.Practice, stop)).Where(h => h.Chain == Chain.Entries).ToDictionary(h => h.Patient, h => h.Head.ListsAt);
        foreach (var row in await tables.Lists(practice.Practice, stop))
        {
            if (row.Ciphertext is not { } ciphertext) continue;
            if (practice.Lists.Open(ciphertext, SealedList.Context(practice.Practice, row.Patient, row.List, row.Version)) is null)
                Found(practice.Practice, row.Patient, null, $"The row of patient {row.Patient} in the list \"{row.List}\" was altered or moved; rebuild derives it again.");
            else if (row.Version < versions.GetValueOrDefault(row.Patient))
                Found(practice.Practice, row.Patient, null, $"The row of patient {row.Patient} in the list \"{row.List}\" is an old one; rebuild derives it again.");
        }
    }

    static string Name(Place at) => at.Chain == Chain.Entries ? "journal" : "record of looks";

    void Found(Place at, long sequence, string what) =>
        Found(at.Practice, at.Patient, sequence, $"{(at.Chain == Chain.Entries ? "Entry" : "Look")} {sequence} of patient {at.Patient} {what}.");

    void Found(PracticeId practice, PatientId? patient, long? sequence, string sentence) => findings.Add(new(practice, patient, sequence, sentence));
}
