using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads which scales may be sent as check-ins: check-ins.yaml.</summary>
public static class CheckInsFile
{
    public static CheckInPlan Load(string definitions, Instruments instruments) => Read("check-ins.yaml", File.ReadAllText(Path.Combine(definitions, "check-ins.yaml")), instruments);

    public static CheckInPlan Read(string file, string text, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        var days = (int)top.Need("opens-for-days").Number;
        if (days is < 1 or > 30) top.Wrong("A check-in opens for 1 to 30 days.");
        var parts = top.Need("scales").Items.ToList();
        var stoodInFor = parts.SelectMany(p => p.Texts("instead-of")).ToHashSet();
        var scales = parts.Select(p => One(p, instruments, stoodInFor)).OfType<CheckInScale>().ToImmutableArray();
        top.NothingElse("the check-ins");
        return errors.Count == 0 ? new(days, scales) : throw new DefinitionException([.. errors]);
    }

    static CheckInScale? One(YamlPart part, Instruments instruments, HashSet<string> stoodInFor)
    {
        var (id, called, after) = (part.NeedText("id"), part.NeedText("called"), part.YesOr("only-after-another"));
        var signsIn = part.YesOr("signs-in");
        var instead = part.Texts("instead-of");
        var alarms = part.Need("alarms").Fields.ToImmutableSortedDictionary(e => e.Key, e => e.Value.Text, StringComparer.Ordinal);
        part.NothingElse("a check-in");
        if (instruments.Find(id) is not { } scale)
        {
            part.Wrong($"There is no scale {id}.");
            return null;
        }
        foreach (var flag in alarms.Keys.Where(f => scale.Flags.All(known => known.Id != f))) part.Wrong($"{id} has no flag {flag}.");
        foreach (var flag in scale.Flags.Where(f => f.Severity is Severity.Critical or Severity.Urgent && !alarms.ContainsKey(f.Id))) part.Wrong($"{id} says nothing about its flag {flag.Id}, which is {flag.Severity.ToString().ToLowerInvariant()}.");
        if (scale.Items.All(i => i.Text is not null)) return new(scale, called, after, signsIn, instead, alarms);
        if (!stoodInFor.Contains(id)) part.Wrong($"The wording of {id} is not ours to show, and no other scale stands in for it.");
        return null;
    }
}
