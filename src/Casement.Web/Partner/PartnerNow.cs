using Casement.Clearance;
using Casement.Referrals;
using Casement.Web.Shell;

namespace Casement.Web.Partner;

/// <summary>How the clearance stands this minute, in the words of the bar on every page of a partner; asked for again by a page that stays open.</summary>
public static class PartnerNow
{
    /// <summary>Changes with everything a partner has to see.</summary>
    public static string Key(PartnerView view) => $"{view.Live.State}-{view.Live.IsForProduct}-{view.Live.Decision?.Signed.Clearance:N}";

    public static string Kind(PartnerView view) => view.Live.State switch
    {
        ClearanceState.Valid when view.Live.MayTreat => view.Live.Decision?.Signed.Verdict is ClearanceVerdict.ClearedWithConditions ? "condition" : "clear",
        ClearanceState.Suspended or ClearanceState.Expired => "defer",
        _ => "exclude",
    };

    public static string Line(PartnerView view, ReferralRules rules, WebOptions options, Zone zone)
    {
        var (live, asOf) = (view.Live, $"As of {zone.Say(view.Now)}.");
        if (live.MayTreat) return $"{(live.Decision?.Signed.Verdict is ClearanceVerdict.ClearedWithConditions ? "With conditions. " : "")}Ends {(live.EndsAt is { } end ? zone.Say(end) : "when revoked")}. {asOf}";
        var reason = live.Trigger.Length > 0 ? $"Reason: {rules.ReasonOf(live.Trigger)}. " : "";
        return $"Do not treat. {reason}{(options.Card.Phone.Length > 0 ? $"Call the practice at {options.Card.Phone}. " : "")}{asOf}";
    }

    /// <summary>No look is noted: the page that asks was noted when it was opened, and this shows no more than it does.</summary>
    internal static async Task<IResult> Answer(PartnerRoom room, WebOptions options, Zone zone, CancellationToken stop) => await room.Glance(stop) is { } view
        ? Results.Json(new { key = Key(view), kind = Kind(view), says = view.Live.Says, line = Line(view, room.Room.Rules, options, zone) })
        : Results.NotFound();
}
