using System.Diagnostics;
using System.Globalization;

namespace Casement.Bench;

/// <summary>From starting the process to its first answered request, and what it holds in memory after the sample practice is loaded.</summary>
static class StartBench
{
    public static async Task Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("casement-bench-").FullName;
        try
        {
            await Once(root, folder, "first start, sample practice loaded", limit: null);
            for (var round = 0; round < 3; round++) await Once(root, folder, "start to first answered request", limit: 1.0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task Once(string root, string folder, string what, double? limit)
    {
        const int Port = 5097;
        var program = Path.Combine(root, "src", "Casement.Cli", "bin", "Release", "net10.0", "Casement.Cli.dll");
        var watch = Stopwatch.StartNew();
        // As ./casement starts a server.
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "demo", "--store", $"sqlite:{Path.Combine(folder, "casement.db")}", "--listen", $"http://localhost:{Port}"]) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_TieredPGO"] = "1" } })
            ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient();
        while (true)
        {
            if (process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(60)) throw new InvalidOperationException("The program did not come up.");
            try
            {
                using var answer = await client.GetAsync($"http://localhost:{Port}/");
                answer.EnsureSuccessStatusCode();
                break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        var seconds = watch.Elapsed.TotalSeconds;
        var resident = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var megabytes = double.Parse(resident, CultureInfo.InvariantCulture) / 1024;
        process.Kill();
        await process.WaitForExitAsync();
        Console.WriteLine($"{what,-48} {seconds,14:0.00} s   resident {megabytes:0} MB ({200 / megabytes:0.00} × the limit of 200 MB){(limit is { } most ? $"   {most / seconds:0.00} × the limit of {most:0.0} s" : "")}");
    }
}
