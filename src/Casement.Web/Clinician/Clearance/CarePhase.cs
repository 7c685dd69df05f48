using Casement.Clearance;
using Casement.Journal;
using Casement.Referrals;

namespace Casement.Web.Clinician.Clearance;

/// <summary>Where somebody is on the way, in a word or two: worked out from the chart each time, never ticked.</summary>
public static class CarePhase
{
    public static string Of(Chart chart, DateTimeOffset now)
    {
        if (chart.Sessions.Values.Any(s => s.IsUnderWay)) return "Session under way";
        var open = chart.Referrals.Values.Where(r => r is { IsOpen: true, RevokedAt: null }).ToArray();
        if (open.Any(r => r.Stage is ReferralStage.Completed)) return "After treatment";
        if (open.Any(r => r.MayTreat)) return chart.Sessions.Values.Any(s => s.StartedAt is not null) ? "In treatment" : "Before treatment";
        var state = chart.Clearances.LastOrDefault()?.At(now) ?? ClearanceState.None;
        if (open.Any(r => r.Sent is not null)) return "Referred";
        if (chart.Sessions.Values.Any(s => s.StartedAt is not null) && state is not ClearanceState.Valid) return "After treatment";
        return state switch
        {
            ClearanceState.None => chart.Intake is { SubmittedAt: null } ? "Health questions" : "Clearance",
            ClearanceState.Valid => "Cleared",
            _ => "Clearance again",
        };
    }
}
