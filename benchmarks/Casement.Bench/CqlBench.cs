using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Casement.Clearance;
using Casement.Definitions;

namespace Casement.Bench;

/// <summary>The same clearance rules in another engine on the same machine: printed as CQL, run by cql-execution, as a ratio.</summary>
static class CqlBench
{
    public static void Run(string root)
    {
        var engine = Path.Combine(root, "tests", "cql");
        if (!Directory.Exists(Path.Combine(engine, "node_modules")))
        {
            Console.WriteLine("cql-execution is not installed; run 'npm ci' in tests/cql for the ratio.");
            return;
        }
        var protocol = ProtocolFolder.Read(Path.Combine(root, "definitions", "protocols", "ketamine"));
        var cases = CaseFile.Read(protocol, "public.yaml", File.ReadAllText(Path.Combine(root, "samples", "cases", "public.yaml"))).Where(c => c.Phase == Phase.Clearance).Take(30).ToArray();
        var folder = Directory.CreateTempSubdirectory("casement-bench-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, Cql.Name(Phase.Clearance) + ".cql"), new Cql(protocol, Phase.Clearance).Print());
            var sheets = Path.Combine(folder, "sheets.jsonl");
            File.WriteAllLines(sheets, cases.Select((c, i) => CqlSheet.Line(protocol, $"case {i}", c with { Opinions = c.Opinions.Clear(), Overrides = c.Overrides.Clear() }, Phase.Clearance)));
            using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(engine, "compare.mjs"), folder, sheets]) { RedirectStandardOutput = true, WorkingDirectory = engine }) ?? throw new InvalidOperationException("node did not start.");
            using var said = JsonDocument.Parse(node.StandardOutput.ReadToEnd());
            node.WaitForExit();
            var theirs = said.RootElement.GetProperty("asItComes").GetProperty("sheetsPerSecond").GetDouble();
            var kept = said.RootElement.GetProperty("kept").GetProperty("sheetsPerSecond").GetDouble();
            var ours = Ours(protocol, cases);
            Console.WriteLine($"{"cql-execution, the same 219 rules",-48} {theirs.ToString("N1", CultureInfo.InvariantCulture),14}/s   {kept:N1}/s with answers kept within a sheet; differences: {said.RootElement.GetProperty("different").GetInt32()}");
            Console.WriteLine($"{"fill the sheet and assess it, one thread",-48} {ours,14:N0}/s   {ours / theirs:N0} × cql-execution as it comes, {ours / kept:N0} × with answers kept");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static double Ours(Protocol protocol, Case[] cases)
    {
        var (compiled, sheet, best) = (new Compiled(protocol, Phase.Clearance), new Sheet(protocol), 0.0);
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            const int Times = 20_000;
            for (var i = 0; i < Times; i++)
            {
                sheet.Refill(cases[i % cases.Length]);
                compiled.Assess(sheet);
            }
            best = Math.Max(best, Times / watch.Elapsed.TotalSeconds);
        }
        return best;
    }
}
