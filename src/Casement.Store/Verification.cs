using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Store;

/// <summary>What was found by walking everything.</summary>
/// <param name="Journals">Journals walked.</param>
/// <param name="Entries">Entries whose hash, place in the chain and seal were checked.</param>
/// <param name="Reads">Noted looks checked in the same way.</param>
/// <param name="Checkpoints">Signed checkpoints checked.</param>
/// <param name="Findings">The first thing wrong in each chain, checkpoint series, list and document; empty when all is whole.</param>
public sealed record Verification(long Journals, long Entries, long Reads, long Checkpoints, ImmutableArray<Finding> Findings)
{
    public bool Whole => Findings.IsEmpty;
}

/// <summary>Something altered, removed or reordered.</summary>
/// <param name="Practice">Whose records.</param>
/// <param name="Patient">Null when it concerns the practice.</param>
/// <param name="Sequence">The first row concerned; null when it is not a row of a chain.</param>
/// <param name="Sentence">What was found, naming ids and numbers only.</param>
public sealed record Finding(PracticeId Practice, PatientId? Patient, long? Sequence, string Sentence);
