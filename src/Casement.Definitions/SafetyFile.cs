using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Measures;
using Casement.Messages;
using Casement.Safety;

namespace Casement.Definitions;

/// <summary>Reads definitions/safety/pathway.yaml beside the words of the protocol, and refuses any action that stands in one and not in the other.</summary>
public static class SafetyFile
{
    const string Name = "pathway.yaml", ProtocolName = "suicide-risk-pathway.yaml";

    public static SafetyRules Read(string folder, Protocol protocol, Instruments instruments) => Read(File.ReadAllText(Path.Combine(folder, Name)), protocol.Files[ProtocolName], protocol.Triggers, instruments);

    public static SafetyRules Read(string clocks, string words, ImmutableArray<Trigger> triggers, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var (top, told) = (new YamlFile(Name, errors).Read(clocks), new YamlFile(ProtocolName, errors).Read(words));
        var said = told.Need("actions").Items.ToDictionary(a => a.NeedText("id"), a => (Words: a.NeedText("action"), Who: a.NeedText("who"), Clock: a.NeedText("clock")));
        var parts = told.Need("safety-plan").Items.ToDictionary(p => p.NeedText("id"), p => p.NeedText("minimum"));
        var suspends = top.Need("suspends");
        var rules = new SafetyRules
        {
            Screens = [.. top.Need("screens").Items.Select(s => Screen(s, instruments))],
            SuspendingTrigger = suspends.NeedText("trigger"),
            SuspendingTiers = [.. suspends.Texts("tiers").Select(t => Tier(t, suspends))],
            Version = top.NeedText("version"),
            Actions = [.. top.Need("actions").Items.Select(a => Action(a, said))],
            Escalation = [.. top.Need("escalation").Items.Select((e, i) => Step(e, i + 1))],
            PlanParts = [.. top.Need("plan").Items.Select(Part)],
            AlwaysInPlan = top.Texts("always-in-plan"),
            NothingToChange = top.NeedText("nothing-to-change"),
            PlanReviewDays = (int)top.Need("plan-review-days").Number,
            FollowUpWithinDays = top.Need("follow-up-within-days").Fields.ToImmutableDictionary(f => Tier(f.Key, f.Value), f => (int)f.Value.Number),
            Phq9Item9 = top.Need("phq9-item9-at-least").Number,
        };
        top.NothingElse("the pathway");
        suspends.NothingElse("what suspends");
        if (triggers.All(t => t.Id != rules.SuspendingTrigger || t.Effect is not TriggerEffect.Suspend)) suspends.Wrong($"The protocol has no suspending trigger '{rules.SuspendingTrigger}'.");
        foreach (var id in said.Keys.Where(id => rules.Find(id) is null)) top.Wrong($"The protocol's action '{id}' has no clock here.");
        foreach (var id in parts.Keys.Where(id => rules.PlanParts.All(p => p.Id != id))) top.Wrong($"The protocol's part '{id}' of the plan is missing here.");
        foreach (var part in rules.PlanParts)
            if (!parts.TryGetValue(part.Id, out var minimum)) top.Wrong($"The protocol knows no part '{part.Id}' of the plan.");
            else if (char.IsAsciiDigit(minimum[0]) && minimum[0] - '0' != part.Least) top.Wrong($"'{part.Id}' needs {minimum} by the protocol and {part.Least} here.");
        foreach (var tier in Enum.GetValues<SafetyTier>().Where(t => !rules.FollowUpWithinDays.ContainsKey(t))) top.Wrong($"There is no follow-up limit for the tier '{tier}'.");
        return errors.Count == 0 ? rules : throw new DefinitionException([.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)]);
    }

    static ScreenAnswer Screen(YamlPart part, Instruments instruments)
    {
        var read = new ScreenAnswer(part.NeedText("scale"), part.TextOr("item"), part.Maybe("is")?.Number ?? 0, part.TextOr("flag"), part.YesOr("left-open"), Tier(part.NeedText("tier"), part), part.NeedText("says"));
        part.NothingElse("an answer of a screen");
        if (instruments.Find(read.Scale) is not { } scale) part.Wrong($"There is no scale {read.Scale}.");
        else if (read.Item.Length > 0 && scale.Item(read.Item)?.Options.All(o => o.Value != read.Is) is not false) part.Wrong($"{read.Scale} has no item {read.Item} with the answer {read.Is}.");
        else if (read.Flag.Length > 0 && scale.Flags.All(f => f.Id != read.Flag)) part.Wrong($"{read.Scale} has no flag {read.Flag}.");
        else if (read is { Item: "", Flag: "", LeftOpen: false }) part.Wrong("Name the item, the flag, or that a question was left open.");
        return read;
    }

    static SafetyAction Action(YamlPart part, Dictionary<string, (string Words, string Who, string Clock)> said)
    {
        var id = part.NeedText("id");
        var own = part.Maybe("words") is not null;
        var (words, who, clock) = own ? (part.NeedText("words"), part.NeedText("who"), "") : said.GetValueOrDefault(id, ("", "", ""));
        if (words.Length == 0) part.Wrong($"The protocol has no action '{id}', and no words are given here.");
        var unit = part.NeedText("unit") switch
        {
            "now" => ClockUnit.Now,
            "minutes" => ClockUnit.Minutes,
            "hours" => ClockUnit.Hours,
            "same-day" => ClockUnit.SameDay,
            "days" => ClockUnit.Days,
            _ => ClockUnit.None,
        };
        var amount = (int)(part.Maybe("amount")?.Number ?? 0);
        if (unit is ClockUnit.Minutes or ClockUnit.Hours or ClockUnit.Days && amount <= 0) part.Wrong("This clock needs an amount.");
        if (!own && !Agrees(clock, unit, amount)) part.Wrong($"The protocol's clock for '{id}' is \"{clock}\".");
        var action = new SafetyAction(id, [.. part.Texts("tiers").Select(t => Tier(t, part))], part.YesOr("unattended"), part.NeedText("short"), words, who, unit, amount,
            part.TextOr("done-by", "record") switch { "contact" => DoneBy.Contact, "evaluation" => DoneBy.Evaluation, _ => DoneBy.Record });
        part.NothingElse("an action");
        return action;
    }

    /// <summary>The protocol's clock in words, against ours in numbers.</summary>
    static bool Agrees(string clock, ClockUnit unit, int amount) => unit switch
    {
        ClockUnit.Now => clock == "now",
        ClockUnit.Minutes => clock == "same contact" || clock.Contains($"{amount} min", StringComparison.Ordinal) || (amount == 60 && clock.Contains("1 h", StringComparison.Ordinal)),
        ClockUnit.Hours => clock.Contains($"{amount.ToString(CultureInfo.InvariantCulture)} h", StringComparison.Ordinal),
        ClockUnit.SameDay => clock == "same day",
        ClockUnit.Days => clock.Contains($"{amount.ToString(CultureInfo.InvariantCulture)} days", StringComparison.Ordinal),
        _ => clock is "until resolved" or "after evaluation" or "–",
    };

    internal static EscalationStep Step(YamlPart part, int step)
    {
        var to = part.NeedText("to") switch { "cover" => Duty.Cover, "everyone" => Duty.Everyone, "everyone-and-owner" => Duty.EveryoneAndOwner, _ => Duty.Responsible };
        if (to is Duty.Responsible) part.Need("to").Wrong("It is told to cover, everyone or everyone-and-owner; the clinician assigned is told at once.");
        var read = new EscalationStep(step, (int)part.Need("after-minutes").Number, to, part.NeedText("whom"));
        part.NothingElse("a step");
        return read;
    }

    static PlanPartRule Part(YamlPart part)
    {
        var read = new PlanPartRule(part.NeedText("id"), part.NeedText("title"), part.NeedText("ask"), (int)part.Need("least").Number);
        part.NothingElse("a part of the plan");
        return read;
    }

    static SafetyTier Tier(string text, YamlPart part)
    {
        if (Enum.TryParse<SafetyTier>(text, ignoreCase: true, out var tier)) return tier;
        part.Wrong($"'{text}' is no tier.");
        return SafetyTier.High;
    }
}
