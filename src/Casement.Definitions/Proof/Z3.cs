using System.Diagnostics;

namespace Casement.Definitions.Proof;

/// <summary>The z3 program, spoken to in SMT-LIB over its standard input. One question at a time, on one core.</summary>
public sealed class Z3 : IDisposable
{
    readonly Process process;
    int asked;

    public Z3(string path)
    {
        process = Process.Start(new ProcessStartInfo(path, ["-in", "-smt2", "-t:20000"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{path} did not start.");
    }

    /// <summary>Sends commands and returns everything said in answer.</summary>
    public string Ask(string commands)
    {
        var end = $"end-{++asked}";
        process.StandardInput.Write(commands);
        process.StandardInput.Write($"\n(echo \"{end}\")\n");
        process.StandardInput.Flush();
        var said = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line == end)
            {
                var answer = string.Join('\n', said);
                return answer.Contains("(error", StringComparison.Ordinal) ? throw new InvalidOperationException(answer[answer.IndexOf("(error", StringComparison.Ordinal)..]) : answer;
            }
            said.Add(line);
        }
        throw new InvalidOperationException("The solver stopped before it answered.");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(2000)) process.Kill();
        process.Dispose();
    }
}
