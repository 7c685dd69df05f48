using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Definitions;
using CsCheck;

namespace Casement.Tests.Clearance;

public sealed class PathTests
{
    static readonly Protocol Protocol = Ketamine.Protocol;

    static readonly ImmutableArray<Case> Public = CaseFile.Read(Protocol, "public.yaml", File.ReadAllText(Root.Path("samples", "cases", "public.yaml")));

    static Case Vignette(int number) => Public[number - 1];

    static string Words(Step step) => $"{step.Kind} {step.Fact?.Id ?? step.Class?.Id ?? step.Rule?.Id} {step.WouldDo}".Trim();

    static string[] Ways(Case given) => [.. ClearancePath.From(Assessing.Assess(Protocol, given)).Sets.Select(s => string.Join("; ", s.Select(Words)))];

    [Fact]
    public void One_pressure_too_high_needs_one_pressure_lower() => Assert.Equal(["Change bp-sys-avg at least 90 mmHg and below 160 mmHg"], Ways(Vignette(2)));

    [Fact]
    public void A_recent_infarction_needs_time_and_then_a_cardiologist() =>
        Assert.Equal(["Wait mi-months-ago at least 1.5 months and below 6 months; Opinion cv-mi-intermediate", "Wait mi-months-ago at least 6 months; Opinion cv-coronary"], Ways(Vignette(19)).Order());

    [Fact]
    public void Nobody_is_asked_to_answer_a_suicide_screen_differently() =>
        Assert.Equal(["Learn suicide-evaluated yes; Change safety-plan-current yes; Learn suicide-clinician-tier low or moderate; Opinion sui-high-evaluated"], Ways(Vignette(21)));

    [Fact]
    public void After_a_specialist_said_no_there_is_no_way_by_asking_another()
    {
        var path = ClearancePath.From(Assessing.Assess(Protocol, Vignette(12)));
        Assert.Empty(path.Sets);
        Assert.Equal(["psy-psychosis-history"], path.NoWay.Select(r => r.Id));
    }

    [Fact]
    public void Ketamine_misuse_has_no_way_back() => Assert.Equal(["sub-ketamine-misuse"], ClearancePath.From(Assessing.Assess(Protocol, Vignette(15))).NoWay.Select(r => r.Id));

    [Fact]
    public void A_stranger_is_asked_everything_that_counts_and_nothing_that_only_follows()
    {
        var path = ClearancePath.From(Assessing.Assess(Protocol, new Case { AsOf = AnyCase.AsOf }));
        var asked = Assert.Single(path.Sets).Select(s => s.Fact?.Id).ToHashSet();
        Assert.True(path.IsProven);
        Assert.Superset(new HashSet<string?> { "cssrs-q1", "cssrs-q2", "bp-sys-avg", "alp-ggt-x-uln", "medication-list-reconciled", "phq9-item9" }, asked);
        Assert.DoesNotContain("cssrs-q3", asked);
        Assert.DoesNotContain("mi-months-ago", asked);
    }

    [Fact]
    public void Taking_every_step_of_a_way_leads_to_where_one_may_proceed() => AnyCase.Of(Phase.Clearance).Sample(given =>
    {
        var assessed = Assessing.Assess(Protocol, given);
        foreach (var way in ClearancePath.From(assessed).Sets)
        {
            var after = Taking(given, way);
            Assert.True(after.Outcome.MayProceed, $"{string.Join(", ", after.Findings.Where(f => f.Blocks(after.Algebra)).Select(f => $"{f.Rule.Id} {f.Value} {f.Remark}"))} still block after {string.Join("; ", way.Select(Words))}");
        }
    }, iter: 200);

    [Fact]
    public void No_single_step_does_what_a_proven_way_needs_two_for() => AnyCase.Of(Phase.Clearance).Sample(given =>
    {
        var assessed = Assessing.Assess(Protocol, given with { Facts = given.Facts.SetItems(Mild(given)) });
        var path = ClearancePath.From(assessed);
        if (!path.IsProven || path.Sets.IsEmpty || path.Sets[0].Length != 2) return;
        foreach (var fact in Protocol.Facts.Where(f => f.Phase == Phase.Clearance && !f.Lasting && !f.Waits && f.Derivation is null && f.Type != FactType.List))
        {
            var random = new Random(1);
            for (var i = 0; i < 12; i++)
                Assert.False(Assessing.Assess(Protocol, With(assessed.Case, fact, AnyCase.Value(fact, random))).Outcome.MayProceed, $"{fact.Id} alone would do: {string.Join("; ", path.Sets[0].Select(Words))}");
        }
    }, iter: 60);

    /// <summary>The clean adult's answers for all but a few facts, so that short ways are common.</summary>
    static IEnumerable<KeyValuePair<string, RecordedFact>> Mild(Case given) => Vignette(1).Facts.Where(f => (f.Key.GetHashCode(StringComparison.Ordinal) + given.Facts.Count) % 40 != 0)
        .Select(f => KeyValuePair.Create(f.Key, f.Value with { ObservedAt = given.AsOf }));

    static Case With(Case given, Fact fact, FactValue value) => given with { Facts = given.Facts.SetItem(fact.Id, new(fact.Id, value, given.AsOf, FactSource.Clinician)) };

    static Assessment Taking(Case given, ImmutableArray<Step> way)
    {
        var after = given;
        foreach (var step in way)
        {
            after = step switch
            {
                { Fact.Id: "medication-list-reconciled" } => With(after with { MedicinesObservedAt = given.AsOf }, step.Fact, FactValue.Of(true)),
                { Fact: { } fact, Example: { } value } => With(after, fact, value),
                { Class: { } gone } => after with { Medicines = [.. after.Medicines.Where(m => !Protocol.ClassesOf(m).Contains(gone))] },
                _ => after,
            };
        }
        foreach (var rule in way.Where(s => s.Kind == StepKind.Opinion).Select(s => s.Rule).OfType<Rule>())
            after = after with { Opinions = after.Opinions.SetItem(rule.Id, new(rule.Id, Verdict.Supports, "specialist", after.AsOf, null, "", Opinions.AnswersReadBy(Protocol, after, rule), rule.When)) };
        foreach (var rule in way.Where(s => s.Kind == StepKind.Override).Select(s => s.Rule).OfType<Rule>())
            after = after with { Overrides = after.Overrides.SetItem(rule.Id, new(rule.Id, "A reason long enough to count as a reason here", "first", Cosigner: "second")) };
        return Assessing.Assess(Protocol, after);
    }
}
