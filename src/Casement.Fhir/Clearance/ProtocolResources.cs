using System.Text;
using Casement.Clearance;
using Hl7.Fhir.Model;

namespace Casement.Fhir.Clearance;

/// <summary>A phase of the protocol as others can run it: a Library that carries the printed CQL, and a PlanDefinition with one action per rule whose condition names its definition.</summary>
public static class ProtocolResources
{
    extension(Protocol protocol)
    {
        public Library ToLibrary(Phase phase, string canonical) => new()
        {
            Id = Cql.Name(phase),
            Url = $"{canonical}/Library/{Cql.Name(phase)}",
            Version = protocol.Version,
            Name = Cql.Name(phase),
            Title = $"Casement: {phase} rules",
            Status = PublicationStatus.Draft,
            Experimental = true,
            Description = protocol.Notice,
            Type = new("http://terminology.hl7.org/CodeSystem/library-type", "logic-library"),
            Parameter = [.. Inputs(protocol, phase)],
            Content = [new() { ContentType = "text/cql", Title = $"{Cql.Name(phase)}.cql", Data = Encoding.UTF8.GetBytes(new Cql(protocol, phase).Print()) }],
        };

        public PlanDefinition ToPlanDefinition(Phase phase, string canonical) => new()
        {
            Id = Cql.Name(phase),
            Url = $"{canonical}/PlanDefinition/{Cql.Name(phase)}",
            Version = protocol.Version,
            Name = Cql.Name(phase),
            Title = $"Casement: {phase} rules",
            Status = PublicationStatus.Draft,
            Experimental = true,
            Description = protocol.Notice,
            Type = new("http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule"),
            Library = [$"{canonical}/Library/{Cql.Name(phase)}|{protocol.Version}"],
            Action = [.. protocol.RulesOf(phase).Select(r => Action(protocol, r))],
        };
    }

    static IEnumerable<ParameterDefinition> Inputs(Protocol protocol, Phase phase) =>
        protocol.RulesOf(phase).SelectMany(r => r.Condition.Parameters()).Distinct().OrderBy(p => p.Index).Select(p => new ParameterDefinition
        {
            Name = p.Id,
            Use = OperationParameterUse.In,
            Min = 0,
            Max = "1",
            Type = FHIRAllTypes.Decimal,
            Documentation = $"{p.Means}; default {p.Default} {p.Unit}, between {p.Min} and {p.Max}",
        });

    /// <summary>A rule flags; what to do about a flag is said, never done.</summary>
    static PlanDefinition.ActionComponent Action(Protocol protocol, Rule rule) => new()
    {
        Prefix = rule.Id,
        Title = rule.Title,
        Description = Wording.AtDefaults.Say(rule.Condition),
        TextEquivalent = NullIfEmpty(string.Join(" ", new[] { rule.Action, rule.ResolvedBy }.Where(t => t.Length > 0))),
        Code = [new() { Text = rule.Raises.Id }],
        Condition = [new() { Kind = ActionConditionKind.Applicability, Expression = new() { Language = "text/cql-identifier", Expression_ = rule.Id } }],
        Documentation = [.. rule.Cites.Select(key => new RelatedArtifact { Type = RelatedArtifact.RelatedArtifactType.Citation, Label = key, Citation = protocol.ReferenceByKey[key].Text })],
    };

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
