using System.Text.Json.Nodes;
using Casement.Measures;

namespace Casement.Tests.Measures;

public sealed class VectorTests
{
    [Xunit.Theory]
    [Xunit.InlineData(237, "instrument-vectors.json")]
    [Xunit.InlineData(77, "Measures", "own-vectors.json")]
    public void Every_vector_passes(int count, params string[] path)
    {
        var results = ScaleVectors.Check(Given.Scales, path[^1], Given.VectorText(path));
        Xunit.Assert.Empty(results.SelectMany(result => result.Differences));
        Xunit.Assert.All(results, result => Xunit.Assert.True(result.Passed));
        Xunit.Assert.Equal(count, results.Length);
    }

    [Xunit.Fact]
    public void A_difference_names_the_vector_the_place_and_both_values()
    {
        var text = Given.VectorText("instrument-vectors.json").Replace("\"total\": 10,", "\"total\": 12,", StringComparison.Ordinal);
        var lines = ScaleVectors.Check(Given.Scales, "mutated.json", text).SelectMany(result => result.Differences);
        Xunit.Assert.Contains("P-phq9-07: scores.total expected 12, got 10", lines);
    }

    [Xunit.Fact]
    public void Changing_any_expected_value_fails_its_vector()
    {
        var vectors = JsonNode.Parse(Given.VectorText("instrument-vectors.json"))?.AsObject() ?? [];
        var mutated = 0;
        foreach (var vector in vectors.Where(section => section.Key.EndsWith("Vectors", StringComparison.Ordinal)).SelectMany(section => section.Value?.AsArray() ?? []))
        {
            var leaves = Leaves(vector?["expect"]).ToList();
            if (leaves.Count > 0) leaves[mutated % leaves.Count].ReplaceWith(JsonValue.Create("mutated"));
            else vector?["expect"]?.ReplaceWith(new JsonObject());
            mutated++;
        }

        var results = ScaleVectors.Check(Given.Scales, "mutated.json", vectors.ToJsonString());
        Xunit.Assert.Equal(mutated, results.Length);
        Xunit.Assert.All(results, result => Xunit.Assert.False(result.Passed, $"{result.Id} passed although its expectation was changed."));
        Xunit.Assert.All(results, result => Xunit.Assert.NotEmpty(result.Differences));
    }

    [Xunit.Fact]
    public void Leaving_out_or_adding_an_expected_key_fails_the_vector()
    {
        Xunit.Assert.Equal(["V: scores.total expected nothing, got 0"], Differences("""{"status":"complete","scores":{},"bands":{"total":"negative"},"flags":[]}"""));
        Xunit.Assert.Equal(["V: surprise expected 1, got nothing"], Differences("""{"status":"complete","scores":{"total":0},"bands":{"total":"negative"},"flags":[],"surprise":1}"""));
        Xunit.Assert.Equal(["V: flags expected [\"phq2-positive\"], got []"], Differences("""{"status":"complete","scores":{"total":0},"bands":{"total":"negative"},"flags":["phq2-positive"]}"""));
        Xunit.Assert.Empty(Differences("""{"status":"complete","scores":{"total":0.0},"bands":{"total":"negative"},"flags":[]}"""));
    }

    static string[] Differences(string expect) =>
        [.. One($$$"""{"instrumentVectors":[{"id":"V","instrument":"phq2","answers":{"1":0,"2":0},"expect":{{{expect}}} }]""").Differences];

    [Xunit.Theory]
    [Xunit.InlineData("""{"instrumentVectors":[{"id":"V","instrument":"phq99","answers":{},"expect":{}}]""", "There is no instrument 'phq99'.")]
    [Xunit.InlineData("""{"trajectoryVectors":[{"id":"V","instrument":"asq","expect":{}}]""", "The instrument 'asq' is not followed over a course.")]
    [Xunit.InlineData("""{"groupVectors":[{"id":"V","kind":"median","input":{},"expect":{}}]""", "The kind 'median' is unknown.")]
    [Xunit.InlineData("""{"referralVectors":[{"id":"V","expect":{}}]""", "Vectors of the kind 'referralVectors' are unknown.")]
    [Xunit.InlineData("""{"instrumentVectors":[{"id":"V","instrument":"phq2","expect":{}}]""", "The key 'answers' is missing.")]
    [Xunit.InlineData("""{"instrumentVectors":["V"]""", "This must be an object.")]
    [Xunit.InlineData("""{"groupVectors":[{"id":"V","kind":"wilson95","input":{"x":3,"n":2},"expect":{}}]""", "The count lies between 0 and the size of the group.")]
    [Xunit.InlineData("""{"windowVectors":[{"id":"V","input":{"anchor":"9999-12-31","offsetDays":9,"beforeDays":0,"afterDays":0,"today":"2026-01-01"},"expect":{}}]""", "is out of range.")]
    [Xunit.InlineData("""{"windowVectors":[{"id":"V","input":{"anchor":"2026-02-30"},"expect":{}}]""", "This must be a date such as 2026-03-02.")]
    public void A_vector_that_cannot_be_run_fails_with_a_sentence(string body, string sentence)
    {
        var result = One(body);
        Xunit.Assert.False(result.Passed);
        Xunit.Assert.Contains(sentence, Xunit.Assert.Single(result.Differences), StringComparison.Ordinal);
    }

    [Xunit.Theory]
    [Xunit.InlineData("not json", "vectors.json, $: This is not readable JSON.")]
    [Xunit.InlineData("[]", "vectors.json, $: This must be an object.")]
    [Xunit.InlineData("{}", "vectors.json, $: The key 'schema' is missing.")]
    [Xunit.InlineData("""{"schema":"casement.instrument-vectors/2"}""", "vectors.json, $.schema: 'casement.instrument-vectors/2' is not one of casement.instrument-vectors/1.")]
    [Xunit.InlineData("""{"schema":"casement.instrument-vectors/1"}""", "vectors.json, $: There is not one vector in it.")]
    [Xunit.InlineData("""{"schema":"casement.instrument-vectors/1","groupVectors":{}}""", "vectors.json, $.groupVectors: This must be a list.")]
    [Xunit.InlineData("""{"schema":"casement.instrument-vectors/1","set":"a","set":"b"}""", "vectors.json, $: This is not readable JSON.")]
    public void A_malformed_file_is_a_clear_error(string text, string message) =>
        Xunit.Assert.StartsWith(message, Xunit.Assert.Throws<MalformedFileException>(() => ScaleVectors.Check(Given.Scales, "vectors.json", text)).Message, StringComparison.Ordinal);

    static VectorResult One(string body) =>
        Xunit.Assert.Single(ScaleVectors.Check(Given.Scales, "vectors.json", $$"""{"schema":"{{ScaleVectors.Schema}}",{{body[1..]}}}"""));

    static IEnumerable<JsonNode> Leaves(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(member => Leaves(member.Value)),
        JsonArray list when list.Count > 0 => list.SelectMany(Leaves),
        null => [],
        _ => [node],
    };
}
