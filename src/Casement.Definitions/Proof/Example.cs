using System.Globalization;
using System.Text;
using Casement.Clearance;

namespace Casement.Definitions.Proof;

/// <summary>A solver's example put in words: the answers, the settings that were moved, and how the rules come out in each state.</summary>
public static class Example
{
    public static string Words(Smt smt, Question question, Z3 z3)
    {
        var facts = smt.Cone(question.Rules.Select(r => r.Condition));
        var shown = question.Facts.Select(f => smt.Protocol.FactById[f.Id]).Concat(facts).Distinct().ToArray();
        var first = new SmtState(smt);
        var parameters = question.Rules.SelectMany(r => r.Condition.Parameters()).Concat(facts.SelectMany(f => f.RestsOn()).SelectMany(c => c.Parameters())).Distinct().ToArray();
        if (question.OnlyParameters) return Sentence(question.Says, parameters.Select(p => $"{p.Id} = {Values(z3, [p.Id])[p.Id]}"));
        var classes = Smt.Classes(facts, question.Rules.Select(r => r.Condition)).ToArray();
        var states = question.Then is { } then ? new[] { first, then } : [first];
        var wanted = parameters.Select(p => p.Id)
            .Concat(states.SelectMany(s => question.Rules.SelectMany(r => new[] { s.Certain(r), s.Possible(r) })))
            .Concat(states.SelectMany(s => shown.SelectMany(f => Terms(s, f))))
            .Concat(classes.SelectMany(c => new[] { $"{Smt.Symbol(c)}.active", $"{Smt.Symbol(c)}.timed", $"{Smt.Symbol(c)}.hours" }))
            .Append(first.Complete).Distinct().ToArray();
        var value = Values(z3, wanted);
        var changed = question.Rules.Where(r => states.Select(s => (value[s.Certain(r)], value[s.Possible(r)])).Distinct().Count() > 1 || question.Then is null).ToArray();
        var cone = smt.Cone(changed.Select(r => r.Condition)).Select(f => f.Id).ToHashSet();
        var answers = shown.Where(f => cone.Contains(f.Id) || question.Facts.Contains(f)).Select(f =>
        {
            var says = states.Select(s => Says(s, f, value)).Distinct().ToArray();
            return $"{f.Id} {string.Join(", then ", says)}";
        });
        var medicines = Smt.Classes(smt.Cone(changed.Select(r => r.Condition)), changed.Select(r => r.Condition))
            .Select(c => $"{c.Id} {(value[$"{Smt.Symbol(c)}.active"] == "true" ? "on the list" : value[$"{Smt.Symbol(c)}.timed"] == "true" ? $"last taken {value[$"{Smt.Symbol(c)}.hours"]} h ago" : value[first.Complete] == "true" ? "not taken" : "not known")}");
        var settings = parameters.Where(p => value[p.Id] != Plain(p.Default)).Select(p => $"{p.Id} = {value[p.Id]}");
        var rules = changed.Select(r => $"{r.Id} is {string.Join(", then ", states.Select(s => value[s.Certain(r)] == "true" ? "true" : value[s.Possible(r)] == "true" ? "unknown" : "false"))}");
        return Sentence(question.Says, answers.Concat(medicines).Concat(settings).Concat(rules));
    }

    static string Sentence(string says, IEnumerable<string> parts) => $"{says} For example: {string.Join("; ", parts)}.";

    static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    static IEnumerable<string> Terms(SmtState state, Fact fact) => fact switch
    {
        { Derivation: Predicate } => [state.Known(fact), state.DoesNotApply(fact), Truth(state, fact)],
        { Type: FactType.Choices } => [state.Known(fact), state.DoesNotApply(fact), .. fact.Values.Select((_, i) => Value(state, fact) + $".{i}")],
        _ => [state.Known(fact), state.DoesNotApply(fact), Value(state, fact)],
    };

    static string Value(SmtState state, Fact fact) => state.Known(fact)[..^".kn".Length] + ".e";

    static string Truth(SmtState state, Fact fact) => state.Known(fact)[..^".kn".Length] + ".c";

    static string Says(SmtState state, Fact fact, Dictionary<string, string> value)
    {
        if (value[state.DoesNotApply(fact)] == "true") return "does not apply";
        if (value[state.Known(fact)] != "true") return "is unknown";
        return "= " + (fact switch
        {
            { Derivation: Predicate } => value[Truth(state, fact)],
            { Type: FactType.Choices } => $"{{{string.Join(", ", fact.Values.Where((_, i) => value[$"{Value(state, fact)}.{i}"] == "true"))}}}",
            { Type: FactType.Choice } => fact.Values[int.Parse(value[Value(state, fact)], CultureInfo.InvariantCulture)],
            _ => value[Value(state, fact)],
        });
    }

    /// <summary>The values of symbols in the last example.</summary>
    public static Dictionary<string, string> Values(Z3 z3, IReadOnlyCollection<string> symbols)
    {
        var tokens = Tokens(z3.Ask($"(get-value ({string.Join(' ', symbols)}))")).GetEnumerator();
        var found = new Dictionary<string, string>();
        tokens.MoveNext();
        while (tokens.MoveNext() && tokens.Current == "(")
        {
            tokens.MoveNext();
            var symbol = tokens.Current;
            found[symbol] = Term(tokens);
            tokens.MoveNext();
        }
        return found;
    }

    static string Term(IEnumerator<string> tokens)
    {
        tokens.MoveNext();
        if (tokens.Current != "(") return tokens.Current.EndsWith(".0", StringComparison.Ordinal) ? tokens.Current[..^2] : tokens.Current;
        tokens.MoveNext();
        var (what, parts) = (tokens.Current, new List<string>());
        while (Term(tokens) is var part && part != ")") parts.Add(part);
        return what == "-" ? "-" + parts[0] : $"({what} {string.Join(' ', parts)})";
    }

    static IEnumerable<string> Tokens(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (c is not ('(' or ')') && !char.IsWhiteSpace(c)) { word.Append(c); continue; }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
            if (c is '(' or ')') yield return c.ToString();
        }
    }
}
