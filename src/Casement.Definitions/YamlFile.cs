using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Casement.Definitions;

/// <summary>One YAML file being read: hands out its parts with their lines and collects what is wrong with them.</summary>
public sealed class YamlFile(string name, List<DefinitionError> errors)
{
    public string Name { get; } = name;

    /// <summary>The top of the file; an empty map when it cannot be parsed, which is then an error.</summary>
    public YamlPart Read(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1) return new(this, stream.Documents[0].RootNode);
            Wrong(1, stream.Documents.Count == 0 ? "The file is empty." : "The file holds more than one document.");
        }
        catch (YamlException e)
        {
            Wrong((int)e.Start.Line, $"Not valid YAML: {e.InnerException?.Message ?? e.Message}");
        }
        return new(this, new YamlMappingNode());
    }

    public void Wrong(int line, string message) => errors.Add(new(Name, line, message));
}

/// <summary>A node of a file. Asking for what is not there records an error with the line and answers something harmless.</summary>
public sealed class YamlPart(YamlFile file, YamlNode node)
{
    readonly HashSet<string> asked = [];

    public int Line => (int)node.Start.Line;

    public string File => file.Name;

    public void Wrong(string message) => file.Wrong(Line, message);

    public void Wrong(int line, string message) => file.Wrong(line, message);

    public bool IsText => node is YamlScalarNode;

    public bool IsList => node is YamlSequenceNode;

    public bool IsMap => node is YamlMappingNode;

    /// <summary>Plain in the file, so that true, false and numbers are themselves; quoted text is always text.</summary>
    public bool IsPlain => node is YamlScalarNode { Style: ScalarStyle.Plain };

    public string Text
    {
        get
        {
            if (node is YamlScalarNode { Value: { } value }) return value;
            Wrong("Expected a single value here.");
            return "";
        }
    }

    public IEnumerable<YamlPart> Items
    {
        get
        {
            if (node is YamlSequenceNode list) return list.Children.Select(c => new YamlPart(file, c));
            if (node is not YamlMappingNode { Children.Count: 0 }) Wrong("Expected a list here.");
            return [];
        }
    }

    public IEnumerable<(string Key, YamlPart Value)> Fields
    {
        get
        {
            if (node is YamlMappingNode map) return map.Children.Select(c => (((YamlScalarNode)c.Key).Value ?? "", new YamlPart(file, c.Value)));
            Wrong("Expected a map of names to values here.");
            return [];
        }
    }

    public YamlPart? Maybe(string key)
    {
        asked.Add(key);
        return node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var found) ? new YamlPart(file, found) : null;
    }

    public YamlPart Need(string key)
    {
        if (Maybe(key) is { } found) return found;
        Wrong($"'{key}' is missing.");
        return new YamlPart(file, new YamlMappingNode());
    }

    public string NeedText(string key) => Maybe(key) is { } found ? found.Text : Missing(key);

    string Missing(string key)
    {
        Wrong($"'{key}' is missing.");
        return "";
    }

    public string TextOr(string key, string otherwise = "") => Maybe(key)?.Text ?? otherwise;

    public bool YesOr(string key, bool otherwise = false) => Maybe(key) is { } p ? p.Yes : otherwise;

    public bool Yes
    {
        get
        {
            if (Text is "true" or "false") return Text == "true";
            Wrong($"Expected true or false, found '{Text}'.");
            return false;
        }
    }

    public decimal Number
    {
        get
        {
            if (decimal.TryParse(Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
            Wrong($"Expected a number, found '{Text}'.");
            return 0;
        }
    }

    public ImmutableArray<string> Texts(string key) => Maybe(key) is not { } found ? [] : found.IsList ? [.. found.Items.Select(i => i.Text)] : [found.Text];

    /// <summary>Names a key that nobody reads, so that a misspelt one is an error and not silence.</summary>
    public void NothingElse(string what)
    {
        foreach (var (key, part) in Fields)
            if (!asked.Contains(key)) part.Wrong($"'{key}' means nothing in {what}.");
    }
}
