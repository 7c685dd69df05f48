using System.Collections.Immutable;
using Casement.Courses;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads what a course of scores asks of somebody: measures/alarms.yaml.</summary>
public static class CourseAlarmsFile
{
    public static CourseAlarmRules Load(string definitions) => Read("alarms.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "alarms.yaml")));

    public static CourseAlarmRules Read(string file, string text)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        var alarms = top.Need("alarms");
        var rules = new CourseAlarmRules(top.NeedText("version"), alarms.Fields.ToImmutableSortedDictionary(f => f.Key, f => One(f.Key, f.Value), StringComparer.Ordinal));
        // A kind without words would be an alarm nobody hears.
        foreach (var kind in CourseAlarmRules.Kinds.Where(k => !rules.ByKind.ContainsKey(k))) alarms.Wrong($"Nothing is said about {kind}.");
        top.NothingElse("the alarms");
        return errors.Count == 0 ? rules : throw new DefinitionException([.. errors]);
    }

    static CourseAlarmRule One(string kind, YamlPart part)
    {
        if (!CourseAlarmRules.Kinds.Contains(kind)) part.Wrong($"There is no alarm {kind}.");
        if (!Enum.TryParse<Severity>(part.NeedText("severity"), ignoreCase: true, out var severity)) part.Wrong("A severity is info, warning, urgent or critical.");
        var rule = new CourseAlarmRule(severity, part.NeedText("says"));
        part.NothingElse("an alarm");
        return rule;
    }
}
