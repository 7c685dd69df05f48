using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Consent;

/// <summary>What documents ask of the practice and of the patient, from the chart alone.</summary>
public static class ConsentWork
{
    const string Page = "documents";

    /// <summary>How long before its end a signature is worth asking for again.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart.Who is not { } who) return [];
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        foreach (var signature in Standing(chart))
        {
            if (signature.WaitsForClinician) rows.Add(Worklist.Row(new(who.Name.Called, $"Sign after the patient: {signature.Signed.Text.Title}", Urgency.Today, signature.SignedAt, Page)));
            // The row begins to count on the day it is worth asking; before, the list leaves it out.
            else if (signature.Signed.EndsAt is { } ends && !signature.Signed.IsReceipt)
                rows.Add(Worklist.Row(new(who.Name.Called, $"Ends soon: {signature.Signed.Text.Title}", Urgency.Soon, Begins(signature, ends), Page, ends)));
        }
        foreach (var withdrawn in chart.Consents.Signatures.Where(s => s.Withdrawn is not null && !chart.Consents.IsSuperseded(s)))
            rows.Add(Worklist.Row(new(who.Name.Called, $"Taken back: {withdrawn.Signed.Text.Title}", Urgency.Today, withdrawn.ChangedAt, Page)));
        return rows.ToImmutable();
    }

    public static IEnumerable<NextStep> NextSteps(Chart chart, DateTimeOffset now)
    {
        foreach (var offer in chart.Consents.Offers.Values.OrderBy(o => o.OfferedAt).ThenBy(o => o.Offered.Title, StringComparer.Ordinal))
            yield return new($"Read and sign: {offer.Offered.Title}", $"/my/documents/{offer.Offered.Family}", "Takes a few minutes. You may ask us anything first.");
        foreach (var again in chart.Consents.Signatures.Where(s => s.Reopened is not null && s.Withdrawn is null && !chart.Consents.IsSuperseded(s) && !chart.Consents.Offers.ContainsKey(s.Family) && !chart.Consents.Declined.ContainsKey(s.Family)))
            yield return new($"Sign again: {again.Signed.Text.Title}", $"/my/documents/{again.Family}", again.Reopened?.Because ?? "");
        foreach (var over in Standing(chart).Where(s => s.Signed.EndsAt <= now && !s.Signed.IsReceipt && !chart.Consents.Offers.ContainsKey(s.Family) && !chart.Consents.Declined.ContainsKey(s.Family)))
            yield return new($"Sign again: {over.Signed.Text.Title}", $"/my/documents/{over.Family}", "The last one has run out.");
    }

    static IEnumerable<SignatureOnChart> Standing(Chart chart) =>
        chart.Consents.Signatures.Where(s => s.Withdrawn is null && s.Reopened is null && !chart.Consents.IsSuperseded(s));

    static DateTimeOffset Begins(SignatureOnChart signature, DateTimeOffset ends) => ends - Soon > signature.SignedAt ? ends - Soon : signature.SignedAt;
}
