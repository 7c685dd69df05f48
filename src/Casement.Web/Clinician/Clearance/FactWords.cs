using System.Globalization;
using System.Numerics;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;

namespace Casement.Web.Clinician.Clearance;

/// <summary>Facts, values, dates and sources as a clinician reads them.</summary>
public static class FactWords
{
    public static string Name(Fact fact) => fact.Label.Length > 0 ? fact.Label : Capital(fact.Means);

    public static string Capital(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Sentence(string text) => text.Length == 0 ? "" : Capital(text.TrimEnd('.')) + ".";

    public static string Value(Fact fact, FactValue value) => value switch
    {
        Flag f => f.Value ? "yes" : "no",
        Number n => Wording.Amount(n.Value, fact.Unit),
        Choice c => Option(fact, c.Value),
        Choices { Values.IsEmpty: true } => "none",
        Choices c => string.Join(", ", c.Values.Select(v => Option(fact, v))),
        _ => value.ToString() ?? "",
    };

    /// <summary>A value of a choice in a word or two.</summary>
    public static string Option(Fact fact, string value) => fact.Values.Contains(value) ? Wording.Value(fact, fact.Values.IndexOf(value)) : value;

    /// <summary>A value of a choice to choose from, with what it means where its name does not say it.</summary>
    public static string OptionInFull(Fact fact, string value) =>
        !fact.ValueNotes.TryGetValue(value, out var note) ? Capital(Option(fact, value))
        : note.Contains(Option(fact, value), StringComparison.OrdinalIgnoreCase) ? Capital(note)
        : $"{Capital(Option(fact, value))}: {note}";

    /// <summary>What a derived fact came to on a sheet; null when it cannot be told.</summary>
    public static string? Worked(Fact fact, Sheet sheet) => (fact.Type, BitOperations.PopCount(sheet.May[fact.Index])) switch
    {
        (FactType.Flag, 1) => sheet.May[fact.Index] == 2UL ? "yes" : "no",
        (FactType.Choice, 1) => Option(fact, fact.Values[BitOperations.TrailingZeroCount(sheet.May[fact.Index])]),
        (FactType.Whole or FactType.Number, _) when sheet.Low[fact.Index] == sheet.High[fact.Index] => Wording.Amount((decimal)sheet.Low[fact.Index], fact.Unit),
        _ => null,
    };

    /// <summary>What a patient said against an answer, and what became of it: it stands beside the answer for good.</summary>
    public static string Correction(CorrectionOnChart said) =>
        $"The patient wrote that “{said.Asked.Original}” is wrong: “{said.Asked.Right}”. "
        + (said.Accepted is not null ? "Accepted." : said.Declined is { } no ? $"Declined: {Sentence(no.Because)}" : "Not answered yet.");

    public static string Source(FactSource source) => source switch
    {
        FactSource.Patient => "the patient",
        FactSource.Clinician => "clinician",
        FactSource.Measurement => "measurement",
        FactSource.Laboratory => "laboratory",
        FactSource.Partner => "partner clinic",
        FactSource.Record => "outside record",
        _ => "worked out",
    };

    /// <summary>How it came to be known, before its date: "measured Nov 12, 2026".</summary>
    public static string Came(FactSource source) => source switch
    {
        FactSource.Patient => "told",
        FactSource.Measurement => "measured",
        FactSource.Laboratory => "tested",
        FactSource.Record => "in the record of",
        FactSource.Derived => "as of",
        _ => "recorded",
    };

    public static string Age(DateTimeOffset at, DateTimeOffset now) => (now - at).TotalDays switch
    {
        < 1 => "today",
        < 2 => "1 day ago",
        < 60 and var days => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days):0} days ago"),
        < 730 and var days => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days / 30.44):0} months ago"),
        var days => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days / 365.25):0} years ago"),
    };

    /// <summary>A refusal that names the fact by its id, with the words of the page instead.</summary>
    public static string Refusal(Fact fact, string why) =>
        why.StartsWith(fact.Id, StringComparison.Ordinal) ? (Name(fact) + why[fact.Id.Length..]).Replace(fact.Unit.Length > 0 ? fact.Unit : "\0", Wording.Unit(fact.Unit), StringComparison.Ordinal) : why;

    /// <summary>A sentence of the rules that names facts by their ids, with the words of the page instead.</summary>
    public static string Plain(Protocol protocol, string sentence) =>
        sentence.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end && protocol.FactById.TryGetValue(sentence[..end], out var fact) ? Name(fact) + sentence[end..]
        : sentence.StartsWith("on:", StringComparison.Ordinal) ? "The medicine list" + sentence[sentence.IndexOf(' ', StringComparison.Ordinal)..] : sentence;

    /// <summary>The part of the protocol a fact belongs to, as a heading.</summary>
    public static string Concern(Fact fact) => Path.GetFileNameWithoutExtension(fact.File) switch
    {
        "person" => "Person, product and place",
        "indication" => "Indication and treatments",
        "scales" => "Rating scales",
        "mind" => "Mind",
        "suicide-risk" => "Suicide risk",
        "substances" => "Substances",
        "heart" => "Heart and circulation",
        "brain" => "Brain and nerves",
        "organs" => "Eye, hormones, lungs, liver, kidney, bladder",
        "pregnancy" => "Pregnancy and lactation",
        "consent" => "Allergy, capacity, consent and plans",
        "medicines" => "Medicines",
        "course" => "Course of treatment",
        "session-before" => "Before a session",
        "session-during" => "During a session",
        "session-discharge" => "Discharge",
        var other => Capital(other.Replace('-', ' ')),
    };

    public static string Verdict(ClearanceVerdict verdict) => verdict switch
    {
        ClearanceVerdict.Cleared => "Cleared",
        ClearanceVerdict.ClearedWithConditions => "Cleared with conditions",
        ClearanceVerdict.NeedsInformation => "Needs information",
        ClearanceVerdict.NotNow => "Not now",
        _ => "Declined",
    };

    public static string State(ClearanceState state) => state switch
    {
        ClearanceState.Valid => "Valid",
        ClearanceState.Suspended => "Suspended",
        ClearanceState.Revoked => "Revoked",
        ClearanceState.Expired => "Expired",
        ClearanceState.NotCleared => "Not cleared",
        _ => "None",
    };

    /// <summary>The shape of a state; see Shape.</summary>
    public static string Kind(ClearanceState state) => state switch
    {
        ClearanceState.Valid => "clear",
        ClearanceState.Suspended or ClearanceState.Expired => "defer",
        ClearanceState.Revoked => "exclude",
        _ => "note",
    };

    /// <summary>The shape of an outcome; see Shape.</summary>
    public static string Kind(Outcome outcome) => outcome.Id switch
    {
        "emergency" => "emergency",
        "not-a-candidate" => "exclude",
        "deferred" => "defer",
        "needs-information" => "missing",
        "cleared-with-conditions" => "condition",
        _ => "clear",
    };

    public static string By(Actor by) => by.Credentials.Length > 0 ? $"{by.Name}, {by.Credentials}" : by.Name;
}
