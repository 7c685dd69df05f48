using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Casement.Bench;

/// <summary>"casement clear" as a whole process over NDJSON: one Bundle of 60 resources a line, cut from the sample records. One core: everything runs on one thread.</summary>
static class RecordBench
{
    const int ResourcesEach = 60;

    public static void Run(string root, int people)
    {
        var file = Path.Combine(Path.GetTempPath(), $"casement-bench-{Guid.NewGuid():N}.ndjson");
        try
        {
            Write(root, file, people);
            var program = Path.Combine(root, "src", "Casement.Cli", "bin", "Release", "net10.0", "Casement.Cli.dll");
            var alone = Seconds(program, root, Path.Combine(root, "samples", "one.ndjson"), file, lines: 1);
            var all = Seconds(program, root, file, file, lines: people);
            var rate = (people - 1) / (all - alone);
            Console.WriteLine($"{"casement clear, 60 resources a person",-48} {rate,14:N0}/s   {new FileInfo(file).Length / people / 1024} KiB each   {rate / 1_500:0.00} × the limit of 1,500/s (start-up of {alone:0.00} s taken off)");
        }
        finally
        {
            File.Delete(file);
        }
    }

    static double Seconds(string program, string root, string named, string file, int lines)
    {
        var read = lines == 1 ? named : file;
        if (lines == 1) File.WriteAllLines(read = Path.ChangeExtension(file, ".one.ndjson"), File.ReadLines(file).Take(1));
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "clear", read, "--as-of", "2026-11-01", "--json"]) { WorkingDirectory = root, RedirectStandardOutput = true, Environment = { ["DOTNET_PROCESSOR_COUNT"] = "1" } }) ?? throw new InvalidOperationException("dotnet did not start.");
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"casement clear ended with {process.ExitCode}.");
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        if (lines == 1) File.Delete(read);
        return best;
    }

    /// <summary>Each line is a Patient with other resources of a sample record, a different cut each time, under ids of its own.</summary>
    static void Write(string root, string file, int people)
    {
        var records = Directory.GetFiles(Path.Combine(root, "samples"), "*.json").Order()
            .Select(f => (JsonNode.Parse(File.ReadAllText(f)) ?? throw new InvalidDataException(f))["entry"]?.AsArray().Select(e => e?["resource"]?.ToJsonString() ?? "").ToArray() ?? []).ToArray();
        using var writer = new StreamWriter(file);
        for (var i = 0; i < people; i++)
        {
            var record = records[i % records.Length];
            var patient = record.First(r => r.StartsWith("""{"resourceType":"Patient""", StringComparison.Ordinal));
            var wanted = record.Where(r => r.StartsWith("""{"resourceType":"Condition""", StringComparison.Ordinal) || r.StartsWith("""{"resourceType":"Observation""", StringComparison.Ordinal)
                || r.StartsWith("""{"resourceType":"Medication""", StringComparison.Ordinal) || r.StartsWith("""{"resourceType":"Procedure""", StringComparison.Ordinal) || r.StartsWith("""{"resourceType":"Encounter""", StringComparison.Ordinal)).ToArray();
            var entries = Enumerable.Range(0, ResourcesEach - 1).Select(k => wanted[(i * 7 + k * 3) % wanted.Length]).Prepend(patient).Distinct();
            writer.WriteLine($$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', entries.Select(e => $$"""{"resource":{{e}}}"""))}}]}""");
        }
    }
}
