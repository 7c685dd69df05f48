namespace Casement.Journal;

/// <summary>A document of the practice that belongs to no patient's journal: a staff account, a setting, a partner. Sealed on disk like everything else.</summary>
/// <param name="Kind">What it is, such as "account"; stands in clear.</param>
/// <param name="Key">Its name within the kind; stored only as a keyed hash, so an e-mail address may serve.</param>
/// <param name="Version">1 when first written.</param>
/// <param name="Content">The document, opened.</param>
public sealed record Shelved(string Kind, string Key, long Version, ReadOnlyMemory<byte> Content);

/// <summary>Where documents of the practice are kept.</summary>
public interface IShelf
{
    Task<IReadOnlyList<Shelved>> ReadAll(PracticeId practice, string kind, CancellationToken stop);

    Task<Shelved?> Read(PracticeId practice, string kind, string key, CancellationToken stop);

    /// <summary>Writes version <paramref name="expected"/> + 1; 0 means "not there yet". False when somebody else was first.</summary>
    Task<bool> Write(PracticeId practice, string kind, string key, long expected, ReadOnlyMemory<byte> content, CancellationToken stop);

    Task Remove(PracticeId practice, string kind, string key, CancellationToken stop);
}
