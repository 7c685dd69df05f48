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
        part.NothingElse("the fact of a scale");
        if (!protocol.FactById.TryGetValue(fact, out var known)) part.Wrong($"The protocol has no fact {fact}.");
        else if (instruments.Find(scale) is not { } instrument) part.Wrong($"There is no scale {scale}.");
        else if ((score + item + flag).Length == 0) part.Wrong("Name the score, item or flag that answers it.");
        else if (score.Length > 0 && instrument.Score(score) is null) part.Wrong($"{scale} has no score {score}.");
        else if (item.Length > 0 && instrument.Item(item) is null) part.Wrong($"{scale} has no item {item}.");
        else if (flag.Length > 0 && !instrument.Flags.Any(f => f.Id == flag)) part.Wrong($"{scale} has no flag {flag}.");
        else if (onlyYes && (item.Length == 0 || known.Type is not FactType.Flag)) part.Wrong("Only an item that is answered with yes or no can count for its yes alone.");
        else return new(scale, known, score, item, flag, onlyYes);
        return null;
    }
}
