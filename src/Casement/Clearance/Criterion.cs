using System.Globalization;

namespace Casement.Clearance;

/// <summary>A criterion that cannot be read, with the column (from 1) where it went wrong.</summary>
public sealed class CriterionException(int column, string message) : Exception(message)
{
    public int Column { get; } = column;
}

/// <summary>
/// Reads the criterion language of clearance.md 0.2 into a tree: OR over AND over NOT over tests. Every id, type, value
/// and parameter is looked up while reading, so a slip is an error with its column, never a rule that silently cannot fire.
/// </summary>
public sealed class Criterion
{
    readonly List<(string Text, int Column)> tokens;
    readonly Func<string, Fact?> fact;
    readonly Func<string, Parameter?> parameter;
    readonly Func<string, MedicineClass?> medicineClass;
    int at;

    Criterion(string text, Func<string, Fact?> fact, Func<string, Parameter?> parameter, Func<string, MedicineClass?> medicineClass)
    {
        tokens = Tokens(text);
        this.fact = fact;
        this.parameter = parameter;
        this.medicineClass = medicineClass;
    }

    public static Condition Read(string text, Func<string, Fact?> fact, Func<string, Parameter?> parameter, Func<string, MedicineClass?> medicineClass)
    {
        var reading = new Criterion(text, fact, parameter, medicineClass);
        var condition = reading.Expression();
        if (reading.at < reading.tokens.Count) throw reading.Wrong($"Expected AND, OR or the end, found '{reading.Next}'.");
        return condition;
    }

    Condition Expression()
    {
        var left = Conjunction();
        while (Take("OR")) left = new Either(left, Conjunction());
        return left;
    }

    Condition Conjunction()
    {
        var left = Negation();
        while (Take("AND")) left = new Both(left, Negation());
        return left;
    }

    Condition Negation()
    {
        if (Take("NOT")) return new Not(Negation());
        if (!Take("(")) return Test();
        var inner = Expression();
        Demand(")");
        return inner;
    }

    Condition Test()
    {
        if (Take("on"))
        {
            Demand("(");
            var c = Class();
            Demand(")");
            return new On(c);
        }
        if (Take("taken-within"))
        {
            Demand("(");
            var c = Class();
            Demand(",");
            var hours = Side();
            Demand(")");
            return new TakenWithin(c, hours);
        }
        var start = at;
        if (IsFact(Next) && fact(Next) is { } asked && asked.Type is FactType.Flag or FactType.Choice or FactType.Choices) return AboutValues(asked);
        var left = Side();
        if (left is FactOperand { Fact: var f } && Next is "IN" or "HAS") throw Wrong($"{f.Id} is a number; {Next} needs a list of values.");
        var comparison = TakeComparison();
        var right = Side();
        if (left is not FactOperand && right is not FactOperand) { at = start; throw Wrong("A test must ask at least one fact."); }
        return new Compare(left, comparison, right);
    }

    Condition AboutValues(Fact asked)
    {
        at++;
        if (Take("HAS"))
        {
            if (asked.Type != FactType.Choices) throw Wrong($"{asked.Id} is not a set; HAS needs one.");
            return new Has(asked, Value(asked));
        }
        if (asked.Type == FactType.Choices) throw Wrong($"{asked.Id} is a set; ask it with HAS.");
        if (Take("IN"))
        {
            Demand("{");
            var mask = 1UL << Value(asked);
            while (Take(",")) mask |= 1UL << Value(asked);
            Demand("}");
            return new OneOf(asked, mask);
        }
        return TakeComparison() switch
        {
            Comparison.Equal => new OneOf(asked, 1UL << Value(asked)),
            Comparison.NotEqual => new OneOf(asked, asked.AllValues & ~(1UL << Value(asked)), Negated: true),
            _ => throw Wrong($"{asked.Id} is not a number; compare it with = or !=."),
        };
    }

    int Value(Fact asked)
    {
        var text = TakeAny();
        if (asked.Type == FactType.Flag)
            return text switch { "false" => 0, "true" => 1, _ => throw Back($"{asked.Id} is true or false, not {text}.") };
        if (text is not ['\'', .. var name, '\'']) throw Back($"A value of {asked.Id} is written in single quotes, not {text}.");
        var index = asked.Values.IndexOf(name);
        return index >= 0 ? index : throw Back($"{asked.Id} has no value '{name}'; it has {string.Join(", ", asked.Values)}.");
    }

    Operand Side()
    {
        var text = TakeAny();
        if (text is ['$', .. var id]) return new ParameterOperand(parameter(id) ?? throw Back($"There is no parameter {id}."));
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return new LiteralOperand(number);
        if (!IsFact(text)) throw Back($"Expected a fact, a $parameter or a number, found '{text}'.");
        var found = fact(text) ?? throw Back($"There is no fact {text}.");
        return found.Type is FactType.Number or FactType.Whole ? new FactOperand(found) : throw Back($"{text} is not a number and stands on the left of =, !=, IN or HAS.");
    }

    MedicineClass Class()
    {
        var text = TakeAny();
        if (text is not ['\'', .. var name, '\'']) throw Back($"A medicine class is written in single quotes, not {text}.");
        return medicineClass(name) ?? throw Back($"There is no medicine class '{name}'.");
    }

    Comparison TakeComparison() => TakeAny() switch
    {
        "=" => Comparison.Equal,
        "!=" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.AtMost,
        ">" => Comparison.Greater,
        ">=" => Comparison.AtLeast,
        var other => throw Back($"Expected a comparison, found '{other}'."),
    };

    string Next => at < tokens.Count ? tokens[at].Text : "the end";

    static bool IsFact(string token) => token.Length > 0 && char.IsAsciiLetterLower(token[0]) && token is not ("true" or "false" or "the end");

    bool Take(string token)
    {
        if (at >= tokens.Count || tokens[at].Text != token) return false;
        at++;
        return true;
    }

    void Demand(string token)
    {
        if (!Take(token)) throw Wrong($"Expected '{token}', found '{Next}'.");
    }

    string TakeAny() => at < tokens.Count ? tokens[at++].Text : throw Wrong("The criterion ends too early.");

    CriterionException Wrong(string message) => new(at < tokens.Count ? tokens[at].Column : tokens.Count == 0 ? 1 : tokens[^1].Column + tokens[^1].Text.Length, message);

    CriterionException Back(string message)
    {
        at--;
        return Wrong(message);
    }

    static List<(string, int)> Tokens(string text)
    {
        var found = new List<(string, int)>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) { i++; continue; }
            var start = i;
            if (c == '\'')
            {
                var end = text.IndexOf('\'', i + 1);
                if (end < 0) throw new CriterionException(i + 1, "A quote is opened and never closed.");
                i = end + 1;
            }
            else if (c is '(' or ')' or '{' or '}' or ',') i++;
            else if (c is '<' or '>' or '=' or '!') i += i + 1 < text.Length && text[i + 1] == '=' ? 2 : 1;
            else if (char.IsAsciiLetterOrDigit(c) || c is '$' or '-' or '.')
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '$' or '-' or '.')) i++;
            else throw new CriterionException(i + 1, $"'{c}' does not belong in a criterion.");
            found.Add((text[start..i], start + 1));
        }
        return found;
    }
}
