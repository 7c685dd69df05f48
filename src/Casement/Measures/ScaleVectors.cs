using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Casement.Measures;

/// <summary>Everything a scale is judged by: the instruments, and the rules that no single instrument owns.</summary>
public sealed record Scales(Instruments Instruments, CourseRules Courses, PracticeRules Practice);

/// <summary>How one test vector came out.</summary>
/// <param name="Id">The vector's id.</param>
/// <param name="Passed">True when everything expected came out, and nothing else.</param>
/// <param name="Differences">One line each, such as "P-phq9-07: scores.total expected 12, got 13".</param>
public sealed record VectorResult(string Id, bool Passed, ImmutableArray<string> Differences);

/// <summary>Runs a file of test vectors; instruments.md section 2, schema casement.instrument-vectors/1.</summary>
public static class ScaleVectors
{
    public const string Schema = "casement.instrument-vectors/1";

    /// <param name="scales">What is being tried.</param>
    /// <param name="file">The vector file's name, for complaints.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="MalformedFileException">The file itself cannot be read. A single vector that cannot be read is a failed vector.</exception>
    public static ImmutableArray<VectorResult> Check(Scales scales, string file, string json)
    {
        var at = JsonAt.Parse(file, json);
        at["schema"].OneOf(Schema);
        var results = at.Entries().SelectMany(section => section.Key switch
        {
            "instrumentVectors" => Each(section.Value, vector => InstrumentVector.Run(scales, vector)),
            "trajectoryVectors" => Each(section.Value, vector => TrajectoryVector.Run(scales, vector)),
            "groupVectors" => Each(section.Value, vector => GroupVector.Run(scales, vector)),
            "windowVectors" => Each(section.Value, WindowVector.Run),
            var name when name.EndsWith("Vectors", StringComparison.Ordinal) => Each(section.Value, vector => throw vector.Wrong($"Vectors of the kind '{name}' are unknown.")),
            _ => [],
        }).ToImmutableArray();
        return results.IsEmpty ? throw at.Wrong("There is not one vector in it.") : results;
    }

    static IEnumerable<VectorResult> Each(JsonAt section, Func<JsonAt, JsonObject> run) => section.List().Select(vector => One(vector, run));

    static VectorResult One(JsonAt vector, Func<JsonAt, JsonObject> run)
    {
        var id = vector.Path;
        try
        {
            id = vector["id"].Text();
            ImmutableArray<string> differences = [.. VectorDifference.Between(vector["expect"].Json, run(vector)).Select(difference => $"{id}: {difference}")];
            return new(id, differences.IsEmpty, differences);
        }
        catch (MalformedFileException wrong)
        {
            return new(id, false, [$"{id}: {wrong.Message}"]);
        }
        catch (Exception beyond) when (beyond is OverflowException or ArgumentOutOfRangeException)
        {
            return new(id, false, [$"{id}: a date or number in it is out of range. {beyond.Message}"]);
        }
    }
}
