using System.Globalization;
using System.Text.Json;
using Casement.Clearance;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>The value of an observation or of an answer.</summary>
/// <param name="Number">Its number, if it is one.</param>
/// <param name="Unit">UCUM code, else the unit as written; empty for none.</param>
/// <param name="Comparator">"&lt;" and the like; empty for an exact number.</param>
/// <param name="Coded">Its code, if it is coded.</param>
/// <param name="Words">Its words, if it is text.</param>
readonly record struct Observed(decimal? Number, string Unit, string Comparator, Concept? Coded, string? Words)
{
    public override string ToString() => Number is { } n ? $"{Comparator}{n.ToString("0.######", CultureInfo.InvariantCulture)}{(Unit.Length is > 0 and < 20 && Unit is not "1" and not "{score}" ? $" {Unit}" : "")}" : Coded is { } c ? c.Named : Words ?? "";
}

/// <summary>A piece of a fact that several observations make together.</summary>
readonly record struct Piece(Part Part, Observed Value, FactValue? Answer, JsonElement Json, Moment When, string Encounter, string Reference, string Says, string Line);

/// <summary>Measurements, laboratory results, scale scores and their items.</summary>
sealed class Observations(Gathering record)
{
    /// <summary>No laboratory reports more of anything; beyond it arithmetic would overflow.</summary>
    const decimal LargestResult = 1_000_000_000_000m;

    public List<Piece> Pieces { get; } = [];

    public void Observation(Resource resource)
    {
        var json = resource.Json;
        var code = json.Concept("code") ?? Concept.None;
        var meaning = Find(code);
        var components = json.Items("component");
        if (meaning is null && !AnyKnown(components))
        {
            record.NotUsed(Statements.Line("Observation", code), code.Codings.IsEmpty ? "not coded" : "no fact in the protocol");
            return;
        }
        var line = Statements.Line("Observation", code);
        var status = json.Text("status") ?? "";
        if (status is not ("final" or "amended" or "corrected"))
        {
            record.NotUsed(line, status switch { "entered-in-error" => "entered in error", "cancelled" => "cancelled", "preliminary" => "only preliminary", "registered" => "no result yet", _ => "its status is not known" });
            return;
        }
        if (json.TryGetProperty("focus", out _))
        {
            record.NotUsed(line, "about something or somebody else than the patient");
            return;
        }
        var when = json.When("effectiveDateTime", record.Offset) ?? json.When("effectiveInstant", record.Offset) ?? json.Part("effectivePeriod")?.When("start", record.Offset);
        if (when is not { } at)
        {
            record.NotUsed(line, "it has no date");
            return;
        }
        if (at.Earliest > record.AsOf)
        {
            record.NotUsed(line, "dated after the import");
            return;
        }
        var encounter = json.Reference("encounter") ?? "";
        var taken = false;
        if (meaning is not null && Value(json) is { } value)
        {
            Take(meaning, code, value, json, at, encounter, resource.Reference, line);
            taken = true;
        }
        List<JsonElement> parts = [.. components];
        if (parts.Exists(NotSeated))
        {
            record.NotUsed(line, "not taken seated");
            return;
        }
        foreach (var part in parts)
        {
            var partCode = part.Concept("code") ?? Concept.None;
            if (Find(partCode) is not { } known || known.Part is Part.BodyPosition) continue;
            if (Value(part) is not { } partValue) continue;
            Take(known, partCode, partValue, part, at, encounter, resource.Reference, Statements.Line("Observation", partCode));
            taken = true;
        }
        if (!taken) record.NotUsed(line, json.TryGetProperty("dataAbsentReason", out _) ? "no value, the record says" : "no value that can be read");
    }

    /// <summary>A questionnaire whose items carry LOINC codes as link ids, such as "/44250-9".</summary>
    public void Response(Resource resource)
    {
        var json = resource.Json;
        var status = json.Text("status") ?? "";
        var items = new List<(string Code, JsonElement Item)>();
        Flatten(json, items);
        var known = items.Select(i => (i.Code, i.Item, Meaning: record.Map.Observations.Find("loinc", i.Code))).Where(i => i.Meaning is not null).ToList();
        var line = "QuestionnaireResponse";
        if (known.Count == 0)
        {
            record.NotUsed(line, "no item is a question of the protocol");
            return;
        }
        if (status is not ("completed" or "amended"))
        {
            record.NotUsed(line, status == "entered-in-error" ? "entered in error" : "not completed");
            return;
        }
        if (json.When("authored", record.Offset) is not { } at || at.Earliest > record.AsOf)
        {
            record.NotUsed(line, json.TryGetProperty("authored", out _) ? "dated after the import" : "it has no date");
            return;
        }
        foreach (var (code, item, meaning) in known)
        {
            if (meaning is null || Answer(item) is not { } value) continue;
            var concept = new Concept([new("loinc", code, meaning.Meaning)], Json.Short(item.Text("text") ?? ""));
            if (value.Number is { } total && Disagrees(meaning.Fact, total, items) is { } sum)
            {
                record.Hint(meaning.Fact, $"The record's total is {total:0} and its items add up to {sum:0}. Which is right?", at.Earliest, resource.Reference, concept.Named);
                continue;
            }
            Take(meaning, concept, value, item, at, "", resource.Reference, Statements.Line("QuestionnaireResponse", concept));
        }
    }

    decimal? Disagrees(string fact, decimal total, List<(string Code, JsonElement Item)> items)
    {
        if (record.Map.Sums.FirstOrDefault(s => s.Fact == fact) is not { } sum) return null;
        var added = 0m;
        foreach (var code in sum.Items)
        {
            if (items.Find(i => i.Code == code) is not { Code: not null } found || Answer(found.Item) is not { } answer) return null;
            if (answer.Number is { } number) added += number;
            else if (answer.Coded is { } coded && Listed(sum.Answers, coded) is Number listed) added += listed.Value;
            else return null;
        }
        return added == total ? null : added;
    }

    static FactValue? Listed(AnswerList list, Concept coded)
    {
        foreach (var coding in coded.Codings)
        {
            if (list.Codes.TryGetValue((coding.System, coding.Code), out var value)) return value;
        }
        return null;
    }

    static void Flatten(JsonElement parent, List<(string, JsonElement)> into)
    {
        // The depth is bounded by the reader's own limit.
        foreach (var item in parent.Items("item"))
        {
            if (item.ValueKind != JsonValueKind.Object) throw new MisshapenException("item");
            var link = item.Text("linkId") ?? "";
            into.Add((link[(link.LastIndexOf('/') + 1)..], item));
            Flatten(item, into);
        }
    }

    static Observed? Answer(JsonElement item)
    {
        JsonElement[] answers = [.. item.Items("answer")];
        return answers is [{ ValueKind: JsonValueKind.Object } only] ? Value(only) : null;
    }

    void Take(ObservedMeaning meaning, Concept code, Observed value, JsonElement json, Moment at, string encounter, string reference, string line)
    {
        var says = $"{(code.Words.Length > 0 ? code.Words : meaning.Meaning)} {value}{(code.Codings is [var c, ..] ? $" ({Statements.Shown(c.System)} {c.Code})" : "")}, {at.Day}";
        switch (meaning.Taking)
        {
            case Taking.Ask:
                record.Hint(meaning.Fact, meaning.Ask, at.Earliest, reference, says);
                break;
            case Taking.Piece:
                Pieces.Add(new(meaning.Part, value, meaning.Answers is { } list ? Read(list, value).Value : null, json, at, encounter, reference, says, line));
                break;
            case Taking.Answer when meaning.Answers is { } answers:
                TakeAnswer(meaning, answers, value, at, reference, says, line);
                break;
            case Taking.Quantity:
                if (InUnitOf(meaning.Fact, value, at, reference, says, line) is { } number) record.Say(new(meaning.Fact, FactValue.Of(number), at.Earliest, false, reference, says, line));
                break;
            case Taking.TimesUpperLimit:
                if (TimesUpperLimit(meaning.Fact, value, json, at, reference, says, line) is { } times) record.Say(new(meaning.Fact, FactValue.Of(times), at.Earliest, false, reference, says, line));
                break;
            case Taking.AboveRange:
                TakeAboveRange(meaning.Fact, value, json, at, reference, says, line);
                break;
        }
    }

    void TakeAnswer(ObservedMeaning meaning, AnswerList answers, Observed value, Moment at, string reference, string says, string line)
    {
        var (known, read) = Read(answers, value);
        if (!known && value is { Number: not null, Comparator: "" } && record.Map.Facts[meaning.Fact].Kind is FactKind.Whole or FactKind.Number)
        {
            if (InUnitOf(meaning.Fact, value, at, reference, says, line) is { } number) record.Say(new(meaning.Fact, FactValue.Of(number), at.Earliest, false, reference, says, line));
            return;
        }
        if (read is not null) record.Say(new(meaning.Fact, read, at.Earliest, false, reference, says, line));
        else record.Hint(meaning.Fact, known ? "The answer is not enough by itself." : "The answer is not one we can read.", at.Earliest, reference, says);
    }

    static (bool Known, FactValue? Value) Read(AnswerList list, Observed value)
    {
        if (value.Coded is { } coded)
        {
            foreach (var coding in coded.Codings)
            {
                if (list.Codes.TryGetValue((coding.System, coding.Code), out var found)) return (true, found);
            }
            return coded.Codings.IsEmpty && list.Words.TryGetValue(coded.Words.Trim().ToLowerInvariant(), out var worded) ? (true, worded) : (false, null);
        }
        return value.Words is { } words && list.Words.TryGetValue(words.Trim().ToLowerInvariant(), out var said) ? (true, said) : (false, null);
    }

    /// <summary>The number in the unit of the fact; null, and said why, when it cannot be had exactly.</summary>
    public decimal? InUnitOf(string fact, Observed value, Moment at, string reference, string says, string line)
    {
        var shape = record.Map.Facts[fact];
        var number = value.Number;
        if (number is null && value.Words is { } words && shape.Unit == "{score}" && decimal.TryParse(words, NumberStyles.Number, CultureInfo.InvariantCulture, out var written)) number = written;
        if (number is not { } exact)
        {
            record.NotUsed(line, "its value is not a number");
            return null;
        }
        if (value.Comparator.Length > 0)
        {
            record.Hint(fact, "The result is a limit and not a number.", at.Earliest, reference, says);
            record.NotUsed(line, "the result is a limit and not a number");
            return null;
        }
        UnitConversion? conversion = null;
        foreach (var one in record.Map.Units)
        {
            if (one.From == value.Unit && one.To == shape.Unit && (one.Fact is null || one.Fact == fact)) conversion = one;
        }
        if (conversion is null)
        {
            record.NotUsed(line, value.Unit.Length == 0 ? "it has no unit" : $"the unit {Json.Short(value.Unit)} cannot be turned into {shape.Unit}");
            return null;
        }
        decimal converted;
        try
        {
            converted = decimal.Round(exact * conversion.Factor / conversion.Divisor + conversion.Offset, 6);
        }
        catch (OverflowException)
        {
            record.NotUsed(line, "the number is too large");
            return null;
        }
        if (shape.Holds(FactValue.Of(converted))) return converted;
        record.NotUsed(line, $"outside the allowed range of {shape.Min:0.##} to {shape.Max:0.##}{(shape.Kind is FactKind.Whole ? ", whole numbers" : "")}");
        return null;
    }

    /// <summary>The result as a multiple of the upper limit its own laboratory gave, in the same unit.</summary>
    public decimal? TimesUpperLimit(string fact, Observed value, JsonElement json, Moment at, string reference, string says, string line)
    {
        if (value.Number is not { } number || value.Comparator.Length > 0)
        {
            record.Hint(fact, "The result is not an exact number.", at.Earliest, reference, says);
            return null;
        }
        if (UpperLimit(json) is not { } limit || limit.Unit != value.Unit || limit.High <= 0)
        {
            record.Hint(fact, "The laboratory's upper limit is not in the record.", at.Earliest, reference, says);
            record.NotUsed(line, "no upper limit of the laboratory with it");
            return null;
        }
        if (number is < 0 or > LargestResult || limit.High < 1 / LargestResult)
        {
            record.NotUsed(line, "outside the allowed range");
            return null;
        }
        var times = decimal.Round(number / limit.High, 3);
        if (record.Map.Facts[fact].Holds(FactValue.Of(times))) return times;
        record.NotUsed(line, "outside the allowed range");
        return null;
    }

    void TakeAboveRange(string fact, Observed value, JsonElement json, Moment at, string reference, string says, string line)
    {
        bool? flagged = null;
        foreach (var interpretation in json.Items("interpretation"))
        {
            foreach (var coding in interpretation.AsConcept().Codings)
            {
                if (coding.Code is "H" or "HH" or "HU") flagged = true;
                else if (coding.Code is "N" or "L" or "LL" or "LU") flagged = false;
            }
        }
        bool? measured = value is { Number: { } number, Comparator: "" } && UpperLimit(json) is { } limit && limit.Unit == value.Unit ? number > limit.High : null;
        if ((flagged ?? measured) is not { } above || measured is { } m && flagged is { } f && m != f)
        {
            record.Hint(fact, flagged is null && measured is null ? "The laboratory's range is not in the record." : "The result and the laboratory's flag disagree.", at.Earliest, reference, says);
            record.NotUsed(line, "whether it is above the range cannot be told");
            return;
        }
        record.Say(new(fact, FactValue.Of(above), at.Earliest, false, reference, says, line));
    }

    static (decimal High, string Unit)? UpperLimit(JsonElement json)
    {
        (decimal, string)? limit = null;
        foreach (var range in json.Items("referenceRange"))
        {
            if (range.ValueKind != JsonValueKind.Object) throw new MisshapenException("referenceRange");
            var kind = range.Concept("type");
            if (kind is not null && !kind.Has("normal")) continue;
            if (range.Part("high") is not { } high || high.Number("value") is not { } value) continue;
            // Two normal ranges, for men and women say, leave open which one is meant.
            if (limit is not null) return null;
            limit = (value, high.Text("code") ?? high.Text("unit") ?? "");
        }
        return limit;
    }

    /// <summary>A position other than sitting. A reading that names no position passes for seated, as records leave the usual unsaid.</summary>
    bool NotSeated(JsonElement component) =>
        Find(component.Concept("code") ?? Concept.None) is { Part: Part.BodyPosition, Answers: { } answers } && Value(component) is { } position && Read(answers, position).Value is not Flag { Value: true };

    ObservedMeaning? Find(Concept code)
    {
        foreach (var coding in code.Codings)
        {
            if (record.Map.Observations.Find(coding.System, coding.Code) is { } found) return found;
        }
        return null;
    }

    bool AnyKnown(JsonElement.ArrayEnumerator components)
    {
        foreach (var component in components)
        {
            if (component.ValueKind != JsonValueKind.Object) throw new MisshapenException("component");
            if (component.Concept("code") is { } code && Find(code) is not null) return true;
        }
        return false;
    }

    static Observed? Value(JsonElement json)
    {
        if (json.TryGetProperty("dataAbsentReason", out _)) return null;
        if (json.Part("valueQuantity") is { } quantity) return quantity.Number("value") is { } number ? new(number, quantity.Text("code") ?? quantity.Text("unit") ?? "", quantity.Text("comparator") ?? "", null, null) : null;
        if (json.Part("valueCodeableConcept") is { } concept) return new(null, "", "", concept.AsConcept(), null);
        if (json.Part("valueCoding") is { } coding) return coding.Text("code") is { } code ? new(null, "", "", new([new(RecordMap.SystemName(coding.Text("system")), code, Json.Short(coding.Text("display") ?? ""))], ""), null) : null;
        if (json.Number("valueInteger") is { } whole) return new(whole, "", "", null, null);
        if (json.Number("valueDecimal") is { } exact) return new(exact, "", "", null, null);
        if (json.Text("valueString") is { } text) return new(null, "", "", null, Json.Short(text));
        if (json.Yes("valueBoolean") is { } yes) return new(null, "", "", null, yes ? "yes" : "no");
        return null;
    }
}
