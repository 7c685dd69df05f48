using Casement.Clearance;
using Casement.Intake;
using Spectre.Console;

namespace Casement.Cli.Commands;

/// <summary>An assessment for a person at a terminal.</summary>
static class AssessmentText
{
    public static void Write(Output output, ImportedRecord record, Assessment assessed, ClearancePath path)
    {
        output.Line($"{record.Who.Who.Name.Legal}, born {record.Who.Who.BornOn:d MMM yyyy}; {record.ResourceCount} resources read, as of {assessed.Case.AsOf:d MMM yyyy HH:mm zzz}");
        output.Line($"{assessed.Outcome.Id}: {assessed.Outcome.Clinician}", assessed.Outcome.MayProceed ? Color.Green : Color.Yellow, bold: true);
        output.Wrapped("", assessed.Protocol.Notice);
        if (assessed.UrgentOpen) output.Line("An emergency rule cannot be told yet: obtain the missing answer in the same contact.", Color.Red, bold: true);
        foreach (var group in assessed.Fired.Concat(assessed.Notes).GroupBy(f => f.Rule.Raises))
        {
            output.Heading($"{group.Key.Id} – {group.Key.Means}");
            foreach (var finding in group) Write(output, assessed, finding);
        }
        output.Heading($"Missing: {assessed.Missing.Length} answers keep {assessed.Open.Count()} rules open");
        foreach (var missing in assessed.Missing)
        {
            var label = missing.Fact.Label.Length > 0 ? missing.Fact.Label : missing.Fact.Means;
            var hint = record.Hints.FirstOrDefault(h => h.Fact == missing.Fact.Id);
            output.Wrapped("  ", $"{label} ({missing.Fact.Id}){(missing.Stale is { } old ? $": last {old.Value} on {old.ObservedAt:d MMM yyyy}, too old" : "")}{(missing.OnlyIf.IsEmpty ? "" : $"; may not be needed, depends on {string.Join(", ", missing.OnlyIf.Take(3).Select(f => f.Id))}")}{(hint is null ? "" : $"; the record says: {hint.From.Says}")}");
        }
        output.Heading("Path to clearance");
        if (path.NoWay.Length > 0) output.Wrapped("  ", $"There is none under this protocol: {string.Join("; ", path.NoWay.Select(r => r.Title))}.");
        else if (path.Sets.IsEmpty) output.Line(assessed.Outcome.MayProceed ? "  Nothing stands in the way." : "  None was found in the time allowed.");
        else
        {
            output.Wrapped("  ", $"At least {path.Sets[0].Length} steps{(path.IsProven ? "; fewer do not do" : "")}. Every answer is assumed to turn out well.");
            foreach (var step in path.Sets[0]) output.Wrapped("  ", Words(step));
        }
        if (record.NotUsed.Length > 0)
        {
            output.Heading($"Not used ({record.NotUsed.Length})");
            foreach (var line in record.NotUsed) output.Wrapped("  ", line);
        }
        foreach (var problem in record.Problems) Output.Remark(problem);
    }

    public static string Words(Step step) => step switch
    {
        { Kind: StepKind.Medicine, Class: { } c } => $"- Settle with the prescriber: {c.Means} ({c.Id})",
        { Kind: StepKind.Opinion, Rule: { } rule } => $"- Obtain a specialist's opinion: {rule.Title} ({rule.Id})",
        { Kind: StepKind.Override, Rule: { } rule } => $"- Nothing else resolves it; an override is the only way: {rule.Title} ({rule.Id})",
        { Fact: { } fact } => $"- {step.Kind switch { StepKind.Learn => "Find out", StepKind.Wait => "Wait", _ => "Improve" }}: {(fact.Label.Length > 0 ? fact.Label : fact.Means)} ({fact.Id}){(step.WouldDo.Length > 0 ? $" – would do: {step.WouldDo}" : "")}",
        _ => "",
    };

    static void Write(Output output, Assessment assessed, Finding finding)
    {
        output.Line($"  {finding.Rule.Title} ({finding.Rule.Id})", Color.Default, bold: true);
        foreach (var because in finding.Because)
        {
            output.Wrapped("    ", because.Fact is null
                ? $"on the list: {string.Join(", ", because.Medicines.Select(m => m.As.Length > 0 ? m.As : m.Ingredient))}"
                : $"{Wording.With(assessed.Case.Settings).Say(because.Test)}{(because.Answer is { } a ? $"; answered {a.Value} on {a.ObservedAt:d MMM yyyy}{(a.From is { } from ? $", from {from.Reference}: {from.Says}" : "")}" : "")}");
        }
        output.Wrapped("    ", finding.Rule.Why);
        if (finding.Rule.ResolvedBy.Length > 0) output.Wrapped("    ", $"Resolved by: {finding.Rule.ResolvedBy}");
        if (finding.Rule.Action.Length > 0) output.Wrapped("    ", $"Action: {finding.Rule.Action}");
        output.Wrapped("    ", $"Source ({(finding.Rule.Basis.IsEmpty ? "not graded" : string.Join(", ", finding.Rule.Basis))}): {string.Join("; ", finding.Rule.Cites)}");
    }
}
