using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;
using Casement.Referrals;
using Casement.Web.Clinician.Referrals;
using Casement.Web.Shell;

namespace Casement.Web.Patient;

/// <summary>Something that has its day: a visit with us, an appointment at the clinic.</summary>
public sealed record ComingUp(string What, DateTimeOffset At, string Page);

/// <summary>Where somebody stands on the way, in a sentence for themselves.</summary>
public static class WhereYouAre
{
    /// <summary>What lies ahead, the soonest first. An appointment no clearance holds for is no plan: what to do instead is a step of its own.</summary>
    public static ImmutableArray<ComingUp> Coming(Chart chart, DateTimeOffset now) =>
    [
        .. chart.Referrals.Values.Where(r => r is { IsOpen: true, RevokedAt: null } && r.Appointment > now && LiveClearance.NotOn(chart, r, r.Appointment ?? now, now) is null)
            .Select(r => new ComingUp($"Your appointment at {r.Drafted.PartnerName}", r.Appointment ?? default, $"/my/referrals/{r.Id}"))
            .Concat(Visits(chart).Where(v => v.At.AddMinutes(v.Minutes) > now && chart.Referrals.Values.All(r => r.Appointment != v.At)).Select(v => new ComingUp(v.Place.Length > 0 ? $"Your visit with us: {v.Place}" : "Your visit with us", v.At, "")))
            .OrderBy(c => c.At),
    ];

    /// <summary>The newest word on each visit the patient was told of.</summary>
    static IEnumerable<Visit> Visits(Chart chart) => chart.Messages.Values
        .Where(m => m.Asked is { Visit: not null, To.Kind: AddresseeKind.Patient }).Select(m => m.Asked.Visit).OfType<Visit>()
        .GroupBy(v => v.Id).Select(g => g.MaxBy(v => v.Sequence)).OfType<Visit>().Where(v => !v.Cancelled);

    /// <summary>What is being done now, and by whom: the patient's turn is said by the list of what waits for them.</summary>
    public static string Words(Chart chart, DateTimeOffset now, Zone zone)
    {
        // A clearance that does not hold comes before any date that was made under it.
        var holds = chart.Clearances.LastOrDefault()?.At(now) is ClearanceState.Valid or null;
        if (holds && chart.Referrals.Values.Where(r => r is { IsOpen: true, RevokedAt: null }).OrderBy(r => r.DraftedAt).LastOrDefault() is { } referral) return LoopWords.ForPatient(referral, now);
        return (chart.Clearances.LastOrDefault(), chart.Intake) switch
        {
            ({ } last, _) when last.At(now) is ClearanceState.Valid && last.EndsAt is { } until => $"Your clinician has said yes to the next step. It holds until {zone.SayDate(until)}. We talk with you about the clinic.",
            ({ } last, _) when last.At(now) is ClearanceState.Suspended => "The next step is on hold. Your clinician will talk with you about why.",
            ({ } last, _) when last.At(now) is ClearanceState.Expired => "The last yes of your clinician has run out. We look at it again with you.",
            ({ }, _) => "Your clinician has looked at your answers and will talk with you.",
            (_, { SubmittedAt: { } at }) => $"We have your health answers, from {zone.SayDate(at)}. Your clinician reads them and then talks with you.",
            (_, { }) => "First we need your health answers. It is your turn.",
            _ => "We get in touch with you about the first step. You do not need to do anything.",
        };
    }
}
