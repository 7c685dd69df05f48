using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>
/// The working of a path search. A set of steps frees some facts; <see cref="Reach"/> says which truth values a condition could still
/// take if the freed facts were chosen at will and all other unknowns stayed unknown. It may promise too much, never too little, so
/// "cannot" is sure; whether a promise holds is then tried with real answers.
/// </summary>
sealed class PathSearch
{
    /// <summary>Sets of truth values: a bit each for false, unknown and true.</summary>
    const int F = 1, U = 2, T = 4;

    /// <summary>Answers tried for one set before the trial gives up.</summary>
    const int MostTrials = 20_000;

    readonly Assessment assessment;
    readonly Protocol protocol;
    readonly Sheet sheet;

    /// <summary>The sheet as filled, before anything was worked out: what a trial is put back to.</summary>
    readonly Sheet filled;
    readonly ImmutableArray<Rule> rules;
    readonly Dictionary<string, Step> steps = [];
    readonly Dictionary<string, ImmutableArray<string>> optionsOf = [];
    readonly Dictionary<string, decimal[]> limits;
    readonly Dictionary<string, FactValue> chosen = [];

    public PathSearch(Assessment assessment)
    {
        this.assessment = assessment;
        protocol = assessment.Protocol;
        sheet = Filling.Fill(protocol, assessment.Case);
        filled = new Sheet(protocol);
        filled.Refill(assessment.Case);
        rules = protocol.RulesOf(assessment.Case.Phase);
        limits = LimitsOf(protocol, sheet);
        foreach (var rule in rules) optionsOf[rule.Id] = [.. OptionsFor(rule).Distinct()];
        LastResorts();
    }

    /// <summary>The steps not yet taken that could help a rule: an opinion only on a finding that can stand, a follow-up question only when its turn has come.</summary>
    public IEnumerable<string> Options(Rule rule, ImmutableSortedSet<string> set)
    {
        var canStand = (Reach(rule.Condition, set.Contains) & T) != 0;
        return optionsOf[rule.Id].Where(o => !set.Contains(o) && (steps[o].Fact is { } fact ? MayBeAsked(fact, set.Contains) : steps[o].Rule is null || canStand));
    }

    /// <summary>A follow-up question is asked only when it is sure to apply, or when everything that decides it has been asked.</summary>
    bool MayBeAsked(Fact fact, Func<string, bool> taken) =>
        fact.RequiredWhen is not { } gate || sheet.Standing[fact.Index] == Standing.Known || sheet.Ask(gate) == Truth.True || Deciding(gate).All(taken);

    IEnumerable<string> Deciding(Condition gate) => gate.Asks().Select(f => protocol.FactById[f.Id])
        .SelectMany(f => f.Derivation is Predicate or FirstOf ? f.RestsOn().SelectMany(Deciding) : sheet.Standing[f.Index] == Standing.Unknown ? [LearnKey(f)] : []);

    /// <summary>Rules that would block whatever was learned, changed or asked.</summary>
    public ImmutableArray<Rule> NoWay() => [.. rules.Where(r => !CanPass(r, steps.ContainsKey))];

    /// <summary>Rules that share no step settle apart, so each group is searched alone.</summary>
    public ImmutableArray<ImmutableArray<Rule>> Groups()
    {
        var groups = new List<(HashSet<string> Steps, List<Rule> Rules)>();
        foreach (var rule in rules)
        {
            var touching = groups.Where(g => g.Steps.Overlaps(optionsOf[rule.Id])).ToList();
            var joined = (Steps: optionsOf[rule.Id].ToHashSet(), Rules: new List<Rule> { rule });
            foreach (var group in touching)
            {
                joined.Steps.UnionWith(group.Steps);
                joined.Rules.InsertRange(0, group.Rules);
                groups.Remove(group);
            }
            groups.Add(joined);
        }
        return [.. groups.Select(g => g.Rules.ToImmutableArray())];
    }

    /// <summary>One for a step; far more for an opinion or override on a finding that does not stand today, since creating a finding in order to resolve it is no way.</summary>
    public int Cost(ImmutableSortedSet<string> set) => set.Sum(key => steps[key].Rule is not { } rule || assessment.Findings.Any(f => f.Rule == rule && f.Value == Truth.True) ? 1 : 1_000);

    /// <summary>Steps that every way must take: without the one, some rule blocks even if all the others are taken.</summary>
    public ImmutableSortedSet<string> Necessary(ImmutableArray<Rule> group) =>
        group.SelectMany(r => optionsOf[r.Id]).Distinct().Where(step => group.Any(r => optionsOf[r.Id].Contains(step) && !CanPass(r, s => s != step && steps.ContainsKey(s)))).ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>A rule that blocks under these steps whatever the answers; null when there is none.</summary>
    public Rule? Stuck(ImmutableArray<Rule> group, ImmutableSortedSet<string> set) => group.FirstOrDefault(r => !CanPass(r, set.Contains));

    /// <summary>A last resort is offered only for a rule nothing else can resolve.</summary>
    void LastResorts()
    {
        foreach (var rule in rules.Where(r => !IsOpposed(r) && !CanPass(r, steps.ContainsKey) && r.Override is OverridePolicy.Reason or OverridePolicy.Cosign))
            optionsOf[rule.Id] = optionsOf[rule.Id].Add(Offer(new(StepKind.Override, Rule: rule)));
    }

    IEnumerable<string> OptionsFor(Rule rule)
    {
        var asked = new HashSet<string>();
        foreach (var key in Facts(rule.Condition)) yield return key;
        if (rule.Raises.IsConsult && !IsOpposed(rule)) yield return Offer(new(StepKind.Opinion, Rule: rule));

        IEnumerable<string> Facts(Condition condition)
        {
            foreach (var leaf in condition.Leaves())
            {
                foreach (var c in leaf.Classes())
                {
                    if (!sheet.IsComplete) yield return Offer(new(StepKind.Learn, protocol.FactById["medication-list-reconciled"]));
                    if (IsListed(c, leaf)) yield return Offer(new(StepKind.Medicine, Class: c));
                }
                foreach (var named in leaf.Asks())
                {
                    if (!asked.Add(named.Id)) continue;
                    var fact = protocol.FactById[named.Id];
                    foreach (var deeper in fact.RestsOn().SelectMany(Facts)) yield return deeper;
                    if (fact.Derivation is Predicate or FirstOf) continue;
                    switch (sheet.Standing[fact.Index])
                    {
                        case Standing.NotApplicable when fact.Lasting: break;
                        case Standing.Unknown or Standing.FailSafe or Standing.NotApplicable: yield return Offer(new(StepKind.Learn, fact)); break;
                        default:
                            if (fact.Waits) yield return Offer(new(StepKind.Wait, fact));
                            else if (!fact.Lasting) yield return Offer(new(StepKind.Change, fact));
                            break;
                    }
                }
            }
        }
    }

    /// <summary>Nobody is sent from specialist to specialist until one agrees.</summary>
    bool IsOpposed(Rule rule) => assessment.Findings.Any(f => f.Rule == rule && f.Opinion?.Says == Verdict.Opposes);

    string Offer(Step step)
    {
        steps.TryAdd(step.Key, step);
        return step.Key;
    }

    static string LearnKey(Fact fact) => $"{StepKind.Learn}:{fact.Id}";

    bool IsFree(Fact fact, Func<string, bool> taken) => !chosen.ContainsKey(fact.Id) && taken(LearnKey(fact)) && MayBeAsked(fact, taken);

    /// <summary>The rule could end up not blocking.</summary>
    bool CanPass(Rule rule, Func<string, bool> taken)
    {
        if (rule.Raises.Unknown is null) return true;
        var reach = Reach(rule.Condition, taken);
        if ((reach & F) != 0) return true;
        if ((reach & T) == 0 || !IsFullyAsked(rule, taken)) return false;
        var ranks = assessment.Algebra.ByRank;
        if (HoldsAlready(rule, taken)) return true;
        if (rule.Raises.Outcome is { } rank && ranks[rank].MayProceed) return true;
        return taken($"{StepKind.Opinion}:{rule.Id}") || taken($"{StepKind.Override}:{rule.Id}");
    }

    /// <summary>A finding may stand, as a condition or with an opinion, only once everything it reads is known: one adverse answer does not excuse the others.</summary>
    bool IsFullyAsked(Rule rule, Func<string, bool> taken) => optionsOf.GetValueOrDefault(rule.Id, [])
        .All(o => taken(o) || steps[o] is not { Kind: StepKind.Learn, Fact: { } fact } || sheet.Standing[fact.Index] != Standing.Unknown || chosen.ContainsKey(fact.Id));

    /// <summary>An opinion or override already given counts, as long as no answer the rule reads is touched.</summary>
    bool HoldsAlready(Rule rule, Func<string, bool> taken) =>
        assessment.Findings.FirstOrDefault(f => f.Rule == rule && f.Value == Truth.True) is { } finding
        && !finding.Blocks(assessment.Algebra)
        && !optionsOf.GetValueOrDefault(rule.Id, []).Any(o => o.StartsWith(nameof(StepKind.Learn), StringComparison.Ordinal) && taken(o));

    int Reach(Condition condition, Func<string, bool> taken) => condition switch
    {
        Both b => Combine(Reach(b.Left, taken), Reach(b.Right, taken), Kleene.And),
        Either e => Combine(Reach(e.Left, taken), Reach(e.Right, taken), Kleene.Or),
        Not n => Reach(n.Of, taken) switch { var r => ((r & F) != 0 ? T : 0) | (r & U) | ((r & T) != 0 ? F : 0) },
        On on => ReachClass(on.Class, condition, taken),
        TakenWithin t => ReachClass(t.Class, condition, taken),
        _ => ReachLeaf(condition, taken),
    };

    static int Combine(int a, int b, Func<Truth, Truth, Truth> with)
    {
        var all = 0;
        foreach (var x in Values(a))
            foreach (var y in Values(b)) all |= Bit(with(x, y));
        return all;
    }

    static IEnumerable<Truth> Values(int set)
    {
        if ((set & F) != 0) yield return Truth.False;
        if ((set & U) != 0) yield return Truth.Unknown;
        if ((set & T) != 0) yield return Truth.True;
    }

    static int Bit(Truth truth) => truth switch { Truth.False => F, Truth.Unknown => U, _ => T };

    /// <summary>An entry of the class has to be dealt with before a test on it can fail, and an unreconciled list has to be reconciled.</summary>
    int ReachClass(MedicineClass c, Condition test, Func<string, bool> taken)
    {
        var settled = (!IsListed(c, test) || taken($"{StepKind.Medicine}:{c.Id}")) && (sheet.IsComplete || taken($"{StepKind.Learn}:medication-list-reconciled"));
        return settled ? F : Bit(Ask(test));
    }

    /// <summary>An ended medicine still counts for when it was last taken.</summary>
    bool IsListed(MedicineClass c, Condition test) => assessment.Case.Medicines.Any(m => (m.Active || test is TakenWithin) && protocol.ClassesOf(m).Contains(c));

    int ReachLeaf(Condition leaf, Func<string, bool> taken)
    {
        var all = 0;
        var facts = leaf.Asks().Select(f => protocol.FactById[f.Id]).ToArray();
        if (facts is not [var fact]) return facts.Any(f => IsFree(f, taken)) ? F | T : Bit(Ask(leaf));
        if (fact.Derivation is Predicate p && !IsRecorded(fact)) return ReachTest(leaf, Reach(p.When, taken));
        if (fact.Derivation is FirstOf first && !IsRecorded(fact)) return ReachFirst(leaf, first, taken);
        if (IsFree(fact, taken)) return F | T;
        if (sheet.Standing[fact.Index] is Standing.Unknown or Standing.NotApplicable && !chosen.ContainsKey(fact.Id))
        {
            var required = fact.Required switch { Required.Always => T, Required.Optional => F, _ => fact.RequiredWhen is { } when ? Reach(when, taken) : T };
            if ((required & F) != 0) all |= F;
            if ((required & (U | T)) != 0) all |= U;
            return all;
        }
        return Bit(Ask(leaf));
    }

    bool IsRecorded(Fact fact) => sheet.Standing[fact.Index] is Standing.Known or Standing.FailSafe;

    static int ReachTest(Condition leaf, int values)
    {
        var asksTrue = leaf is OneOf { Mask: 2UL };
        return asksTrue ? values : ((values & F) != 0 ? T : 0) | (values & U) | ((values & T) != 0 ? F : 0);
    }

    int ReachFirst(Condition leaf, FirstOf first, Func<string, bool> taken)
    {
        var mask = leaf is OneOf o ? o.Mask : 0;
        var all = 0;
        foreach (var (value, when) in first.Cases)
        {
            var reach = Reach(when, taken);
            if ((reach & T) != 0) all |= (mask >> value & 1) != 0 ? T : F;
            if ((reach & U) != 0) all |= U;
            if ((reach & F) == 0) return all;
        }
        return all | ((mask >> first.Otherwise & 1) != 0 ? T : F);
    }

    Truth Ask(Condition condition) => sheet.Ask(condition);

    /// <summary>Answers for the freed facts under which nothing blocks; null when there are none. The conflict then names the rules that cannot all pass.</summary>
    public Dictionary<string, FactValue>? Answers(ImmutableArray<Rule> group, ImmutableSortedSet<string> set, out ImmutableArray<Rule> conflict, out bool complete)
    {
        var free = set.Select(k => steps[k]).Where(s => s.Fact is not null && s.Fact.Id != "medication-list-reconciled").Select(s => s.Fact ?? throw new InvalidOperationException()).ToList();
        var touched = free.ToDictionary(f => f.Id, f => group.Where(r => optionsOf[r.Id].Contains(LearnKey(f))).ToArray());
        var trials = 0;
        var reached = new List<Rule>();
        // Facts of the most entangled rules first: that is where a contradiction shows soonest.
        free = [.. free.OrderByDescending(f => touched[f.Id].Length).ThenBy(f => f.Index)];
        var answers = Try(0) is null ? new Dictionary<string, FactValue>(chosen) : null;
        chosen.Clear();
        foreach (var fact in free) Reset(fact);
        conflict = [.. reached.Distinct()];
        complete = answers is not null || trials < MostTrials;
        return answers;

        // Null when everything passes; otherwise the chosen facts that stand in the way. A fact not among them is not worth another value.
        HashSet<string>? Try(int at)
        {
            if (at == free.Count) return group.FirstOrDefault(r => !CanPass(r, set.Contains)) is { } left ? Blame(left) : null;
            var fact = free[at];
            var blamed = new HashSet<string>();
            foreach (var value in Candidates(fact))
            {
                if (++trials > MostTrials) return [];
                chosen[fact.Id] = value;
                Put(fact, value);
                var against = touched[fact.Id].FirstOrDefault(r => !CanPass(r, set.Contains)) is { } stuck ? Blame(stuck) : Try(at + 1);
                if (against is null) return null;
                chosen.Remove(fact.Id);
                Reset(fact);
                if (!against.Contains(fact.Id)) return against;
                blamed.UnionWith(against);
            }
            blamed.Remove(fact.Id);
            return blamed;
        }

        HashSet<string> Blame(Rule rule)
        {
            reached.Add(rule);
            return [.. chosen.Keys.Where(id => optionsOf[rule.Id].Contains($"{StepKind.Learn}:{id}"))];
        }
    }

    void Put(Fact fact, FactValue value)
    {
        sheet.Know(fact, value);
        sheet.Resolve();
    }

    void Reset(Fact fact)
    {
        var i = fact.Index;
        (sheet.Low[i], sheet.High[i], sheet.May[i], sheet.Must[i], sheet.Standing[i]) = (filled.Low[i], filled.High[i], filled.May[i], filled.Must[i], filled.Standing[i]);
        sheet.Resolve();
    }

    /// <summary>Every value that can make a difference, the reassuring ones first.</summary>
    IEnumerable<FactValue> Candidates(Fact fact) => steps[LearnKey(fact)].Kind == StepKind.Wait ? AllCandidates(fact).Where(v => IsLater(fact, v)) : AllCandidates(fact);

    /// <summary>Time only adds to a count of months or years, and only ends what is called recent.</summary>
    bool IsLater(Fact fact, FactValue value) => (assessment.Case.Facts[fact.Id].Value, value) switch
    {
        (Number now, Number then) => then.Value > now.Value,
        (Flag, Flag then) => !then.Value,
        _ => false,
    };

    IEnumerable<FactValue> AllCandidates(Fact fact) => fact.Type switch
    {
        FactType.Flag => fact.IfAbsent is Flag { Value: false } ? [FactValue.Of(true), FactValue.Of(false)] : new[] { FactValue.Of(false), FactValue.Of(true) }.OrderBy(v => Harm(fact, v)),
        FactType.Choice => fact.Values.Select(v => FactValue.Of(v)).OrderBy(v => Harm(fact, v)),
        FactType.Choices => [FactValue.Of(Array.Empty<string>())],
        _ => Points(fact).Select(n => FactValue.Of(n)).OrderBy(v => Harm(fact, v)),
    };

    IEnumerable<decimal> Points(Fact fact)
    {
        var step = fact.Type == FactType.Whole ? 1m : 0.1m;
        var edges = limits.GetValueOrDefault(fact.Id, []);
        return edges.SelectMany(e => new[] { e - step, e, e + step }).Append(fact.Min).Append(fact.Max).Append((fact.Min + fact.Max) / 2)
            .Select(n => fact.Type == FactType.Whole ? decimal.Truncate(n) : n).Where(n => n >= fact.Min && n <= fact.Max).Distinct();
    }

    /// <summary>How much is true or required when a fact has this value, alone: a first guess at what reassures.</summary>
    int Harm(Fact fact, FactValue value)
    {
        var trial = new Sheet(protocol);
        foreach (var f in protocol.Facts) trial.Forget(f);
        sheet.Parameters.CopyTo(trial.Parameters, 0);
        trial.Know(fact, value);
        return rules.Where(r => optionsOf[r.Id].Contains(LearnKey(fact))).Sum(r => trial.Ask(r.Condition) switch { Truth.True => 2 + (r.Raises.Outcome ?? 0), Truth.Unknown => 1, _ => 0 });
    }

    static Dictionary<string, decimal[]> LimitsOf(Protocol protocol, Sheet sheet) => protocol.Rules.Select(r => r.Condition)
        .Concat(protocol.Facts.SelectMany(f => f.RestsOn()))
        .SelectMany(c => c.Leaves()).OfType<Compare>()
        .SelectMany(c => new[] { (Asked: c.Left, Against: c.Right), (Asked: c.Right, Against: c.Left) })
        .Where(p => p.Asked is FactOperand)
        .GroupBy(p => ((FactOperand)p.Asked).Fact.Id, p => p.Against switch { ParameterOperand o => (decimal)sheet.Parameters[o.Parameter.Index], LiteralOperand l => l.Value, _ => 0 })
        .ToDictionary(g => g.Key, g => g.Distinct().ToArray());

    /// <summary>The steps with what would do for each, given the answers found for the others.</summary>
    public ImmutableArray<Step> Describe(ImmutableArray<Rule> group, ImmutableSortedSet<string> set, Dictionary<string, FactValue> answers)
    {
        foreach (var (id, value) in answers) Put(protocol.FactById[id], value);
        foreach (var (id, value) in answers) chosen[id] = value;
        var blocking = assessment.Findings.Where(f => f.Blocks(assessment.Algebra)).Select(f => f.Rule).ToArray();
        var described = set.Select(k => steps[k]).Select(s => s with
        {
            Example = s.Fact is { } sample ? answers.GetValueOrDefault(sample.Id) : null,
            // What someone reports or has been through is asked, never suggested.
            WouldDo = s.Fact is { } fact && answers.ContainsKey(fact.Id) && !(s.Kind == StepKind.Learn && fact.Lasting) ? WouldDo(group, fact, answers, set) : "",
            Settles = [.. blocking.Where(r => optionsOf[r.Id].Contains(s.Key))],
        }).ToImmutableArray();
        chosen.Clear();
        foreach (var id in answers.Keys) Reset(protocol.FactById[id]);
        return described;
    }

    /// <summary>The stretch of points that would do, said by the limits it lies between: "at least 90 and below 160 mmHg".</summary>
    string Range(Fact fact, decimal[] points, bool[] good)
    {
        var edges = limits.GetValueOrDefault(fact.Id, []);
        var (first, last) = (Array.IndexOf(good, true), Array.LastIndexOf(good, true));
        var from = first == 0 ? null : edges.Contains(points[first]) ? $"at least {Amount(points[first])}" : $"above {Amount(points[first - 1])}";
        var to = last == points.Length - 1 ? null : edges.Contains(points[last]) ? $"at most {Amount(points[last])}" : $"below {Amount(points[last + 1])}";
        return (from, to) switch
        {
            (null, null) => "any value",
            (_, null) => from,
            (null, _) => to,
            _ => $"{from} and {to}",
        };

        string Amount(decimal value) => Wording.Amount(value, fact.Unit);
    }

    string WouldDo(ImmutableArray<Rule> group, Fact fact, Dictionary<string, FactValue> answers, ImmutableSortedSet<string> set)
    {
        bool Does(FactValue value)
        {
            Put(fact, value);
            chosen[fact.Id] = value;
            return group.All(r => CanPass(r, set.Contains));
        }
        string words;
        if (fact.Type is FactType.Whole or FactType.Number)
        {
            var points = Points(fact).Order().ToArray();
            words = Range(fact, points, [.. points.Select(p => Does(FactValue.Of(p)))]);
        }
        else
        {
            var all = Candidates(fact).ToArray();
            var good = all.Where(Does).ToArray();
            words = good.Length == all.Length && fact.Type != FactType.Choices ? "any answer" : string.Join(" or ", good.Select(v => v.ToString()));
        }
        Put(fact, answers[fact.Id]);
        chosen[fact.Id] = answers[fact.Id];
        return words.Trim();
    }
}
