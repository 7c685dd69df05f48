namespace Casement.Journal;

/// <summary>One line of a journal: what happened, who wrote it down and when. When it was so is inside the event.</summary>
/// <param name="Sequence">1 for the first entry of a patient, then without gaps.</param>
/// <param name="RecordedAt">When it was written down.</param>
/// <param name="By">Who wrote it down.</param>
/// <param name="What">What happened.</param>
public sealed record Entry(long Sequence, DateTimeOffset RecordedAt, Actor By, PatientEvent What);
