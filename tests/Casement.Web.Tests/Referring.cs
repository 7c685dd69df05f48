using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Clinician.Referrals;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>A referral on the way, over the real program.</summary>
public static class Referring
{
    public static readonly Guid Hillview = new("7b0c7a6e-0000-4000-8000-0000000000b1");

    public static async Task<PartnerClinic> Clinic(this House house, Func<PartnerClinic, PartnerClinic>? with = null)
    {
        var today = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime);
        var clinic = new PartnerClinic(Hillview, "Hillview Infusion", "12 Hill St, Boulder", "303 555 0142", "referrals@hillview.example", "", "CO 4411", today.AddDays(200),
            ["racemic-ketamine-iv"], null, today.AddDays(-100), today.AddDays(265), Accepting: true, ["Dr Osei, anaesthetist"], ImmutableSortedDictionary<string, decimal>.Empty);
        clinic = with?.Invoke(clinic) ?? clinic;
        Assert.True(await house.Services.GetRequiredService<PartnerShelf>().Keep(clinic, 0, default));
        return clinic;
    }

    /// <summary>Somebody cleared, as of now.</summary>
    public static async Task<PatientId> ClearedPatient(this House house, string name = "Claudia Ordóñez Villaseñor")
    {
        var patient = await house.Chart("pub-001", name);
        var now = house.Clock.GetUtcNow();
        await house.Answer(patient, "medication-list-reconciled", FactValue.Of(true));
        await house.Papers(patient, [.. Charts.ForClearance, "doc-emergency-contact"]);
        await house.Carry(patient, chart => Signing.Decide(chart, House.Ketamine, ImmutableSortedDictionary<string, decimal>.Empty, House.Documents, new(Guid.NewGuid(), ClearanceVerdict.Cleared, "Everything was reviewed with care.", chart.Version), Charts.Alma, now));
        return patient;
    }

    /// <summary>Sent, as staff and patient would have done it; answers the referral and its link.</summary>
    public static async Task<(Guid Referral, Guid Link)> SentTo(this House house, PatientId patient, PartnerClinic clinic)
    {
        var (referral, link, now) = (Guid.NewGuid(), Guid.NewGuid(), house.Clock.GetUtcNow());
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var rules = House.ReferralRules;
        await house.Carry(patient, chart => Preparing.Draft(chart, new(referral, clinic, "racemic-ketamine-iv", "Please evaluate and treat.", ReferralUrgency.Routine, null), today));
        await house.Carry(patient, chart => Preparing.Choose(chart, referral, [.. Packet.Offered(chart, House.Ketamine, rules, House.SafetyRules, chart.Referrals[referral].Drafted, chart.Clearances[^1].Signed, "Front Range Integrative, +1 303 555 0100", now, at => at.ToString("MMM d, yyyy")).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));
        await house.Carry(patient, chart => Preparing.Authorise(chart, referral, new(Guid.NewGuid(), ["All lines"], "The practice", clinic.Name, "Treatment", now.AddDays(365), "Claudia", now, "", "How", "Not", "May", "1.0", "5e1f", Packet.Hash(Packet.AsSent(chart.Referrals[referral].Chosen, [], rules))), rules, now));
        await house.Carry(patient, chart => Preparing.Send(chart, new(referral, link, Guid.NewGuid(), clinic), rules, House.Documents, TimeZoneInfo.FindSystemTimeZoneById("America/Denver"), now, today));
        return (referral, link);
    }

    /// <summary>What a nurse would type into the checklist on a day when all is in order.</summary>
    public static (string Name, string Value)[] AllInOrder(params (string Name, string Value)[] but)
    {
        (string Name, string Value)[] usual =
        [
            ("s-s-bp-sys", "124"), ("s-s-bp-dia", "78"), ("s-s-hr", "74"), ("s-s-spo2", "98"), ("s-s-rr", "14"), ("s-s-temp", "36.7"), ("s-s-cssrs-tier", "none"), ("s-s-psychosis-or-mania", "no"), ("s-s-new-cardiac-neuro", "no"),
            ("s-s-pregnancy-potential", "no"), ("s-s-fast-solid", "9"), ("s-s-fast-clear", "3"), ("s-s-escort-named", "yes"), ("s-s-intoxicated", "no"), ("s-s-new-medication", "no"), ("s-s-acute-illness", "no"),
            ("s-s-urinary-symptoms", "none"), ("s-s-consent-reaffirmed", "yes"), ("s-s-clinic-ready", "yes"), ("s-s-first-session", "yes"), ("s-s-dose-mg-kg", "0.5"), ("List", "yes"),
        ];
        return [.. usual.Where(u => but.All(b => b.Name != u.Name)), .. but];
    }

    public static (string Name, string Value)[] Vitals(string systolic = "132", string diastolic = "82", string seen = "~none") =>
        [("i-i-bp-sys", systolic), ("i-i-bp-dia", diastolic), ("i-i-hr", "80"), ("i-i-spo2", "97"), ("i-i-rr", "14"), ("i-i-moaas", "4"), ("i-i-symptoms", seen)];

    public static (string Name, string Value)[] Discharge { get; } =
    [
        ("d-d-bp-sys", "126"), ("d-d-bp-dia", "78"), ("d-d-spo2", "98"), ("d-d-moaas", "5"), ("d-d-aldrete", "10"), ("d-d-oriented", "yes"), ("d-d-walks", "yes"), ("d-d-nausea-controlled", "yes"),
        ("d-d-dissociation-resolved", "yes"), ("d-d-escort-present", "yes"), ("d-d-instructions", "yes"), ("d-d-suicide-concern", "no"),
    ];
}
