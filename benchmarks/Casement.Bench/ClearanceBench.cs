using System.Diagnostics;
using Casement.Clearance;
using Casement.Definitions;

namespace Casement.Bench;

/// <summary>How fast the whole clearance protocol answers, compiled and as trees, on one core.</summary>
static class ClearanceBench
{
    public static void Run(string root)
    {
        var protocol = ProtocolFolder.Read(Path.Combine(root, "definitions", "protocols", "ketamine"));
        var cases = CaseFile.Read(protocol, "public.yaml", File.ReadAllText(Path.Combine(root, "samples", "cases", "public.yaml"))).Where(c => c.Phase == Phase.Clearance).ToArray();
        var compiled = new Compiled(protocol, Phase.Clearance);
        var sheets = cases.Select(c => { var s = new Sheet(protocol); s.Refill(c); return s; }).ToArray();
        var known = sheets[0];
        Measure("compiled, everything known", 400_000, () => compiled.Assess(known), atLeast: 500_000);
        var i = 0;
        Measure("compiled, the public cases in turn", 400_000, () => compiled.Assess(sheets[i++ % sheets.Length]), atLeast: 500_000);
        Measure("explained (trees, findings, missing list)", 500, () => Assessing.Assess(protocol, cases[0]).Outcome.Rank, atLeast: null);
    }

    static void Measure(string what, int times, Func<int> act, double? atLeast)
    {
        for (var i = 0; i < times / 4; i++) act();
        var best = 0.0;
        var allocated = 0L;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < times; i++) act();
            best = Math.Max(best, times / watch.Elapsed.TotalSeconds);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
        }
        var limit = atLeast is { } least ? $"   {best / least:0.00} × the limit of {least:N0}/s" : "";
        Console.WriteLine($"{what,-48} {best,14:N0}/s   {allocated} B each{limit}");
    }
}
