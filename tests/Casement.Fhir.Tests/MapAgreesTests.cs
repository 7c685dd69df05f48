using Casement.Clearance;
using Casement.Definitions;
using Casement.Definitions.Fhir;
using Xunit;

namespace Casement.Fhir.Tests;

/// <summary>The code map speaks of the same facts and medicines as the protocol; where the two drift apart, this names the place.</summary>
public sealed class MapAgreesTests
{
    static readonly string Root = Find(AppContext.BaseDirectory);
    static readonly Protocol Protocol = ProtocolFolder.Read(Path.Combine(Root, "definitions", "protocols", "ketamine"));
    static readonly Intake.RecordMap Map = RecordMapFiles.Load(Path.Combine(Root, "definitions", "fhir"));

    static string Find(string from) => File.Exists(Path.Combine(from, "Casement.slnx")) ? from : Find(Directory.GetParent(from)?.FullName ?? throw new DirectoryNotFoundException());

    [Fact]
    public void Every_fact_of_the_map_is_shaped_as_in_the_protocol() => Assert.Empty(Map.Facts.Values.SelectMany(Differences));

    static IEnumerable<string> Differences(Intake.FactShape shape)
    {
        if (!Protocol.FactById.TryGetValue(shape.Id, out var fact)) { yield return $"{shape.Id} is no fact of the protocol"; yield break; }
        if (fact.Type.ToString() != shape.Kind.ToString()) yield return $"{shape.Id} is {fact.Type} in the protocol, {shape.Kind} in the map";
        if (fact.Unit != shape.Unit) yield return $"{shape.Id} is in '{fact.Unit}' in the protocol, '{shape.Unit}' in the map";
        if ((fact.Min, fact.Max) != (shape.Min, shape.Max)) yield return $"{shape.Id} lies in {fact.Min} to {fact.Max} in the protocol, {shape.Min} to {shape.Max} in the map";
        if (!fact.Values.ToHashSet().SetEquals(shape.Values)) yield return $"{shape.Id} has {string.Join(", ", fact.Values)} in the protocol, {string.Join(", ", shape.Values)} in the map";
    }

    [Fact]
    public void Every_ingredient_of_a_class_is_in_it_in_the_map_too()
    {
        var missing = from c in Protocol.Classes
                      from i in c.Ingredients.Where(i => !i.Name.Contains('/', StringComparison.Ordinal)) // a combination reaches its class by its components
                      where !Map.Ingredients.TryGetValue(i.Name, out var known) || !known.Classes.Contains(c.Id)
                      select $"{i.Name} is in {c.Id} in the protocol only";
        var extra = from i in Map.Ingredients.Values
                    from c in i.Classes
                    where !Protocol.ClassesOf(new Medicine(i.Name)).Any(known => known.Id == c)
                    select $"{i.Name} is in {c} in the map only";
        Assert.Empty(missing.Concat(extra));
    }
}
