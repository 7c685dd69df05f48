using System.Diagnostics;
using System.Text.Json.Nodes;
using Casement.Clearance;
using Casement.Tests.Clearance;
using Casement.Tests.Proof;

namespace Casement.Tests.Travels;

/// <summary>The rules travel: printed as CQL, translated and run by an engine that is not ours, they answer as they do here.</summary>
public sealed class CqlTests
{
    const int Sheets = 2000;

    [Fact]
    public void Another_engine_gives_the_same_answer_to_every_rule_and_the_same_outcome()
    {
        var result = Compare(Ketamine.Protocol, Sheets, Enum.GetValues<Phase>());
        Assert.Empty(Texts(result));
        Assert.Equal(Sheets, (int?)result["sheets"]);
        Assert.Equal(Sheets * Ketamine.Protocol.Rules.Length, (int?)result["compared"]);
        foreach (var answer in new[] { "true", "false", "null" }) Assert.True((int?)result["counts"]?[answer] > Sheets, $"Hardly any rule came out {answer}.");
    }

    [Fact]
    public void A_slip_in_any_printed_rule_would_show()
    {
        var text = Ketamine.Protocol.Files["facts/mind.yaml"];
        var sticky = text[text.IndexOf("- id: schizophrenia-spectrum", StringComparison.Ordinal)..text.IndexOf("- id: psychosis-history", StringComparison.Ordinal)];
        var slipped = Broken.Protocol(
            ("rules/heart.yaml", "qtc-ms >= $p-qtc-defer\n", "qtc-ms > $p-qtc-defer\n"),
            ("rules/medicines.yaml", "on('opioid-full-agonist') AND opioid-mme-day < ", "on('opioid-full-agonist') AND opioid-mme-day <= "),
            ("rules/medicines.yaml", "taken-within('mdma', $p-psychedelic-hold-h)", "on('mdma')"),
            ("rules/substances.yaml", "HAS 'opiate' OR uds-unexpected", "HAS 'opiate' AND uds-unexpected"),
            ("rules/brain.yaml", "when: iih = true", "when: NOT iih = true"),
            ("facts/mind.yaml", sticky, sticky.Replace("sticky: true", "sticky: false", StringComparison.Ordinal)),
            Broken.InFact("facts/mind.yaml", "rapid-cycling", "required-when: bipolar-type != 'none'", "required: always"));
        var differ = Compare(slipped, 400, Phase.Clearance)["byRule"]?.AsObject().Select(p => p.Key).Where(r => r != "outcome").Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        Assert.Equal(["cv-qtc-high", "med-opioid", "med-psychedelic", "neu-iih", "psy-rapid-cycling", "psy-schizophrenia-spectrum", "sub-uds-unexpected"], differ);
    }

    static IEnumerable<string> Texts(JsonNode result) => result["differences"]?.AsArray().Select(d => (string?)d ?? "") ?? ["The comparison said nothing."];

    /// <summary>Prints one protocol and compares it with the one in force.</summary>
    static JsonNode Compare(Protocol printed, int sheets, params Phase[] phases)
    {
        var folder = Directory.CreateTempSubdirectory("casement-cql-").FullName;
        try
        {
            foreach (var phase in phases) File.WriteAllText(Path.Combine(folder, Cql.Name(phase) + ".cql"), new Cql(printed, phase).Print());
            File.WriteAllLines(Path.Combine(folder, "sheets.jsonl"), Enumerable.Range(0, sheets).Select(Line));
            return Run(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static JsonNode Run(string folder)
    {
        var engine = Root.Path("tests", "cql");
        Assert.True(Directory.Exists(Path.Combine(engine, "node_modules")), "The other engine is not installed: run 'npm ci' in tests/cql.");
        var start = new ProcessStartInfo("node", [Path.Combine(engine, "compare.mjs"), folder, Path.Combine(folder, "sheets.jsonl")]) { RedirectStandardOutput = true, WorkingDirectory = engine };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var said = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        return JsonNode.Parse(said) ?? throw new InvalidOperationException("The comparison said nothing.");
    }

    static string Line(int seed) => CqlSheet.Line(Ketamine.Protocol, $"seed {seed}", RandomCases.Make(seed, Phase.Clearance), Enum.GetValues<Phase>());
}
