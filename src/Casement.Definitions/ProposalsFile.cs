using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads what answered questionnaires propose: measures/proposals.yaml.</summary>
public static class ProposalsFile
{
    public static ProposalRules Load(string definitions, Instruments instruments) => Read("proposals.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "proposals.yaml")), instruments);

    public static ProposalRules Read(string file, string text, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        var proposals = top.Need("proposals");
        var rules = new ProposalRules(top.NeedText("version"), proposals.Fields.ToImmutableSortedDictionary(f => f.Key, f => One(f.Value), StringComparer.Ordinal));
        var elsewhere = top.Texts("elsewhere");
        // A word nobody reads would be a proposal nobody hears.
        foreach (var action in instruments.All.SelectMany(i => i.Flags).SelectMany(f => f.Actions).Distinct().Where(a => !rules.ByAction.ContainsKey(a) && !elsewhere.Contains(a)))
            proposals.Wrong($"Nothing is said about {action}.");
        top.NothingElse("the proposals");
        return errors.Count == 0 ? rules : throw new DefinitionException([.. errors]);
    }

    static ProposalRule One(YamlPart part)
    {
        if (!Enum.TryParse<ProposalKind>(part.NeedText("kind"), ignoreCase: true, out var kind)) part.Wrong("A proposal is a task, an observation, a referral or advice.");
        var days = kind is ProposalKind.Task ? part.Need("within-business-days").Number : 0;
        if (days is < 0 or > 30 || days != Math.Floor(days)) part.Wrong("A task is due within 0 to 30 business days.");
        var rule = new ProposalRule(kind, part.NeedText("says"), (int)days);
        part.NothingElse("a proposal");
        return rule;
    }
}
