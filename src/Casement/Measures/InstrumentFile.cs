using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Casement.Measures;

/// <summary>Reads one instrument from its JSON. Nothing unknown, nothing left out, nothing pointing nowhere.</summary>
public static partial class InstrumentFile
{
    /// <param name="file">The file's name, which is the instrument's id and ".json".</param>
    /// <param name="json">Its text.</param>
    public static Instrument Parse(string file, string json)
    {
        var at = JsonAt.Parse(file, json).WithKeys(
            "schema id version title shortTitle domain respondent minutes language licence citation loinc recallDays minIntervalDays items scoring bands flags trajectory fhir",
            "instructions stem variants");
        at["schema"].OneOf(Instrument.Schema);
        if (!Version().IsMatch(at["version"].Text())) throw at["version"].Wrong("A version has three parts, such as 1.0.0.");
        if (at["id"].Text() != Path.GetFileNameWithoutExtension(file)) throw at["id"].Wrong("The id must be the name of the file.");

        var licence = LicenceFrom(at["licence"]);
        var scoring = at["scoring"].WithKeys("primary scores");
        var fhir = at["fhir"].WithKeys("category expressions");
        var instrument = new Instrument
        {
            Id = at["id"].Text(),
            Version = at["version"].Text(),
            Title = at["title"].Text(),
            ShortTitle = at["shortTitle"].Text(),
            Domain = at["domain"].Text(),
            Respondent = at["respondent"].OneOf("patient", "observer", "clinician-or-patient"),
            Minutes = at["minutes"].Whole(),
            Language = at["language"].Text(),
            Licence = licence,
            Citations = at["citation"].Texts(),
            Loinc = CodesFrom(at["loinc"]),
            Instructions = at.Find("instructions")?.Text(),
            Stem = at.Find("stem")?.Text(),
            RecallDays = at.Find("recallDays")?.Whole(),
            MinIntervalDays = at["minIntervalDays"].Whole(),
            Variants = [.. at.Find("variants")?.List().Select(VariantFrom) ?? []],
            Items = [.. at["items"].List().Select(item => ItemFrom(item, licence))],
            PrimaryScore = scoring["primary"].Text(),
            Scores = [.. scoring["scores"].List().Select(ScoreFile.Read)],
            Bands = at["bands"].Entries().ToImmutableSortedDictionary(
                entry => entry.Key,
                entry => entry.Value.List().Select(BandFrom).ToImmutableArray(),
                StringComparer.Ordinal),
            Flags = [.. at["flags"].List().Select(FlagFrom)],
            Trajectory = at.Find("trajectory") is { } trajectory ? ThresholdsFrom(trajectory) : null,
            FhirCategory = fhir.Find("category")?.Text(),
            FhirExpressions = Texts(fhir["expressions"]),
        };
        InstrumentChecks.Check(at, instrument);
        return instrument;
    }

    static Licence LicenceFrom(JsonAt at)
    {
        at.WithKeys("class statement redistributeText commercialUse verification");
        return new(
            at["class"].OneOf("A", "B1", "B2", "T", "C", "N"),
            at["statement"].Text(),
            at["redistributeText"].YesOrNo(),
            at["commercialUse"].OneOf("yes", "no", "check"),
            at["verification"].OneOf("verified", "secondary", "unverified"));
    }

    static InstrumentCodes CodesFrom(JsonAt at)
    {
        at.WithKeys("panel", "panelStatus answerList answerLists itemAnswerList answerListStatus note");
        return new(
            at.Find("panel")?.Text(),
            at.Find("panelStatus")?.Text(),
            (at.Find("answerList") ?? at.Find("itemAnswerList"))?.Text(),
            at.Find("answerLists") is { } lists ? Texts(lists) : ImmutableSortedDictionary<string, string>.Empty,
            at.Find("answerListStatus")?.Text(),
            at.Find("note")?.Text());
    }

    static Variant VariantFrom(JsonAt at)
    {
        at.WithKeys("id stem recallDays minIntervalDays", "note");
        return new(at["id"].Text(), at["stem"].Text(), at.Find("recallDays")?.Whole(), at["minIntervalDays"].Whole(), at.Find("note")?.Text());
    }

    static Item ItemFrom(JsonAt at, Licence licence)
    {
        at.WithKeys("linkId text type required scored loinc options", "loincStatus enableWhen allowNA naLabel min max unit concept answerList");
        var item = new Item
        {
            LinkId = at["linkId"].Text(),
            Text = at.Find("text")?.Text(),
            Concept = at.Find("concept")?.Text(),
            Type = at["type"].OneOf("choice", "integer", "decimal") switch { "choice" => ItemType.Choice, "integer" => ItemType.Integer, _ => ItemType.Decimal },
            Required = at["required"].YesOrNo(),
            Scored = at["scored"].YesOrNo(),
            Loinc = at.Find("loinc")?.Text(),
            LoincStatus = at.Find("loincStatus")?.Text(),
            AnswerList = at.Find("answerList")?.Text(),
            Options = [.. at["options"].List().Select(OptionFrom)],
            EnableWhen = at.Find("enableWhen") is { } condition ? ConditionFile.Read(condition) : null,
            AllowNotApplicable = at.Find("allowNA")?.YesOrNo() ?? false,
            NotApplicableLabel = at.Find("naLabel")?.Text(),
            Min = at.Find("min")?.Number(),
            Max = at.Find("max")?.Number(),
            Unit = at.Find("unit")?.Text(),
        };
        if (item.Text is null && item.Concept is null) throw at.Wrong("An item without its wording needs a concept.");
        if (item.Text is not null && !licence.RedistributeText) throw at["text"].Wrong("The licence does not let us carry the wording.");
        if (item.Type == ItemType.Choice && item.Options.IsEmpty) throw at["options"].Wrong("A choice needs options.");
        if (item.Type != ItemType.Choice && !item.Options.IsEmpty) throw at["options"].Wrong("A number has no options.");
        if (item.Options.DistinctBy(option => option.Value).Count() < item.Options.Length) throw at["options"].Wrong("Two options have the same value.");
        if (item.Min > item.Max) throw at["min"].Wrong("The lowest number lies above the highest.");
        return item;
    }

    static Option OptionFrom(JsonAt at)
    {
        at.WithKeys("value label", "loinc loincStatus");
        return new(at["value"].Number(), at["label"].Text(), at.Find("loinc")?.Text(), at.Find("loincStatus")?.Text());
    }

    static Band BandFrom(JsonAt at)
    {
        at.WithKeys("min max code label", "loinc loincStatus");
        return new(at["min"].Number(), at["max"].Number(), at["code"].Text(), at["label"].Text(), at.Find("loinc")?.Text(), at.Find("loincStatus")?.Text());
    }

    static FlagRule FlagFrom(JsonAt at)
    {
        at.WithKeys("id severity hold when actions", "note");
        var severity = at["severity"].OneOf("critical", "urgent", "warning", "info") switch
        {
            "critical" => Severity.Critical,
            "urgent" => Severity.Urgent,
            "warning" => Severity.Warning,
            _ => Severity.Info,
        };
        return new(at["id"].Text(), severity, at["hold"].YesOrNo(), ConditionFile.Read(at["when"]), at["actions"].Texts(), at.Find("note")?.Text());
    }

    static ChangeThresholds ThresholdsFrom(JsonAt at)
    {
        at.WithKeys(
            "direction score caseness remissionMax responsePct partialPct mcid reliableChange",
            "reliableChangeStrict recoveredMax recoveredMin relapseMin relapseImmediateMin earlyWarningRise");
        return new()
        {
            Direction = at["direction"].OneOf("lowerIsBetter", "higherIsBetter") == "lowerIsBetter" ? Direction.LowerIsBetter : Direction.HigherIsBetter,
            Score = at["score"].Text(),
            Caseness = at["caseness"].Number(),
            RemissionMax = at.Find("remissionMax")?.Number(),
            ResponsePct = at.Find("responsePct")?.Number(),
            PartialPct = at.Find("partialPct")?.Number(),
            Mcid = at.Find("mcid")?.Number(),
            ReliableChange = at.Find("reliableChange")?.Number(),
            ReliableChangeStrict = at.Find("reliableChangeStrict")?.Number(),
            RecoveredMax = at.Find("recoveredMax")?.Number(),
            RecoveredMin = at.Find("recoveredMin")?.Number(),
            RelapseMin = at.Find("relapseMin")?.Number(),
            RelapseImmediateMin = at.Find("relapseImmediateMin")?.Number(),
            EarlyWarningRise = at.Find("earlyWarningRise")?.Number(),
        };
    }

    static ImmutableSortedDictionary<string, string> Texts(JsonAt at) =>
        at.Entries().ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.Text(), StringComparer.Ordinal);

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Version();
}
