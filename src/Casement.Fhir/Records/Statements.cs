using System.Text.Json;
using Casement.Clearance;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>Conditions, procedures, allergies and relatives: coded statements that a thing is or was so. Their absence says nothing, ever.</summary>
static class Statements
{
    enum Standing { Active, Over, NotSaid }

    public static void Condition(Gathering record, Resource resource)
    {
        var json = resource.Json;
        var code = json.Concept("code") ?? Concept.None;
        var line = Line("Condition", code);
        var verification = json.Concept("verificationStatus")?.FirstCode ?? "";
        if (verification is "entered-in-error" or "refuted")
        {
            record.NotUsed(line, verification == "refuted" ? "ruled out" : "entered in error");
            return;
        }
        var recorded = json.When("recordedDate", record.Offset);
        var onset = Onset(record, json);
        var ended = json.When("abatementDateTime", record.Offset) ?? json.Part("abatementPeriod")?.When("end", record.Offset);
        if (Future(record, line, onset ?? recorded)) return;
        if (onset is { } began && (ended is { } end && began.Earliest > end.Latest || recorded is { } wrote && began.Earliest > wrote.Latest && Day(began) > Day(wrote)))
        {
            record.Problem($"{resource.Reference}: the dates contradict each other; no date is taken from it.");
            onset = null;
        }
        var standing = json.Concept("clinicalStatus")?.FirstCode switch
        {
            "active" or "recurrence" or "relapse" => Standing.Active,
            "inactive" or "remission" or "resolved" => Standing.Over,
            _ => Standing.NotSaid,
        };
        var hasEnded = ended is { } e ? e.Earliest <= record.AsOf : json.TryGetProperty("abatementAge", out _) || json.TryGetProperty("abatementString", out _) || json.TryGetProperty("abatementRange", out _) || json.Yes("abatementBoolean") == true;
        if (hasEnded) standing = standing is Standing.Active ? Standing.NotSaid : Standing.Over;
        var doubt = verification is "" or "confirmed" ? "" : verification is "provisional" or "differential" or "unconfirmed" ? $"Recorded as {verification}. Is it confirmed?" : "Recorded without a known verification. Is it confirmed?";
        var means = record.Map.Conditions;
        Weigh(record, resource, line, code, means, standing, doubt, onset, recorded);
    }

    public static void Procedure(Gathering record, Resource resource)
    {
        var json = resource.Json;
        var code = json.Concept("code") ?? Concept.None;
        var line = Line("Procedure", code);
        var status = json.Text("status") ?? "";
        if (status != "completed")
        {
            record.NotUsed(line, status switch { "entered-in-error" => "entered in error", "not-done" => "not done", _ => "not completed" });
            return;
        }
        var done = json.When("performedDateTime", record.Offset) ?? json.Part("performedPeriod")?.When("start", record.Offset);
        if (Future(record, line, done)) return;
        Weigh(record, resource, line, code, record.Map.Procedures, Standing.Active, "", done, null);
    }

    public static void Allergy(Gathering record, Resource resource)
    {
        var json = resource.Json;
        var code = json.Concept("code") ?? Concept.None;
        var line = Line("AllergyIntolerance", code);
        var verification = json.Concept("verificationStatus")?.FirstCode ?? "";
        if (verification is "entered-in-error" or "refuted")
        {
            record.NotUsed(line, verification == "refuted" ? "ruled out" : "entered in error");
            return;
        }
        var recorded = json.When("recordedDate", record.Offset);
        var onset = json.When("onsetDateTime", record.Offset);
        if (Future(record, line, recorded ?? onset)) return;
        var standing = json.Concept("clinicalStatus")?.FirstCode switch { "active" => Standing.Active, "inactive" or "resolved" => Standing.Over, _ => Standing.NotSaid };
        var doubt = verification == "unconfirmed" ? "The allergy is recorded as unconfirmed. Is it real?" : standing is Standing.Over ? "The allergy is recorded as inactive or resolved. Does it still stand?" : "";
        if (Named(record, resource, json, code, recorded ?? onset, doubt)) return;
        Weigh(record, resource, line, code, record.Map.Allergies, standing, doubt, onset, recorded);
    }

    public static void Relative(Gathering record, Resource resource)
    {
        var json = resource.Json;
        var relation = json.Concept("relationship") ?? Concept.None;
        var status = json.Text("status") ?? "";
        if (status == "entered-in-error")
        {
            record.NotUsed("FamilyMemberHistory", "entered in error");
            return;
        }
        var near = relation.Codings.Any(c => record.Map.FirstDegree.Contains((c.System, c.Code)));
        foreach (var condition in json.Items("condition"))
        {
            var code = condition.Concept("code") ?? Concept.None;
            var line = Line("FamilyMemberHistory", code);
            if (!near) record.NotUsed(line, "not a parent, sibling or child, or the relation has no known code");
            else Weigh(record, resource, line, code, record.Map.Families, Standing.Active, "", null, json.When("date", record.Offset));
        }
    }

    /// <summary>A substance that is only named in words, or named in a reaction.</summary>
    static bool Named(Gathering record, Resource resource, JsonElement json, Concept code, Moment? at, string doubt)
    {
        var words = new List<string> { code.Words };
        words.AddRange(code.Codings.Select(c => c.Display));
        foreach (var reaction in json.Items("reaction"))
        {
            if (reaction.Concept("substance") is not { } substance) continue;
            words.Add(substance.Words);
            words.AddRange(substance.Codings.Select(c => c.Display));
        }
        foreach (var (word, fact) in record.Map.AllergyWords)
        {
            if (!words.Exists(w => DrugName.HasWord(w, word))) continue;
            var says = Says(code, at);
            var denied = words.Exists(w => DrugName.HasWord(w, "no") || DrugName.HasWord(w, "not"));
            if (doubt.Length > 0 || denied) record.Hint(fact, denied ? "The words name the substance and deny something. What do they mean?" : doubt, at?.Earliest, resource.Reference, says);
            else record.Say(new(fact, FactValue.Of(true), record.StatedAt, true, resource.Reference, says, ""));
            return true;
        }
        return false;
    }

    static void Weigh(Gathering record, Resource resource, string line, Concept code, CodeTable<CodedMeaning> table, Standing standing, string doubt, Moment? happened, Moment? recorded)
    {
        var claims = new List<Claim>();
        foreach (var coding in code.Codings)
        {
            if (table.Find(coding.System, coding.Code) is { } meaning) claims.AddRange(meaning.Claims);
        }
        if (claims.Count == 0)
        {
            record.NotUsed(line, code.Codings.IsEmpty ? "not coded" : "no fact in the protocol");
            return;
        }
        var says = Says(code, happened ?? recorded);
        foreach (var claim in claims)
        {
            // A code that answers makes a vaguer code of the same resource superfluous.
            if (claim.Value is null && claims.Exists(c => c.Fact == claim.Fact && c.Value is not null)) continue;
            WeighOne(record, resource, line, claim, standing, doubt, happened, recorded, says);
        }
    }

    static void WeighOne(Gathering record, Resource resource, string line, Claim claim, Standing standing, string doubt, Moment? happened, Moment? recorded, string says)
    {
        var at = (happened ?? recorded)?.Earliest;
        if (claim.WithinDays is { } days && happened is { } event1 && event1.Latest < record.AsOf.AddDays(-days))
        {
            record.NotUsed(line, $"more than {days} days ago");
            return;
        }
        if (claim.Counts is Counting.WhileActive && standing is Standing.Over)
        {
            if (claim.Lasting) record.Hint(claim.Fact, "Recorded as inactive or resolved. Is it so today?", at, resource.Reference, says);
            record.NotUsed(line, "resolved or inactive; it says nothing about today");
            return;
        }
        if (doubt.Length > 0)
        {
            record.Hint(claim.Fact, doubt, at, resource.Reference, says);
            return;
        }
        if (standing is Standing.Active && !(record.Present.TryGetValue(claim.Fact, out var first) && string.CompareOrdinal(first.Reference, resource.Reference) <= 0)) record.Present[claim.Fact] = record.From(resource.Reference, says);
        if (claim.MonthsFact is { } months) record.Happened(months, new(happened, recorded, resource.Reference, says));
        if (claim.Value is not { } value)
        {
            record.Hint(claim.Fact, claim.Ask, at, resource.Reference, says);
            return;
        }
        if (claim.Counts is Counting.WhileActive && standing is Standing.NotSaid)
        {
            record.Hint(claim.Fact, "The record does not say whether it is so today.", at, resource.Reference, says);
            return;
        }
        if (claim.WithinDays is { } limit && !(happened is { } event2 && event2.Earliest >= record.AsOf.AddDays(-limit)))
        {
            record.Hint(claim.Fact, $"Was it in the last {limit} days? The record's date is missing or too vague.", at, resource.Reference, says);
            return;
        }
        var enduring = claim.Lasting || claim.Counts is Counting.Ever;
        if (enduring)
        {
            record.Say(new(claim.Fact, value, record.StatedAt, true, resource.Reference, says, ""));
        }
        else if (Newest(happened, recorded) is { } own)
        {
            record.Say(new(claim.Fact, value, own, false, resource.Reference, says, line));
        }
        else
        {
            record.Hint(claim.Fact, "When was it so? The record gives no date.", null, resource.Reference, says);
        }
    }

    static DateTimeOffset? Newest(Moment? one, Moment? other) => (one, other) switch
    {
        ({ } a, { } b) => a.Earliest > b.Earliest ? a.Earliest : b.Earliest,
        ({ } a, null) => a.Earliest,
        (null, { } b) => b.Earliest,
        _ => null,
    };

    static Moment? Onset(Gathering record, JsonElement json)
    {
        if (json.When("onsetDateTime", record.Offset) is { } at) return at;
        if (json.Part("onsetPeriod") is { } period) return period.When("start", record.Offset);
        if (json.Part("onsetAge") is { } age && record.BornOn is { } born && age.Number("value") is { } value && (age.Text("code") ?? age.Text("unit")) is "a" or "years" or "year" && value is >= 0 and <= 120)
        {
            // "at 45" is any day of that year of life.
            var birthday = new DateTimeOffset(born.ToDateTime(TimeOnly.MinValue), record.Offset).AddYears((int)decimal.Floor(value));
            var latest = birthday.AddYears(1).AddTicks(-1);
            return new(birthday, latest > record.AsOf && birthday <= record.AsOf ? record.AsOf : latest, false);
        }
        return null;
    }

    static bool Future(Gathering record, string line, Moment? at)
    {
        if (at is not { } when || when.Earliest <= record.AsOf) return false;
        record.NotUsed(line, "dated after the import");
        return true;
    }

    static DateOnly Day(Moment moment) => DateOnly.FromDateTime(moment.Earliest.DateTime);

    static string Says(Concept code, Moment? at) => $"{code.Named}{Codes(code)}{(at is { } when ? $", {when.Day}" : "")}";

    static string Codes(Concept code) => code.Codings is [var first, ..] ? $" ({Shown(first.System)} {first.Code})" : "";

    public static string Line(string type, Concept code) => code.Codings is [var first, ..] ? $"{type} {Shown(first.System)} {first.Code} {(code.Words.Length > 0 ? code.Words : first.Display)}".TrimEnd() : $"{type} {code.Named}";

    public static string Shown(string system) => system switch { "snomed" => "SNOMED", "icd-10-cm" => "ICD-10-CM", "loinc" => "LOINC", "rxnorm" => "RxNorm", "" => "(no system)", var other => other };
}
