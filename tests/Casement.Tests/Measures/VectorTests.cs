using Casement.Measures;

namespace Casement.Tests.Measures;

public sealed class VectorTests
{
    [Xunit.Theory]
    [Xunit.InlineData(237, "instrument-vectors.json")]
    public void Every_vector_passes(int count, params string[] path)
    {
        var results = ScaleVectors.Check(Given.Scales, path[^1], Given.VectorText(path));
        Xunit.Assert.Empty(results.SelectMany(result => result.Differences));
        Xunit.Assert.All(results, result => Xunit.Assert.True(result.Passed));
        Xunit.Assert.Equal(count, results.Length);
    }
}
