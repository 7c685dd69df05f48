using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Casement.Clearance;

/// <summary>
/// Prints the rules of one phase as a CQL library, from the same trees that decide. Parameters carry the protocol's defaults;
/// answers come in with the instant they were so; freshness, stickiness, fail-safe silence, requirements and derivations are
/// printed as in clearance.md 0.2. CQL's null is our unknown. Opinions and overrides stay with the clinician and are not printed.
/// </summary>
public sealed class Cql(Protocol protocol, Phase phase)
{
    readonly ImmutableArray<Rule> rules = protocol.RulesOf(phase);

    /// <summary>The facts the phase rests on, each after what it rests on.</summary>
    public ImmutableArray<Fact> Facts { get; } = [.. new Smt(protocol).Cone([
        .. protocol.RulesOf(phase).Select(r => r.Condition),
        .. protocol.FactById.GetValueOrDefault("medication-list-reconciled") is { } reconciled ? [new OneOf(reconciled, 2UL)] : Array.Empty<Condition>()])];

    public static string Name(Phase phase) => $"Casement{phase}";

    IEnumerable<MedicineClass> Classes => Smt.Classes(Facts, rules.Select(r => r.Condition)).Concat(Facts.Select(f => f.Derivation).OfType<EquivalentSum>().Select(s => s.Class)).Distinct().OrderBy(c => c.Index);

    public string Print()
    {
        var text = new StringBuilder($"// Printed from {protocol.Id} {protocol.Version}; do not edit. {protocol.Notice.ReplaceLineEndings(" ")}\n");
        text.Append($"library {Name(phase)} version '{protocol.Version}'\n\n");
        foreach (var p in Facts.SelectMany(f => f.RestsOn()).Concat(rules.Select(r => r.Condition)).SelectMany(c => c.Parameters()).Distinct().OrderBy(p => p.Index))
            text.Append($"// {p.Means}; {p.Unit}, between {Plain(p.Min)} and {Plain(p.Max)}\nparameter \"{p.Id}\" Decimal default {Number(p.Default)}\n");
        text.Append("\n// The instant everything is read at.\nparameter \"AsOf\" DateTime\n\n");
        foreach (var f in Facts.Where(f => f.Derivation is not Predicate)) text.Append($"// {f.Means}{(f.Unit.Length > 0 ? $" ({f.Unit})" : "")}\nparameter \"{f.Id} recorded\" Tuple {{ value {Type(f)}, observed DateTime }}\n");
        text.Append("\n// Each entry with its ingredient names (whole, and each component of a combination) in lower case and its RxNorm ingredient code.\n");
        text.Append("parameter \"medication-list\" Tuple { observed DateTime, entries List<Tuple { name String, ingredients List<String>, code String, dose Decimal, active Boolean, taken DateTime }> }\n\ncontext Unfiltered\n\n");
        var reconciledFirst = Facts.Where(f => f.Id == "medication-list-reconciled").Concat(Facts.Where(f => f.Id != "medication-list-reconciled"));
        var listPrinted = false;
        foreach (var f in reconciledFirst)
        {
            if (!listPrinted && f.Id != "medication-list-reconciled") { PrintList(text); listPrinted = true; }
            PrintFact(text, f);
        }
        foreach (var r in rules) text.Append($"// {r.Title}: {r.Raises}, override {r.Override.ToString().ToLowerInvariant()}\ndefine \"{r.Id}\":\n  {Of(r.Condition)}\n\n");
        PrintOutcome(text);
        return text.ToString();
    }

    void PrintFact(StringBuilder text, Fact f)
    {
        if (f.Derivation is Predicate p)
        {
            text.Append($"define \"{f.Id}\":\n  {Of(p.When)}\n\n");
            return;
        }
        var inForce = InForce(f);
        var otherwise = f.IfAbsent is { } silence ? Literal(silence) : f.Derivation switch
        {
            FirstOf first => First(f, first),
            EquivalentSum sum => $"\"{f.Id} sum\"",
            _ => null,
        };
        if (f.Derivation is EquivalentSum s) PrintSum(text, f, s);
        text.Append($"define \"{f.Id}\":\n  {(otherwise is null ? inForce : $"Coalesce({inForce}, {otherwise})")}\n\n");
        if (MayNotApply(f))
            text.Append($"define \"{f.Id} does not apply\":\n  \"{f.Id}\" is null{(f.RequiredWhen is { } when ? $" and (({Of(when)}) is false)" : "")}\n\n");
    }

    /// <summary>Recorded and inside its window, or adverse and sticky.</summary>
    static string InForce(Fact f)
    {
        var recorded = $"\"{f.Id} recorded\"";
        if (f.ValidDays is not { } days) return $"{recorded}.value";
        var fresh = $"duration in seconds between {recorded}.observed and \"AsOf\" <= {days * 86400}";
        var adverse = f.Type switch
        {
            FactType.Flag => $"{recorded}.value",
            FactType.Choice when f.Values.Any(v => v is "none" or "negative" or "never-treated") => $"not ({string.Join(" or ", f.Values.Where(v => v is "none" or "negative" or "never-treated").Select(v => $"{recorded}.value = '{v}'"))})",
            FactType.Whole or FactType.Number => $"{recorded}.value != 0.0",
            _ => "true",
        };
        return $"(if ({fresh}{(f.Sticky ? $" or {adverse}" : "")}) then {recorded}.value else null)";
    }

    bool MayNotApply(Fact f) => protocol.FactById[f.Id] is { IfAbsent: null, Derivation: not Predicate } full && full.Required != Required.Always;

    string First(Fact f, FirstOf first) =>
        $"case {string.Concat(first.Cases.Select(c => Of(c.When) is var when ? $"when ({when}) is true then '{f.Values[c.Value]}' when ({when}) is null then null " : ""))}else '{f.Values[first.Otherwise]}' end";

    static void PrintSum(StringBuilder text, Fact f, EquivalentSum sum)
    {
        text.Append($"define function \"{f.Id} factor\"(name String):\n  case name {string.Concat(sum.Factors.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"when '{p.Key}' then {Number(p.Value)} "))}else null end\n\n");
        text.Append($"define \"{f.Id} sum\":\n  if exists (\"{sum.Class.Id} entries\" M where M.active and (M.dose is null or \"{f.Id} factor\"(M.name) is null)) then null\n"
            + $"  else Round(Sum(\"{sum.Class.Id} entries\" M where M.active return all M.dose * \"{f.Id} factor\"(M.name)), 8)\n\n");
    }

    void PrintList(StringBuilder text)
    {
        var fresh = protocol.FactById.GetValueOrDefault("medication-list")?.ValidDays is { } days ? $"duration in seconds between \"medication-list\".observed and \"AsOf\" <= {days * 86400}" : "\"medication-list\".observed is not null";
        text.Append($"define \"medication-list is complete\":\n  (({fresh}) is true) and (\"medication-list-reconciled\" is true)\n\n");
        foreach (var c in Classes)
        {
            var codes = c.Ingredients.Select(i => i.Rxcui).OfType<string>().Distinct().ToArray();
            var names = c.Ingredients.Select(i => i.Name).Concat(c.Ingredients.Select(i => string.Join(" / ", i.Name.Split(" / ").Order(StringComparer.Ordinal)))).Distinct();
            text.Append($"// {c.Means}\ndefine \"{c.Id} entries\":\n  \"medication-list\".entries M where {(codes.Length > 0 ? $"M.code in {{ {string.Join(", ", codes.Select(Quote))} }}\n    or " : "")}exists (M.ingredients I where I in {{ {string.Join(", ", names.Select(Quote))} }}) return all M\n\n");
            text.Append($"define \"on {c.Id}\":\n  if exists (\"{c.Id} entries\" M where M.active) then true else if \"medication-list is complete\" then false else null\n\n");
        }
    }

    void PrintOutcome(StringBuilder text)
    {
        var algebra = protocol.Phases[phase];
        var used = rules.GroupBy(r => r.Raises.Id).ToArray();
        foreach (var g in used) text.Append($"// {g.First().Raises.Means}\ndefine \"category {g.Key}\":\n  {string.Join("\n  or ", g.Select(r => $"\"{r.Id}\""))}\n\n");
        text.Append($"// Each rule's answer with the rank it brings when true, and when it cannot be told.\ndefine \"findings\":\n  {{ {string.Join(",\n    ", rules.Select(r => $"Tuple {{ rule: '{r.Id}', value: \"{r.Id}\", ifTrue: {r.Raises.Outcome ?? 0}, ifUnknown: {r.Raises.Unknown ?? 0} }}"))} }}\n\n");
        text.Append("// The strongest contribution of any rule, with no opinion given and nothing overridden.\ndefine \"outcome\":\n  case Max(\"findings\" F return all (case when F.value is true then F.ifTrue when F.value is null then F.ifUnknown else 0 end)) "
            + string.Concat(algebra.ByRank.Select(o => $"when {o.Rank} then '{o.Id}' ")) + "else null end\n");
    }

    string Of(Condition condition) => condition switch
    {
        Both b => $"({Of(b.Left)} and {Of(b.Right)})",
        Either e => $"({Of(e.Left)} or {Of(e.Right)})",
        Not n => $"(not {Of(n.Of)})",
        On on => $"\"on {on.Class.Id}\"",
        TakenWithin t => Of(t),
        OneOf o => Guarded([o.Fact], Of(o)),
        Has h => Guarded([h.Fact], $"(if \"{h.Fact.Id}\" is null then null else '{h.Fact.Values[h.Value]}' in \"{h.Fact.Id}\")"),
        Compare c => Guarded([.. new[] { c.Left, c.Right }.OfType<FactOperand>().Select(f => f.Fact)], $"({Value(c.Left)} {Sign(c.Is)} {Value(c.Right)})"),
        _ => throw new UnreachableException(),
    };

    /// <summary>Every test on a fact that does not apply is false.</summary>
    string Guarded(ImmutableArray<Fact> facts, string test)
    {
        var may = facts.Where(MayNotApply).Select(f => $"\"{f.Id} does not apply\"").Distinct().ToArray();
        return may.Length == 0 ? test : $"(if {string.Join(" or ", may)} then false else {test})";
    }

    static string Of(OneOf test)
    {
        if (test.Fact.Type == FactType.Flag) return test.Mask switch { 1UL => $"(\"{test.Fact.Id}\" = false)", 2UL => $"(\"{test.Fact.Id}\" = true)", 0UL => "false", _ => "true" };
        var names = test.Fact.Values.Where((_, i) => (test.Mask >> i & 1) != 0).ToArray();
        var others = test.Fact.Values.Except(names).ToArray();
        return others.Length == 0 ? "true"
            : test.Negated && others.Length == 1 ? $"(\"{test.Fact.Id}\" != '{others[0]}')"
            : $"({string.Join(" or ", names.Select(n => $"\"{test.Fact.Id}\" = '{n}'"))})";
    }

    string Of(TakenWithin test)
    {
        var (entries, hours) = ($"\"{test.Class.Id} entries\"", Value(test.Hours));
        return Guarded(test.Hours is FactOperand f ? [f.Fact] : [],
            $"(if exists ({entries} M where duration in seconds between M.taken and \"AsOf\" <= {hours} * 3600.0) then true else if (not \"medication-list is complete\") or exists ({entries} M where M.taken is null) then null else false)");
    }

    static string Value(Operand side) => side switch
    {
        FactOperand f => $"\"{f.Fact.Id}\"",
        ParameterOperand p => $"\"{p.Parameter.Id}\"",
        LiteralOperand l => Number(l.Value),
        _ => throw new UnreachableException(),
    };

    static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.AtMost => "<=",
        Comparison.Greater => ">",
        Comparison.AtLeast => ">=",
        _ => throw new UnreachableException(),
    };

    static string Type(Fact f) => f.Type switch { FactType.Flag => "Boolean", FactType.Choice => "String", FactType.Choices => "List<String>", _ => "Decimal" };

    static string Literal(FactValue value) => value switch
    {
        Flag f => f.Value ? "true" : "false",
        Number n => Number(n.Value),
        Choice c => Quote(c.Value),
        Choices c => $"{{ {string.Join(", ", c.Values.Select(Quote))} }}",
        _ => throw new UnreachableException(),
    };

    static string Quote(string text) => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'";

    static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    static string Number(decimal value) => value.ToString("0.0###########", CultureInfo.InvariantCulture);
}
