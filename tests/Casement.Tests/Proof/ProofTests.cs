using Casement.Clearance;
using Casement.Definitions.Proof;
using Casement.Tests.Clearance;

namespace Casement.Tests.Proof;

/// <summary>What is proved of the protocol in force, and that each proof would notice the slip it is there for.</summary>
public sealed class ProofTests
{
    public static TheoryData<string> Ids => [.. Properties.All.Select(p => p.Id)];

    static Proved Prove(Protocol protocol, string property) => Proving.Run(protocol, Properties.All.First(p => p.Id == property));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_protocol_in_force_keeps(string property)
    {
        var proved = Prove(Ketamine.Protocol, property);
        Assert.Empty(proved.Breaches.Where(b => b.Accepted is null).Select(b => $"{b.About}: {b.Words}"));
        Assert.Empty(proved.Stale.Select(e => e.About));
        Assert.True(proved.Questions > 0, "A property that asks nothing proves nothing.");
    }

    static void Caught(Protocol broken, string property, string about, params string[] words)
    {
        var proved = Prove(broken, property);
        Assert.False(proved.Holds);
        var said = proved.Breaches.Where(b => b.About == about && b.Accepted is null).Select(b => b.Words).ToArray();
        Assert.NotEmpty(said);
        Assert.All(words, w => Assert.Contains(said, s => s.Contains(w, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_derived_fact_that_turns_optional_lets_an_unknown_clear() => Caught(
        Broken.Protocol(("facts/suicide-risk.yaml", "source: [derived]\n  valid-days: 7\n  required: always", "source: [derived]\n  valid-days: 7\n  required: optional")),
        "unknown-never-clears", "cssrs-q4", "cssrs-q4 is unknown", "cssrs-tier does not apply, then = high", "is false, then true");

    [Fact]
    public void A_category_that_shrugs_at_unknown_rules_lets_an_unknown_clear() => Caught(
        Broken.Protocol(("protocol.yaml", "exclude: {means: not a candidate, 'true': not-a-candidate, overridden: cleared-with-conditions, unknown: needs-information}",
            "exclude: {means: not a candidate, 'true': not-a-candidate, overridden: cleared-with-conditions, unknown: cleared-with-conditions}")),
        "unknown-never-clears", "schizophrenia-spectrum", "psy-schizophrenia-spectrum is unknown, then true");

    [Fact]
    public void A_fail_safe_fact_with_the_wrong_silence_clears_when_removed() => Caught(
        Broken.Protocol(Broken.InFact("facts/suicide-risk.yaml", "suicide-evaluated", "absent: false", "absent: true")),
        "removing-what-is-needed-never-clears", "suicide-evaluated", "sui-moderate is true, then false");

    [Fact]
    public void A_fact_that_turns_optional_clears_when_removed() => Caught(
        Broken.Protocol(("facts/person.yaml", Asa, Asa.Replace("required: always", "required: optional", StringComparison.Ordinal))),
        "removing-never-clears", "asa-class", "then does not apply", "res-asa4 is true, then false");

    [Fact]
    public void A_tier_entered_over_its_items_is_noticed() => Caught(
        Broken.Protocol(("proof.yaml", "- property: entered-never-beats-derived\n  about: [cssrs-tier]", "- property: entered-never-beats-derived\n  about: []")),
        "entered-never-beats-derived", "cssrs-tier", "cssrs-tier as entered lets proceed what cssrs-tier as derived stops");

    [Fact]
    public void A_denial_of_what_may_not_apply_loses_a_flag_when_more_is_learned() => Caught(
        Broken.Protocol(
            ("facts/suicide-risk.yaml", "source: [derived]\n  valid-days: 7\n  required: always", "source: [derived]\n  valid-days: 7\n  required: optional"),
            ("rules/suicide-risk.yaml", "phq9-item9 >= 1 AND cssrs-tier = 'none'", "phq9-item9 >= 1 AND NOT cssrs-tier IN {'low','moderate','high'}")),
        "learning-keeps-flags", "cssrs-q1", "cssrs-q1 is unknown", "sui-item9-mismatch is true, then false");

    [Fact]
    public void A_limit_outside_the_range_makes_a_rule_dead() => Caught(
        Broken.Protocol(("rules/lungs-airway.yaml", "bmi < $p-bmi-low", "bmi < 10")), "no-rule-is-dead", "res-bmi-low", "No answers within their ranges");

    [Fact]
    public void A_rule_inside_a_stronger_one_is_swallowed() => Caught(
        Broken.Protocol(("rules/heart.yaml", "  sharpens: cv-bp-uncontrolled\n", "")), "no-rule-is-swallowed", "cv-bp-severe by cv-bp-uncontrolled");

    [Fact]
    public void A_rule_written_twice_is_swallowed() => Caught(
        Broken.Protocol(("rules/mind.yaml", "rules:\n", "rules:\n- {id: psy-again, title: Again, when: psychosis-current = true, raises: condition, override: reason, source: {basis: house, cites: [label-ketalar]}}\n")),
        "no-rule-is-swallowed", "psy-again by psy-psychosis-current");

    [Fact]
    public void A_bound_that_reaches_zero_switches_off_a_never_rule() => Caught(
        Broken.Protocol(("parameters.yaml", "default: 1.5\n  min: 1.5\n  max: 6", "default: 1.5\n  min: 0\n  max: 6")), "never-rules-stay-on", "cv-mi-recent", "p-mi-hard-months = 0");

    [Fact]
    public void A_flipped_comparison_makes_bands_overlap() => Caught(
        Broken.Protocol(("rules/heart.yaml", "qtc-ms < $p-qtc-defer", "qtc-ms <= $p-qtc-defer")), "bands-meet", "qtc", "overlap", "cv-qtc-borderline is true; cv-qtc-high is true");

    [Fact]
    public void A_missing_edge_leaves_a_gap() => Caught(
        Broken.Protocol(("rules/eye-endocrine.yaml", "potassium >= $p-k-defer", "potassium > $p-k-defer")), "bands-meet", "potassium", "gap", "lab-potassium-defer is false; lab-potassium-low is false");

    [Fact]
    public void A_bound_past_its_neighbour_leaves_a_gap() => Caught(
        Broken.Protocol(("rules/brain.yaml", "stroke-tia-months-ago >= $p-stroke-hard-months", "stroke-tia-months-ago >= 6")),
        "bands-meet", "stroke", "p-stroke-hard-months = 3", "neu-stroke-recent is true; neu-stroke-remote is true");

    [Fact]
    public void A_safer_direction_declared_the_wrong_way_round_is_noticed() => Caught(
        Broken.Protocol(("rules/heart.yaml", "when: hr-rest > $p-hr-high", "when: hr-rest < $p-hr-high")), "safer-is-stricter-once-known", "p-hr-high", "cv-hr-high is true, then false");

    [Fact]
    public void A_direction_turned_round_in_the_parameters_is_noticed() => Caught(
        Broken.Protocol(("parameters.yaml", BmiConsult, BmiConsult.Replace("safer: down", "safer: up", StringComparison.Ordinal))), "safer-is-stricter", "p-bmi-consult", "res-bmi-very-high is true, then false");

    [Fact]
    public void A_finding_that_stops_being_sticky_is_lost_with_age() => Caught(
        Broken.Protocol(("facts/mind.yaml", Sticky, Sticky.Replace("sticky: true", "sticky: false", StringComparison.Ordinal))),
        "age-keeps-findings", "psy-schizophrenia-spectrum", "schizophrenia-spectrum = true, then is unknown");

    [Fact]
    public void A_departure_nothing_needs_is_noticed()
    {
        var proved = Prove(Broken.Protocol(("proof.yaml", "except:\n", "except:\n- {property: no-rule-is-dead, about: cv-acs, because: Left over.}\n")), "no-rule-is-dead");
        Assert.False(proved.Holds);
        Assert.Equal("cv-acs", Assert.Single(proved.Stale).About);
    }

    static string Between(string file, string from, string to)
    {
        var text = Ketamine.Protocol.Files[file];
        return text[text.IndexOf(from, StringComparison.Ordinal)..text.IndexOf(to, StringComparison.Ordinal)];
    }

    static string Sticky => Between("facts/mind.yaml", "- id: schizophrenia-spectrum", "- id: psychosis-history");

    static string Asa => Between("facts/person.yaml", "- id: asa-class", "- id: weight-kg");

    static string BmiConsult => Between("parameters.yaml", "- id: p-bmi-consult", "- id: p-bmi-low");
}
