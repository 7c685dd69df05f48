using Casement.Journal;
using Casement.Store.Sealing;

namespace Casement.Store;

/// <summary>The documents of a practice over any of the databases, sealed with a key of the practice.</summary>
sealed class SealedDocuments(ITables tables, KeyRing keys) : IShelf
{
    public async Task<IReadOnlyList<Shelved>> ReadAll(PracticeId practice, string kind, CancellationToken stop) =>
        await keys.Find(practice, stop) is { } practiceKeys
            ? [.. (await tables.Shelf(practice, kind, stop)).Select(d => Open(practiceKeys, d))]
            : [];

    public async Task<Shelved?> Read(PracticeId practice, string kind, string key, CancellationToken stop) =>
        await keys.Find(practice, stop) is { } practiceKeys && await tables.Shelf(practice, kind, practiceKeys.ShelfName(kind, key), stop) is { } found
            ? Open(practiceKeys, found)
            : null;

    public async Task<bool> Write(PracticeId practice, string kind, string key, long expected, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var practiceKeys = await keys.FindOrMake(practice, stop);
        var name = practiceKeys.ShelfName(kind, key);
        var inside = new Fields(new byte[8 + 3 * key.Length + content.Length]).Add(key).Add(content.Span).Bytes;
        var ciphertext = practiceKeys.Shelf.Close(inside, SealedShelf.Context(practice, kind, name, expected + 1));
        return await tables.PutOnShelf(practice, new(kind, name, expected + 1, ciphertext), stop);
    }

    public async Task Remove(PracticeId practice, string kind, string key, CancellationToken stop)
    {
        if (await keys.Find(practice, stop) is { } practiceKeys) await tables.TakeFromShelf(practice, kind, practiceKeys.ShelfName(kind, key), stop);
    }

    public static bool Opens(PracticeKeys keys, SealedShelf document) => Inside(keys, document) is not null;

    static Shelved Open(PracticeKeys keys, SealedShelf document)
    {
        var inside = Inside(keys, document)
            ?? throw new StoreTrouble($"A document of the kind \"{document.Kind}\" was altered on disk and does not open. Nothing was changed. Run verify, and restore from a backup.");
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(inside);
        return new(document.Kind, System.Text.Encoding.UTF8.GetString(inside, 4, length), document.Version, inside.AsMemory(8 + length));
    }

    static byte[]? Inside(PracticeKeys keys, SealedShelf document) =>
        keys.Shelf.Open(document.Ciphertext, SealedShelf.Context(keys.Practice, document.Kind, document.Name, document.Version));
}
