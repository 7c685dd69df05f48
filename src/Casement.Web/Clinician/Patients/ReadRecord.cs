using Casement.Journal;

namespace Casement.Web.Clinician.Patients;

/// <summary>A file somebody chose on the import page.</summary>
/// <param name="Patient">Whose record it is; null when the file itself is to say.</param>
/// <param name="FileName">As uploaded, without any folder.</param>
/// <param name="Content">The bytes, held in memory: nothing of them touches the disk unsealed.</param>
/// <param name="By">Who uploaded it.</param>
public sealed record UploadedRecord(PatientId? Patient, string FileName, Stream Content, Actor By);

/// <summary>What reading came to.</summary>
public abstract record ImportResult;

/// <summary>The record is on this person's chart.</summary>
public sealed record RecordRead(PatientId Patient) : ImportResult;

/// <summary>It could not be read, and nothing was kept. The sentence is shown to whoever uploaded it.</summary>
public sealed record RecordRefused(string Because) : ImportResult;

public delegate Task<ImportResult> ReadRecord(UploadedRecord upload, CancellationToken stop);
