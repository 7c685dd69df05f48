using System.Text;
using System.Text.Json;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Fhir.Clearance;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Xunit;

namespace Casement.Fhir.Tests.Clearance;

public sealed class ProtocolResourcesTests
{
    const string Canonical = "https://casement.example/fhir";

    static readonly Protocol Ketamine = ProtocolFolder.Read(Path.Combine(Folder(AppContext.BaseDirectory), "definitions", "protocols", "ketamine"));

    static readonly JsonSerializerOptions Json = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    static string Folder(string from) => File.Exists(Path.Combine(from, "Casement.slnx")) ? from : Folder(Directory.GetParent(from)?.FullName ?? throw new DirectoryNotFoundException(from));

    /// <summary>Through the strict parser, which refuses what R4 does not know.</summary>
    static T ThereAndBack<T>(T resource) where T : Resource =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(resource, Json), Json) ?? throw new InvalidOperationException();

    public static TheoryData<Phase> Phases => [.. Enum.GetValues<Phase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public void The_library_carries_the_printed_cql(Phase phase)
    {
        var library = Ketamine.ToLibrary(phase, Canonical);
        var read = ThereAndBack(library);
        Assert.True(library.IsExactly(read));
        var content = Assert.Single(read.Content);
        Assert.Equal("text/cql", content.ContentType);
        Assert.Equal(new Cql(Ketamine, phase).Print(), Encoding.UTF8.GetString(content.Data ?? []));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void The_plan_has_an_action_for_each_rule_that_names_a_definition_of_the_library(Phase phase)
    {
        var plan = Ketamine.ToPlanDefinition(phase, Canonical);
        var read = ThereAndBack(plan);
        Assert.True(plan.IsExactly(read));
        Assert.Equal(Ketamine.RulesOf(phase).Select(r => r.Id), read.Action.Select(a => a.Prefix));
        var cql = new Cql(Ketamine, phase).Print();
        Assert.All(read.Action, a => Assert.Contains($"define \"{Assert.Single(a.Condition).Expression?.Expression_}\":", cql, StringComparison.Ordinal));
        Assert.All(read.Action, a => Assert.NotEmpty(a.Documentation));
        Assert.Equal([$"{Canonical}/Library/{Cql.Name(phase)}|{Ketamine.Version}"], read.Library);
    }
}
