namespace Casement.Clearance;

/// <summary>Where an answer came from; clearance.md section 1. Only a clinician can take back an adverse sticky answer.</summary>
public enum FactSource { Patient, Clinician, Measurement, Laboratory, Partner, Record, Derived }

/// <summary>What a fact rests on, so that anyone can look it up: the resource of an imported record, or the scale that was filled in.</summary>
/// <param name="Reference">For example "Observation/8f2c" or "scale phq9 1.0.0".</param>
/// <param name="Says">What it says in its own words, for example "Systolic blood pressure 128 mmHg".</param>
/// <param name="Import">The import that brought it; null when it was entered here.</param>
public sealed record Provenance(string Reference, string Says, Guid? Import = null);

/// <summary>One answer to one question about one person, with both its times: when it was so (here) and when it was written down (the entry).</summary>
/// <param name="Fact">The id of the fact, such as "bp-sys-avg".</param>
/// <param name="Value">The answer, in the unit of the fact.</param>
/// <param name="ObservedAt">When it was so. Validity counts from here.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="From">What it rests on; null when somebody answered directly.</param>
public sealed record RecordedFact(string Fact, FactValue Value, DateTimeOffset ObservedAt, FactSource Source, Provenance? From = null);

/// <summary>One medicine or substance a person takes; clearance.md 1.L.</summary>
/// <param name="Ingredient">The ingredient's name as in the class table, such as "sertraline" or "psilocybin".</param>
/// <param name="Rxcui">RxNorm ingredient code; null when it has none or none was given.</param>
/// <param name="DailyDoseMg">Total daily dose in mg; null means not recorded.</param>
/// <param name="StartedOn">Null means not recorded.</param>
/// <param name="LastTakenAt">Null means not recorded.</param>
/// <param name="Active">False for one that ended; kept for time windows.</param>
/// <param name="As">The words of the person or the record, such as "Zoloft 50 mg at night".</param>
/// <param name="From">What it rests on; null when somebody answered directly.</param>
public sealed record Medicine(
    string Ingredient,
    string? Rxcui = null,
    decimal? DailyDoseMg = null,
    DateOnly? StartedOn = null,
    DateTimeOffset? LastTakenAt = null,
    bool Active = true,
    string As = "",
    Provenance? From = null);
