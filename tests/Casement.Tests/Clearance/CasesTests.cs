using Casement.Definitions;

namespace Casement.Tests.Clearance;

public sealed class CasesTests
{
    [Fact]
    public void Every_public_vignette_comes_out_as_expected()
    {
        var results = CaseFile.Run(Ketamine.Protocol, "public.yaml", File.ReadAllText(Root.Path("samples", "cases", "public.yaml")));
        Assert.Equal(55, results.Length);
        Assert.Empty(results.Where(r => !r.Passed).Select(r => $"{r.Id}: {string.Join("; ", r.Differences)}"));
    }
}
