using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Consent;

/// <summary>The wish to take a signature back.</summary>
/// <param name="Message">The id of the message that tells the practice.</param>
public sealed record WithdrawConsent(Guid Signature, string Reason, Guid Message);

/// <summary>The wish not to sign.</summary>
public sealed record DeclineConsent(string Family, string Reason);

/// <summary>The wish of the practice to have something signed again.</summary>
public sealed record AskAgain(Guid Signature, string Because);

public static class TakingBack
{
    /// <summary>The patient may always; staff write down what the patient said.</summary>
    public static Decision Withdraw(Chart chart, ConsentDocuments documents, WithdrawConsent wish, Actor by, DateTimeOffset now)
    {
        if (chart.Consents.Find(wish.Signature) is not { } signature) return Decision.Refuse("There is no such signature.");
        if (by.Kind is not (ActorKind.Patient or ActorKind.Staff)) return Decision.Refuse("There is no such signature.");
        if (signature.Signed.IsReceipt) return Decision.Refuse("This only says that you received it. There is nothing to take back.");
        if (signature.Withdrawn is not null) return Decision.Nothing;
        if (by.Kind is ActorKind.Staff && wish.Reason.Trim().Length == 0) return Decision.Refuse("Write down how the patient told you.");
        if (wish.Reason.Length > 1000) return Decision.Refuse("Please use fewer words for the reason.");
        var newest = !chart.Consents.IsSuperseded(signature);
        return Decision.Accept([
            new ConsentWithdrawn(wish.Signature, wish.Reason.Trim()),
            .. newest ? Settling.Facts(chart, documents.Find(signature.Family), signature, holds: false, by.Kind is ActorKind.Patient ? FactSource.Patient : FactSource.Clinician, now) : [],
            new MessageAsked(wish.Message, "consent-withdrawn", new(AddresseeKind.Staff), "/staff"),
        ]);
    }

    public static Decision Decline(Chart chart, ConsentDocuments documents, DeclineConsent wish, Actor by)
    {
        if (documents.Find(wish.Family) is not { } document || chart.Who is null || by.Kind is not (ActorKind.Patient or ActorKind.Staff)) return Decision.Refuse(SigningConsent.NoSuchDocument);
        if (chart.Consents.Declined.TryGetValue(wish.Family, out var before) && before.Declined.Version == document.Version && !chart.Consents.Offers.ContainsKey(wish.Family)) return Decision.Nothing;
        if (wish.Reason.Length > 1000) return Decision.Refuse("Please use fewer words for the reason.");
        return Decision.Accept(new ConsentDeclined(document.Id, document.Version, document.Title, wish.Reason.Trim()));
    }

    /// <summary>For what no fact tells: a new service line, another video platform, a notice of the authorities.</summary>
    public static Decision Again(Chart chart, ConsentDocuments documents, AskAgain wish, Actor by, DateTimeOffset now)
    {
        if (by.Kind != ActorKind.Staff || chart.Consents.Find(wish.Signature) is not { } signature) return Decision.Refuse("There is no such signature.");
        if (signature.Reopened is not null || signature.Withdrawn is not null || chart.Consents.IsSuperseded(signature)) return Decision.Nothing;
        if (wish.Because.Trim().Length < 10) return Decision.Refuse("Say in a few words what changed; the patient reads it.");
        return Decision.Accept([new ConsentReopened(wish.Signature, "by-hand", wish.Because.Trim()), .. Settling.Facts(chart, documents.Find(signature.Family), signature, holds: false, FactSource.Clinician, now)]);
    }
}
