using System.Collections.Immutable;
using System.Text.Json;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>One referral on the board that crosses patients.</summary>
/// <param name="Who">The name the person is called by.</param>
/// <param name="Product">By its id.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Waits">What it waits for; the first is the next step.</param>
public sealed record BoardRow(Guid Referral, string Who, string Partner, string Product, ReferralStage Stage, string Business, DateTimeOffset Since, ImmutableArray<Wait> Waits);

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
            rows.Add(new(Board, JsonSerializer.Serialize(new BoardRow(so.Id, who.Name.Called, so.Drafted.PartnerName, so.Drafted.Product, so.Stage, so.Business, so.StageAt, waits))));
            // A patient's own step is theirs until it is late; the board shows it.
            foreach (var wait in waits.Where(w => w.For is not WaitsFor.Patient))
                rows.Add(Worklist.Row(new(who.Name.Called, wait.What, wait.Kind is "clearance-change" or "revoked" ? Urgency.Today : Urgency.Soon, wait.Since, $"referrals/{so.Id}", wait.DueAt, wait.Late)));
        }
        foreach (var session in chart.Sessions.Values.Where(s => s.CalledOff is null && !s.IsRead))
        {
            if (session.Checks.LastOrDefault() is { Check: { Evaluation: var last }, At: var at } && session.Started is null && last.Outcome is "emergency" or "no-go" or "hold")
                rows.Add(Worklist.Row(new(who.Name.Called, $"At the clinic now: {last.Outcome.Replace('-', ' ')} before a session", last.Outcome is "emergency" ? Urgency.Now : Urgency.Today, at, $"referrals/{session.Referral}", Alarm: last.Outcome is "emergency" ? Alarm.Session : "")));
            if (session.Readings.LastOrDefault() is { Reading: { Evaluation: var reading }, At: var taken } && session.IsUnderWay && reading.Outcome is "emergency" or "stop")
                rows.Add(Worklist.Row(new(who.Name.Called, $"At the clinic now: {reading.Outcome} during a session", Urgency.Now, taken, $"referrals/{session.Referral}", Alarm: Alarm.Session)));
            foreach (var grave in session.Events.Where(e => e.Serious))
                rows.Add(Worklist.Row(new(who.Name.Called, "Serious adverse event at a session: review, and decide on reports", Urgency.Now, grave.At, $"referrals/{session.Referral}", Alarm: Alarm.SeriousEvent)));
        }
        return rows.ToImmutable();
    }

    public static BoardRow Read(string json) => JsonSerializer.Deserialize<BoardRow>(json) ?? throw new JsonException("A row of the board is empty.");
}
