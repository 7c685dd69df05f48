using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Casement.Clearance;

/// <summary>
/// Prints a protocol as SMT-LIB 2, from the same trees that decide. A fact is an answer and whether one is in force
/// ("x.has"); from these follow whether it is known ("x.kn"), does not apply ("x.na") and which value counts ("x.e"), as in
/// clearance.md 0.2. Every rule is two Booleans: certain ("r.c") and possible ("r.p"). Parameters are free within their
/// bounds; "defaults" holds when all are at their defaults.
/// </summary>
public sealed class Smt(Protocol protocol)
{
    public Protocol Protocol { get; } = protocol;

    /// <summary>The list itself is no question of a rule: rules ask its classes.</summary>
    public IEnumerable<Fact> Asked => Protocol.Facts.Where(f => f.Type != FactType.List);

    /// <summary>Everything a solver needs before the first question: inputs, ranges, derived facts and rules.</summary>
    public string Base()
    {
        var text = new StringBuilder("(set-option :produce-models true)\n(set-option :pp.decimal true)\n");
        foreach (var p in Protocol.Parameters)
            text.Append($"(declare-const {p.Id} Real)\n(assert (<= {Number(p.Min)} {p.Id} {Number(p.Max)}))\n");
        text.Append($"(define-fun defaults () Bool (and {string.Join(' ', Protocol.Parameters.Select(p => $"(= {p.Id} {Number(p.Default)})"))}))\n");
        foreach (var f in Asked) Declare(text, f);
        text.Append("(declare-const list.current Bool)\n");
        foreach (var c in Protocol.Classes) Declare(text, c);
        text.Append(Printed(new SmtState(this)));
        return text.ToString();
    }

    /// <summary>The definitions of a second state that differs from the first only where its changes reach.</summary>
    public string Printed(SmtState state)
    {
        var text = new StringBuilder();
        if (state.ChangesList)
            text.Append($"(define-fun {state.Complete} () Bool {state.CompleteTerm})\n");
        foreach (var f in InOrder().Where(state.Reaches))
        {
            foreach (var (name, sort, term) in state.Defined(f)) text.Append($"(define-fun {name} () {sort} {term})\n");
        }
        foreach (var r in Protocol.Rules.Where(state.Reaches))
        {
            var (certain, possible) = state.Of(r.Condition);
            text.Append($"(define-fun {state.Certain(r)} () Bool {certain})\n(define-fun {state.Possible(r)} () Bool {possible})\n");
        }
        return text.ToString();
    }

    /// <summary>Facts that follow or may not apply after all they rest on; the rest first.</summary>
    IEnumerable<Fact> InOrder()
    {
        var resolving = Protocol.Resolving.Select(f => f.Id).ToHashSet();
        return Asked.Where(f => !resolving.Contains(f.Id)).Concat(Protocol.Resolving.Select(f => Protocol.FactById[f.Id]));
    }

    /// <summary>The facts conditions rest on, requirements and derivations followed to their sources, each after what it rests on.</summary>
    public ImmutableArray<Fact> Cone(IEnumerable<Condition> conditions)
    {
        var seen = new HashSet<string>();
        void Visit(Condition condition)
        {
            foreach (var asked in condition.Asks())
                if (seen.Add(asked.Id))
                    foreach (var deeper in Protocol.FactById[asked.Id].RestsOn()) Visit(deeper);
        }
        foreach (var condition in conditions) Visit(condition);
        return [.. InOrder().Where(f => seen.Contains(f.Id))];
    }

    /// <summary>The medicine classes a set of facts and conditions reads.</summary>
    public static IEnumerable<MedicineClass> Classes(IEnumerable<Fact> cone, IEnumerable<Condition> conditions) =>
        cone.SelectMany(f => f.RestsOn()).Concat(conditions).SelectMany(c => c.Classes()).Distinct();

    /// <summary>No answers at all make the rule true; the parameters stay free.</summary>
    public string NoneOf(Rule rule)
    {
        var cone = Cone([rule.Condition]);
        var bound = new List<(string Symbol, string Sort, string Within)>();
        var changes = ImmutableDictionary.CreateBuilder<string, string>();
        void Bind(string symbol, string sort, string within)
        {
            bound.Add((symbol + "?", sort, within));
            changes[symbol] = symbol + "?";
        }
        foreach (var f in cone.Where(f => f.Derivation is not (Predicate or FirstOf)))
        {
            changes[f.Id + ".has"] = "true";
            foreach (var (symbol, sort, within) in Values(f)) Bind(symbol, sort, within.Replace(symbol, symbol + "?", StringComparison.Ordinal));
        }
        foreach (var f in cone.Where(f => f.Derivation is FirstOf)) changes[f.Id + ".has"] = "false";
        foreach (var c in Classes(cone, [rule.Condition]))
            foreach (var part in new[] { "active", "timed" }) Bind($"{Symbol(c)}.{part}", "Bool", "true");
        foreach (var c in Classes(cone, [rule.Condition])) changes[$"{Symbol(c)}.hours"] = "0.0";
        var state = new SmtState(this, "?", changes.ToImmutable());
        var body = $"(not {state.Of(rule.Condition).Certain})";
        foreach (var (name, _, term) in cone.Where(state.Reaches).SelectMany(state.Defined).Reverse()) body = $"(let (({name} {term})) {body})";
        return bound.Count == 0 ? body : $"(forall ({string.Join(' ', bound.Select(b => $"({b.Symbol} {b.Sort})"))}) (=> {Join("and", bound.Select(b => b.Within))} {body}))";
    }

    /// <summary>The answer on record is adverse: not one of the values that reassure.</summary>
    public string Adverse(Fact f) => f.Type == FactType.Choices ? "true"
        : $"(not {Join("or", Protocol.Reassuring.Where(v => f.Refuses(v) is null).Select(v => $"(= {f.Id}.v {Term(f, v)})"))})";

    /// <summary>The value symbols of a fact with sort and range.</summary>
    public static IEnumerable<(string Symbol, string Sort, string Within)> Values(Fact f) => f.Type switch
    {
        FactType.Flag => [($"{f.Id}.v", "Bool", "true")],
        FactType.Choice => [($"{f.Id}.v", "Int", $"(<= 0 {f.Id}.v {f.Values.Length - 1})")],
        FactType.Choices => f.Values.Select((_, i) => ($"{f.Id}.v.{i}", "Bool", "true")),
        FactType.Whole => [($"{f.Id}.v", "Int", $"(<= {Whole(f.Min)} {f.Id}.v {Whole(f.Max)})")],
        FactType.Number when f.Derivation is EquivalentSum => [($"{f.Id}.v", "Real", $"(>= {f.Id}.v {Number(f.Min)})")],
        FactType.Number => [($"{f.Id}.v", "Real", $"(<= {Number(f.Min)} {f.Id}.v {Number(f.Max)})")],
        _ => throw new UnreachableException(),
    };

    static void Declare(StringBuilder text, Fact f)
    {
        if (f.Derivation is Predicate) return;
        text.Append($"(declare-const {f.Id}.has Bool)\n");
        foreach (var (symbol, sort, within) in Values(f)) text.Append($"(declare-const {symbol} {sort})\n(assert {within})\n");
    }

    /// <summary>Of the entries in a class: one is active, one has a time (and the newest, in hours ago), one has none.</summary>
    static void Declare(StringBuilder text, MedicineClass c) => text.Append(
        $"(declare-const {Symbol(c)}.active Bool)\n(declare-const {Symbol(c)}.timed Bool)\n(declare-const {Symbol(c)}.untimed Bool)\n(declare-const {Symbol(c)}.hours Real)\n"
        + $"(assert (=> {Symbol(c)}.active (or {Symbol(c)}.timed {Symbol(c)}.untimed)))\n(assert (>= {Symbol(c)}.hours 0.0))\n");

    public static string Symbol(MedicineClass c) => $"on.{c.Id}";

    public static string Number(decimal value)
    {
        var text = Math.Abs(value).ToString("0.0###########", CultureInfo.InvariantCulture);
        return value < 0 ? $"(- {text})" : text;
    }

    static string Whole(decimal value) => value < 0 ? $"(- {-value:0})" : value.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>A value as a term of the fact's sort.</summary>
    public static string Term(Fact fact, FactValue value) => value switch
    {
        Flag f => f.Value ? "true" : "false",
        Number n => fact.Type == FactType.Whole ? Whole(n.Value) : Number(n.Value),
        Choice c => fact.Values.IndexOf(c.Value).ToString(CultureInfo.InvariantCulture),
        _ => throw new UnreachableException(),
    };

    /// <summary>"and" or "or" over any number of parts.</summary>
    public static string Join(string connective, IEnumerable<string> parts)
    {
        var all = parts.ToArray();
        return all.Length switch { 0 => connective == "and" ? "true" : "false", 1 => all[0], _ => $"({connective} {string.Join(' ', all)})" };
    }
}
