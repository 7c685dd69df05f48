using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Consent;

/// <summary>The wish to put documents before the patient.</summary>
/// <param name="Families">Which.</param>
/// <param name="Message">The id of the message that says something waits.</param>
public sealed record OfferDocuments(ImmutableArray<(Guid Offer, string Family)> Families, Guid Message);

public static class Offering
{
    public static Decision Decide(Chart chart, ConsentDocuments documents, ImmutableDictionary<string, string> fields, OfferDocuments wish, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (wish.Families.IsEmpty) return Decision.Refuse("Choose at least one document.");
        if (wish.Families.Any(f => documents.Find(f.Family) is null)) return Decision.Refuse("We have no such document.");
        var fresh = wish.Families.Join(documents.All, f => f.Family, d => d.Id, (f, d) => (f.Offer, Document: d))
            .Where(f => !chart.Consents.Offers.TryGetValue(f.Document.Id, out var open) || open.Offered.Version != f.Document.Version)
            .Where(f => f.Document.OneForEach.Length > 0 || chart.Holding(f.Document, now) is null).ToArray();
        if (fresh.Length == 0) return Decision.Nothing;
        return Decision.Accept([
            .. fresh.Select(f => (PatientEvent)new ConsentOffered(f.Offer, f.Document.Id, f.Document.Version, f.Document.Title, f.Document.TextFor(fields).Sha256())),
            new MessageAsked(wish.Message, "consent-waiting", new(AddresseeKind.Patient, chart.Who.Name.Called), "/my/documents"),
        ]);
    }
}

/// <summary>The facts a signature settles, written down with it: what holds is so, what no longer holds is not.</summary>
static class Settling
{
    public static ImmutableArray<PatientEvent> Facts(Chart chart, ConsentDocument? document, SignatureOnChart? signature, bool holds, FactSource source, DateTimeOffset now)
    {
        if (document is null || document.Settles.IsEmpty) return [];
        var says = $"{document.Title}, version {signature?.Signed.Text.Version ?? document.Version}, {(holds ? "signed" : "no longer in force")}";
        return [new FactsRecorded([.. document.Settles.Select(f => new RecordedFact(f, FactValue.Of(holds), now, source, new($"document {document.Id}", says)))])];
    }
}
