using System.Collections.Immutable;
using Casement.Clearance;
using Casement.People;

namespace Casement.Intake;

/// <summary>What came of reading an outside record: the record, or a sentence saying why not.</summary>
public abstract record RecordOutcome;

/// <summary>The file cannot be taken in, in a sentence a person can act on. It never quotes the file.</summary>
public sealed record RefusedRecord(string Because) : RecordOutcome;

/// <summary>What one person's record says, as facts that name their source. Nothing in it is guessed; docs/decisions/0006.</summary>
/// <param name="Who">Whose record it says it is.</param>
/// <param name="Facts">At most one answer per fact, each with the resource it rests on.</param>
/// <param name="Medicines">The medicine list; null when the record has no medicines section at all, empty when it says there are none.</param>
/// <param name="Hints">What a clinician should look at beside a fact that is still missing.</param>
/// <param name="NotUsed">One line per code or resource that became no fact, with its count and the reason.</param>
/// <param name="Problems">What was wrong with the file or contradicts itself, in sentences without clinical detail beyond ids.</param>
/// <param name="ResourceCount">Resources read, contained ones not counted.</param>
public sealed record ImportedRecord(
    RecordPerson Who,
    ImmutableArray<RecordedFact> Facts,
    ImmutableArray<Medicine>? Medicines,
    ImmutableArray<RecordHint> Hints,
    ImmutableArray<string> NotUsed,
    ImmutableArray<string> Problems,
    int ResourceCount) : RecordOutcome;

/// <summary>The person as the record describes them.</summary>
/// <param name="Who">Names, date of birth and contact.</param>
/// <param name="AdministrativeGender">As recorded: "male", "female", "other", "unknown"; empty when not given.</param>
/// <param name="BirthSex">US Core birth sex: "F", "M", "UNK"; empty when not given. It answers no organ inventory.</param>
public sealed record RecordPerson(Person Who, string AdministrativeGender, string BirthSex);

/// <summary>The record says something about a fact, but not enough to answer it.</summary>
/// <param name="Fact">The fact it concerns.</param>
/// <param name="Ask">What a clinician has to settle.</param>
/// <param name="ObservedAt">When the record says it was so; null when it does not say.</param>
/// <param name="From">What it rests on.</param>
public sealed record RecordHint(string Fact, string Ask, DateTimeOffset? ObservedAt, Provenance From);

/// <summary>How much is read before a file is refused.</summary>
/// <param name="MaxBytes">Largest single document: the longest lifelong synthetic records are about 60 MB, so 64 MiB takes every real chart and still fits in memory beside its index.</param>
/// <param name="MaxDepth">Deepest nesting: FHIR R4 resources stay under 30 and questionnaires add two a level.</param>
/// <param name="MaxElements">Most JSON elements of one document: the samples have some 80 000 in 1.8 MB, which makes 3 million in 64 MB.</param>
/// <param name="MaxPeopleFileBytes">Largest file of many people held at once, when resources of one person may lie anywhere in it.</param>
/// <param name="MaxListed">Most lines of each list of remarks; the rest is counted.</param>
public sealed record RecordLimits(int MaxBytes = 64 * 1024 * 1024, int MaxDepth = 96, int MaxElements = 8_000_000, long MaxPeopleFileBytes = 1024L * 1024 * 1024, int MaxListed = 1000);
