using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>Answers were written down together, from one page, one visit or one import.</summary>
[StoredAs("facts.recorded")]
public sealed record FactsRecorded(ImmutableArray<RecordedFact> Facts) : PatientEvent;

/// <summary>The medicine list as of an instant, whole: it replaces the list before.</summary>
[StoredAs("medicines.recorded")]
public sealed record MedicinesRecorded(ImmutableArray<Medicine> Medicines, DateTimeOffset ObservedAt, FactSource Source) : PatientEvent;

/// <summary>An outside record was read in. What it said is in the facts and medicines recorded with it; what it said that we have no place for is listed here.</summary>
/// <param name="Import">Names this import in the provenance of every fact it brought.</param>
/// <param name="FileName">As uploaded.</param>
/// <param name="Sha256">Of the bytes received, in hex.</param>
/// <param name="ResourceCount">Resources read.</param>
/// <param name="NotUsed">One line per code or resource that maps to no fact, with its count.</param>
[StoredAs("record.imported")]
public sealed record RecordImported(Guid Import, string FileName, string Sha256, int ResourceCount, ImmutableArray<string> NotUsed) : PatientEvent;
