using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Measures;

/// <summary>One fact of the protocol that a scale answers.</summary>
/// <param name="Scale">The instrument.</param>
/// <param name="Fact">The fact it answers.</param>
/// <param name="Score">The score that is its value; empty when it is none.</param>
/// <param name="Item">The item whose raw value it is; empty when it is none.</param>
/// <param name="Flag">The flag whose firing it is; empty when it is none.</param>
/// <param name="OnlyYes">A yes answers it; a no says nothing, because the fact asks more than the item does.</param>
public sealed record ScaleFact(string Scale, Fact Fact, string Score = "", string Item = "", string Flag = "", bool OnlyYes = false)
{
    /// <summary>What numbers mean, each from a number on up to the next; a step without a value says nothing. None where the number itself is the answer.</summary>
    public ImmutableArray<(decimal From, FactValue? Is)> Steps { get; init; } = [];

    /// <summary>What the flag says when it fires; when it does not, it says nothing. Null where a flag answers yes and no.</summary>
    public FactValue? Is { get; init; }

    /// <summary>What a number answers; null when it says nothing.</summary>
    public FactValue? Of(decimal value) => Steps.IsEmpty
        ? Fact.Type == FactType.Flag ? FactValue.Of(value != 0) : FactValue.Of(value)
        : Steps.Where(s => s.From <= value).Select(s => s.Is).LastOrDefault();
}

/// <summary>Which facts of the protocol the scales answer; definitions/measures/facts.yaml. Nothing is answered by a scale that was not filled in whole.</summary>
public sealed record ScaleFacts(ImmutableArray<ScaleFact> All)
{
    public static ScaleFacts None { get; } = new([]);

    public IEnumerable<ScaleFact> Of(string scale) => All.Where(f => f.Scale == scale);

    /// <summary>The fact one item answers by itself, as soon as it is answered; null when it answers none.</summary>
    public static FactValue? OfItem(ScaleFact fact, decimal value) => fact.Of(value);

    /// <summary>The facts the items of a scale answer by themselves, one by one.</summary>
    public IEnumerable<(ScaleFact Fact, FactValue Value)> OfItems(string scale, IReadOnlyDictionary<string, decimal> items) =>
        from fact in Of(scale)
        where fact.Item.Length > 0 && items.ContainsKey(fact.Item) && !(fact.OnlyYes && items[fact.Item] == 0)
        let value = OfItem(fact, items[fact.Item])
        where value is not null
        select (fact, value);

    /// <summary>Those facts, from one filling.</summary>
    public ImmutableArray<RecordedFact> FromItems(ScaleAnswered filled) =>
        [.. OfItems(filled.Instrument, filled.Items).Select(f => new RecordedFact(f.Fact.Fact.Id, f.Value, filled.AnsweredAt, filled.Source, new($"scale {filled.Instrument} {filled.Version}", "Answered here")))];

    /// <summary>The facts a whole filling answers; none when an item is missing.</summary>
    public ImmutableArray<RecordedFact> From(ScaleAnswered filled, Provenance? paper) => filled.Status != ResponseStatus.Complete ? [] :
    [
        .. (from fact in Of(filled.Instrument)
           let value = fact switch
           {
               { Score.Length: > 0 } => filled.Scores.TryGetValue(fact.Score, out var score) ? fact.Of(score) : null,
               { Flag.Length: > 0, Is: { } says } => filled.Flags.Contains(fact.Flag) ? says : null,
               { Flag.Length: > 0 } => FactValue.Of(filled.Flags.Contains(fact.Flag)),
               _ => null,
           }
           where value is not null
           select new RecordedFact(fact.Fact.Id, value, filled.AnsweredAt, filled.Source, new($"scale {filled.Instrument} {filled.Version}", paper?.Says ?? "Filled in here")))
           // Where several parts of a scale speak of one choice, the worst of them is the answer.
           .GroupBy(f => f.Fact).Select(g => g.MaxBy(f => f.Value is Choice choice ? Of(filled.Instrument).First(s => s.Fact.Id == g.Key).Fact.Values.IndexOf(choice.Value) : 0) ?? g.First()),
    ];
}
