using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Casement.Definitions.Fhir;

/// <summary>One node of a definition file that knows where it stands, so that every slip is named by file and line.</summary>
readonly record struct Place(string File, YamlNode Node)
{
    public static Place Root(string path)
    {
        var name = Path.GetFileName(path);
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new RecordMapException(name, e.Start.Line, "not valid YAML", e);
        }
        return stream.Documents is [var only] ? new(name, only.RootNode) : throw new RecordMapException(name, 1, "one YAML document was expected");
    }

    public Exception Wrong(string problem) => new RecordMapException(File, Node.Start.Line, problem);

    public Place? Maybe(string key) =>
        Mapping().Children.TryGetValue(new YamlScalarNode(key), out var child) ? new Place(File, child) : null;

    public Place At(string key) => Maybe(key) ?? throw Wrong($"'{key}' is missing");

    public IEnumerable<Place> Items(string key) => Maybe(key) is { } list ? list.All() : [];

    public IEnumerable<Place> All()
    {
        var file = File;
        return Node is YamlSequenceNode list ? list.Select(n => new Place(file, n)) : throw Wrong("a list was expected");
    }

    public IEnumerable<(string Key, Place Value)> Pairs()
    {
        foreach (var (key, value) in Mapping().Children) yield return (new Place(File, key).Text(), new Place(File, value));
    }

    /// <summary>Refuses a misspelt key: in a file of codes a silent extra key is a rule that never works.</summary>
    public void Only(params string[] keys)
    {
        foreach (var (key, value) in Pairs())
        {
            if (!keys.Contains(key)) throw value.Wrong($"'{key}' is not known here; use {string.Join(", ", keys)}");
        }
    }

    public string Text() => Node is YamlScalarNode { Value: { } text } ? text : throw Wrong("a word was expected");

    public string Text(string key, string otherwise) => Maybe(key)?.Text() ?? otherwise;

    public bool Yes(string key, bool otherwise = false) => Maybe(key) is not { } place ? otherwise : place.Text() switch
    {
        "true" => true,
        "false" => false,
        _ => throw place.Wrong("true or false was expected"),
    };

    public decimal Number() => decimal.TryParse(Text(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong("a number was expected");

    public T Named<T>() where T : struct, Enum
    {
        var text = Text();
        foreach (var value in Enum.GetValues<T>())
        {
            if (Kebab(value.ToString()) == text) return value;
        }
        throw Wrong($"'{text}' is not one of {string.Join(", ", Enum.GetValues<T>().Select(v => Kebab(v.ToString())))}");
    }

    static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    YamlMappingNode Mapping() => Node as YamlMappingNode ?? throw Wrong("keys and values were expected");
}
