using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Definitions;
using Casement.Journal;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Tests.Clearance;

namespace Casement.Tests.Referrals;

/// <summary>A referral at each point of its way, told as a journal.</summary>
static class Loop
{
    public static readonly Protocol Rulebook = Ketamine.Protocol;
    public static readonly ReferralRules Rules = ReferralFolder.Read(Root.Path("definitions", "referrals"), Rulebook);
    public static readonly ImmutableSortedDictionary<string, decimal> Defaults = ImmutableSortedDictionary<string, decimal>.Empty;
    public static readonly Casement.Safety.SafetyRules Safety = Casement.Tests.Safety.SafetyTests.Rules;
    public static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    /// <summary>A Monday.</summary>
    public static readonly DateTimeOffset Now = AnyCase.AsOf;

    public static readonly Actor Nurse = new(ActorKind.Staff, "nurse", "Imogen Vance", "PMHNP-BC");
    public static readonly Actor Clinic = new(ActorKind.Partner, "link", "Hillview Infusion");
    public static readonly Guid Id = new("7b0c7a6e-0000-4000-8000-0000000000a1"), Link = new("7b0c7a6e-0000-4000-8000-0000000000a2"), Cleared = new("7b0c7a6e-0000-4000-8000-0000000000a3"), Session = new("7b0c7a6e-0000-4000-8000-0000000000a4");
    static readonly ImmutableArray<Case> Public = CaseFile.Read(Rulebook, "public.yaml", File.ReadAllText(Root.Path("samples", "cases", "public.yaml")));

    public static DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public static readonly PartnerClinic Hillview = new(
        new("7b0c7a6e-0000-4000-8000-0000000000b1"), "Hillview Infusion", "12 Hill St, Boulder", "303 555 0142", "referrals@hillview.example", "", "CO 4411",
        Today.AddDays(200), ["racemic-ketamine-iv", "racemic-ketamine-im"], null, Today.AddDays(-100), Today.AddDays(265), Accepting: true, ["Dr Osei, anaesthetist"], Defaults);

    public static Chart After(Chart chart, params ReadOnlySpan<PatientEvent> events) => At(chart, Now, Nurse, events);

    public static Chart At(Chart chart, DateTimeOffset at, Actor by, params ReadOnlySpan<PatientEvent> events)
    {
        foreach (var what in events) chart = chart.After(new(chart.Version + 1, at, by, what));
        return chart;
    }

    public static Chart Do(this Chart chart, Decision decision, DateTimeOffset? at = null, Actor? by = null)
    {
        Assert.True(decision is Accepted, (decision as Refused)?.Because ?? "nothing");
        return At(chart, at ?? Now, by ?? Nurse, ((Accepted)decision).Events.AsSpan());
    }

    public static Chart ClearedChart { get; } = Clear();

    static Chart Clear()
    {
        var given = Public[0];
        var chart = After(Chart.Empty, new PatientAdmitted(new(new("Wren"), new DateOnly(1988, 1, 2), "wren@example.org", "303 555 0199")), new FactsRecorded([.. given.Facts.Values.Where(f => f.Fact != "age-years")]), new MedicinesRecorded(given.Medicines, Now, FactSource.Clinician));
        return chart.Do(Signing.Decide(chart, Rulebook, Defaults, ConsentDocuments.None, new(Cleared, ClearanceVerdict.Cleared, "Everything was reviewed with care.", chart.Version), Nurse, Now));
    }

    public static Chart Drafted { get; } = ClearedChart.Do(Preparing.Draft(ClearedChart, new(Id, Hillview, "racemic-ketamine-iv", "Please treat.", ReferralUrgency.Routine, null), Today));

    public static ImmutableArray<PacketLine> Offered(Chart chart) =>
        Packet.Offered(chart, Rulebook, Rules, Safety, chart.Referrals[Id].Drafted, chart.Clearances[^1].Signed, "Casement practice, 303 555 0100", Now, at => at.ToString("MMM d, yyyy"));

    public static Chart Chosen { get; } = Drafted.Do(Preparing.Choose(Drafted, Id, [.. Offered(Drafted).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));

    public static Authorisation Authorisation(Chart chart) => new(
        new("7b0c7a6e-0000-4000-8000-0000000000a5"), ["All of it"], "The practice", Hillview.Name, "Treatment", Now.AddDays(365), "Wren", Now, "", "How", "Not", "May", "1.0", "5e1f",
        Packet.Hash(Packet.AsSent(chart.Referrals[Id].Chosen, chart.Referrals[Id].Struck, Rules)));

    public static Chart Authorised { get; } = Chosen.Do(Preparing.Authorise(Chosen, Id, Authorisation(Chosen), Rules, Now));

    public static Decision Send(Chart chart, PartnerClinic? to = null, DateTimeOffset? now = null) => Preparing.Send(chart, new(Id, Link, new("7b0c7a6e-0000-4000-8000-0000000000a6"), to ?? Hillview), Rules, ConsentDocuments.None, Denver, now ?? Now, Today);

    public static Chart Sent { get; } = Authorised.Do(Send(Authorised));

    public static Chart Acknowledged { get; } = Sent.Do(Answering.Acknowledge(Sent, Id, "Dana", null), by: Clinic);

    public static Chart Accepted { get; } = Acknowledged.Do(Answering.Accept(Acknowledged, Id, "Dana", null), by: Clinic);

    public static DateTimeOffset Friday => Now.AddDays(4);

    public static Chart Proposed { get; } = Accepted.Do(Answering.Propose(Accepted, Id, [Friday, Friday.AddDays(3)], Now, null), by: Clinic);

    public static Chart Scheduled { get; } = Proposed.Do(Answering.Pick(Proposed, Id, Hillview, Friday, Now));

    public static Chart CancelAsked { get; } = Scheduled.Do(Closing.AskToCancel(Scheduled, Id, "Moved away", Guid.Empty, Rules, Denver, Now));

    public static Chart Declined { get; } = Sent.Do(Answering.Decline(Sent, Id, "Full", "Dana", null), by: Clinic);

    public static Chart Cancelled { get; } = CancelAsked.Do(Answering.ConfirmCancel(CancelAsked, Id, null), by: Clinic);

    public static Chart Completed { get; } = Scheduled.Do(Answering.Finish(Scheduled, Id, "The course is complete", null, null), by: Clinic);

    public static Chart Closed { get; } = Completed.Do(Closing.Close(Completed, Id, "Integration weekly", "", Nurse, new("7b0c7a6e-0000-4000-8000-0000000000a7"), Now));

    public static Chart Revoked { get; } = Scheduled.Do(Preparing.Revoke(Scheduled, Id, "", new("7b0c7a6e-0000-4000-8000-0000000000a8")));

    public static ReferralOnChart Of(Chart chart) => chart.Referrals[Id];

    public static string Refused(Decision decision) => Assert.IsType<Refused>(decision).Because;

    /// <summary>The answers of a session vignette that a partner would type.</summary>
    public static ImmutableArray<RecordedFact> Answers(string vignette, Phase phase, DateTimeOffset? at = null)
    {
        var index = CaseFile.Run(Rulebook, "public.yaml", File.ReadAllText(Root.Path("samples", "cases", "public.yaml"))).Select((r, i) => (r.Id, i)).First(r => r.Id == vignette).i;
        return [.. Public[index].Facts.Values.Where(f => Rulebook.FactById[f.Fact].Phase == phase && Rulebook.FactById[f.Fact].Derivation is null && !SessionDay.Computed.Contains(f.Fact) && f.Fact is not ("i-min-since-vitals" or "i-bp-sys-rise" or "i-bp-dia-rise" or "d-min-since-end" or "d-min-since-dose"))
            .Select(f => f with { ObservedAt = at ?? Now, Source = FactSource.Partner })];
    }
}
