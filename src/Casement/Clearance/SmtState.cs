using System.Collections.Immutable;
using System.Diagnostics;

namespace Casement.Clearance;

/// <summary>
/// One state of the facts, as SMT-LIB terms. The first state has no tag and covers everything; another one names what it
/// changes and defines anew only what those changes reach, so that two states share all the rest.
/// </summary>
public sealed class SmtState(Smt smt, string tag = "", ImmutableDictionary<string, string>? changes = null)
{
    readonly ImmutableDictionary<string, string> changed = changes ?? ImmutableDictionary<string, string>.Empty;
    readonly Dictionary<string, bool> reached = [];

    bool IsFirst => tag.Length == 0;

    /// <summary>The symbol of an input, or what this state puts in its place.</summary>
    public string Input(string symbol) => changed.GetValueOrDefault(symbol, symbol);

    public string Certain(Rule rule) => rule.Id + (Reaches(rule) ? tag : "") + ".c";

    public string Possible(Rule rule) => rule.Id + (Reaches(rule) ? tag : "") + ".p";

    /// <summary>An answer counts: recorded and in force, silent and fail-safe, or derived.</summary>
    public string Known(Fact fact) => Name(fact, "kn");

    public string DoesNotApply(Fact fact) => Name(fact, "na");

    /// <summary>Absent although it may be needed.</summary>
    public string Unknown(Fact fact) => $"(not (or {Known(fact)} {DoesNotApply(fact)}))";

    string Name(Fact fact, string part) => $"{fact.Id}{(Reaches(fact) ? tag : "")}.{part}";

    /// <summary>Some change alters what this rule reads, directly or through what a fact follows from.</summary>
    public bool Reaches(Rule rule) => IsFirst || Reaches(rule.Condition);

    bool Reaches(Condition condition) =>
        condition.Asks().Any(Reaches)
        || condition.Parameters().Any(p => changed.ContainsKey(p.Id))
        || condition.Classes().Any(c => ChangesList || changed.Keys.Any(k => k.StartsWith(Smt.Symbol(c) + ".", StringComparison.Ordinal)));

    public bool Reaches(Fact fact)
    {
        if (IsFirst) return true;
        if (reached.TryGetValue(fact.Id, out var known)) return known;
        var full = smt.Protocol.FactById[fact.Id];
        return reached[fact.Id] = changed.Keys.Any(k => k == fact.Id + ".has" || k == fact.Id + ".v" || k.StartsWith(fact.Id + ".v.", StringComparison.Ordinal))
            || full.RestsOn().Any(Reaches);
    }

    /// <summary>The medicine list is current and reconciled, so that what it does not hold is not taken.</summary>
    public string Complete => "list.complete" + (ChangesList ? tag : "");

    public bool ChangesList => IsFirst || changed.Keys.Any(k => k is "list.current" or "medication-list-reconciled.has" or "medication-list-reconciled.v");

    public string CompleteTerm => $"(and {Input("list.current")} {Input("medication-list-reconciled.has")} {Input("medication-list-reconciled.v")})";

    /// <summary>What follows for a fact from its input: names, sorts and terms.</summary>
    public IEnumerable<(string Name, string Sort, string Term)> Defined(Fact fact)
    {
        if (fact.Derivation is Predicate p)
        {
            var (certain, possible) = Of(p.When);
            return [(Name(fact, "c"), "Bool", certain), (Name(fact, "p"), "Bool", possible), (Known(fact), "Bool", $"(or {Name(fact, "c")} (not {Name(fact, "p")}))"), (DoesNotApply(fact), "Bool", "false")];
        }
        var has = Input(fact.Id + ".has");
        var settled = fact.Derivation is FirstOf first ? Settled(first) : "false";
        var known = fact.IfAbsent is not null ? "true" : settled == "false" ? has : $"(or {has} {settled})";
        var unneeded = fact.Required switch
        {
            Required.Optional => "true",
            Required.When when fact.RequiredWhen is { } when => $"(not {Of(when).Possible})",
            _ => "false",
        };
        return [(Known(fact), "Bool", known), (DoesNotApply(fact), "Bool", unneeded == "false" ? "false" : $"(and (not {Known(fact)}) {unneeded})"), .. Values(fact, has)];
    }

    IEnumerable<(string, string, string)> Values(Fact fact, string has)
    {
        if (fact.Type == FactType.Choices)
        {
            for (var i = 0; i < fact.Values.Length; i++)
            {
                var silent = fact.IfAbsent is Choices c ? (c.Values.Contains(fact.Values[i]) ? "true" : "false") : null;
                var held = Input($"{fact.Id}.v.{i}");
                yield return (Name(fact, $"e.{i}"), "Bool", silent is null ? held : $"(ite {has} {held} {silent})");
            }
            yield break;
        }
        var value = Input(fact.Id + ".v");
        var otherwise = fact.IfAbsent is { } silence ? Smt.Term(fact, silence) : fact.Derivation is FirstOf f ? First(f) : null;
        yield return (Name(fact, "e"), fact.Type switch { FactType.Flag => "Bool", FactType.Number => "Real", _ => "Int" }, otherwise is null ? value : $"(ite {has} {value} {otherwise})");
    }

    /// <summary>Every line above the one that holds is surely false.</summary>
    string Settled(FirstOf first)
    {
        var settled = Smt.Join("and", first.Cases.Select(c => $"(not {Of(c.When).Possible})"));
        for (var i = first.Cases.Length - 1; i >= 0; i--)
        {
            var (certain, possible) = Of(first.Cases[i].When);
            settled = i == first.Cases.Length - 1 ? $"(or {certain} (not {possible}))" : $"(or {certain} (and (not {possible}) {settled}))";
        }
        return settled;
    }

    string First(FirstOf first)
    {
        var value = $"{first.Otherwise}";
        foreach (var (index, when) in first.Cases.Reverse()) value = $"(ite {Of(when).Certain} {index} {value})";
        return value;
    }

    /// <summary>A condition as two terms: it surely holds, and it may hold.</summary>
    public (string Certain, string Possible) Of(Condition condition)
    {
        switch (condition)
        {
            case Both b:
                return Two("and", Of(b.Left), Of(b.Right));
            case Either e:
                return Two("or", Of(e.Left), Of(e.Right));
            case Not n:
                var (certain, possible) = Of(n.Of);
                return ($"(not {possible})", $"(not {certain})");
            case OneOf o:
                return Of(o);
            case Has h:
                var held = Name(h.Fact, $"e.{h.Value}");
                return ($"(and {Known(h.Fact)} {held})", $"(or {Unknown(h.Fact)} (and {Known(h.Fact)} {held}))");
            case Compare c:
                return Of(c);
            case On on:
                var active = Input(Smt.Symbol(on.Class) + ".active");
                return (active, $"(or {active} (not {Complete}))");
            case TakenWithin t:
                return Of(t);
            default:
                throw new UnreachableException();
        }
    }

    static (string, string) Two(string connective, (string C, string P) a, (string C, string P) b) => ($"({connective} {a.C} {b.C})", $"({connective} {a.P} {b.P})");

    (string, string) Of(OneOf test)
    {
        var full = (test.Mask & test.Fact.AllValues) == test.Fact.AllValues;
        if (smt.Protocol.FactById[test.Fact.Id].Derivation is Predicate)
        {
            if (full || test.Mask == 0) return full ? ("true", "true") : ("false", "false");
            var (c, p) = (Name(test.Fact, "c"), Name(test.Fact, "p"));
            return test.Mask == 2UL ? (c, p) : ($"(not {p})", $"(not {c})");
        }
        var value = Name(test.Fact, "e");
        var among = test.Fact.Type == FactType.Flag
            ? test.Mask switch { 0UL => "false", 1UL => $"(not {value})", 2UL => value, _ => "true" }
            : Smt.Join("or", Enumerable.Range(0, test.Fact.Values.Length).Where(i => (test.Mask >> i & 1) != 0).Select(i => $"(= {value} {i})"));
        var known = $"(and {Known(test.Fact)} {among})";
        return full ? ($"(not {DoesNotApply(test.Fact)})", $"(not {DoesNotApply(test.Fact)})") : (known, test.Mask == 0 ? known : $"(or {known} {Unknown(test.Fact)})");
    }

    (string, string) Of(Compare test)
    {
        var facts = new[] { test.Left, test.Right }.OfType<FactOperand>().Select(o => o.Fact).ToArray();
        var holds = Compared(test);
        var known = Smt.Join("and", facts.Select(Known));
        return ($"(and {known} {holds})", $"(and {Smt.Join("and", facts.Select(f => $"(not {DoesNotApply(f)})"))} (=> {known} {holds}))");
    }

    string Compared(Compare test)
    {
        var (a, b) = (Value(test.Left), Value(test.Right));
        return test.Is switch
        {
            Comparison.Equal => $"(= {a} {b})",
            Comparison.NotEqual => $"(not (= {a} {b}))",
            Comparison.Less => $"(< {a} {b})",
            Comparison.AtMost => $"(<= {a} {b})",
            Comparison.Greater => $"(> {a} {b})",
            Comparison.AtLeast => $"(>= {a} {b})",
            _ => throw new UnreachableException(),
        };
    }

    (string, string) Of(TakenWithin test)
    {
        var (c, hours) = (Smt.Symbol(test.Class), Value(test.Hours));
        var (timed, untimed) = (Input(c + ".timed"), Input(c + ".untimed"));
        var recent = $"(and {timed} (<= {Input(c + ".hours")} {hours}))";
        var couldBeNow = $"(and (or (not {Complete}) {untimed}) (>= {hours} 0.0))";
        if (test.Hours is not FactOperand { Fact: var limit }) return (recent, $"(or {recent} {couldBeNow})");
        var some = $"(or {timed} {untimed} (not {Complete}))";
        return ($"(and {Known(limit)} {recent})", $"(and {some} (not {DoesNotApply(limit)}) (or {Unknown(limit)} {recent} {couldBeNow}))");
    }

    string Value(Operand side) => side switch
    {
        FactOperand { Fact.Type: FactType.Whole } f => $"(to_real {Name(f.Fact, "e")})",
        FactOperand f => Name(f.Fact, "e"),
        ParameterOperand p => Input(p.Parameter.Id),
        LiteralOperand l => Smt.Number(l.Value),
        _ => throw new UnreachableException(),
    };
}
