using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Referrals;

/// <summary>What referrals ask of the patient.</summary>
public static class PatientSteps
{
    public static IEnumerable<NextStep> Of(Chart chart, DateTimeOffset now)
    {
        foreach (var so in chart.Referrals.Values.Where(r => r.IsOpen && r.RevokedAt is null).OrderBy(r => r.DraftedAt))
        {
            var page = $"/my/referrals/{so.Id}";
            if (so.Stage is ReferralStage.Draft && !so.Chosen.IsEmpty && so.Authorised is null) yield return new("Look at what we would send to the clinic", page, "About five minutes. Nothing is sent before you sign.");
            else if (!so.Proposed.IsEmpty && so.MayTreat) yield return new($"Choose a date at {so.Drafted.PartnerName}", page, "One minute.");
            else if (so.Appointment is { } at && at > now) yield return LiveClearance.NotOn(chart, so, at, now) is null
                ? new($"Your appointment at {so.Drafted.PartnerName}", page, "See when, and who goes home with you.", at)
                : new($"Call us before you go to {so.Drafted.PartnerName}", page, "You have a date, but your clearance does not hold for it.", at);
        }
        if (chart.Referrals.Values.Any(r => r.MayTreat) && chart.SupportPeople.IsEmpty) yield return new("Name who is there for you on the day", "/my/support", "Two minutes. The clinic needs it before the first session.");
    }
}
