using Casement.Measures;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Casement.Definitions;

/// <summary>The definitions folder as far as scales go: instruments/ and measures/.</summary>
public static class ScalesFolder
{
    public static Scales Read(string definitions) => new(
        InstrumentFolder.Read(Path.Combine(definitions, "instruments")),
        Yaml<CourseRules>(Path.Combine(definitions, "measures", "trajectory.yaml")),
        Yaml<PracticeRules>(Path.Combine(definitions, "measures", "practice.yaml")));

    /// <summary>Reads a file of rules in which every key must be known and every number given.</summary>
    public static T Yaml<T>(string path) => Parse<T>(Path.GetFileName(path), File.ReadAllText(path));

    public static T Parse<T>(string file, string text)
    {
        try
        {
            return Strict.Deserialize<T>(text) ?? throw new MalformedFileException(file, "line 1", "The file is empty.");
        }
        catch (YamlException wrong)
        {
            throw new MalformedFileException(file, $"line {wrong.Start.Line}", wrong.InnerException?.Message ?? wrong.Message);
        }
    }

    static readonly IDeserializer Strict = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .WithTypeMapping<IReadOnlyList<string>, List<string>>()
        .Build();
}
