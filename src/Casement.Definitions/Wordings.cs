using System.Collections.Immutable;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>
/// The wording of a scale that its owner does not let us pass on. A practice that accepted the terms puts it into a folder of its own, one YAML file a
/// scale with the text of each item; the text is used as it stands.
/// </summary>
public static class Wordings
{
    /// <summary>The instruments with the wordings of a folder; the same instruments when there is no such folder.</summary>
    public static Instruments Over(Instruments instruments, string folder)
    {
        if (!Directory.Exists(folder)) return instruments;
        var texts = Directory.GetFiles(folder, "*.yaml").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
        return texts.Count == 0 ? instruments : With(instruments, texts);
    }

    public static Instruments With(Instruments instruments, IReadOnlyDictionary<string, string> texts)
    {
        var errors = new List<DefinitionError>();
        var all = instruments.All.Where(i => i.VariantOf is null).Select(i => texts.TryGetValue(i.Id, out var text) ? Worded(i, new YamlFile($"{i.Id}.yaml", errors).Read(text)) : i).ToImmutableArray();
        return errors.Count == 0 ? Instruments.Of(all) : throw new DefinitionException([.. errors]);
    }

    static Instrument Worded(Instrument scale, YamlPart top)
    {
        var items = top.Need("items");
        var worded = scale with { Stem = top.TextOr("stem", scale.Stem ?? ""), Items = [.. scale.Items.Select(i => i with { Text = items.NeedText(i.LinkId) })] };
        items.NothingElse($"the wording of {scale.Id}");
        top.NothingElse("a wording");
        return worded;
    }
}
