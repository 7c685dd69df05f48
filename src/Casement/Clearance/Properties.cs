using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>
/// What must hold of every protocol (clearance.md 6.6 and design 4), each printed as questions for a solver. Facts, medicines and
/// parameters are free within their ranges and bounds, so an answer covers every patient and every practice.
/// </summary>
public static class Properties
{
    public static ImmutableArray<Property> All { get; } =
    [
        new("unknown-never-clears",
            "While a fact that may be needed is unknown, nothing may proceed if some value of it would make a rule that stops treatment true; not even when everything that can be overridden is overridden.",
            Unknown),
        new("removing-what-is-needed-never-clears",
            "Taking out an answer that stays needed, or the medicine list, never lets a stopped record proceed. Fail-safe facts are included: their silence must be their stronger value.",
            smt => Removing(smt, onlyNeeded: true)),
        new("removing-never-clears",
            "Taking out any answer at all never lets a stopped record proceed: also answers nobody asked for, and derived ones entered by hand.",
            smt => Removing(smt, onlyNeeded: false)),
        new("entered-never-beats-derived", "A value entered by hand for a fact that follows from others never lets proceed what the derived value stops.", Entered),
        new("learning-keeps-flags",
            "Learning an unknown fact never removes a flag that already stood. Fail-safe facts are left out: silence is their value, so learning one is a change, not a discovery.",
            Learning),
        new("no-rule-is-dead", "Every rule is true of somebody, with the parameters at their defaults.", Dead),
        new("no-rule-is-swallowed",
            "No rule is always accompanied by another of its phase that is at least as strong and at least as strict to override, unless it says which rule it sharpens.",
            Swallowed),
        new("never-rules-stay-on", "No setting within the bounds switches off a rule that may never be overridden.", StayOn),
        new("bands-meet", "Rules that share out a range leave no gap and do not overlap, at every setting within the bounds.", Bands),
        new("safer-is-stricter-once-known", "Moving a parameter in its safer direction never gives a better outcome when every rule it touches can be told.", smt => Stricter(smt, onlyKnown: true)),
        new("safer-is-stricter", "Moving a parameter in its safer direction never gives a better outcome, whatever is known or unknown.", smt => Stricter(smt, onlyKnown: false)),
        new("age-keeps-findings", "The rules listed under 'outlive' stay true when every answer they rest on is out of date.", Ageing),
    ];

    static string Assert(string term) => $"(assert {term})\n";

    static int Limit(PhaseAlgebra algebra) => algebra.ByRank.First(o => !o.MayProceed).Rank;

    /// <summary>The rule brings at least this rank, with nothing overridden and no opinion given.</summary>
    static string Brings(SmtState state, Rule rule, int rank)
    {
        var (whenTrue, whenUnknown) = (rule.Raises.Outcome >= rank, rule.Raises.Unknown >= rank);
        return whenTrue && whenUnknown ? state.Possible(rule)
            : whenTrue ? state.Certain(rule)
            : whenUnknown ? $"(and {state.Possible(rule)} (not {state.Certain(rule)}))"
            : "false";
    }

    static string AtLeast(SmtState state, IEnumerable<Rule> rules, int rank) => Smt.Join("or", rules.Select(r => Brings(state, r, rank)).Where(t => t != "false"));

    /// <summary>Stopped even when all that can be set aside is: by a rule that cannot be told, or one nobody may override.</summary>
    static string StoppedForSure(SmtState state, Rule rule, int limit)
    {
        var unknown = rule.Raises.Unknown >= limit ? $"(and {state.Possible(rule)} (not {state.Certain(rule)}))" : "false";
        var never = rule.Raises.Outcome >= limit && rule.Override == OverridePolicy.Never && !rule.Raises.IsConsult ? state.Certain(rule) : "false";
        return Smt.Join("or", new[] { unknown, never }.Where(t => t != "false"));
    }

    /// <summary>Something that can be unknown, and the inputs that make it known.</summary>
    sealed record Gap(string Id, string IsUnknown, SmtState Known, ImmutableArray<Fact> Facts);

    static IEnumerable<Gap> Gaps(Smt smt)
    {
        var first = new SmtState(smt);
        foreach (var fact in smt.Asked.Where(f => f.Derivation is not Predicate && f.IfAbsent is null))
            yield return new(fact.Id, first.Unknown(fact), new(smt, "@known", Change((fact.Id + ".has", "true"))), [fact]);
        foreach (var c in smt.Protocol.Classes)
        {
            var s = Smt.Symbol(c);
            yield return new(s, $"(not (or {s}.active {s}.timed {first.Complete}))", new(smt, "@known", Change((s + ".active", "true"), (s + ".timed", "true"))), []);
        }
    }

    static ImmutableDictionary<string, string> Change(params (string Symbol, string To)[] changes) => changes.ToImmutableDictionary(c => c.Symbol, c => c.To);

    static ImmutableArray<Rule> Reached(Smt smt, SmtState state) => [.. smt.Protocol.Rules.Where(state.Reaches)];

    static IEnumerable<Question> Unknown(Smt smt)
    {
        var first = new SmtState(smt);
        foreach (var gap in Gaps(smt))
        {
            var reached = Reached(smt, gap.Known);
            var ways = reached.GroupBy(r => r.Phase).Select(g =>
            {
                var limit = Limit(smt.Protocol.Phases[g.Key]);
                var stopping = g.Where(r => r.Raises.Outcome >= limit).Select(r => $"(and {gap.Known.Certain(r)} (not {first.Certain(r)}))");
                var stopped = smt.Protocol.RulesOf(g.Key).Select(r => StoppedForSure(first, r, limit)).Where(t => t != "false");
                return $"(and (not {Smt.Join("or", stopped)}) {Smt.Join("or", stopping)})";
            }).ToArray();
            yield return new(gap.Id, smt.Printed(gap.Known) + Assert(gap.IsUnknown) + Assert(Smt.Join("or", ways)), false,
                $"{gap.Id} is unknown and nothing stops treatment, although a value of it would make a rule that stops it true.", reached)
            { Then = gap.Known, Facts = gap.Facts };
        }
    }

    static IEnumerable<Question> Removing(Smt smt, bool onlyNeeded)
    {
        foreach (var fact in smt.Asked.Where(f => f.Derivation is not Predicate))
        {
            var removed = new SmtState(smt, "@removed", Change((fact.Id + ".has", "false")));
            var needed = onlyNeeded ? fact.Derivation is FirstOf ? removed.Unknown(fact) : $"(not {removed.DoesNotApply(fact)})" : "true";
            yield return Removed(smt, fact.Id, $"(and {fact.Id}.has {needed})", removed, [fact]);
        }
        var list = new SmtState(smt, "@removed", smt.Protocol.Classes
            .SelectMany(c => Entry.Select(part => KeyValuePair.Create($"{Smt.Symbol(c)}.{part}", "false")))
            .Append(KeyValuePair.Create("list.current", "false")).ToImmutableDictionary());
        yield return Removed(smt, "medication-list", "true", list, []);
    }

    static IEnumerable<Question> Entered(Smt smt)
    {
        foreach (var fact in smt.Asked.Where(f => f.Derivation is FirstOf))
        {
            var derived = new SmtState(smt, "@derived", Change((fact.Id + ".has", "false")));
            var reached = Reached(smt, derived);
            var ways = reached.Select(r => r.Phase).Distinct().Select(phase =>
            {
                var (rules, limit) = (smt.Protocol.RulesOf(phase), Limit(smt.Protocol.Phases[phase]));
                return $"(and {AtLeast(derived, rules, limit)} (not {AtLeast(new SmtState(smt), rules, limit)}))";
            }).ToArray();
            yield return new(fact.Id, smt.Printed(derived) + Assert($"(and {fact.Id}.has {derived.Known(fact)})") + Assert(Smt.Join("or", ways)), false,
                $"{fact.Id} as entered lets proceed what {fact.Id} as derived stops.", reached)
            { Then = derived, Facts = [fact] };
        }
    }

    static readonly string[] Entry = ["active", "timed", "untimed"];

    static Question Removed(Smt smt, string about, string present, SmtState removed, ImmutableArray<Fact> facts)
    {
        var first = new SmtState(smt);
        var reached = Reached(smt, removed);
        var ways = reached.Select(r => r.Phase).Distinct().Select(phase =>
        {
            var (rules, limit) = (smt.Protocol.RulesOf(phase), Limit(smt.Protocol.Phases[phase]));
            return $"(and {AtLeast(first, rules, limit)} (not {AtLeast(removed, rules, limit)}))";
        }).ToArray();
        return new(about, smt.Printed(removed) + Assert(present) + Assert(Smt.Join("or", ways)), false,
            $"A record that may not proceed may proceed once {about} is taken out of it.", reached)
        { Then = removed, Facts = facts };
    }

    static IEnumerable<Question> Learning(Smt smt)
    {
        var first = new SmtState(smt);
        foreach (var gap in Gaps(smt))
        {
            var reached = Reached(smt, gap.Known);
            yield return new(gap.Id, smt.Printed(gap.Known) + Assert(gap.IsUnknown) + Assert(Smt.Join("or", reached.Select(r => $"(and {first.Certain(r)} (not {gap.Known.Certain(r)}))"))), false,
                $"A rule was true while {gap.Id} was unknown, and learning it makes the rule untrue.", reached)
            { Then = gap.Known, Facts = gap.Facts };
        }
    }

    static IEnumerable<Question> Dead(Smt smt) => smt.Protocol.Rules.Select(rule => new Question(
        rule.Id, Assert("defaults") + Assert(new SmtState(smt).Certain(rule)), true, "No answers within their ranges make it true.", [rule]));

    static int Strictness(OverridePolicy policy) => policy switch { OverridePolicy.None => 0, OverridePolicy.Reason => 1, OverridePolicy.Cosign => 2, _ => 3 };

    static IEnumerable<Question> Swallowed(Smt smt)
    {
        var first = new SmtState(smt);
        var reads = smt.Protocol.Rules.ToDictionary(r => r.Id, r => Asks(smt, r.Condition).ToHashSet());
        foreach (var rule in smt.Protocol.Rules)
        {
            foreach (var other in smt.Protocol.RulesOf(rule.Phase).Where(o => o.Id != rule.Id && o.Id != rule.Sharpens
                && (o.Raises.Outcome ?? -1) >= (rule.Raises.Outcome ?? -1) && Strictness(o.Override) >= Strictness(rule.Override) && reads[o.Id].Overlaps(reads[rule.Id])))
            {
                if (AreEqual(rule, other) && other.Index < rule.Index) continue;
                yield return new($"{rule.Id} by {other.Id}", Assert("defaults") + Assert($"(and {first.Certain(rule)} (not {first.Certain(other)}))"), true,
                    $"Whenever {rule.Id} is true, {other.Id} is true as well, raises at least as much ({other.Raises}) and is at least as hard to override.", [rule, other]);
            }
        }
    }

    /// <summary>Two rules of the same weight that swallow each other are one finding, not two.</summary>
    static bool AreEqual(Rule a, Rule b) => a.Raises.Outcome == b.Raises.Outcome && a.Override == b.Override && a.When == b.When;

    /// <summary>Facts, predicates and classes a condition reads, followed to their sources.</summary>
    static IEnumerable<string> Asks(Smt smt, Condition condition) => condition.Classes().Select(Smt.Symbol)
        .Concat(condition.Asks().SelectMany(f => smt.Protocol.FactById[f.Id] is { Derivation: not null } derived ? derived.RestsOn().SelectMany(c => Asks(smt, c)).Append(f.Id) : [f.Id]));

    static IEnumerable<Question> StayOn(Smt smt)
    {
        foreach (var rule in smt.Protocol.Rules.Where(r => r.Override == OverridePolicy.Never))
        {
            yield return new(rule.Id, Assert(smt.NoneOf(rule)), false,
                "At this setting no patient at all makes the rule true, however ill.", [rule])
            { OnlyParameters = true };
        }
    }

    static IEnumerable<Question> Bands(Smt smt)
    {
        var first = new SmtState(smt);
        foreach (var band in smt.Protocol.Claims.Bands)
        {
            var settled = smt.Cone(band.Rules.Select(r => r.Condition).Concat(band.Where is { } w ? [w] : []))
                .Select(f => $"(or {first.Known(f)} {first.DoesNotApply(f)})").Concat(band.Over.Select(f => first.Known(smt.Protocol.FactById[f.Id]))).Append(first.Complete);
            var inside = Assert(Smt.Join("and", settled)) + (band.Where is { } where ? Assert(first.Of(where).Certain) : "");
            yield return new(band.Id, inside + Assert($"(not {Smt.Join("or", band.Rules.Select(first.Certain))})"), false, "There is a gap: none of its rules is true here.", band.Rules) { Facts = band.Over };
            foreach (var (i, rule) in band.Rules.Index())
                foreach (var other in band.Rules.Skip(i + 1))
                    yield return new(band.Id, inside + Assert($"(and {first.Certain(rule)} {first.Certain(other)})"), false, $"{rule.Id} and {other.Id} overlap here.", [rule, other]) { Facts = band.Over };
        }
    }

    static IEnumerable<Question> Stricter(Smt smt, bool onlyKnown)
    {
        var first = new SmtState(smt);
        foreach (var p in smt.Protocol.Parameters)
        {
            var safer = new SmtState(smt, "@safer", Change((p.Id, p.Id + "@safer")));
            var reached = Reached(smt, safer);
            if (reached.IsEmpty) continue;
            var ways = reached.GroupBy(r => r.Phase).SelectMany(g => smt.Protocol.Phases[g.Key].ByRank.Skip(1).Select(o =>
                $"(and {AtLeast(first, g, o.Rank)} (not {AtLeast(safer, smt.Protocol.RulesOf(g.Key), o.Rank)}))"));
            yield return new(p.Id,
                $"(declare-const {p.Id}@safer Real)\n" + Assert($"(<= {Smt.Number(p.Min)} {p.Id}@safer {Smt.Number(p.Max)})") + smt.Printed(safer)
                + Assert(p.SaferUp ? $"(> {p.Id}@safer {p.Id})" : $"(< {p.Id}@safer {p.Id})") + Assert(Smt.Join("or", ways))
                + (onlyKnown ? Assert(Smt.Join("and", reached.Select(r => $"(=> {first.Possible(r)} {first.Certain(r)})"))) : ""),
                false, $"Moving {p.Id} {(p.SaferUp ? "up" : "down")}, its safer direction, gives a better outcome.", reached)
            { Then = safer };
        }
    }

    static IEnumerable<Question> Ageing(Smt smt)
    {
        var first = new SmtState(smt);
        foreach (var rule in smt.Protocol.Claims.Outlive)
        {
            var aged = new SmtState(smt, "@aged", smt.Cone([rule.Condition]).Where(f => f.Derivation is not Predicate && f.ValidDays is not null)
                .ToImmutableDictionary(f => f.Id + ".has", f => f.Sticky ? $"(and {f.Id}.has {smt.Adverse(f)})" : "false"));
            yield return new(rule.Id, smt.Printed(aged) + Assert($"(and {first.Certain(rule)} (not {aged.Certain(rule)}))"), false,
                "It is true, and no longer true once every answer it rests on is out of date.", [rule])
            { Then = aged };
        }
    }
}
