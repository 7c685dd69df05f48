using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;
using Casement.Readiness;

namespace Casement.Referrals;

/// <summary>What is due to be said because time has passed: one reminder before a deadline and one when it was missed, one word for each clearance that ended by itself.</summary>
public static class Overdue
{
    /// <summary>The reminders a chart calls for at an instant and does not hold yet. Asked twice, the second time gives none.</summary>
    public static ImmutableArray<PatientEvent> Reminders(Chart chart, ReferralRules rules, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var so in chart.Referrals.Values.Where(r => r.IsWithPartner))
        {
            // Before it is late somebody may simply have forgotten; what was late before anybody could say so is only late.
            foreach (var wait in Waits.Of(chart, so).Where(w => w.DueAt > now && IsRemindedOf(w)))
                if (wait.DueAt?.AddHours(-rules.RemindPartnerHoursBefore) is { } early && early <= now && wait.Since < early)
                    Ask(ReminderOf(so, wait), "referral-reminder", so);
            foreach (var wait in Waits.Of(chart, so).Where(w => w.DueAt <= now && MayBeLate(w)))
                Ask(LateOf(so, wait), "referral-overdue", so);
            if (LiveClearance.Of(chart, so.Drafted.Product, now) is { State: ClearanceState.Expired, Decision.Signed.Clearance: var ended })
                Ask(EndOf(so, ended), "partner-clearance-changed", so);
        }
        return events.ToImmutable();

        void Ask(Guid id, string template, ReferralOnChart so)
        {
            if (!chart.Messages.ContainsKey(id)) events.Add(new MessageAsked(id, template, Preparing.PartnerOf(chart, so), "/partner", Preparing.OpenLink(chart, so)));
        }
    }

    internal static bool IsRemindedOf(Wait wait) => wait.Kind is "acknowledge" or "answer";

    internal static bool MayBeLate(Wait wait) => wait.For is WaitsFor.Partner && wait.Kind is not "clearance-change";

    internal static Guid ReminderOf(ReferralOnChart so, Wait wait) => DerivedId.Joined("reminder", so.Id, wait.Kind, wait.DueAt);

    internal static Guid LateOf(ReferralOnChart so, Wait wait) => DerivedId.Joined("overdue", so.Id, wait.Kind, wait.DueAt);

    internal static Guid EndOf(ReferralOnChart so, Guid clearance) => DerivedId.Joined("clearance", so.Id, clearance, ClearanceState.Expired);

    public static Decision Decide(Chart chart, ReferralRules rules, ReadinessPlan? readiness, TimeZoneInfo zone, DateTimeOffset now) =>
        Decision.Accept([.. Reminders(chart, rules, now), .. readiness is { } plan ? AskingReadiness.Due(chart, plan, zone, now) : []]);
}

/// <summary>The chore that keeps the clocks of all open referrals. To be run every few minutes; running it twice, or on two nodes, says nothing twice.</summary>
public static class ReferralClocks
{
    /// <summary>Answers how many charts were written to.</summary>
    public static async Task<int> Run(Desk desk, IJournals journals, PracticeId practice, ReferralRules rules, ReadinessPlan? readiness, TimeZoneInfo zone, DateTimeOffset now, CancellationToken stop)
    {
        var written = 0;
        foreach (var patient in (await journals.ReadList(practice, ReferralWork.Board, stop)).Where(r => ReferralWork.Read(r.Json).Times is not { } times || times.IsDue(rules, now)).Select(r => r.Patient).Distinct().ToArray())
            if (await desk.CarryOut(patient, Actor.Casement, chart => Overdue.Decide(chart, rules, readiness, zone, now), stop) is Accepted) written++;
        return written;
    }
}
