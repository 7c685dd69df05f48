using Casement.Clearance;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>Facts put together from several observations; clearance.md 1.M. A piece that is missing leaves the fact unknown.</summary>
static class Derivations
{
    /// <summary>Age from which a factor of the risk count is stale: the validity of bmi (90 d), egfr (365 d) and cv-risk-count (180 d) in clearance.md section 1.</summary>
    static readonly (TimeSpan Bmi, TimeSpan Egfr, TimeSpan Smoking) Fresh = (TimeSpan.FromDays(90), TimeSpan.FromDays(365), TimeSpan.FromDays(180));

    /// <summary>Readings closer than this are one reading; clearance.md 1.G.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    readonly record struct Reading(decimal Value, Moment When, string Visit, Piece Piece);

    /// <summary>Runs before facts are settled: adds what pieces say.</summary>
    public static void Before(Gathering record, Observations observed)
    {
        Pressure(record, observed, "bp-sys-avg", Part.Systolic);
        Pressure(record, observed, "bp-dia-avg", Part.Diastolic);
        LiverEnzymes(record, observed);
        UrineStrip(record, observed);
    }

    /// <summary>Runs after: adds what settled facts say together.</summary>
    public static void After(Gathering record, Observations observed, IReadOnlyCollection<Medicine> medicines)
    {
        OxygenGiven(record, observed);
        AuditC(record);
        RiskCount(record, observed, medicines);
    }

    /// <summary>Mean of the readings of the newest visit with two or more; a later single reading that is higher takes the older mean away.</summary>
    static void Pressure(Gathering record, Observations observed, string fact, Part part)
    {
        var readings = new List<Reading>();
        foreach (var piece in observed.Pieces)
        {
            if (piece.Part != part || observed.InUnitOf(fact, piece.Value, piece.When, piece.Reference, piece.Says, piece.Line) is not { } value) continue;
            readings.Add(new(value, piece.When, piece.Encounter.Length > 0 ? piece.Encounter : piece.When.Day, piece));
        }
        var later = new List<Reading>();
        foreach (var visit in readings.GroupBy(r => r.Visit).OrderByDescending(v => v.Max(r => r.When.Earliest)).ThenBy(v => v.Key, StringComparer.Ordinal))
        {
            var apart = new List<Reading>();
            foreach (var reading in visit.OrderByDescending(r => r.When.Earliest).ThenByDescending(r => r.Value))
            {
                if (apart.Count > 0 && reading.When.Timed && apart[^1].When.Earliest - reading.When.Earliest < Apart) record.NotUsed(reading.Piece.Line, "less than a minute from another reading");
                else apart.Add(reading);
            }
            if (apart.Count == 1)
            {
                record.NotUsed(apart[0].Piece.Line, "a single reading; a mean needs two or more of one visit");
                later.Add(apart[0]);
                continue;
            }
            var mean = decimal.Round(apart.Average(r => r.Value), 1);
            if (later.Find(r => r.Value > mean) is { Piece.Reference: not null } higher)
            {
                record.Hint(fact, "A later single reading is higher than the last mean. Measure again.", higher.When.Earliest, higher.Piece.Reference, higher.Piece.Says);
                return;
            }
            var references = string.Join(", ", apart.Select(r => r.Piece.Reference).Distinct());
            record.Say(new(fact, FactValue.Of(mean), apart[0].When.Earliest, false, references, $"Mean of {apart.Count} readings ({string.Join(", ", apart.Select(r => $"{r.Value:0.#}"))} mm[Hg]), {apart[0].When.Day}", ""));
            return;
        }
        if (later is [var single, ..]) record.Hint(fact, "Only single readings are recorded. Measure twice, seated, a minute apart.", single.When.Earliest, single.Piece.Reference, single.Piece.Says);
    }

    /// <summary>The higher of ALP and GGT, where both were measured on one day; one alone is shown, for the other could be higher.</summary>
    static void LiverEnzymes(Gathering record, Observations observed)
    {
        const string fact = "alp-ggt-x-uln";
        var multiples = new List<(Part Part, decimal Times, Piece Piece)>();
        foreach (var piece in observed.Pieces)
        {
            if (piece.Part is not (Part.AlkalinePhosphatase or Part.GammaGt)) continue;
            if (observed.TimesUpperLimit(fact, piece.Value, piece.Json, piece.When, piece.Reference, piece.Says, piece.Line) is { } times) multiples.Add((piece.Part, times, piece));
        }
        foreach (var day in multiples.GroupBy(m => m.Piece.When.Day).OrderByDescending(d => d.Key, StringComparer.Ordinal))
        {
            var higher = day.OrderByDescending(m => m.Times).ThenBy(m => m.Piece.Reference, StringComparer.Ordinal).First();
            if (day.Select(m => m.Part).Distinct().Count() == 2)
            {
                record.Say(new(fact, FactValue.Of(higher.Times), higher.Piece.When.Earliest, false, higher.Piece.Reference, higher.Piece.Says, ""));
                return;
            }
            record.Hint(fact, $"{higher.Times:0.##} times the upper limit, but only one of ALP and GGT was measured that day.", higher.Piece.When.Earliest, higher.Piece.Reference, higher.Piece.Says);
        }
    }

    /// <summary>Nitrite found is an infection; neither nitrite nor leukocytes is none; leukocytes alone depend on symptoms.</summary>
    static void UrineStrip(Gathering record, Observations observed)
    {
        const string fact = "ua-infection";
        var days = observed.Pieces.Where(p => p.Part is Part.Nitrite or Part.LeukocyteEsterase).GroupBy(p => p.When.Day).OrderByDescending(d => d.Key, StringComparer.Ordinal);
        if (days.FirstOrDefault() is not { } day) return;
        var nitrite = day.Where(p => p.Part is Part.Nitrite).ToList();
        var leukocytes = day.Where(p => p.Part is Part.LeukocyteEsterase).ToList();
        if (nitrite.Find(p => p.Answer is Flag { Value: true }) is { Reference: not null } found)
        {
            record.Say(new(fact, FactValue.Of(true), found.When.Earliest, false, found.Reference, found.Says, ""));
        }
        else if (nitrite.Count > 0 && leukocytes.Count > 0 && nitrite.Concat(leukocytes).All(p => p.Answer is Flag { Value: false }))
        {
            record.Say(new(fact, FactValue.Of(false), nitrite[0].When.Earliest, false, $"{nitrite[0].Reference}, {leukocytes[0].Reference}", $"{nitrite[0].Says}; {leukocytes[0].Says}", ""));
        }
        else
        {
            var shown = day.First();
            record.Hint(fact, "The strip does not settle it. Are there symptoms of infection?", shown.When.Earliest, shown.Reference, shown.Says);
        }
    }

    /// <summary>A saturation taken while oxygen was given is not one on room air.</summary>
    static void OxygenGiven(Gathering record, Observations observed)
    {
        if (record.Settled("spo2-room-air") is not { From: { } from } saturation) return;
        var given = observed.Pieces.Exists(p => p.Reference == from.Reference && (p.Part is Part.InhaledOxygenFlow && p.Value.Number is not 0 || p.Part is Part.InhaledOxygenFraction && p.Value.Number is not (>= 20 and <= 21.5m)));
        if (!given && record.Settled("home-oxygen") is null) return;
        record.TakeBack(saturation, "Oxygen is given or was given with it. Measure on room air.");
    }

    /// <summary>4 and more is positive for everybody, below 3 negative; at 3 it depends on sex, which is not taken from a record.</summary>
    static void AuditC(Gathering record)
    {
        if (record.Settled("audit-c-total") is not { Value: Number total, From: { } from } fact) return;
        if (total.Value == 3) record.Hint("audit-c-positive", "A score of 3 is positive for women and everyone else, negative for men.", fact.ObservedAt, from.Reference, from.Says);
        else record.Settle(new("audit-c-positive", FactValue.Of(total.Value >= 4), fact.ObservedAt, FactSource.Record, from));
    }

    /// <summary>A record can show that a factor is there, hardly ever that it is not: so the count stands only from two, as "at least".</summary>
    static void RiskCount(Gathering record, Observations observed, IReadOnlyCollection<Medicine> medicines)
    {
        var factors = new List<(string Name, DateTimeOffset At, Provenance From)>();
        // Diabetes without its control is no fact yet; for the count it is enough that it is there and active.
        if (record.Present.TryGetValue("diabetes", out var diabetes)) factors.Add(("diabetes", record.StatedAt, diabetes));
        var smoking = observed.Pieces.Where(p => p.Part is Part.Smoking).OrderByDescending(p => p.When.Earliest).ThenBy(p => p.Reference, StringComparer.Ordinal).FirstOrDefault();
        if (smoking is { Answer: Flag { Value: true } } && record.AsOf - smoking.When.Earliest <= Fresh.Smoking) factors.Add(("smoking", smoking.When.Earliest, record.From(smoking.Reference, smoking.Says)));
        if (medicines.FirstOrDefault(m => m.Active && record.Map.Ingredients.GetValueOrDefault(m.Ingredient) is { LowersLipids: true }) is { From: { } lipids }) factors.Add(("treated lipids", record.StatedAt, lipids));
        if (record.Settled("egfr") is { Value: Number { Value: < 60 }, From: { } kidney } egfr && record.AsOf - egfr.ObservedAt <= Fresh.Egfr) factors.Add(("eGFR below 60", egfr.ObservedAt, kidney));
        if (record.Settled("bmi") is { Value: Number { Value: >= 30 }, From: { } size } bmi && record.AsOf - bmi.ObservedAt <= Fresh.Bmi) factors.Add(("BMI 30 or more", bmi.ObservedAt, size));
        if (factors.Count >= 2)
        {
            record.Settle(new("cv-risk-count", FactValue.Of((decimal)factors.Count), factors.Min(f => f.At), FactSource.Record, record.From(string.Join(", ", factors.Select(f => f.From.Reference)), $"At least: {string.Join(", ", factors.Select(f => f.Name))}")));
            return;
        }
        foreach (var (name, at, from) in factors) record.Hint("cv-risk-count", $"One factor is known: {name}. Ask about the others.", at, from.Reference, from.Says);
    }
}
