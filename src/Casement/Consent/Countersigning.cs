using Casement.Clearance;
using Casement.Journal;

namespace Casement.Consent;

/// <summary>The wish of a second person to sign under what the patient signed.</summary>
public sealed record Countersign(Guid Signature, SignerRole Role, string SaidWhen);

public static class Countersigning
{
    public static Decision Decide(Chart chart, ConsentDocuments documents, Countersign wish, Actor by, DateTimeOffset now)
    {
        if (chart.Consents.Find(wish.Signature) is not { } signature) return Decision.Refuse("There is no such signature.");
        if (by.Kind != ActorKind.Staff || wish.Role is not (SignerRole.Clinician or SignerRole.Witness)) return Decision.Refuse("Only the practice signs here.");
        if (wish.Role is SignerRole.Clinician && by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can sign. Your account shows no licence.");
        if (wish.Role is SignerRole.Clinician && !signature.Signed.NeedsClinician) return Decision.Refuse("This document needs no second signature.");
        if ((wish.Role is SignerRole.Witness ? signature.Witness : signature.Clinician) is not null) return Decision.Nothing;
        if (wish.Role is SignerRole.Witness && by.Id == signature.By.Id) return Decision.Refuse("A witness is somebody other than the person who wrote this down.");
        var document = documents.Find(signature.Family);
        var state = chart.StateOf(document, signature, now);
        if (state is not (SignatureState.Holds or SignatureState.WaitsForClinician)) return Decision.Refuse("This signature no longer holds. Ask for a new one.");
        var second = new ConsentCountersigned(wish.Signature, wish.Role, by.Name, by.Credentials, signature.Signed.Sha256, wish.SaidWhen);
        return wish.Role is SignerRole.Clinician
            ? Decision.Accept([second, .. Settling.Facts(chart, document, signature, holds: true, FactSource.Clinician, now)])
            : Decision.Accept(second);
    }
}
