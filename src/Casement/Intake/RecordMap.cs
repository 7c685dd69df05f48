using System.Collections.Frozen;
using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Intake;

public enum FactKind { Flag, Number, Whole, Choice, Choices }

/// <summary>What a fact may hold when it comes from an outside record: clearance.md 1.A to 1.M.</summary>
/// <param name="Id">The id of the fact.</param>
/// <param name="Kind">Yes or no, a number, a whole number, one of a list, a set of a list.</param>
/// <param name="Unit">UCUM unit of a number; empty for the rest.</param>
/// <param name="Min">Least allowed number; a number outside is refused, never clamped.</param>
/// <param name="Max">Greatest allowed number.</param>
/// <param name="Values">Allowed words of a choice.</param>
/// <param name="WorstWins">The words run from mild to grave, so of two said the later stands; otherwise two different words are left to a clinician.</param>
public sealed record FactShape(string Id, FactKind Kind, string Unit, decimal Min, decimal Max, ImmutableArray<string> Values, bool WorstWins)
{
    /// <summary>True when the fact can hold this value.</summary>
    public bool Holds(FactValue value) => (Kind, value) switch
    {
        (FactKind.Flag, Flag) => true,
        (FactKind.Number, Number n) => n.Value >= Min && n.Value <= Max,
        (FactKind.Whole, Number n) => n.Value >= Min && n.Value <= Max && decimal.IsInteger(n.Value),
        (FactKind.Choice, Choice c) => Values.Contains(c.Value),
        (FactKind.Choices, Choices c) => c.Values.All(Values.Contains),
        _ => false,
    };
}

/// <summary>When a coded statement counts: whatever became of it, or only while it is active.</summary>
public enum Counting { Ever, WhileActive }

/// <summary>What one code says about one fact.</summary>
/// <param name="Fact">The id of the fact.</param>
/// <param name="Value">The answer; null when the code alone cannot give it and a clinician has to be asked.</param>
/// <param name="Ask">What to ask, where <paramref name="Value"/> is null.</param>
/// <param name="Counts">Ever for history ("has it ever happened"), WhileActive for the present.</param>
/// <param name="Lasting">A long-lasting state: while the record calls it active, it is so on the day of the import. False: it was so on its own date and grows stale from there.</param>
/// <param name="WithinDays">The event counts only this many days; null for no limit.</param>
/// <param name="MonthsFact">The fact that holds how many months ago the event was; null when there is none.</param>
public sealed record Claim(string Fact, FactValue? Value, string Ask, Counting Counts, bool Lasting, int? WithinDays, string? MonthsFact);

/// <summary>A code, in a person's words, and what it says.</summary>
/// <param name="Meaning">What the code means.</param>
/// <param name="Checked">False: the code was written down from memory and awaits a check against the release.</param>
/// <param name="Claims">What it says about facts; more than one is possible.</param>
public sealed record CodedMeaning(string Meaning, bool Checked, ImmutableArray<Claim> Claims);

/// <summary>How the value of an observation is taken.</summary>
public enum Taking
{
    /// <summary>A number, converted to the unit of the fact.</summary>
    Quantity,

    /// <summary>A coded or written answer, by an answer list.</summary>
    Answer,

    /// <summary>The number divided by the upper limit the laboratory gave with it; without that limit nothing.</summary>
    TimesUpperLimit,

    /// <summary>Whether it lies above the laboratory's own range.</summary>
    AboveRange,

    /// <summary>One piece of a fact made from several observations; see <see cref="Part"/>.</summary>
    Piece,

    /// <summary>Never a fact by itself: shown to a clinician.</summary>
    Ask,
}

/// <summary>The pieces facts are put together from; clearance.md 1.M.</summary>
public enum Part { None, Systolic, Diastolic, BodyPosition, InhaledOxygenFlow, InhaledOxygenFraction, AlkalinePhosphatase, GammaGt, Nitrite, LeukocyteEsterase, Smoking }

/// <summary>What an observation code says.</summary>
/// <param name="Meaning">What the code means.</param>
/// <param name="Checked">False: written down from memory.</param>
/// <param name="Fact">The id of the fact it speaks to.</param>
/// <param name="Taking">How its value is read.</param>
/// <param name="Part">Which piece it is, for <see cref="Taking.Piece"/>.</param>
/// <param name="Answers">The answer list; null reads numbers only.</param>
/// <param name="Ask">What to ask a clinician where the value is no answer by itself.</param>
public sealed record ObservedMeaning(string Meaning, bool Checked, string Fact, Taking Taking, Part Part, AnswerList? Answers, string Ask);

/// <summary>Coded or written answers and what they amount to; a null value means a clinician has to be asked.</summary>
public sealed record AnswerList(string Name, FrozenDictionary<(string System, string Code), FactValue?> Codes, FrozenDictionary<string, FactValue?> Words);

/// <summary>One exact conversion: value × Factor ÷ Divisor + Offset. It serves one Fact only where the factor belongs to a substance.</summary>
public sealed record UnitConversion(string From, string To, decimal Factor, decimal Divisor, decimal Offset, string? Fact);

/// <summary>An ingredient of the class table, clearance.md 4.1, with the names it goes by.</summary>
/// <param name="Name">As in the class table, such as "sertraline".</param>
/// <param name="Rxcui">RxNorm ingredient code; null when it has none.</param>
/// <param name="Classes">Its classes; empty for one that is only recognised.</param>
/// <param name="Names">Other names and brands, lower-case.</param>
/// <param name="LowersLipids">Counts as treated lipids for cv-risk-count.</param>
/// <param name="AskFact">The fact a clinician is asked about when it is taken; null for none.</param>
/// <param name="Ask">What is asked.</param>
public sealed record Ingredient(string Name, string? Rxcui, ImmutableArray<string> Classes, ImmutableArray<string> Names, bool LowersLipids, string? AskFact, string Ask);

/// <summary>
/// The coded words of other people's records and what each says here. All of it is data, under definitions/fhir.
/// Ingredients are by name, any case; Products by RxNorm code and DrugNames by a name or brand in lower case, both to names of ingredients.
/// AllergyWords lead from a word in an allergy's text to the fact it answers with yes. TimesPerDay are HL7 timing abbreviations.
/// FirstDegree are the role codes of parents, siblings and children. Elements are the names FHIR R4 knows on the resources that are read.
/// </summary>
public sealed record RecordMap(
    FrozenDictionary<string, FactShape> Facts,
    CodeTable<CodedMeaning> Conditions,
    CodeTable<CodedMeaning> Procedures,
    CodeTable<CodedMeaning> Allergies,
    CodeTable<CodedMeaning> Families,
    CodeTable<ObservedMeaning> Observations,
    ImmutableArray<UnitConversion> Units,
    FrozenDictionary<string, Ingredient> Ingredients,
    FrozenDictionary<string, ImmutableArray<string>> Products,
    FrozenDictionary<string, ImmutableArray<string>> DrugNames,
    FrozenDictionary<string, string> AllergyWords,
    FrozenSet<(string System, string Code)> NoKnownMedicines,
    FrozenDictionary<string, decimal> TimesPerDay,
    FrozenSet<(string System, string Code)> FirstDegree,
    ImmutableArray<ScoreSum> Sums,
    FrozenDictionary<string, FrozenSet<string>> Elements)
{
    /// <summary>The short name of a code system: "snomed" for http://snomed.info/sct. Unknown systems keep their address.</summary>
    public static string SystemName(string? address) => address switch
    {
        "http://snomed.info/sct" or "urn:oid:2.16.840.1.113883.6.96" => "snomed",
        "http://hl7.org/fhir/sid/icd-10-cm" or "urn:oid:2.16.840.1.113883.6.90" => "icd-10-cm",
        "http://loinc.org" or "urn:oid:2.16.840.1.113883.6.1" => "loinc",
        "http://www.nlm.nih.gov/research/umls/rxnorm" or "urn:oid:2.16.840.1.113883.6.88" => "rxnorm",
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation" => "interpretation",
        "http://terminology.hl7.org/CodeSystem/v3-RoleCode" => "role",
        null => "",
        var other => other,
    };
}

/// <summary>A score whose items may come with it: where all do, the sum is checked against what the record calls the total.</summary>
public sealed record ScoreSum(string Fact, ImmutableArray<string> Items, AnswerList Answers);
