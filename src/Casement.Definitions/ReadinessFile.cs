using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Measures;
using Casement.Readiness;

namespace Casement.Definitions;

/// <summary>Reads what is asked before a visit at a clinic: readiness.yaml.</summary>
public static class ReadinessFile
{
    public static ReadinessPlan Load(string definitions, Protocol protocol, Instruments instruments) => Read("readiness.yaml", File.ReadAllText(Path.Combine(definitions, "readiness.yaml")), protocol, instruments);

    public static ReadinessPlan Read(string file, string text, Protocol protocol, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        if (instruments.Find(top.NeedText("scale")) is not { } scale)
        {
            top.Wrong($"There is no scale {top.NeedText("scale")}.");
            throw new DefinitionException([.. errors]);
        }
        var asks = top.Need("asks").Items.Select(i => (Part: i, Item: scale.Item(i.Text))).ToArray();
        foreach (var (part, _) in asks.Where(a => a.Item?.Text is null)) part.Wrong($"The scale has no question {part.Text} that may be shown.");
        var stops = top.Need("stops").Items.Select(s => Stop(s, scale, protocol)).ToImmutableArray();
        foreach (var flag in scale.Flags.Where(f => f.Hold && Needed(f.Id) && stops.All(s => s.Id != f.Id))) top.Wrong($"Nothing is said about {flag.Id}, which holds a session.");
        var pressure = top.Need("pressure");
        var plan = new ReadinessPlan(
            scale,
            [.. asks.Select(a => a.Item).OfType<Item>()],
            top.Need("only-when").Fields.ToImmutableSortedDictionary(f => f.Key, f => Fact(f.Value, protocol), StringComparer.Ordinal),
            Hour(top.Need("evening-before")),
            Hour(top.Need("that-morning")),
            (int)top.Need("answer-hours-before").Number,
            Reading(pressure.Need("systolic"), protocol),
            Reading(pressure.Need("diastolic"), protocol),
            stops);
        top.NothingElse("the readiness check");
        return errors.Count == 0 ? plan : throw new DefinitionException([.. errors]);

        // The index counts ten items, and not all of them are asked here.
        bool Needed(string flag) => flag != "readiness-low";
    }

    static ReadinessStop Stop(YamlPart part, Instrument scale, Protocol protocol)
    {
        var (id, rule) = (part.NeedText("id"), part.NeedText("rule"));
        if (id is not (ReadinessPlan.NotHeld or ReadinessPlan.Pressure) && scale.Flags.All(f => f.Id != id)) part.Wrong($"The scale has no flag {id}.");
        if (!protocol.RuleById.ContainsKey(rule)) part.Wrong($"There is no rule {rule}.");
        var stop = new ReadinessStop(id, part.NeedText("says"), part.NeedText("clinic"), part.NeedText("tell"), part.YesOr("now"), part.YesOr("ends-by-itself"));
        part.NothingElse("a stop");
        return stop;
    }

    static HomeReading Reading(YamlPart part, Protocol protocol)
    {
        var parameter = part.NeedText("stops-at");
        if (!protocol.ParameterById.ContainsKey(parameter)) part.Wrong($"There is no parameter {parameter}.");
        if (part.Need("possible").Items.Select(i => i.Number).ToArray() is [var low, var high] && low < high) return new(parameter, low, high);
        part.Wrong("Write the lowest and the highest possible value.");
        return new(parameter, 0, 0);
    }

    static string Fact(YamlPart part, Protocol protocol)
    {
        if (!protocol.FactById.ContainsKey(part.Text)) part.Wrong($"There is no fact {part.Text}.");
        return part.Text;
    }

    static TimeOnly Hour(YamlPart part)
    {
        if (TimeOnly.TryParseExact(part.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)) return hour;
        part.Wrong("Write an hour as '17:00'.");
        return default;
    }
}
