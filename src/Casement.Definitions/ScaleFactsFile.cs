using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads which facts the scales answer: measures/facts.yaml.</summary>
public static class ScaleFactsFile
{
    public static ScaleFacts Load(string definitions, Protocol protocol, Instruments instruments) =>
        Read("facts.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "facts.yaml")), protocol, instruments);

    public static ScaleFacts Read(string file, string text, Protocol protocol, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        ScaleFacts read = new([.. top.Need("facts").Items.Select(p => One(p, protocol, instruments)).OfType<ScaleFact>()]);
        top.NothingElse("the facts of scales");
        return errors.Count == 0 ? read : throw new DefinitionException([.. errors]);
    }

    static ScaleFact? One(YamlPart part, Protocol protocol, Instruments instruments)
    {
        var (scale, fact, score, item, flag) = (part.NeedText("scale"), part.NeedText("fact"), part.TextOr("score"), part.TextOr("item"), part.TextOr("flag"));
        var onlyYes = part.YesOr("only-yes");
        var (steps, says) = (part.Maybe("steps"), part.Maybe("is"));
        part.NothingElse("the fact of a scale");
        if (!protocol.FactById.TryGetValue(fact, out var known)) part.Wrong($"The protocol has no fact {fact}.");
        else if (instruments.Find(scale) is not { } instrument) part.Wrong($"There is no scale {scale}.");
        else if ((score + item + flag).Length == 0) part.Wrong("Name the score, item or flag that answers it.");
        else if (score.Length > 0 && instrument.Score(score) is null) part.Wrong($"{scale} has no score {score}.");
        else if (item.Length > 0 && instrument.Item(item) is null) part.Wrong($"{scale} has no item {item}.");
        else if (flag.Length > 0 && !instrument.Flags.Any(f => f.Id == flag)) part.Wrong($"{scale} has no flag {flag}.");
        else if (onlyYes && (item.Length == 0 || known.Type is not FactType.Flag)) part.Wrong("Only an item that is answered with yes or no can count for its yes alone.");
        else if (steps is not null && flag.Length > 0) part.Wrong("A flag has no steps.");
        else if (says is not null && flag.Length == 0) part.Wrong("Only a flag can say one thing when it fires.");
        else return new(scale, known, score, item, flag, onlyYes) { Steps = Steps(steps, known), Is = says is null ? null : Value(says, known) };
        return null;
    }

    /// <summary>Such as "{0: none, 3: mild}"; "nothing" says nothing.</summary>
    static ImmutableArray<(decimal From, FactValue? Is)> Steps(YamlPart? part, Fact fact) =>
        [.. (part?.Fields ?? []).Select(f => (From(f.Key, f.Value), f.Value.Text == "nothing" ? null : Value(f.Value, fact))).OrderBy(s => s.Item1)];

    static decimal From(string key, YamlPart part)
    {
        if (decimal.TryParse(key, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var from)) return from;
        part.Wrong($"'{key}' is no number to begin a step at.");
        return 0;
    }

    static FactValue? Value(YamlPart part, Fact fact)
    {
        FactValue? value = fact.Type switch
        {
            FactType.Flag => part.Text switch { "yes" => FactValue.Of(true), "no" => FactValue.Of(false), _ => null },
            FactType.Choice => FactValue.Of(part.Text),
            _ => null,
        };
        if (value is null || fact.Refuses(value) is not null) part.Wrong($"{fact.Id} has no answer '{part.Text}'.");
        return value;
    }
}
