using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Tests.Clearance;
using CsCheck;

namespace Casement.Tests.Proof;

/// <summary>The properties of clearance.md 6.6 on the running program: what the solver cannot see (overrides, purity, bounds), and a second witness for what it can.</summary>
public sealed class AssessmentProperties
{
    static readonly Protocol Protocol = Ketamine.Protocol;

    static readonly Gen<Case> Cases = Gen.Select(Gen.Int[0, 1_000_000], Gen.Enum<Phase>(), RandomCases.Make);

    static readonly Gen<Parameter> Parameters = Gen.Int[0, Protocol.Parameters.Length - 1].Select(i => Protocol.Parameters[i]);

    static readonly ImmutableDictionary<string, Override> OverrideAll = Protocol.Rules.ToImmutableDictionary(r => r.Id, r =>
        new Override(r.Id, "A reason long enough for anything at all to count.", "first", "none better", "watch closely", "second", "psychiatrist"));

    static string Told(Assessment a) => $"{a.Outcome} {string.Join("; ", a.Findings.Select(f => $"{f.Rule}={f.Value}/{f.Rank}"))} {string.Join(",", a.Missing.Select(m => m.Fact))} {a.Tier?.Id} {a.Expires}";

    /// <summary>prop-pure</summary>
    [Fact]
    public void The_same_case_gives_the_same_answer() => Cases.Sample(c => Told(Assessing.Assess(Protocol, c)) == Told(Assessing.Assess(Protocol, c)), iter: 200);

    /// <summary>prop-order</summary>
    [Fact]
    public void The_order_of_the_rules_does_not_matter()
    {
        var turned = ProtocolFolder.Read(Protocol.Files.SetItem("rules/heart.yaml", Reversed(Protocol.Files["rules/heart.yaml"])).SetItem("rules/session-before.yaml", Reversed(Protocol.Files["rules/session-before.yaml"])));
        Assert.NotEqual(Protocol.Rules.Select(r => r.Id), turned.Rules.Select(r => r.Id));
        Cases.Sample(c =>
        {
            var (here, there) = (Assessing.Assess(Protocol, c), Assessing.Assess(turned, c));
            return here.Outcome == there.Outcome && here.Findings.Select(f => (f.Rule.Id, f.Value, f.Rank)).ToHashSet().SetEquals(there.Findings.Select(f => (f.Rule.Id, f.Value, f.Rank)));
        }, iter: 200);
    }

    static string Reversed(string file)
    {
        var parts = file.Split("\n- id: ");
        return parts[0] + "\n" + string.Concat(parts.Skip(1).Reverse().Select(p => $"- id: {p.TrimEnd()}\n"));
    }

    /// <summary>prop-total</summary>
    [Fact]
    public void Every_rule_is_true_false_or_unknown_of_every_case() => Cases.Sample(c =>
    {
        var sheet = Filling.Fill(Protocol, c);
        return Protocol.Rules.All(r => sheet.Ask(r.Condition) is Truth.True or Truth.False or Truth.Unknown);
    }, iter: 200);

    /// <summary>prop-never: what a rule that may never be overridden brings is the same with every rule overridden and every rule opined on; consults are answered by their opinion.</summary>
    [Fact]
    public void No_override_and_no_opinion_changes_what_a_never_rule_brings()
    {
        var seen = new HashSet<string>();
        Cases.Sample(c =>
        {
            var opinions = Protocol.Rules.ToImmutableSortedDictionary(r => r.Id, r =>
                new Opinion(r.Id, Verdict.Supports, "a specialist", c.AsOf.AddDays(-1), null, "", Opinions.AnswersReadBy(Protocol, c, r), r.When));
            var plain = Assessing.Assess(Protocol, c);
            var set = Assessing.Assess(Protocol, c with { Overrides = OverrideAll.ToImmutableSortedDictionary(), Opinions = opinions });
            bool Never(Finding f) => f.Rule.Override == OverridePolicy.Never;
            foreach (var f in plain.Findings.Where(f => Never(f) && f.Value == Truth.True)) lock (seen) seen.Add(f.Rule.Id);
            return plain.Findings.Where(Never).Select(f => (f.Rule.Id, f.Value, f.Rank)).ToHashSet().SetEquals(set.Findings.Where(Never).Select(f => (f.Rule.Id, f.Value, f.Rank)));
        }, iter: 400);
        Assert.True(seen.Count > 60, $"Only {seen.Count} of the never rules were ever true.");
        Assert.DoesNotContain(Protocol.Rules, r => r.Override == OverridePolicy.Never && r.Raises.IsConsult);
    }

    /// <summary>Unknown rules stay as they are whatever is overridden: missing data can never clear.</summary>
    [Fact]
    public void No_override_settles_a_rule_that_cannot_be_told() => Cases.Sample(c =>
    {
        var set = Assessing.Assess(Protocol, c with { Overrides = OverrideAll.ToImmutableSortedDictionary() });
        return !set.Findings.Any(f => f.Value == Truth.Unknown && f.Rule.Raises.Unknown is not null) || !set.Outcome.MayProceed;
    }, iter: 200);

    /// <summary>prop-bounds</summary>
    [Fact]
    public void A_parameter_outside_its_bounds_is_refused() => Gen.Select(Parameters, Gen.Int[1, 1000], Gen.Bool, Cases).Sample((p, by, above, c) =>
        Protocol.RefusesSetting(p.Id, above ? p.Max + (by / 1000m) : p.Min - (by / 1000m)) is not null
        && Protocol.RefusesSetting(p.Id, above ? p.Max : p.Min) is null
        && Record.Exception(() => Assessing.Assess(Protocol, c with { Settings = c.Settings.SetItem(p.Id, p.Max + by) })) is ArgumentException, iter: 100);

    /// <summary>prop-sticky</summary>
    [Fact]
    public void Ageing_a_record_never_removes_an_adverse_sticky_answer() => Gen.Select(Cases, Gen.Int[1, 4000]).Sample((c, days) =>
    {
        var (now, later) = (Filling.Fill(Protocol, c), Filling.Fill(Protocol, c with { AsOf = c.AsOf.AddDays(days) }));
        return Protocol.Facts.Where(f => f.Sticky && now.Standing[f.Index] == Standing.Known && c.Facts.TryGetValue(f.Id, out var r) && !Protocol.IsReassuring(r.Value))
            .All(f => later.Standing[f.Index] == Standing.Known && later.May[f.Index] == now.May[f.Index] && later.Low[f.Index].Equals(now.Low[f.Index]));
    }, iter: 300);

    /// <summary>prop-unknown-never-clears, with the departures the protocol declares left out.</summary>
    [Fact]
    public void Removing_an_answer_never_clears()
    {
        var departs = Protocol.Claims.Except.Where(e => e.Property == "removing-never-clears").Select(e => e.About).ToHashSet();
        Cases.Sample(c =>
        {
            var whole = Assessing.Assess(Protocol, c);
            return whole.Outcome.MayProceed || c.Facts.Keys.Where((_, i) => i % 7 == c.Facts.Count % 7).All(f => departs.Contains(f) || !Assessing.Assess(Protocol, c with { Facts = c.Facts.Remove(f) }).Outcome.MayProceed);
        }, iter: 100);
    }

    /// <summary>prop-stricter, once every rule can be told.</summary>
    [Fact]
    public void A_safer_setting_never_gives_a_better_outcome() => Gen.Select(Cases, Parameters).Sample((c, p) =>
    {
        var plain = Assessing.Assess(Protocol, c with { Settings = c.Settings.SetItem(p.Id, p.SaferUp ? p.Min : p.Max) });
        var safer = Assessing.Assess(Protocol, c with { Settings = c.Settings.SetItem(p.Id, p.SaferUp ? p.Max : p.Min) });
        return plain.Findings.Any(f => f.Value == Truth.Unknown) || safer.Outcome.Rank >= plain.Outcome.Rank;
    }, iter: 300);
}
