using System.Text.RegularExpressions;
using Casement.Clearance;

namespace Casement.Tests.Clearance;

/// <summary>The plain words of the protocol: what is asked, what things are called, and what a finding means for the patient.</summary>
public sealed partial class WordsTests
{
    /// <summary>Words that promise, blame or pretend; whole words, in any text that a patient may read.</summary>
    static readonly string[] Banned =
        ["committed suicide", "commit suicide", "guarantee", "guaranteed", "cure", "cured", "cures", "miracle", "breakthrough", "we are here for you", "high risk", "low risk", "moderate risk", "score", "tier"];

    static readonly string[] BannedOnSuicide = ["failed", "failure", "successful", "committed", "contract"];

    /// <summary>One finding never says that treatment goes ahead: another may stand against it.</summary>
    static readonly string[] NotForOneFinding = ["go ahead", "can start", "can go on"];

    static IEnumerable<Fact> Facts => Ketamine.Protocol.Facts.Where(f => f.File.StartsWith("facts/", StringComparison.Ordinal));

    static IEnumerable<Rule> Rules => Ketamine.Protocol.Rules;

    static IEnumerable<Rule> AboutSuicide => Rules.Where(r => r.Id.StartsWith("sui-", StringComparison.Ordinal) || r.Id.Contains("suicide", StringComparison.Ordinal) || r.Id is "go-no-safety-plan" or "course-worsening");

    [Fact]
    public void Every_fact_has_a_label_of_its_own_and_a_question()
    {
        Assert.Equal(271, Facts.Count());
        Assert.Empty(Facts.Where(f => f.Label.Length == 0 || f.Ask.Length == 0).Select(f => f.Id));
        Assert.Empty(Facts.GroupBy(f => f.Label, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(f => f.Id))}"));
        Assert.Empty(Facts.Where(f => f.Label.Split(' ').Length is < 1 or > 6 || !char.IsUpper(f.Label[0])).Select(f => f.Label));
    }

    [Fact]
    public void A_question_for_a_number_names_its_unit()
    {
        string[] Said(string unit) => unit switch
        {
            "a" => ["years"],
            "kg" => ["kilograms"],
            "kg/m2" => ["kg/m2"],
            "mm[Hg]" => ["mmHg"],
            "/min" => ["per minute"],
            "%" => ["percent"],
            "mo" => ["months"],
            "ms" => ["milliseconds"],
            "m[IU]/L" => ["mIU/L"],
            "{xULN}" => ["upper limit"],
            "mL/min/{1.73_m2}" => ["mL/min per 1.73 m2"],
            "{score}" => ["points", "score"],
            "mg/d" => ["mg"],
            "d" => ["days"],
            "h" => ["hours"],
            "min" => ["minutes"],
            "Cel" => ["degrees Celsius"],
            "wk" => ["week"],
            _ => [unit],
        };
        Assert.Empty(Facts.Where(f => f.Unit.Length > 0 && !Said(f.Unit).Any(s => f.Ask.Contains(s, StringComparison.Ordinal))).Select(f => $"{f.Id} ({f.Unit}): {f.Ask}"));
    }

    [Fact]
    public void Every_value_of_a_choice_has_a_note() =>
        Assert.Empty(Facts.SelectMany(f => f.Values.Where(v => f.ValueNotes.GetValueOrDefault(v) is null or "").Select(v => $"{f.Id}: {v}")));

    [Fact]
    public void Every_rule_says_what_it_means_for_the_patient()
    {
        Assert.Equal(319, Rules.Count());
        Assert.Empty(Rules.Where(r => r.Patient.Length == 0).Select(r => r.Id));
        Assert.Empty(Rules.Where(r => r.Patient.Length > 0 && r.Patient[^1] != '.').Select(r => r.Id));
    }

    [Fact]
    public void No_text_for_patients_promises_blames_or_labels()
    {
        var asked = Facts.Where(f => f.Sources.Contains(FactSource.Patient)).Select(f => (f.Id, Text: f.Ask));
        var told = Rules.Select(r => (r.Id, Text: r.Patient));
        Assert.Empty(from t in told from b in Banned.Concat(NotForOneFinding) where Says(t.Text, b) select $"{t.Id} says '{b}'");
        Assert.Empty(from t in asked from b in Banned.Where(b => b is not ("score" or "tier")) where Says(t.Text, b) select $"{t.Id} says '{b}'");
        Assert.Empty(from r in AboutSuicide from b in BannedOnSuicide where Says(r.Patient, b) select $"{r.Id} says '{b}'");
    }

    [Fact]
    public void A_text_about_suicide_begins_with_whom_to_call()
    {
        Assert.Empty(AboutSuicide.Where(r => !First(r.Patient).Contains("911", StringComparison.Ordinal) || !First(r.Patient).Contains("call or text 988", StringComparison.Ordinal)).Select(r => r.Id));
        Assert.Empty(Rules.Where(r => r.Raises.IsEmergency && !First(r.Patient).Contains("911", StringComparison.Ordinal)).Select(r => r.Id));
    }

    /// <summary>A medicine is stopped or changed by its prescriber only; these words for the patient never ask for it.</summary>
    [Fact]
    public void No_text_tells_the_patient_to_stop_or_change_a_medicine() =>
        Assert.Empty(Rules.Where(r => StopOrder().IsMatch(r.Patient)).Select(r => $"{r.Id}: {r.Patient}"));

    [Fact]
    public void What_a_patient_is_told_reads_at_grade_eight_or_lower()
    {
        foreach (var file in Rules.GroupBy(r => r.File))
            Assert.True(file.Average(r => ReadingGrade.Of(r.Patient)) <= 8, $"{file.Key} reads at grade {file.Average(r => ReadingGrade.Of(r.Patient)):F1}.");
        Assert.Empty(Rules.Where(r => ReadingGrade.Of(r.Patient) > 11).Select(r => $"{r.Id} {ReadingGrade.Of(r.Patient):F1}: {r.Patient}"));
    }

    [Fact]
    public void What_a_patient_is_asked_reads_at_grade_eight_or_lower()
    {
        foreach (var file in Facts.Where(f => f.Sources.Contains(FactSource.Patient)).GroupBy(f => f.File))
            Assert.True(file.Average(f => ReadingGrade.Of(f.Ask)) <= 8, $"{file.Key} asks at grade {file.Average(f => ReadingGrade.Of(f.Ask)):F1}.");
    }

    [Theory]
    [InlineData("note", 1)]
    [InlineData("table", 2)]
    [InlineData("places", 2)]
    [InlineData("used", 1)]
    [InlineData("wanted", 2)]
    [InlineData("medicine", 3)]
    [InlineData("ketamine", 3)]
    [InlineData("988", 3)]
    [InlineData("ECG", 3)]
    public void Syllables_are_counted(string word, int syllables) => Assert.Equal(syllables, ReadingGrade.Syllables(word));

    static string First(string text) => text.Split(". ")[0];

    static bool Says(string text, string banned) => Regex.IsMatch(text, $@"\b{Regex.Escape(banned)}\b", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"(?<!do not )\b(stop taking|skip|quit|(please|you must|you should) (stop|change(?! nothing)|hold|lower|reduce))\b", RegexOptions.IgnoreCase)]
    private static partial Regex StopOrder();
}
