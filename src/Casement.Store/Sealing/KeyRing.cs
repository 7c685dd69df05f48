using System.Collections.Concurrent;
using System.Security.Cryptography;
using Casement.Journal;

namespace Casement.Store.Sealing;

/// <summary>The keys in use, unwrapped: the master key opens a practice's key, that opens each patient's.</summary>
sealed class KeyRing(ITables tables, byte[] master)
{
    /// <summary>The key id new rows are sealed under.</summary>
    public const int Current = 1;

    const int PatientsHeld = 50_000;

    readonly Seal masterSeal = new(master);
    readonly ConcurrentDictionary<PracticeId, PracticeKeys> practices = [];
    readonly ConcurrentDictionary<(PracticeId, PatientId, int), Seal> patients = [];

    public byte[] Master { get; } = master;

    /// <summary>The same master key with nothing unwrapped yet, for whoever must see what is on disk now.</summary>
    public KeyRing Afresh() => new(tables, Master);

    /// <summary>Whether the master key is the one this database was sealed with; a sentence when it is not.</summary>
    public async Task Check(CancellationToken stop)
    {
        foreach (var key in await tables.PracticeKeys(stop)) Unwrap(key);
    }

    /// <summary>Null when the practice has never written anything.</summary>
    public async ValueTask<PracticeKeys?> Find(PracticeId practice, CancellationToken stop)
    {
        if (practices.TryGetValue(practice, out var held)) return held;
        var found = (await tables.PracticeKeys(stop)).FirstOrDefault(k => k.Practice == practice && k.KeyId == Current);
        return found is null ? null : practices.GetOrAdd(practice, _ => Unwrap(found));
    }

    public async ValueTask<PracticeKeys> FindOrMake(PracticeId practice, CancellationToken stop)
    {
        if (await Find(practice, stop) is { } found) return found;
        var key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);
        await tables.AddPracticeKey(new(practice, Current, masterSeal.Close(key, Context(practice))), stop);
        // Another node may have been first; what the database holds is what counts.
        return await Find(practice, stop) ?? throw new StoreTrouble("The key of the practice was written and is not there. Nothing was sealed with it; check the database.");
    }

    /// <summary>Null when there is no such key or it does not open.</summary>
    public async ValueTask<Seal?> Find(PracticeKeys practice, PatientId patient, int keyId, CancellationToken stop)
    {
        if (patients.TryGetValue((practice.Practice, patient, keyId), out var held)) return held;
        if (await tables.PatientKey(practice.Practice, patient, keyId, stop) is not { } wrapped) return null;
        if (practice.Wrapping.Open(wrapped, Context(practice.Practice, patient, keyId)) is not { } key) return null;
        if (patients.Count >= PatientsHeld) patients.Clear();
        return patients.GetOrAdd((practice.Practice, patient, keyId), _ => new(key));
    }

    public async ValueTask<Seal> FindOrMake(PracticeKeys practice, PatientId patient, CancellationToken stop)
    {
        if (await Find(practice, patient, Current, stop) is { } found) return found;
        var key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);
        await tables.AddPatientKey(patient, new(practice.Practice, Current, practice.Wrapping.Close(key, Context(practice.Practice, patient, Current))), stop);
        return await Find(practice, patient, Current, stop)
            ?? throw new StoreTrouble($"The key of patient {patient} does not open: it was altered or replaced. Nothing was written. Run verify, and restore that key from a backup.");
    }

    PracticeKeys Unwrap(WrappedKey key) => masterSeal.Open(key.Wrapped, Context(key.Practice)) is { } opened
        ? new(key.Practice, opened)
        : throw new StoreTrouble("The master key does not open this database: it is not the key the records were sealed with, or the practice's key was altered. Nothing was read or changed. Bring the right key file, or restore from a backup.");

    static byte[] Context(PracticeId practice) => new Fields(new byte[96]).Add("casement practice key 1").Add(practice.Value).Add(Current).Bytes.ToArray();

    static byte[] Context(PracticeId practice, PatientId patient, int keyId) =>
        new Fields(new byte[128]).Add("casement patient key 1").Add(practice.Value).Add(patient.Value).Add(keyId).Bytes.ToArray();
}
