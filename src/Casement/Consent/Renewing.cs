using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Consent;

/// <summary>What nobody would notice: a text that changed in substance after it was signed, a signature that ends. Asked of a chart twice, the second time gives nothing.</summary>
public static class Renewing
{
    public static Decision Decide(Chart chart, ConsentDocuments documents, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Nothing;
        var asked = documents.All.SelectMany(d => chart.Consents.Newest(d.Id).Select(s => (Document: d, Signature: s, Reason: Reason(chart, d, s, now))))
            .Where(a => a.Reason is { } reason && !IsAsked(a.Document, a.Signature, reason)).ToArray();
        if (asked.Length == 0) return Decision.Nothing;
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var (document, signature, reason) in asked)
        {
            if (reason is not { } why) continue;
            events.Add(new ConsentRenewalAsked(signature.Signed.Signature, why, document.Version, document.Title, Because(document, signature, why)));
            // What the protocol believed on the strength of the signature is so no longer. Once: an earlier ask may have said it.
            if (why is not RenewalReason.EndsSoon && document.Settles.Any(f => chart.Facts.GetValueOrDefault(f)?.LastOrDefault()?.Fact.Value is Flag { Value: true }))
                events.AddRange(Settling.Facts(chart, document, signature, holds: false, FactSource.Derived, now));
        }
        if (asked.FirstOrDefault(a => !chart.Consents.Offers.ContainsKey(a.Document.Id)) is { Signature: { } first, Document: { } text, Reason: { } told })
        {
            var about = DerivedId.Of("consent-renewal", first.Signed.Signature.ToString("D"));
            events.Add(new MessageAsked(DerivedId.Of("consent-renewal", about.ToString("D"), told.ToString(), text.Version), "consent-renewal", new(AddresseeKind.Patient), "/my/documents", About: about));
        }
        return Decision.Accept(events.ToImmutable());
    }

    /// <summary>When each signature that stands is worth asking for again, as the texts are now.</summary>
    public static ImmutableArray<PaperTime> Times(Chart chart, ConsentDocuments documents)
    {
        if (chart.Consents.Signatures.IsEmpty) return [];
        return [.. chart.Consents.Signatures.Where(s => s.Withdrawn is null && s.Reopened is null && !chart.Consents.IsSuperseded(s)).Select(Time)];

        PaperTime Time(SignatureOnChart signature)
        {
            if (documents.Find(signature.Family) is not { } document) return new(signature.Family, "", null);
            var last = chart.LastChangeAt ?? signature.SignedAt;
            var turns = new[] { last, signature.Signed.EndsAt - ConsentWork.Soon, signature.Signed.EndsAt };
            var at = turns.Where(t => t >= last && Reason(chart, document, signature, t.Value) is { } reason && !IsAsked(document, signature, reason)).Min();
            return new(signature.Family, document.Version, at?.ToUnixTimeSeconds());
        }
    }

    static bool IsAsked(ConsentDocument document, SignatureOnChart signature, RenewalReason reason) => signature.Renewals.Any(r => r.Asked.Reason == reason && r.Asked.Version == document.Version);

    /// <summary>Why this signature is to be renewed at an instant; null when it need not be, or somebody has been told already in another way.</summary>
    static RenewalReason? Reason(Chart chart, ConsentDocument document, SignatureOnChart signature, DateTimeOffset now)
    {
        // A refusal is an answer; a receipt speaks of its own day, and is asked for anew only where a step of care waits for the new words.
        if (signature.Signed.IsReceipt && document.MandatoryFor.IsEmpty) return null;
        if (chart.Consents.Declined.TryGetValue(document.Id, out var no) && no.DeclinedAt >= signature.SignedAt && no.Declined.Version == document.Version) return null;
        return chart.StateOf(document, signature, now) switch
        {
            // A version this program does not know was signed at a newer one: during an upgrade nobody is asked to go back.
            SignatureState.NewerText when document.History.Any(h => h.Version == signature.Signed.Text.Version) => RenewalReason.NewerText,
            // An end the signer wrote in is the signer's wish.
            SignatureState.Expired when document.Life.EndsOnAsk.Length == 0 && !signature.Signed.IsReceipt => RenewalReason.Ended,
            SignatureState.Holds when document.Life.EndsOnAsk.Length == 0 && !signature.Signed.IsReceipt && signature.Signed.EndsAt - ConsentWork.Soon <= now => RenewalReason.EndsSoon,
            _ => null,
        };
    }

    static string Because(ConsentDocument document, SignatureOnChart signature, RenewalReason reason) => reason switch
    {
        RenewalReason.NewerText => string.Join(" ", Since(document, signature.Signed.Text.Version).Select(v => v.What.Trim()).Prepend("The text has changed since you signed.")),
        RenewalReason.EndsSoon => "What you signed ends soon.",
        _ => "The last one has run out.",
    };

    /// <summary>The material changes after a version.</summary>
    static IEnumerable<DocumentVersion> Since(ConsentDocument document, string version) =>
        document.History.SkipWhile(h => h.Version != version).Skip(1).Where(h => h.Material);
}

/// <summary>One signature, for the round.</summary>
/// <param name="Under">The version of the text the instant was worked out under; empty when there was no such text.</param>
/// <param name="At">From when it is to be asked for again, in seconds since 1970; null for never.</param>
public sealed record PaperTime(string Family, string Under, long? At)
{
    /// <summary>A text that is another one now may be one that is to be signed again: the chart knows.</summary>
    public bool IsDue(ConsentDocuments documents, DateTimeOffset now) => documents.Find(Family) is { } document && (document.Version != Under || At <= now.ToUnixTimeSeconds());
}

/// <summary>The round that finds what is to be renewed. Two nodes, or a second time, say nothing twice.</summary>
public static class ConsentRound
{
    /// <summary>Answers how many charts were written to.</summary>
    public static async Task<int> Run(Desk desk, IJournals journals, PracticeId practice, ConsentDocuments documents, DateTimeOffset now, CancellationToken stop)
    {
        var written = 0;
        foreach (var patient in await Rounds.Waiting(journals, practice, row => row.Papers.Any(p => p.IsDue(documents, now)), stop))
            if (await desk.CarryOut(patient, Actor.Casement, chart => Renewing.Decide(chart, documents, now), stop) is Accepted) written++;
        return written;
    }
}
