using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Definitions;
using Casement.Journal;
using Casement.People;

namespace Casement.Tests.Clearance;

/// <summary>Signing, suspending, overriding and replaying, told as journals.</summary>
public sealed class ClearanceLifeTests
{
    static readonly Protocol Protocol = Ketamine.Protocol;
    static readonly ImmutableSortedDictionary<string, decimal> Defaults = ImmutableSortedDictionary<string, decimal>.Empty;
    static readonly DateTimeOffset Now = AnyCase.AsOf;
    static readonly Actor Nurse = new(ActorKind.Staff, "nurse", "Imogen Vance", "PMHNP-BC");
    static readonly Actor Second = new(ActorKind.Staff, "second", "Tobias Okafor", "MD");
    static readonly Guid Id = new("7b0c7a6e-0000-4000-8000-000000000001");
    static readonly ImmutableArray<Case> Public = CaseFile.Read(Protocol, "public.yaml", File.ReadAllText(Root.Path("samples", "cases", "public.yaml")));

    static Chart Chart(Case given, params PatientEvent[] more) => After(Casement.Journal.Chart.Empty, [
        new PatientAdmitted(new(new("Wren"), new DateOnly(1988, 1, 2))),
        new FactsRecorded([.. given.Facts.Values.Where(f => f.Fact != "age-years")]),
        new MedicinesRecorded(given.Medicines, Now, FactSource.Clinician),
        .. more]);

    static Chart After(Chart chart, params PatientEvent[] events) => events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, Now, Nurse, e)));

    static Decision Sign(Chart chart, ClearanceVerdict verdict, Actor? by = null, long? seen = null) =>
        Signing.Decide(chart, Protocol, Defaults, ConsentDocuments.None, new(Id, verdict, "Everything was reviewed with care.", seen ?? chart.Version), by ?? Nurse, Now);

    static ClearanceSigned Signed(Decision decision) => Assert.IsType<ClearanceSigned>(Assert.IsType<Accepted>(decision).Events.Single());

    static string Refused(Decision decision) => Assert.IsType<Refused>(decision).Because;

    static Chart Cleared(int vignette = 1, ClearanceVerdict verdict = ClearanceVerdict.Cleared)
    {
        var chart = Chart(Public[vignette - 1]);
        return After(chart, Signed(Sign(chart, verdict)));
    }

    static FactsRecorded Fact(string id, FactValue value, FactSource source = FactSource.Clinician, double daysAgo = 0) => new FactsRecorded([new(id, value, Now.AddDays(-daysAgo), source)]);

    static ImmutableArray<PatientEvent> Following(Chart before, params PatientEvent[] events) => Living.Consequences(Protocol, before, After(before, events), Defaults, Now);

    [Fact]
    public void A_clear_case_can_be_signed_and_replays_to_the_identical_result()
    {
        var signed = Signed(Sign(Chart(Public[0]), ClearanceVerdict.Cleared));
        Assert.Equal("racemic-ketamine-iv", signed.Product);
        Assert.Equal(Now.AddDays(180), signed.ExpiresAt);
        Assert.Equal(Now.AddDays(30), signed.FirstSessionBy);
        Assert.Empty(Replay.Of(Protocol, signed).Differences);
    }

    [Fact]
    public void A_replay_of_altered_inputs_is_not_identical()
    {
        var signed = Signed(Sign(Chart(Public[0]), ClearanceVerdict.Cleared));
        var altered = signed with { Given = signed.Given with { Facts = signed.Given.Facts.SetItem("psychosis-current", new("psychosis-current", FactValue.Of(true), Now, FactSource.Clinician)) } };
        Assert.NotEmpty(Replay.Of(Protocol, altered).Differences);
    }

    [Fact]
    public void Nothing_the_protocol_blocks_can_be_signed_as_cleared() =>
        Assert.StartsWith("The protocol's outcome is \"Not yet", Refused(Sign(Chart(Public[1]), ClearanceVerdict.ClearedWithConditions)), StringComparison.Ordinal);

    [Fact]
    public void Conditions_cannot_be_signed_away() =>
        Assert.Equal("There are conditions to keep. Sign \"cleared with conditions\" instead.", Refused(Sign(Chart(Public[2]), ClearanceVerdict.Cleared)));

    [Fact]
    public void A_decision_that_does_not_clear_can_always_be_signed() => Assert.Equal("deferred", Signed(Sign(Chart(Public[1]), ClearanceVerdict.NotNow)).Outcome);

    [Fact]
    public void Only_a_licensed_person_signs() =>
        Assert.Equal("Only a licensed clinician can sign. Your account shows no licence.", Refused(Sign(Chart(Public[0]), ClearanceVerdict.Cleared, Nurse with { Credentials = "" })));

    [Fact]
    public void The_program_never_signs() => Assert.NotNull(Refused(Sign(Chart(Public[0]), ClearanceVerdict.Cleared, Actor.Casement)));

    [Fact]
    public void A_chart_that_changed_while_it_was_read_is_not_signed() =>
        Assert.Equal("The chart changed while you were reading it. Nothing was signed; please look again.", Refused(Sign(Chart(Public[0]), ClearanceVerdict.Cleared, seen: 2)));

    [Fact]
    public void Signing_twice_signs_once() => Assert.IsType<AlreadySo>(Sign(Cleared(), ClearanceVerdict.Cleared));

    [Fact]
    public void Clearance_waits_while_an_entry_cannot_be_read() =>
        Assert.Contains("cannot be read", Refused(Sign(Chart(Public[0], new Unreadable("visit.noted", "{}", "from a newer version")), ClearanceVerdict.Cleared)), StringComparison.Ordinal);

    [Fact]
    public void High_pressure_suspends_a_clearance_by_itself() =>
        Assert.Equal("trig-bp-event", Assert.IsType<ClearanceSuspended>(Assert.Single(Following(Cleared(), Fact("bp-sys-avg", FactValue.Of(172))))).Trigger);

    [Fact]
    public void A_reassuring_answer_suspends_nothing() => Assert.Empty(Following(Cleared(), Fact("bp-sys-avg", FactValue.Of(124))));

    [Fact]
    public void Pregnancy_revokes_for_good()
    {
        var before = Cleared();
        var news = (PatientEvent[])[Fact("pregnancy-potential", FactValue.Of(true)), Fact("pregnancy-test", FactValue.Of("positive"))];
        var revoked = Assert.IsType<ClearanceRevoked>(Assert.Single(Following(before, news)));
        Assert.Equal(ClearanceState.Revoked, After(before, [.. news, revoked]).Clearances[^1].At(Now));
    }

    [Fact]
    public void A_new_medicine_suspends() => Assert.Equal(
        "trig-new-medicine",
        Assert.IsType<ClearanceSuspended>(Assert.Single(Following(Cleared(), new MedicinesRecorded([.. Public[0].Medicines, new("tramadol")], Now, FactSource.Clinician)))).Trigger);

    [Fact]
    public void A_new_diagnosis_suspends() =>
        Assert.Equal("trig-new-diagnosis", Assert.IsType<ClearanceSuspended>(Assert.Single(Following(Cleared(), Fact("glaucoma", FactValue.Of("open-angle-controlled"))))).Trigger);

    [Fact]
    public void A_suspended_clearance_stays_so_when_the_reading_comes_down()
    {
        var suspended = Following(Cleared(), Fact("bp-sys-avg", FactValue.Of(172)));
        var chart = After(Cleared(), [Fact("bp-sys-avg", FactValue.Of(172)), .. suspended, Fact("bp-sys-avg", FactValue.Of(120))]);
        Assert.Equal(ClearanceState.Suspended, chart.Clearances[^1].At(Now));
    }

    [Theory]
    [InlineData(29, ClearanceState.Valid)]
    [InlineData(30, ClearanceState.Expired)]
    public void Without_a_first_session_a_clearance_ends_after_thirty_days(int days, ClearanceState state) => Assert.Equal(state, Cleared().Clearances[^1].At(Now.AddDays(days)));

    [Theory]
    [InlineData(90, null, "")]
    [InlineData(91, null, "trig-gap")]
    [InlineData(1, 181, "")]
    [InlineData(1, 182, "trig-6-month")]
    [InlineData(1, 365, "trig-6-month trig-12-month")]
    public void Time_alone_calls_for_a_new_evaluation(int daysSinceSession, int? daysOfMaintenance, string fired)
    {
        var clearance = Cleared().Clearances[^1] with { SignedAt = Now.AddDays(-400) };
        var due = Living.FiredByTime(Protocol, clearance, Now.AddDays(-daysSinceSession), daysOfMaintenance is { } days ? Now.AddDays(-days) : null, Now);
        Assert.Equal(fired, string.Join(' ', due.Select(t => t.Trigger.Id)));
    }

    [Fact]
    public void A_changed_protocol_calls_for_a_new_run()
    {
        var clearance = Cleared().Clearances[^1];
        var older = clearance with { Signed = clearance.Signed with { ProtocolHash = "another" } };
        Assert.Equal("trig-config", Assert.Single(Living.FiredByTime(Protocol, older, null, null, Now)).Trigger.Id);
    }

    [Fact]
    public void A_suspended_clearance_is_on_the_worklist_with_its_clock()
    {
        var chart = After(Cleared(), [Fact("bp-sys-avg", FactValue.Of(172)), .. Following(Cleared(), Fact("bp-sys-avg", FactValue.Of(172)))]);
        var row = Casement.FollowUp.Worklist.Read(Assert.Single(ClearanceWork.Rows(chart)).Json);
        Assert.StartsWith("Clearance suspended: act within 7 days.", row.What, StringComparison.Ordinal);
        Assert.Empty(ClearanceWork.Rows(Cleared()));
    }

    [Fact]
    public void Somebody_in_danger_is_on_the_worklist_before_anybody_opens_the_chart()
    {
        var row = Casement.FollowUp.Worklist.Read(Assert.Single(ClearanceWork.ActNow(Protocol, Defaults, Chart(Public[20]))).Json);
        Assert.Equal(("Act now: High-tier screen not yet evaluated", Casement.FollowUp.Urgency.Now), (row.What, row.Urgency));
        Assert.Empty(ClearanceWork.ActNow(Protocol, Defaults, Chart(Public[0])));
    }

    [Fact]
    public void The_emergency_rules_answer_the_same_when_only_what_they_read_is_filled()
    {
        var trueSomewhere = 0;
        for (var seed = 0; seed < 2_000; seed++)
        {
            var given = RandomCases.Make(seed, Phase.Clearance);
            var whole = Filling.Fill(Protocol, given);
            var part = new Sheet(Protocol);
            part.Refill(given with { Facts = given.Facts.RemoveRange(given.Facts.Keys.Where(f => Protocol.Emergencies.Facts.All(e => e.Id != f))) });
            part.Resolve(Protocol.Emergencies.Resolving);
            foreach (var rule in Protocol.Emergencies.Rules)
            {
                Assert.Equal(whole.Ask(rule.Condition), part.Ask(rule.Condition));
                if (whole.Ask(rule.Condition) == Truth.True) trueSomewhere++;
            }
        }
        Assert.True(trueSomewhere > 1_000, "the random cases hardly met an emergency");
        Assert.True(Protocol.Emergencies.Facts.Length < Protocol.Facts.Length / 2, "the emergency rules read nearly everything");
    }

    /// <summary>Answers come in any order; the newest must be found without walking, and the walk must agree.</summary>
    [Fact]
    public void The_newest_answer_is_the_same_found_at_once_or_by_walking()
    {
        foreach (var id in (string[])["bp-sys-avg", "phq9-total", "weight-kg"])
        {
            var (fact, random, chart) = (Protocol.FactById[id], new Random(5), Casement.Journal.Chart.Empty);
            for (var i = 0; i < 200; i++)
            {
                var observed = Now.AddHours(-random.Next(40));
                chart = After(chart, new FactsRecorded([new(id, FactValue.Of(random.Next(30) == 0 ? 100_000 : 20 + random.Next(5)), observed, FactSource.Measurement)]));
                foreach (var asOf in (DateTimeOffset[])[Now, Now.AddHours(-20)])
                {
                    var walked = chart.Facts[id].Where(a => a.Fact.ObservedAt <= asOf && fact.Refuses(a.Fact.Value) is null).OrderBy(a => a.Fact.ObservedAt).ThenBy(a => a.Entry).LastOrDefault();
                    Assert.Equal(walked, CaseOfChart.InForce(Protocol, fact, chart.Facts[id], asOf));
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(3, 0, 1)]
    [InlineData(2, 1, 0)]
    public void The_third_override_of_a_rule_in_a_year_is_listed_for_peer_review(int thisYear, int before, int listed)
    {
        var used = Enumerable.Range(0, thisYear).Select(i => new OverrideUsed("ind-trd-not-met", "Imogen Vance", Now.AddDays(-100 * i)))
            .Concat(Enumerable.Range(0, before).Select(_ => new OverrideUsed("ind-trd-not-met", "Imogen Vance", Now.AddMonths(-12))))
            .Append(new("ind-trd-not-met", "Tobias Okafor", Now));
        Assert.Equal(listed, PeerReview.Repeated(Protocol, used, Now).Length);
    }

    [Fact]
    public void An_override_in_a_signed_decision_is_on_the_list_across_patients()
    {
        var chart = Chart(Public[37]);
        var given = Assert.IsType<Accepted>(Recording.Override(chart, Protocol, Defaults, new("ind-trd-not-met", "Two intolerances and declined ECT", "Imogen Vance"), Now)).Events.Single();
        var waiting = After(chart, given);
        var signed = After(waiting, Signed(Sign(waiting, ClearanceVerdict.ClearedWithConditions)));
        Assert.Equal(new("ind-trd-not-met", "Imogen Vance", Now), PeerReview.Read(Assert.Single(PeerReview.Rows(signed)).Json));
    }

    [Fact]
    public void An_adverse_sticky_answer_is_taken_back_by_a_clinician_only()
    {
        var chart = Chart(Public[0], Fact("glaucoma", FactValue.Of("angle-closure-untreated"), FactSource.Record, daysAgo: 400), Fact("glaucoma", FactValue.Of("none"), FactSource.Patient));
        Assert.Equal(FactValue.Of("angle-closure-untreated"), Answer(After(chart, Fact("glaucoma", FactValue.Of("none"), FactSource.Patient)), "glaucoma"));
        Assert.Equal(FactValue.Of("none"), Answer(After(chart, Fact("glaucoma", FactValue.Of("none"))), "glaucoma"));
    }

    [Fact]
    public void Months_since_an_event_go_on_counting() =>
        Assert.Equal(FactValue.Of(7.0m), Answer(Chart(Public[0], Fact("mi-months-ago", FactValue.Of(1), daysAgo: 182.62)), "mi-months-ago"));

    [Theory]
    [InlineData(2000, 2, 29, 2025, 2, 28, 24.99)]
    [InlineData(2000, 2, 29, 2025, 3, 1, 25.0)]
    [InlineData(2001, 6, 1, 2026, 5, 31, 24.99)]
    [InlineData(2001, 6, 1, 2026, 6, 1, 25.0)]
    public void Nobody_is_25_a_day_early(int year, int month, int day, int onYear, int onMonth, int onDay, double years) =>
        Assert.Equal((decimal)years, CaseOfChart.YearsSince(new(year, month, day), new(onYear, onMonth, onDay)));

    [Fact]
    public void Trying_to_override_a_never_rule_is_refused_and_kept()
    {
        var decision = Recording.Override(Chart(Public[14]), Protocol, Defaults, new("sub-ketamine-misuse", "wants to try it anyway, please", "Imogen Vance"), Now);
        Assert.IsType<OverrideRefused>(Assert.Single(Assert.IsType<Accepted>(decision).Events));
    }

    [Fact]
    public void A_cosigned_override_counts_only_with_somebody_else()
    {
        var chart = Chart(Public[34]);
        var given = Assert.IsType<Accepted>(Recording.Override(chart, Protocol, Defaults, new("res-osa-untreated", "Anaesthetist and capnography are on site", "Imogen Vance", "Sleep study first", "Monitor throughout"), Now)).Events.Single();
        var waiting = After(chart, given);
        Assert.Equal("needs-information", Outcome(waiting));
        Assert.Equal("The co-signer must be somebody other than the first signer.", Refused(Recording.Cosign(waiting, Protocol, "res-osa-untreated", Nurse, "physician")));
        Assert.Equal("This override needs a physician or anaesthetist.", Refused(Recording.Cosign(waiting, Protocol, "res-osa-untreated", Second, "psychiatrist")));
        var cosigned = Assert.IsType<Accepted>(Recording.Cosign(waiting, Protocol, "res-osa-untreated", Second, "anaesthetist")).Events.Single();
        Assert.Equal("cleared-with-conditions", Outcome(After(waiting, cosigned)));
    }

    [Fact]
    public void An_override_ends_when_an_answer_it_rests_on_changes()
    {
        var chart = Chart(Public[37]);
        var given = Assert.IsType<Accepted>(Recording.Override(chart, Protocol, Defaults, new("ind-trd-not-met", "Two intolerances and declined ECT", "Imogen Vance"), Now)).Events.Single();
        Assert.Equal("cleared-with-conditions", Outcome(After(chart, given)));
        Assert.Equal("needs-information", Outcome(After(chart, given, Fact("adequate-trials-episode", FactValue.Of(0)))));
    }

    [Fact]
    public void An_opinion_is_void_when_an_answer_the_rule_read_changes()
    {
        var chart = Chart(Public[9]);
        var opinion = Assert.IsType<Accepted>(Recording.OpinionGiven(chart, Protocol, Defaults, "psy-psychosis-history", Verdict.Supports, "Dr Okafor, psychiatrist", null, "", Now)).Events.Single();
        Assert.Equal("cleared-with-conditions", Outcome(After(chart, opinion)));
        var changed = Assessing.Assess(Protocol, After(chart, opinion, Fact("psychosis-history", FactValue.Of("mood-related"))).CaseAt(Protocol, Now, Defaults));
        Assert.Equal("needs-information", changed.Outcome.Id);
        Assert.Contains("psychosis-history has changed", changed.Findings.First(f => f.Rule.Id == "psy-psychosis-history").Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bp-sys-avg", 400)]
    [InlineData("phq9-total", 28)]
    public void An_impossible_number_is_refused_with_its_range(string fact, int value) =>
        Assert.Contains("lies between", Refused(Recording.Facts(Chart(Public[0]), Protocol, [new(fact, FactValue.Of(value), Now, FactSource.Measurement)], Now)), StringComparison.Ordinal);

    static FactValue Answer(Chart chart, string fact) => chart.CaseAt(Protocol, Now, Defaults).Facts[fact].Value;

    static string Outcome(Chart chart) => Assessing.Assess(Protocol, chart.CaseAt(Protocol, Now, Defaults)).Outcome.Id;
}
