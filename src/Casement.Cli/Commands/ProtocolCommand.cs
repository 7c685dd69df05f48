using System.CommandLine;
using Casement.Clearance;
using Casement.Definitions.Proof;
using Casement.Fhir.Clearance;
using Hl7.Fhir.Serialization;
using Spectre.Console;

namespace Casement.Cli.Commands;

/// <summary>casement protocol: check it, show it, prove it, print it.</summary>
static class ProtocolCommand
{
    public static Command Command()
    {
        var command = new Command("protocol", "Check the clearance protocol and say what is in it.") { Show(), Prove(), Print(), Export() };
        command.SetAction(Check);
        return command;
    }

    static int Check(ParseResult said)
    {
        var (output, protocol) = (Places.Output(said), Places.Protocol(said));
        var counts = Enum.GetValues<Phase>().Select(phase => (phase, count: protocol.RulesOf(phase).Length)).ToArray();
        if (output.IsJson)
        {
            output.Json(new { protocol.Id, protocol.Version, protocol.Hash, facts = protocol.Facts.Length, parameters = protocol.Parameters.Length, rules = counts.ToDictionary(c => c.phase.ToString(), c => c.count), classes = protocol.Classes.Length });
            return Exit.Well;
        }
        output.Line($"{protocol.Id} {protocol.Version}", Color.Default, bold: true);
        output.Line($"hash        {protocol.Hash}");
        output.Line($"facts       {protocol.Facts.Length}");
        output.Line($"parameters  {protocol.Parameters.Length}");
        output.Line($"rules       {protocol.Rules.Length}: {string.Join(", ", counts.Select(c => $"{c.count} {c.phase switch { Phase.Clearance => "clearance and medicine", Phase.PreSession => "before a session", Phase.InSession => "during", Phase.Discharge => "discharge", _ => "course" }}"))}");
        output.Line($"medicines   {protocol.Classes.Length} classes");
        output.Line("Every id, type, value, unit, bound and citation is in order.");
        return Exit.Well;
    }

    static Command Show()
    {
        var rule = new Argument<string>("RULE") { Description = "A rule, fact or parameter, such as cv-bp-uncontrolled." };
        var command = new Command("show", "Show one rule, fact or parameter with everything behind it.") { rule };
        command.SetAction(said =>
        {
            var (output, protocol, id) = (Places.Output(said), Places.Protocol(said), said.GetRequiredValue(rule));
            if (protocol.RuleById.TryGetValue(id, out var r))
            {
                if (output.IsJson) output.Json(new { r.Id, r.Title, r.When, raises = r.Raises.Id, r.Override, r.ResolvedBy, r.Action, r.Hold, r.Why, r.Patient, r.Basis, r.Cites, r.File, r.Line });
                else
                {
                    output.Line($"{r.Id}  {r.Title}", Color.Default, bold: true);
                    output.Wrapped("  when       ", Wording.AtDefaults.Say(r.Condition));
                    output.Wrapped("  criterion  ", r.When);
                    output.Line($"  raises     {r.Raises.Id} ({r.Raises.Means}); override: {r.Override.ToString().ToLowerInvariant()}");
                    if (r.ResolvedBy.Length > 0) output.Wrapped("  resolved   ", r.ResolvedBy);
                    if (r.Action.Length > 0) output.Wrapped("  action     ", r.Action);
                    output.Wrapped("  why        ", r.Why);
                    foreach (var key in r.Cites) output.Wrapped("  source     ", protocol.ReferenceByKey[key].Text);
                    output.Line($"  written in {r.File}:{r.Line}");
                }
                return Exit.Well;
            }
            if (protocol.FactById.TryGetValue(id, out var f))
            {
                if (output.IsJson) output.Json(new { f.Id, f.Means, f.Label, f.Ask, f.Type, f.Unit, f.Values, f.Min, f.Max, f.ValidDays, f.Sticky, f.Required, readBy = protocol.Rules.Where(x => protocol.ReadBy(x).Any(y => y.Id == f.Id)).Select(x => x.Id) });
                else
                {
                    output.Line($"{f.Id}  {f.Means}", Color.Default, bold: true);
                    output.Line($"  type       {f.Type}{(f.Unit.Length > 0 ? $", {f.Unit}" : "")}{(f.Values.IsEmpty ? f.Max > f.Min ? $", {f.Min} to {f.Max}" : "" : $": {string.Join(", ", f.Values)}")}");
                    output.Line($"  valid      {(f.ValidDays is { } days ? $"{days} days" : "always")}{(f.Sticky ? "; an adverse answer stays until a clinician records another" : "")}");
                    output.Wrapped("  read by    ", string.Join(", ", protocol.Rules.Where(x => protocol.ReadBy(x).Any(y => y.Id == f.Id)).Select(x => x.Id)));
                }
                return Exit.Well;
            }
            if (protocol.ParameterById.TryGetValue(id, out var p))
            {
                if (output.IsJson) output.Json(p);
                else output.Line($"{p.Id}  {p.Means}: {p.Default} {p.Unit}, between {p.Min} and {p.Max}; {(p.SaferUp ? "higher" : "lower")} is stricter");
                return Exit.Well;
            }
            throw new BadInputException($"The protocol has no rule, fact or parameter {id}.");
        });
        return command;
    }

    static Command Prove()
    {
        var z3 = new Option<string>("--z3") { Description = "The solver.", HelpName = "PATH", DefaultValueFactory = _ => "z3" };
        var command = new Command("prove", "Print the rules as SMT-LIB and have the z3 solver prove the properties they must have.\nExits with 1 when a property does not hold. Takes minutes.") { z3 };
        command.SetAction(said =>
        {
            var output = Places.Output(said);
            var proved = Proving.Run(Places.Protocol(said), said.GetRequiredValue(z3));
            var broken = proved.Sum(p => p.Breaches.Count(b => b.Accepted is null) + p.Stale.Length);
            if (output.IsJson) output.Json(proved.Select(p => new { property = p.Property.Id, p.Questions, seconds = p.Took.TotalSeconds, breaches = p.Breaches.Select(b => new { b.About, b.Words, accepted = b.Accepted?.Because }) }));
            else
            {
                foreach (var p in proved)
                {
                    var open = p.Breaches.Where(b => b.Accepted is null).ToArray();
                    output.Line($"{p.Property.Id,-28} {(open.Length == 0 ? "holds" : $"{open.Length} breaches"),-12} {p.Questions,6} questions {p.Took.TotalSeconds,8:0.0} s{(p.Breaches.Length > open.Length ? $"   {p.Breaches.Length - open.Length} declared exceptions" : "")}", open.Length == 0 ? Color.Default : Color.Red);
                    foreach (var breach in open) output.Wrapped("    ", $"{breach.About}: {breach.Words}");
                }
            }
            return broken == 0 ? Exit.Well : Exit.DoesNotHold;
        });
        return command;
    }

    static Command Print()
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Where to write the pages." };
        var command = new Command("print", "Print the protocol for clinicians to read, as Markdown pages.") { folder };
        command.SetAction(said =>
        {
            var into = said.GetRequiredValue(folder);
            foreach (var (path, text) in RuleBook.Print(Places.Protocol(said)))
            {
                var file = Path.Combine(into.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file) ?? into.FullName);
                File.WriteAllText(file, text);
            }
            return Exit.Well;
        });
        return command;
    }

    static Command Export()
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Where to write the files." };
        var canonical = new Option<string>("--canonical") { Description = "Base of the canonical addresses.", HelpName = "URL", DefaultValueFactory = _ => "https://casement.example/fhir" };
        var command = new Command("export", "Write the rules for other engines: per phase a CQL library, a FHIR Library that carries it, and a PlanDefinition.") { folder, canonical };
        command.SetAction(said =>
        {
            var (protocol, into, at) = (Places.Protocol(said), Directory.CreateDirectory(said.GetRequiredValue(folder).FullName).FullName, said.GetRequiredValue(canonical));
            foreach (var phase in Enum.GetValues<Phase>())
            {
                File.WriteAllText(Path.Combine(into, $"{Cql.Name(phase)}.cql"), new Cql(protocol, phase).Print());
                File.WriteAllText(Path.Combine(into, $"Library-{Cql.Name(phase)}.json"), protocol.ToLibrary(phase, at).ToJson());
                File.WriteAllText(Path.Combine(into, $"PlanDefinition-{Cql.Name(phase)}.json"), protocol.ToPlanDefinition(phase, at).ToJson());
            }
            return Exit.Well;
        });
        return command;
    }
}
