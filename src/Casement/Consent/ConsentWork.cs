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
            var asked = signature.Renewals.LastOrDefault();
            if (asked.Asked is { Reason: RenewalReason.NewerText } newer)
                rows.Add(Worklist.Row(Refused(chart, signature, asked.At)
                    ? new(who.Name.Called, $"Chose not to sign the new version: {newer.Title}", Urgency.Soon, asked.At, Page)
                    : new(who.Name.Called, $"Signed an older version: {newer.Title}", Urgency.Today, asked.At, Page)));
            else if (asked.Asked is { Reason: RenewalReason.Ended } over && !(signature.Signed.EndsAt <= asked.At))
                rows.Add(Worklist.Row(new(who.Name.Called, $"Ended, as many sessions were given as it was signed for: {over.Title}", Urgency.Today, asked.At, Page)));
            else if (signature.WaitsForClinician) rows.Add(Worklist.Row(new(who.Name.Called, $"Sign after the patient: {signature.Signed.Text.Title}", Urgency.Today, signature.SignedAt, Page)));
            // The row begins to count on the day it is worth asking; before, the list leaves it out.
            else if (signature.Signed.EndsAt is { } ends && !signature.Signed.IsReceipt)
                rows.Add(Worklist.Row(new(who.Name.Called, $"Ends soon: {signature.Signed.Text.Title}", Urgency.Soon, Begins(signature, ends), Page, ends, $"Ended: {signature.Signed.Text.Title}")));
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
        foreach (var again in Standing(chart).Where(s => !chart.Consents.Offers.ContainsKey(s.Family)))
        {
            var (asked, at) = again.Renewals.LastOrDefault();
            if (asked is not null && Refused(chart, again, at)) continue;
            if (asked is { Reason: RenewalReason.NewerText }) yield return new($"Read and sign the new version of: {asked.Title}", $"/my/documents/{again.Family}", asked.Because);
            else if (again.Signed.EndsAt <= now && !again.Signed.IsReceipt && !chart.Consents.Declined.ContainsKey(again.Family)) yield return new($"Sign again: {again.Signed.Text.Title}", $"/my/documents/{again.Family}", "The last one has run out.");
            else if (asked is not null) yield return new($"Sign again: {asked.Title}", $"/my/documents/{again.Family}", asked.Because, asked.Reason is RenewalReason.EndsSoon ? again.Signed.EndsAt : null);
        }
    }

    /// <summary>The patient said no after being asked.</summary>
    static bool Refused(Chart chart, SignatureOnChart signature, DateTimeOffset asked) =>
        chart.Consents.Declined.TryGetValue(signature.Family, out var no) && no.DeclinedAt >= asked;

    static IEnumerable<SignatureOnChart> Standing(Chart chart) =>
        chart.Consents.Signatures.Where(s => s.Withdrawn is null && s.Reopened is null && !chart.Consents.IsSuperseded(s));

    static DateTimeOffset Begins(SignatureOnChart signature, DateTimeOffset ends) => ends - Soon > signature.SignedAt ? ends - Soon : signature.SignedAt;
}
