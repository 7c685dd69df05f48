using System.Diagnostics;
using System.Text.Json;

namespace Casement.Web.Tests;

/// <summary>The program as its users start it: what it prints, where, and how it ends.</summary>
public sealed class CommandTests
{
    static readonly string Root = Find(AppContext.BaseDirectory);

    static string Find(string from) => File.Exists(Path.Combine(from, "Casement.slnx")) ? from : Find(Directory.GetParent(from)?.FullName ?? throw new DirectoryNotFoundException());

    static (int Code, string Out, string Error) Casement(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Casement.Cli.dll"), .. args]) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("dotnet did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text, error.Result);
    }

    static string Temporary(string name, string content)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("casement-command-").FullName, name);
        File.WriteAllText(file, content);
        return file;
    }

    [Fact]
    public void Cases_end_with_the_totals()
    {
        var (code, text, _) = Casement("cases", "samples/cases/public.yaml");
        Assert.Equal((0, "55 passed, 0 failed"), (code, text.TrimEnd().Split('\n')[^1]));
    }

    [Fact]
    public void A_case_that_fails_is_named_and_ends_with_1()
    {
        var file = Temporary("cases.yaml", File.ReadAllText(Path.Combine(Root, "samples/cases/public.yaml")).Replace("fired: [cv-bp-uncontrolled]", "fired: [cv-bp-severe]", StringComparison.Ordinal));
        var (code, text, _) = Casement("cases", file);
        Assert.Equal(1, code);
        Assert.Contains("pub-004", text, StringComparison.Ordinal);
        Assert.Contains("fired: did not expect cv-bp-uncontrolled", text, StringComparison.Ordinal);
        Assert.EndsWith("53 passed, 2 failed\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not: [yaml", "Not valid YAML")]
    [InlineData("schema: casement-vignettes/2\nvignettes: []\n", "casement-vignettes/1")]
    [InlineData("schema: casement-vignettes/1\n", "'vignettes' is missing")]
    public void A_file_of_cases_that_is_none_ends_with_3_and_says_why(string content, string says)
    {
        var (code, _, error) = Casement("cases", Temporary("cases.yaml", content));
        Assert.Equal(3, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\":\"casement-vignettes/1\"", 3)]
    [InlineData("schema: casement-vignettes/1\nvignettes:\n- {id: x, base: nowhere, expect: {outcome: cleared}}\n", 1)]
    [InlineData("schema: casement-vignettes/1\nvignettes:\n- {id: x, set: {no-such-fact: 1}, expect: {outcome: cleared}}\n", 1)]
    [InlineData("schema: casement-vignettes/1\nvignettes:\n- {id: x, parameters: {p-bp-sys-defer: 400}, expect: {outcome: cleared}}\n", 1)]
    public void A_case_that_cannot_be_run_fails_and_nothing_crashes(string content, int code) => Assert.Equal(code, Casement("cases", Temporary("cases.yaml", content)).Code);

    [Fact]
    public void Scales_end_with_the_totals()
    {
        var (code, text, _) = Casement("scales", "check", "tests/Casement.Tests/instrument-vectors.json");
        Assert.Equal((0, "237 passed, 0 failed"), (code, text.TrimEnd().Split('\n')[^1]));
    }

    [Fact]
    public void A_record_is_cleared_as_json_that_another_program_can_read()
    {
        var sample = Directory.GetFiles(Path.Combine(Root, "samples"), "*.json").Order().First();
        var (code, text, _) = Casement("clear", sample, "--as-of", "2026-11-01", "--json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("deferred", json.RootElement.GetProperty("outcome").GetString());
        Assert.True(json.RootElement.GetProperty("path").GetProperty("proven").GetBoolean());
        Assert.All(json.RootElement.GetProperty("facts").EnumerateArray(), f => Assert.NotEmpty(f.GetProperty("reference").GetString() ?? ""));
    }

    [Fact]
    public void Nothing_is_coloured_when_nobody_watches() => Assert.DoesNotContain('\u001b', Casement("clear", Directory.GetFiles(Path.Combine(Root, "samples"), "*.json").Order().First()).Out);

    [Theory]
    [InlineData("record.json", "{\"resourceType\":\"Bundle\",\"entry\":[", "The JSON is broken at line 1, position 35.")]
    [InlineData("record.json", "{\"resourceType\":\"Organization\"}", "This is an Organization and no patient record.")]
    [InlineData("record.json", "", "The file is empty.")]
    [InlineData("record.pdf", "%PDF-1.7", "This is a PDF.")]
    public void A_file_that_is_no_record_ends_with_3_and_a_sentence(string name, string content, string says)
    {
        var (code, _, error) = Casement("clear", Temporary(name, content));
        Assert.Equal(3, code);
        Assert.StartsWith(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_no_command_ends_with_2()
    {
        var (code, _, error) = Casement("clearance");
        Assert.Equal(2, code);
        Assert.Contains("casement --help", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_are_not_there_are_not_made_up()
    {
        var folder = Directory.CreateTempSubdirectory("casement-command-").FullName;
        var (code, _, error) = Casement("verify", "--store", $"sqlite:{folder}/none.db");
        Assert.Equal(3, code);
        Assert.Contains("There are no records at", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Help_names_every_command_and_exit_code()
    {
        var (code, text, _) = Casement("--help");
        Assert.Equal(0, code);
        foreach (var word in new[] { "serve", "demo", "clear", "cases", "protocol", "scales", "verify", "rebuild", "backup", "restore", "Exit codes" }) Assert.Contains(word, text, StringComparison.Ordinal);
    }
}
