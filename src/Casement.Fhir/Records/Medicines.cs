using System.Collections.Immutable;
using System.Text.Json;
using Casement.Clearance;

namespace Casement.Fhir.Records;

/// <summary>The medicine list from requests, statements, administrations and dispenses. In doubt a medicine stays on the list: a clinician reconciles it.</summary>
sealed class Medicines(Gathering record, Func<string, JsonElement?> medicationOf)
{
    /// <summary>A medicine given this recently may still act or be repeated: depot injections are given every four weeks.</summary>
    static readonly TimeSpan AfterGiving = TimeSpan.FromDays(30);

    /// <summary>A supply handed over with no number of days may last a year, the usual life of a prescription.</summary>
    static readonly TimeSpan AfterDispensing = TimeSpan.FromDays(365);

    readonly List<(Medicine Medicine, DateTimeOffset At)> heard = [];
    bool any;

    public ImmutableArray<Medicine>? List
    {
        get
        {
            if (!any) return null;
            var kept = new List<Medicine>();
            foreach (var same in heard.GroupBy(h => (Name: h.Medicine.Ingredient, h.Medicine.As, h.Medicine.DailyDoseMg)))
            {
                // Renewals of one product at one dose are one medicine; the active one, else the newest, speaks for all.
                var best = same.OrderByDescending(h => h.Medicine.Active).ThenByDescending(h => h.At).ThenBy(h => h.Medicine.From?.Reference, StringComparer.Ordinal).First().Medicine;
                var taken = same.Max(h => h.Medicine.LastTakenAt);
                kept.Add(best with { LastTakenAt = taken, StartedOn = same.Min(h => h.Medicine.StartedOn) });
            }
            return [.. kept.OrderBy(m => m.Ingredient, StringComparer.Ordinal).ThenByDescending(m => m.Active).ThenBy(m => m.As, StringComparer.Ordinal).ThenBy(m => m.DailyDoseMg)];
        }
    }

    public void Request(Resource resource)
    {
        var json = resource.Json;
        var (name, parts) = Named(resource);
        var line = $"MedicationRequest {name}";
        var status = json.Text("status") ?? "";
        var intent = json.Text("intent") ?? "";
        if (json.Yes("doNotPerform") == true)
        {
            record.NotUsed(line, "an order not to give it");
            return;
        }
        if (status is "entered-in-error" or "cancelled" or "draft" || intent is "proposal" or "option")
        {
            record.NotUsed(line, status switch { "entered-in-error" => "entered in error", "cancelled" => "cancelled before it began", _ => "only proposed" });
            return;
        }
        var written = json.When("authoredOn", record.Offset);
        if (Future(line, written)) return;
        Add(resource, name, parts, status is not ("completed" or "stopped"), status, written, null, json.Items("dosageInstruction"));
    }

    public void Statement(Resource resource)
    {
        var json = resource.Json;
        var (name, parts) = Named(resource);
        var line = $"MedicationStatement {name}";
        var concept = json.Concept("medicationCodeableConcept");
        var status = json.Text("status") ?? "";
        if (status is "entered-in-error" or "not-taken")
        {
            any |= status == "not-taken";
            record.NotUsed(line, status == "not-taken" ? "not taken" : "entered in error");
            return;
        }
        if (concept is not null && concept.Codings.Any(c => record.Map.NoKnownMedicines.Contains((c.System, c.Code))))
        {
            any = true;
            return;
        }
        var at = json.When("effectiveDateTime", record.Offset);
        var period = json.Part("effectivePeriod");
        var start = period?.When("start", record.Offset);
        var end = period?.When("end", record.Offset);
        if (Future(line, start ?? at)) return;
        var over = end is { } e && e.Latest <= record.AsOf;
        // The last dose was at the end of a period that is over, or at the moment the statement is about.
        var taken = over ? end : at is { Timed: true } ? at : null;
        Add(resource, name, parts, status is "active" || status is not ("completed" or "stopped") && !over, status, start ?? at, taken?.Latest, json.Items("dosage"));
    }

    public void Administration(Resource resource)
    {
        var json = resource.Json;
        var (name, parts) = Named(resource);
        var line = $"MedicationAdministration {name}";
        var status = json.Text("status") ?? "";
        if (status is "entered-in-error" or "not-done" or "unknown")
        {
            record.NotUsed(line, status switch { "entered-in-error" => "entered in error", "not-done" => "not given", _ => "it is not known whether it was given" });
            return;
        }
        var period = json.Part("effectivePeriod");
        var given = json.When("effectiveDateTime", record.Offset) ?? period?.When("end", record.Offset) ?? period?.When("start", record.Offset);
        if (Future(line, given)) return;
        var recent = given is not { } g || g.Latest >= record.AsOf - AfterGiving;
        Add(resource, name, parts, recent || status is "in-progress" or "on-hold", status, given, given is { } last ? last.Latest < record.AsOf ? last.Latest : record.AsOf : null, default);
    }

    public void Dispense(Resource resource)
    {
        var json = resource.Json;
        var (name, parts) = Named(resource);
        var line = $"MedicationDispense {name}";
        var status = json.Text("status") ?? "";
        if (status is "entered-in-error" or "cancelled" or "declined" or "preparation")
        {
            record.NotUsed(line, status == "entered-in-error" ? "entered in error" : "not handed over");
            return;
        }
        var handed = json.When("whenHandedOver", record.Offset) ?? json.When("whenPrepared", record.Offset);
        if (Future(line, handed)) return;
        var days = json.Part("daysSupply")?.Number("value");
        var lasts = days is > 0 and < 3650 and { } d ? TimeSpan.FromDays((double)d) : AfterDispensing;
        var active = status is not "stopped" && (handed is not { } h || h.Latest + lasts >= record.AsOf);
        Add(resource, name, parts, active, status, handed, null, json.Items("dosageInstruction"));
    }

    void Add(Resource resource, string name, ImmutableArray<Component> parts, bool active, string status, Moment? started, DateTimeOffset? taken, JsonElement.ArrayEnumerator dosages)
    {
        any = true;
        JsonElement[] doses = [.. dosages];
        var how = doses is [{ ValueKind: JsonValueKind.Object } only] ? Json.Short(only.Text("text") ?? only.Text("patientInstruction") ?? Dosage(only)) : "";
        var words = how.Length > 0 ? $"{name}, {how}" : name;
        if (status is "on-hold" or "intended" or "unknown") words = $"{words} ({status})";
        var says = $"{words}, {(status.Length > 0 ? status : "no status")}{(started is { } s ? $", {s.Day}" : "")}";
        foreach (var part in parts)
        {
            var known = part.Known ? record.Map.Ingredients.GetValueOrDefault(part.Ingredient) : null;
            decimal? dose = doses is [{ ValueKind: JsonValueKind.Object } one] ? DailyMg(one, part, parts.Length) : null;
            heard.Add((new(part.Ingredient, known?.Rxcui, dose, started is { } from ? DateOnly.FromDateTime(from.Earliest.DateTime) : null, taken, active, words, record.From(resource.Reference, says)), started?.Earliest ?? DateTimeOffset.MinValue));
            if (known is null || known.Classes.IsEmpty) record.NotUsed($"Medicine {part.Ingredient}", "on the list, in no class of the protocol");
            if (active && known?.AskFact is { } fact) record.Hint(fact, known.Ask, started?.Earliest, resource.Reference, says);
        }
    }

    /// <summary>A dosage in figures, as the record has it: "1 tablet, 2 every 1 d".</summary>
    static string Dosage(JsonElement dosage)
    {
        if (dosage.Part("timing")?.Part("repeat") is not { } repeat || repeat.Number("frequency") is not { } frequency || repeat.Number("period") is not { } period) return "";
        JsonElement[] rates = [.. dosage.Items("doseAndRate")];
        var dose = rates is [{ ValueKind: JsonValueKind.Object } rate] && rate.Part("doseQuantity") is { } quantity && quantity.Number("value") is { } value ? $"{value:0.####}{((quantity.Text("unit") ?? quantity.Text("code")) is { } unit ? $" {unit}" : "")}, " : "";
        return $"{dose}{frequency:0.##} every {period:0.##} {repeat.Text("periodUnit")}";
    }

    bool Future(string line, Moment? at)
    {
        if (at is not { } when || when.Earliest <= record.AsOf) return false;
        record.NotUsed(line, "dated after the import");
        return true;
    }

    /// <summary>The product's name and its components: by code, by the Medication's ingredients, else by name.</summary>
    (string Name, ImmutableArray<Component> Parts) Named(Resource resource)
    {
        var json = resource.Json;
        JsonElement? medication = null;
        Concept? concept = json.Concept("medicationCodeableConcept");
        if (concept is null && json.Part("medicationReference") is { } reference)
        {
            var target = reference.Text("reference");
            medication = target is null ? null : target.StartsWith('#') ? Contained(json, target[1..]) : medicationOf(target);
            concept = medication?.Concept("code");
            if (concept is null || concept.Named == "(no code)") concept = new([], Json.Short(reference.Text("display") ?? ""));
        }
        concept ??= Concept.None;
        var parts = Components(concept);
        if (medication is { } found && !parts.Any(p => p.Known))
        {
            var listed = ImmutableArray.CreateBuilder<Component>();
            foreach (var ingredient in found.Items("ingredient"))
            {
                if (ingredient.Concept("itemCodeableConcept") is { } item) listed.AddRange(Components(item));
            }
            if (listed.Count > 0) parts = listed.DrainToImmutable();
        }
        if (!parts.IsEmpty) return (concept.Named == "(no code)" ? string.Join(" / ", parts.Select(p => p.Ingredient)) : concept.Named, parts);
        record.Problem($"{resource.Reference}: the medicine is not named.");
        return ("medicine without a name", [new("medicine without a name", false, null, null)]);
    }

    ImmutableArray<Component> Components(Concept concept)
    {
        var named = ImmutableArray<Component>.Empty;
        foreach (var text in concept.Codings.Select(c => c.Display).Prepend(concept.Words))
        {
            if (string.IsNullOrEmpty(text)) continue;
            var parsed = DrugName.Parse(record.Map, text);
            if (parsed.Any(p => p.Known))
            {
                named = parsed;
                break;
            }
            if (named.IsEmpty) named = parsed;
        }
        foreach (var coding in concept.Codings)
        {
            if (coding.System != "rxnorm" || !record.Map.Products.TryGetValue(coding.Code, out var ingredients)) continue;
            // The code names the ingredients; the words may add their strengths, and further ingredients stay.
            return [.. ingredients.Select(i => named.FirstOrDefault(n => n.Ingredient == i) is { Known: true } same ? same : new Component(i, true, null, null)), .. named.Where(n => n.Known && !ingredients.Contains(n.Ingredient))];
        }
        if (named.IsEmpty && concept.Codings is [var first, ..]) return [new($"{Statements.Shown(first.System).ToLowerInvariant()} {first.Code}", false, null, null)];
        return named;
    }

    static JsonElement? Contained(JsonElement json, string id)
    {
        foreach (var contained in json.Items("contained"))
        {
            if (contained.ValueKind == JsonValueKind.Object && contained.Text("id") == id) return contained;
        }
        return null;
    }

    /// <summary>mg a day, only where nothing has to be assumed: one dosage, fixed times, a fixed dose in mg, or counted tablets or mL of a known strength. A dose without a unit is no dose.</summary>
    decimal? DailyMg(JsonElement dosage, Component part, int components)
    {
        if (dosage.Yes("asNeededBoolean") == true || dosage.TryGetProperty("asNeededCodeableConcept", out _)) return null;
        if (TimesPerDay(dosage) is not { } times) return null;
        JsonElement[] rates = [.. dosage.Items("doseAndRate")];
        if (rates is not [{ ValueKind: JsonValueKind.Object } rate] || rate.Part("doseQuantity") is not { } dose || dose.Number("value") is not { } value || value <= 0) return null;
        if (dose.TryGetProperty("comparator", out _)) return null;
        var unit = (dose.Text("code") ?? dose.Text("unit") ?? "").ToLowerInvariant();
        var mg = unit switch
        {
            "mg" when components == 1 => value,
            "g" when components == 1 => value * 1000,
            "ug" or "mcg" when components == 1 => value / 1000,
            "ml" when part.MgPerMl is { } per => value * per,
            "{tbl}" or "{tablet}" or "{capsule}" or "{cap}" or "tab" or "tablet" or "tablets" or "cap" or "capsule" or "capsules" or "{pill}" or "{dose_form}" when part.StrengthMg is { } each => value * each,
            _ => (decimal?)null,
        };
        return mg is { } amount ? decimal.Round(amount * times, 4) : null;
    }

    decimal? TimesPerDay(JsonElement dosage)
    {
        if (dosage.Part("timing") is not { } timing) return null;
        if (timing.Part("repeat") is not { } repeat)
        {
            return timing.Concept("code") is { } code && code.Codings.Select(c => c.Code).FirstOrDefault(record.Map.TimesPerDay.ContainsKey) is { } known ? record.Map.TimesPerDay[known] : null;
        }
        foreach (var vague in new[] { "frequencyMax", "periodMax", "dayOfWeek", "when", "timeOfDay", "countMax" })
        {
            if (repeat.TryGetProperty(vague, out _)) return null;
        }
        if (repeat.Number("frequency") is not { } frequency || repeat.Number("period") is not { } period || period <= 0) return null;
        decimal? days = repeat.Text("periodUnit") switch { "h" => period / 24, "d" => period, "wk" => period * 7, _ => null };
        return days is { } each ? frequency / each : null;
    }
}
