using System.Text;
using Casement.Intake;
using Xunit;

namespace Casement.Fhir.Tests;

/// <summary>What the sample records say, line by line, as approved by a reader with clinical sense.</summary>
public sealed class SampleTests
{
    static readonly string Samples = Path.Combine(House.Root, "samples");
    static readonly string Approved = Path.Combine(House.Root, "tests", "Casement.Fhir.Tests", "approved");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Samples, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void A_sample_says_what_was_approved(string file)
    {
        var record = House.Imported(House.Read(File.ReadAllBytes(Path.Combine(Samples, file))));
        var approved = Path.Combine(Approved, $"{file.Split('_')[0]}.txt");
        var received = Print(record);
        if (!File.Exists(approved) || File.ReadAllText(approved) != received) File.WriteAllText($"{approved}.received", received);
        Assert.True(File.Exists(approved), $"Nothing is approved for {file}; read {approved}.received and rename it.");
        Assert.Equal(File.ReadAllText(approved), received);
    }

    [Theory, MemberData(nameof(Files))]
    public void The_order_of_entries_changes_nothing(string file)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllBytes(Path.Combine(Samples, file))) ?? throw new InvalidDataException(file);
        var before = House.Imported(House.Read(json.ToJsonString()));
        var entries = json["entry"]?.AsArray() ?? throw new InvalidDataException(file);
        var reversed = entries.Reverse().Select(e => e?.DeepClone()).ToArray();
        json["entry"] = new System.Text.Json.Nodes.JsonArray(reversed);
        Assert.Equal(Print(before), Print(House.Imported(House.Read(json.ToJsonString()))));
    }

    static string Print(ImportedRecord record)
    {
        var text = new StringBuilder();
        text.AppendLine($"{record.Who.Who.Name.Legal}, born {record.Who.Who.BornOn:yyyy-MM-dd}, {record.Who.AdministrativeGender}, birth sex {record.Who.BirthSex}, phone {record.Who.Who.Phone}");
        text.AppendLine($"{record.ResourceCount} resources").AppendLine().AppendLine("FACTS");
        foreach (var f in record.Facts) text.AppendLine($"{f.Fact} = {f.Value} at {f.ObservedAt:yyyy-MM-dd} | {f.From?.Reference} | {f.From?.Says}");
        text.AppendLine().AppendLine("MEDICINES");
        foreach (var m in record.Medicines ?? []) text.AppendLine($"{(m.Active ? "active" : "ended ")} {m.Ingredient} ({m.Rxcui ?? "-"}) {m.DailyDoseMg?.ToString() ?? "?"} mg/d, started {m.StartedOn?.ToString("yyyy-MM-dd") ?? "?"}, last {m.LastTakenAt?.ToString("yyyy-MM-dd") ?? "?"} | {m.As} | {m.From?.Reference}");
        text.AppendLine().AppendLine("HINTS");
        foreach (var h in record.Hints) text.AppendLine($"{h.Fact}: {h.Ask} | {h.From.Reference} | {h.From.Says}");
        text.AppendLine().AppendLine("NOT USED");
        foreach (var n in record.NotUsed) text.AppendLine(n);
        text.AppendLine().AppendLine("PROBLEMS");
        foreach (var p in record.Problems) text.AppendLine(p);
        return text.ToString();
    }
}
