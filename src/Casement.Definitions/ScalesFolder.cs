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
        Courses("trajectory.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "trajectory.yaml"))),
        Practice("practice.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "practice.yaml"))));

    public static CourseRules Courses(string file, string text) => Sound(Parse<CourseRules>(file, text), file, rules => rules.Problems());

    public static PracticeRules Practice(string file, string text) => Sound(Parse<PracticeRules>(file, text), file, rules => rules.Problems());

    static T Sound<T>(T rules, string file, Func<T, IEnumerable<string>> problems) =>
        problems(rules).FirstOrDefault() is { } problem ? throw new MalformedFileException(file, "rules", problem) : rules;

    /// <summary>Every key must be known, none may repeat, and every number must be given.</summary>
    static T Parse<T>(string file, string text)
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
