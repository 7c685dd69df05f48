using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Casement.Measures;

/// <summary>Where two pieces of JSON differ. Numbers compare by value, lists in order, and neither side may hold a key the other lacks.</summary>
static class VectorDifference
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Between(JsonElement expected, JsonNode? actual)
    {
        using var got = JsonDocument.Parse(actual?.ToJsonString(Plain) ?? "null");
        return [.. Between("", expected, got.RootElement)];
    }

    static IEnumerable<string> Between(string path, JsonElement expected, JsonElement got) => (expected.ValueKind, got.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().Select(member => member.Name)
            .Union(got.EnumerateObject().Select(member => member.Name))
            .SelectMany(name => (expected.TryGetProperty(name, out var left), got.TryGetProperty(name, out var right)) switch
            {
                (true, true) => Between($"{path}.{name}", left, right),
                (true, false) => [Says($"{path}.{name}", Text(left), "nothing")],
                _ => [Says($"{path}.{name}", "nothing", Text(right))],
            }),
        (JsonValueKind.Array, JsonValueKind.Array) when Nested(expected) && expected.GetArrayLength() == got.GetArrayLength() =>
            expected.EnumerateArray().Zip(got.EnumerateArray()).SelectMany((pair, index) => Between($"{path}[{index}]", pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(expected, got) ? [] : [Says(path, Text(expected), Text(got))],
    };

    static bool Nested(JsonElement list) => list.EnumerateArray().Any(one => one.ValueKind is JsonValueKind.Object or JsonValueKind.Array);

    static string Says(string path, string expected, string got) => $"{path.TrimStart('.')} expected {expected}, got {got}";

    static string Text(JsonElement json) => JsonSerializer.Serialize(json, Plain);
}
