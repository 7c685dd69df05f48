using System.Collections.Immutable;

namespace Casement.Journal;

/// <summary>A row of a list that crosses patients (directory, worklist), derived from one chart and replaced whole whenever that chart changes.</summary>
/// <param name="List">The list, such as "directory"; stands in clear.</param>
/// <param name="Json">The row; sealed on disk.</param>
public sealed record ListRow(string List, string Json);

/// <summary>A row as read back, with whose it is.</summary>
public sealed record ListedRow(PatientId Patient, string Json);

/// <summary>Somebody looked at a chart.</summary>
public sealed record ChartRead(DateTimeOffset At, Actor By, string Purpose);

/// <summary>The journals of every patient. Appending is the only way to write.</summary>
public interface IJournals
{
    /// <summary>The whole journal, oldest first; empty when there is none.</summary>
    Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, CancellationToken stop) => Read(practice, patient, 0, stop);

    /// <summary>The entries after a sequence number, oldest first.</summary>
    Task<ImmutableArray<Entry>> Read(PracticeId practice, PatientId patient, long after, CancellationToken stop);

    /// <summary>The sequence of the last entry; 0 when there is none.</summary>
    Task<long> Version(PracticeId practice, PatientId patient, CancellationToken stop);

    /// <summary>Writes the entries and this patient's list rows in one transaction. False when the journal is no longer at <paramref name="expected"/>: nothing was written.</summary>
    Task<bool> Append(PracticeId practice, PatientId patient, long expected, ImmutableArray<Entry> entries, ImmutableArray<ListRow> rows, CancellationToken stop);

    /// <summary>Every row of a list as it stands now, whichever node wrote it. A store may hand out the same object for as long as no row of it changed, and never once one did.</summary>
    Task<IReadOnlyList<ListedRow>> ReadList(PracticeId practice, string list, CancellationToken stop);

    /// <summary>Notes that a chart was looked at, in the same kind of chained, sealed record.</summary>
    Task NoteRead(PracticeId practice, PatientId patient, ChartRead read, CancellationToken stop);

    /// <summary>Everybody who looked, oldest first.</summary>
    Task<ImmutableArray<ChartRead>> Reads(PracticeId practice, PatientId patient, CancellationToken stop) => Reads(practice, patient, int.MaxValue, stop);

    /// <summary>The last looks, so many at most, oldest first.</summary>
    Task<ImmutableArray<ChartRead>> Reads(PracticeId practice, PatientId patient, int last, CancellationToken stop);
}
