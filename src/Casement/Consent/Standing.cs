using Casement.Clearance;
using Casement.Journal;

namespace Casement.Consent;

/// <summary>How signatures and documents stand at an instant.</summary>
public static class ConsentStanding
{
    public static SignatureState StateOf(this Chart chart, ConsentDocument? document, SignatureOnChart signature, DateTimeOffset now) =>
        chart.Consents.IsSuperseded(signature) ? SignatureState.Superseded
        : signature.Withdrawn is not null ? SignatureState.Withdrawn
        : signature.Reopened is not null ? SignatureState.Reopened
        : now >= signature.Signed.EndsAt || SessionsUsed(chart, document, signature) ? SignatureState.Expired
        : document is null || !document.StillHolds(signature.Signed.Text.Version) ? SignatureState.NewerText
        : signature.WaitsForClinician ? SignatureState.WaitsForClinician
        : SignatureState.Holds;

    /// <summary>The newest signature that holds, about the one asked for or, when none is asked for, about any.</summary>
    public static SignatureOnChart? Holding(this Chart chart, ConsentDocument document, DateTimeOffset now, string? about = null) => chart.Consents.Newest(document.Id)
        .Where(s => about is null || document.OneForEach.Length == 0 || ConsentsOnChart.Same(s.Signed.About) == ConsentsOnChart.Same(about))
        .LastOrDefault(s => chart.StateOf(document, s, now) is SignatureState.Holds && Covers(document, s, about));

    /// <summary>Whether the signer let it count for this recipient.</summary>
    static bool Covers(ConsentDocument document, SignatureOnChart signature, string? about) =>
        about is null || document.LimitedTo is not { } limit || Filled(signature, limit.Ask) != limit.Is || ConsentsOnChart.Same(Filled(signature, limit.Names)) == ConsentsOnChart.Same(about);

    static string Filled(SignatureOnChart signature, string ask) => signature.Signed.Text.Parts.FirstOrDefault(p => p.Kind is PartKind.Filled && p.Id == ask)?.Text ?? "";

    public static int? SessionsCounted(Chart chart, ConsentLife life) =>
        life.Sessions is null ? null : chart.Facts.GetValueOrDefault(life.SessionsFact)?.LastOrDefault()?.Fact.Value is Number count ? (int)count.Value : 0;

    static bool SessionsUsed(Chart chart, ConsentDocument? document, SignatureOnChart signature) =>
        document?.Life is { Sessions: { } most } life && SessionsCounted(chart, life) is { } now && Math.Max(now - (signature.Signed.SessionsThen ?? 0), SessionsSince(chart, signature)) >= most;

    /// <summary>By the sessions themselves: the count begins again with a new phase of the course, the signature does not.</summary>
    static int SessionsSince(Chart chart, SignatureOnChart signature) => chart.Sessions.Values.Count(s => s.StartedAt >= signature.SignedAt && (s.Discharged is not null || s.Report is not null));
}
