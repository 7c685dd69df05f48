using Casement.FollowUp;

namespace Casement.Definitions;

/// <summary>Reads definitions/safety/urgent.yaml: what calls somebody, and whom next.</summary>
public static class UrgentFile
{
    const string Name = "urgent.yaml";

    public static UrgentRules Read(string folder) => Parse(File.ReadAllText(Path.Combine(folder, Name)));

    public static UrgentRules Parse(string text)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(Name, errors).Read(text);
        var rules = new UrgentRules(top.NeedText("version"), [.. top.Texts("alarms")], [.. top.Need("escalation").Items.Select((e, i) => SafetyFile.Step(e, i + 1))]);
        top.NothingElse("what cannot wait");
        foreach (var alarm in rules.Alarms.Where(a => !Alarm.All.Contains(a))) top.Wrong($"'{alarm}' is no alarm; it is one of {string.Join(", ", Alarm.All)}.");
        foreach (var (before, after) in rules.Steps.Zip(rules.Steps.Skip(1)))
            if (after.AfterMinutes <= before.AfterMinutes) top.Wrong($"Step {after.Step} comes no later than step {before.Step}.");
        if (rules.Steps.IsEmpty) top.Wrong("Say who is told when nobody answers.");
        return errors.Count == 0 ? rules : throw new DefinitionException([.. errors]);
    }
}
