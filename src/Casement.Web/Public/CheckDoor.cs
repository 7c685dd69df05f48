using Casement.Clearance;
using Casement.Documents;
using Casement.Journal;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.Public;

/// <summary>What anybody who holds a letter may learn: its number, its day, and whether it holds now.</summary>
public sealed record CheckedLetter(string Number, DateTimeOffset IssuedAt, ClearanceState State, bool IsNewest);

/// <summary>The address printed on a clearance letter. It carries the chart and the decision sealed together, and opens nothing but the state of that decision.</summary>
public sealed class CheckDoor(IDataProtectionProvider seals, Desk desk, WebOptions options)
{
    readonly SealedAddress seal = new(seals, "letter check 1");

    public Uri Address(PatientId patient, Guid clearance) => new(options.Address, $"/check/{seal.Write(patient, clearance)}");

    /// <summary>Null when the address names no letter of ours.</summary>
    public async Task<CheckedLetter?> Look(string token, DateTimeOffset now, CancellationToken stop)
    {
        if (seal.Read(token) is not var (patient, clearance)) return null;
        var chart = await desk.Peek(patient, stop);
        return chart.Clearances.FirstOrDefault(c => c.Signed.Clearance == clearance) is { Signed.MayProceed: true } found
            ? new(ClearanceLetter.Number(clearance), found.SignedAt, chart.NotReadable.Count > 0 ? ClearanceState.Suspended : found.At(now), chart.Clearances[^1].Signed.Clearance == clearance)
            : null;
    }
}
