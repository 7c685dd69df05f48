using System.Collections.Immutable;
using System.Text.Json;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Sessions;

namespace Casement.Referrals;

/// <summary>One referral on the board that crosses patients.</summary>
/// <param name="Who">The name the person is called by.</param>
/// <param name="Product">By its id.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Waits">What it waits for; the first is the next step.</param>
/// <param name="Times">What the round over open referrals goes by; null in rows of earlier versions, whose charts it opens.</param>
public sealed record BoardRow(Guid Referral, string Who, string Partner, string Product, ReferralStage Stage, string Business, DateTimeOffset Since, ImmutableArray<Wait> Waits, ReferralTimes? Times = null);

/// <summary>What referrals and sessions ask of somebody, for the worklist and the loop board. Derived from the journal alone; a clock is read only when it is shown.</summary>
public static class ReferralWork
{
    public const string Board = "referrals";

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart.Who is not { } who) return [];
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        foreach (var so in chart.Referrals.Values.Where(r => r.IsOpen))
        {
            var waits = Waits.Of(chart, so);
            rows.Add(new(Board, JsonSerializer.Serialize(new BoardRow(so.Id, who.Name.Called, so.Drafted.PartnerName, so.Drafted.Product, so.Stage, so.Business, so.StageAt, waits, ReferralTimes.Of(chart, so)))));
            // A patient's own step is theirs until it is late; the board shows it.
            foreach (var wait in waits.Where(w => w is { For: WaitsFor.Patient, DueAt: not null }))
                rows.Add(Worklist.Row(new(who.Name.Called, wait.Late, Urgency.Today, wait.DueAt ?? wait.Since, $"referrals/{so.Id}")));
            foreach (var wait in waits.Where(w => w.For is not WaitsFor.Patient))
                rows.Add(Worklist.Row(new(who.Name.Called, wait.What, wait.Kind is "clearance-change" or "revoked" ? Urgency.Today : Urgency.Soon, wait.Since, $"referrals/{so.Id}", wait.DueAt, wait.Late, wait.Unit)));
        }
        foreach (var finding in chart.Sessions.Values.SelectMany(s => Findings.Open(s), (s, f) => (Session: s, Finding: f)))
            rows.Add(Worklist.Row(new(who.Name.Called, finding.Finding.Says, finding.Finding.Urgency, finding.Finding.Since, $"referrals/{finding.Session.Referral}", Alarm: finding.Finding is { Urgency: not Urgency.Now } ? "" : finding.Finding.Part is SessionPart.Event ? Alarm.SeriousEvent : Alarm.Session)));
        return rows.ToImmutable();
    }

    public static BoardRow Read(string json) => JsonSerializer.Deserialize<BoardRow>(json) ?? throw new JsonException("A row of the board is empty.");
}
