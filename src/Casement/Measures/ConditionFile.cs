using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Reads a condition as it stands in an instrument file.</summary>
static class ConditionFile
{
    static readonly string[] Heads = ["item", "score", "context", "missing", "count", "all", "any", "not"];

    public static Condition Read(JsonAt at) => Heads.FirstOrDefault(at.Has) switch
    {
        "item" => new ItemIs(at.WithKeys("item op value")["item"].Text(), Operator(at["op"]), at["value"].Number()),
        "score" => new ScoreIs(at.WithKeys("score op value")["score"].Text(), Operator(at["op"]), at["value"].Number()),
        "context" => Context(at.WithKeys("context op value")),
        "missing" => new Missing(at.WithKeys("missing")["missing"].Text()),
        "count" => Count(at.WithKeys("count atLeast")),
        "all" => new All([.. AtLeastOne(at.WithKeys("all")["all"]).Select(Read)]),
        "any" => new Any([.. AtLeastOne(at.WithKeys("any")["any"]).Select(Read)]),
        "not" => new Not(Read(at.WithKeys("not")["not"])),
        _ => throw at.Wrong($"A condition needs one of {string.Join(", ", Heads)}."),
    };

    static SexAtBirthIs Context(JsonAt at)
    {
        at["context"].OneOf("sexAtBirth");
        at["op"].OneOf("=");
        return new(at["value"].OneOf("male", "female") == "male" ? SexAtBirth.Male : SexAtBirth.Female);
    }

    static CountOf Count(JsonAt at)
    {
        var count = at["count"].WithKeys("items op value");
        var items = AtLeastOne(count["items"]).Select(item => item.Text());
        return new([.. items], Operator(count["op"]), count["value"].Number(), at["atLeast"].Whole());
    }

    static ImmutableArray<JsonAt> AtLeastOne(JsonAt at) => at.List() is { IsEmpty: false } list ? list : throw at.Wrong("This list may not be empty.");

    static Op Operator(JsonAt at) => at.OneOf("=", ">=", "<=", ">", "<") switch
    {
        "=" => Op.Is,
        ">=" => Op.AtLeast,
        "<=" => Op.AtMost,
        ">" => Op.Above,
        _ => Op.Below,
    };
}
