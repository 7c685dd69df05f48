using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Reads one score, and refuses a combination of method, keys and missing policy that the specification gives no meaning.</summary>
static class ScoreFile
{
    public static Score Read(JsonAt at)
    {
        at.WithKeys("id label method min max missing", "items loinc loincStatus factor decimals reverse requires rules default threshold itemMax");
        var method = Method(at["method"]);
        foreach (var (key, methods) in Belonging)
        {
            if (at.Has(key) && !methods.Contains(method)) throw at[key].Wrong($"The key '{key}' means nothing for the method {at["method"].Text()}.");
        }

        var score = new Score
        {
            Id = at["id"].Text(),
            Label = at["label"].Text(),
            Method = method,
            Items = at.Find("items")?.Texts() ?? [],
            Min = at["min"].Number(),
            Max = at["max"].Number(),
            Missing = MissingFrom(at["missing"], method),
            Loinc = at.Find("loinc")?.Text(),
            LoincStatus = at.Find("loincStatus")?.Text(),
            Factor = at.Find("factor")?.Number() ?? 1,
            Decimals = at.Find("decimals")?.Whole() ?? 0,
            Threshold = method == ScoreMethod.CountAtLeast ? at["threshold"].Number() : 0,
            ItemMax = method == ScoreMethod.PercentOfMax ? at["itemMax"].Number() : 0,
            Default = method == ScoreMethod.FirstMatch ? at["default"].Number() : 0,
            Reverse = at.Find("reverse")?.Entries().ToImmutableDictionary(entry => entry.Key, entry => ReversalFrom(entry.Value)) ?? ImmutableDictionary<string, Reversal>.Empty,
            Requires = at.Find("requires")?.Texts() ?? [],
            Rules = method is ScoreMethod.FirstMatch or ScoreMethod.CountRules ? [.. at["rules"].List().Select(rule => RuleFrom(rule, method))] : [],
        };
        if (score.Items.IsEmpty && score.Rules.IsEmpty) throw at.Wrong("A score needs items or rules.");
        if (score.Items.IsEmpty && method is not (ScoreMethod.FirstMatch or ScoreMethod.CountRules)) throw at.Wrong("The key 'items' is missing.");
        if (score.Min > score.Max) throw at["min"].Wrong("The lowest score lies above the highest.");
        if (score.Decimals is < 0 or > 6) throw at["decimals"].Wrong("A score is rounded to 0 to 6 decimals.");
        if (method == ScoreMethod.PercentOfMax && score.ItemMax <= 0) throw at["itemMax"].Wrong("The highest value of an item must be above zero.");
        return score;
    }

    static readonly ImmutableArray<(string Key, ImmutableArray<ScoreMethod> Methods)> Belonging =
    [
        ("factor", [ScoreMethod.Sum, ScoreMethod.Mean]),
        ("reverse", [ScoreMethod.Sum, ScoreMethod.Mean, ScoreMethod.Max, ScoreMethod.CountAtLeast, ScoreMethod.PercentOfMax]),
        ("rules", [ScoreMethod.FirstMatch, ScoreMethod.CountRules]),
        ("default", [ScoreMethod.FirstMatch]),
        ("threshold", [ScoreMethod.CountAtLeast]),
        ("itemMax", [ScoreMethod.PercentOfMax]),
    ];

    static ScoreMethod Method(JsonAt at) => at.OneOf("sum", "mean", "max", "countAtLeast", "countRules", "percentOfMax", "firstMatch") switch
    {
        "sum" => ScoreMethod.Sum,
        "mean" => ScoreMethod.Mean,
        "max" => ScoreMethod.Max,
        "countAtLeast" => ScoreMethod.CountAtLeast,
        "countRules" => ScoreMethod.CountRules,
        "percentOfMax" => ScoreMethod.PercentOfMax,
        _ => ScoreMethod.FirstMatch,
    };

    static MissingRule MissingFrom(JsonAt at, ScoreMethod method)
    {
        MissingRule rule = at["policy"].OneOf("reject", "prorate", "exclude", "floor", "default") switch
        {
            "reject" => new(MissingPolicy.Reject),
            "prorate" => new(MissingPolicy.Prorate, at["maxMissing"].Whole()),
            "exclude" => new(MissingPolicy.Exclude, at["maxMissing"].Whole(), at["minAnswered"].Whole()),
            "floor" => new(MissingPolicy.Floor),
            _ => new(MissingPolicy.Default),
        };
        at.WithKeys(rule.Policy switch
        {
            MissingPolicy.Prorate => "policy maxMissing",
            MissingPolicy.Exclude => "policy maxMissing minAnswered",
            _ => "policy",
        });
        if (rule.MaxMissing < 0 || rule.MinAnswered < 0) throw at.Wrong("A count of items is never negative.");

        var means = rule.Policy switch
        {
            MissingPolicy.Prorate => method is ScoreMethod.Sum or ScoreMethod.Mean,
            MissingPolicy.Exclude => method is ScoreMethod.Mean or ScoreMethod.PercentOfMax,
            MissingPolicy.Floor => method is ScoreMethod.FirstMatch or ScoreMethod.CountAtLeast or ScoreMethod.CountRules,
            MissingPolicy.Default => method is ScoreMethod.FirstMatch,
            _ => true,
        };
        return means ? rule : throw at["policy"].Wrong($"The policy {at["policy"].Text()} means nothing for this method.");
    }

    static Reversal ReversalFrom(JsonAt at)
    {
        at.WithKeys("min max");
        return new(at["min"].Number(), at["max"].Number());
    }

    /// <summary>A rule to count is a bare condition; a rule to match has a condition and a value.</summary>
    static ScoreRule RuleFrom(JsonAt at, ScoreMethod method) => method == ScoreMethod.CountRules
        ? new(ConditionFile.Read(at), 1)
        : new(ConditionFile.Read(at.WithKeys("when value")["when"]), at["value"].Number());
}
