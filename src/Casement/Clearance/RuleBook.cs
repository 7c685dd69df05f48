using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Casement.Clearance;

/// <summary>
/// The protocol printed for clinicians to read and dispute: a page per concern with every rule in words and as written, the limits
/// in force, the reason and the sources; then parameters, medicines, work-up and outcomes. Printed from the definitions, never edited.
/// </summary>
public static class RuleBook
{
    public static ImmutableArray<(string Path, string Text)> Print(Protocol protocol) =>
    [
        ("README.md", Index(protocol)),
        .. protocol.Rules.GroupBy(r => r.File).Select(g => (Page(g.Key), Concern(protocol, g.Key, [.. g]))),
        ("parameters.md", Parameters(protocol)),
        ("medicines.md", Medicines(protocol)),
        ("work-up.md", WorkUp(protocol)),
        ("outcomes.md", Outcomes(protocol)),
    ];

    /// <summary>Under rules/, because a concern such as medicines has a page of its own beside the list of classes.</summary>
    static string Page(string file) => "rules/" + Path(file) + ".md";

    static string Path(string file) => file[(file.LastIndexOf('/') + 1)..^".yaml".Length];

    static string Title(string file) => char.ToUpperInvariant(Path(file)[0]) + Path(file)[1..].Replace('-', ' ');

    static string Index(Protocol protocol)
    {
        var text = Head(protocol, "The rule book", "");
        text.Append("Every rule a clearance, a session or a course is checked against. A rule only flags; a licensed clinician decides. Each page is printed from the definitions in `definitions/protocols` by `casement protocol print docs/rules`.\n\n");
        text.Append("| page | phase | rules | never overridden |\n|---|---|---|---|\n");
        foreach (var g in protocol.Rules.GroupBy(r => r.File))
            text.Append($"| [{Title(g.Key)}]({Page(g.Key)}) | {Words(g.First().Phase)} | {g.Count()} | {g.Count(r => r.Override == OverridePolicy.Never)} |\n");
        text.Append($"| **all** | | **{protocol.Rules.Length}** | **{protocol.Rules.Count(r => r.Override == OverridePolicy.Never)}** |\n\n");
        text.Append("- [Parameters](parameters.md): the numbers a practice may move, and how far\n- [Medicines](medicines.md): the classes the rules speak of\n- [Work-up](work-up.md): which tests are needed, for whom\n- [Outcomes](outcomes.md): how findings combine, and what a patient is told\n");
        return text.ToString();
    }

    static string Concern(Protocol protocol, string file, ImmutableArray<Rule> rules)
    {
        var text = Head(protocol, Title(file), "../");
        text.Append($"{Words(rules[0].Phase)}. {rules.Length} rules.\n");
        foreach (var rule in rules) Print(text, protocol, rule);
        text.Append("\n## Sources\n\n");
        foreach (var key in rules.SelectMany(r => r.Cites).Distinct().Order(StringComparer.Ordinal))
        {
            var reference = protocol.ReferenceByKey[key];
            text.Append($"- <a id=\"{key}\"></a>**{key}**: {Line(reference.Text)} ({Line(reference.Status)})\n");
        }
        return text.ToString();
    }

    static void Print(StringBuilder text, Protocol protocol, Rule rule)
    {
        text.Append($"\n## {rule.Title}\n\n`{rule.Id}` · **{rule.Raises}** ({rule.Raises.Means}) · {Words(rule.Override)}{(rule.Sharpens.Length > 0 ? $" · sharpens `{rule.Sharpens}`" : "")}\n\n");
        text.Append($"{Criterion(protocol, rule.Condition)}\n\n```text\n{Line(rule.When)}\n```\n\n");
        void Say(string what, string said)
        {
            if (said.Length > 0) text.Append($"- {what}: {Line(said)}\n");
        }
        Say("Action", rule.Action);
        Say("Window discussed with the prescriber", rule.Hold);
        Say("Resolved by", rule.ResolvedBy);
        Say("Why", rule.Why);
        Say("To the patient", rule.Patient);
        Say("Basis", rule.Basis.IsEmpty ? "" : string.Join(", ", rule.Basis));
        Say("Sources", string.Join(", ", rule.Cites.Select(k => $"[{k}](#{k})")));
        var limits = rule.Condition.Parameters().ToArray();
        if (limits.Length > 0) Say("Limits", string.Join("; ", limits.Select(p => $"`{p.Id}` {Wording.Amount(p.Default, p.Unit)}, may be set {Wording.Amount(p.Min, p.Unit)} to {Wording.Amount(p.Max, p.Unit)}")));
    }

    /// <summary>Alternatives one to a line; a single test as a sentence.</summary>
    static string Criterion(Protocol protocol, Condition condition)
    {
        var whole = Refreshed(protocol, condition);
        if (whole is not Either) return Sentence(Wording.AtDefaults.Say(whole));
        return "Any of these:\n\n" + string.Join('\n', Wording.Parts(whole).Select(p => $"- {Wording.AtDefaults.Say(p)}"));
    }

    /// <summary>The tree over the full facts: those on its leaves were read before labels and requirements were.</summary>
    static Condition Refreshed(Protocol protocol, Condition condition) => condition switch
    {
        Both b => new Both(Refreshed(protocol, b.Left), Refreshed(protocol, b.Right)),
        Either e => new Either(Refreshed(protocol, e.Left), Refreshed(protocol, e.Right)),
        Not n => new Not(Refreshed(protocol, n.Of)),
        OneOf o => o with { Fact = protocol.FactById[o.Fact.Id] },
        Has h => h with { Fact = protocol.FactById[h.Fact.Id] },
        Compare c => c with { Left = Refreshed(protocol, c.Left), Right = Refreshed(protocol, c.Right) },
        _ => condition,
    };

    static Operand Refreshed(Protocol protocol, Operand side) => side is FactOperand f ? new FactOperand(protocol.FactById[f.Fact.Id]) : side;

    static string Parameters(Protocol protocol)
    {
        var text = Head(protocol, "Parameters", "");
        text.Append("A practice may move a number inside its bounds; a value outside them is refused. \"Safer\" is the direction that makes the protocol stricter, which is [proved](../decisions/0002-rules-as-data.md).\n\n");
        text.Append("| id | meaning | in force | may be set | safer | read by |\n|---|---|---|---|---|---|\n");
        var readers = protocol.Rules.SelectMany(r => r.Condition.Parameters().Select(p => (p.Id, Rule: r.Id))).ToLookup(p => p.Id, p => p.Rule);
        foreach (var p in protocol.Parameters)
            text.Append($"| `{p.Id}` | {Cell(p.Means)} | {Wording.Amount(p.Default, p.Unit)} | {Wording.Amount(p.Min, p.Unit)} to {Wording.Amount(p.Max, p.Unit)} | {(p.SaferUp ? "higher" : "lower")} | {(readers[p.Id].Any() ? string.Join(", ", readers[p.Id].Select(r => $"`{r}`")) : p.FeedsDefinition ? "a definition" : "")} |\n");
        return text.ToString();
    }

    static string Medicines(Protocol protocol)
    {
        var text = Head(protocol, "Medicines", "");
        text.Append("A combination counts by each of its components and by itself. A code marked ~ is from memory and has to be checked before release.\n");
        foreach (var c in protocol.Classes)
        {
            text.Append($"\n## {c.Id}\n\n{Cell(c.Means)}\n\n");
            text.Append(string.Join(", ", c.Ingredients.Select(i => $"{i.Name}{(i.Rxcui is { } code ? $" (RxNorm {code}{(i.Checked ? "" : " ~")})" : "")}")) + "\n");
        }
        foreach (var f in protocol.Facts)
        {
            if (f.Derivation is not EquivalentSum sum) continue;
            text.Append($"\n## `{f.Id}`\n\n{Cell(f.Means)}\n\n| ingredient | factor |\n|---|---|\n");
            foreach (var (name, factor) in sum.Factors.OrderBy(p => p.Key, StringComparer.Ordinal)) text.Append($"| {name} | {factor.ToString("0.####", CultureInfo.InvariantCulture)} |\n");
        }
        return text.ToString();
    }

    static string WorkUp(Protocol protocol)
    {
        var text = Head(protocol, "Work-up", "");
        text.Append("## When a test is needed\n\nUnknown counts as needed.\n");
        foreach (var f in protocol.Facts)
            if (f.Derivation is Predicate p) text.Append($"\n### {f.Means} (`{f.Id}`)\n\n{Criterion(protocol, p.When)}\n");
        text.Append("\n## Depth\n\nThe first that holds; unknown counts as the deeper.\n\n| tier | for | a clearance lives |\n|---|---|---|\n");
        foreach (var t in protocol.Tiers) text.Append($"| `{t.Id}` | {Cell(t.Means)} | {Wording.Amount(t.Life.Default, t.Life.Unit)} (`{t.Life.Id}`) |\n");
        text.Append($"\n## What is done\n\n| item |{string.Concat(protocol.Tiers.Reverse().Select(t => $" {t.Id} |"))} also |\n|---|---|---|---|---|\n");
        foreach (var w in protocol.WorkUp) text.Append($"| {Cell(w.Item)} |{string.Concat(w.ByTier.Select(t => $" {Cell(t)} |"))} {Cell(w.Also)} |\n");
        return text.ToString();
    }

    static string Outcomes(Protocol protocol)
    {
        var text = Head(protocol, "Outcomes", "");
        text.Append("The outcome is the strongest that any rule brings. A rule that cannot be told yet brings its own: missing data can never clear.\n");
        foreach (var phase in Enum.GetValues<Phase>())
        {
            var algebra = protocol.Phases[phase];
            string Named(int? rank) => rank is { } r ? algebra.ByRank[r].Id : "nothing";
            text.Append($"\n## {Words(phase)}\n\n| outcome, strongest first | to the clinician | to the patient | may proceed |\n|---|---|---|---|\n");
            foreach (var o in algebra.ByRank.Reverse()) text.Append($"| `{o.Id}` | {Cell(o.Clinician)} | {Cell(o.Patient)} | {(o.MayProceed ? "yes" : "no")} |\n");
            text.Append("\n| a rule of this category | means | true | set aside | cannot be told |\n|---|---|---|---|---|\n");
            foreach (var c in algebra.Categories.Values.OrderByDescending(c => c.Outcome ?? -1).ThenBy(c => c.Id, StringComparer.Ordinal))
                text.Append($"| {c.Id} | {Cell(c.Means)} | {Named(c.Outcome)} | {Named(c.Overridden)} | {Named(c.Unknown)} |\n");
        }
        text.Append("\n## Standard conditions\n\n");
        foreach (var s in protocol.StandardConditions) text.Append($"- `{s.Id}`: {Line(s.Text)}\n");
        return text.ToString();
    }

    static StringBuilder Head(Protocol protocol, string title, string up) => new(
        $"<!-- Printed by: casement protocol print docs/rules. Edit the definitions, not this page. -->\n# {title}\n\n[The rule book]({up}README.md) · `{protocol.Id}` {protocol.Version}\n\n> {Line(protocol.Notice)}\n\n");

    static string Words(Phase phase) => phase switch
    {
        Phase.Clearance => "Before treatment: clearance",
        Phase.PreSession => "On the day, before the session",
        Phase.InSession => "During the session",
        Phase.Discharge => "Before going home",
        _ => "Over the course",
    };

    static string Words(OverridePolicy policy) => policy switch
    {
        OverridePolicy.Never => "nobody may override it",
        OverridePolicy.Reason => "may be set aside with a reason",
        OverridePolicy.Cosign => "may be set aside with a reason and a second licensed clinician",
        _ => "a note; nothing to set aside",
    };

    static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..] + ".";

    static string Line(string text) => string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    static string Cell(string text) => Line(text).Replace("|", "\\|", StringComparison.Ordinal);
}
