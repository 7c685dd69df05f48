using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Casement.Journal;

namespace Casement.Store.Sealing;

/// <summary>What is inside a sealed row: who wrote it, then what they wrote, the first led by its length.</summary>
static class Content
{
    /// <summary>Stands where the writer of a row cannot be known, because the row cannot be opened.</summary>
    public static Actor Unknown { get; } = new(ActorKind.System, "unknown", "Cannot be read");

    public static byte[] Of(Actor by, ReadOnlySpan<byte> what)
    {
        var who = JsonSerializer.SerializeToUtf8Bytes(by, EventNames.Json);
        var content = new byte[4 + who.Length + what.Length];
        BinaryPrimitives.WriteInt32BigEndian(content, who.Length);
        who.CopyTo(content, 4);
        what.CopyTo(content.AsSpan(4 + who.Length));
        return content;
    }

    /// <summary>The writer, null when a newer version described it in a way unknown here; and what was written.</summary>
    public static (Actor? By, ReadOnlyMemory<byte> What) Parts(byte[] content)
    {
        var length = content.Length < 4 ? -1 : BinaryPrimitives.ReadInt32BigEndian(content);
        if (length < 0 || length > content.Length - 4) return (null, content);
        var what = content.AsMemory(4 + length);
        try
        {
            return (JsonSerializer.Deserialize<Actor>(content.AsSpan(4, length), EventNames.Json), what);
        }
        catch (JsonException)
        {
            return (null, what);
        }
    }

    public static Entry Entry(SealedEntry row, byte[] content, EventNames names)
    {
        var (by, what) = Parts(content);
        var recordedAt = new DateTimeOffset(row.RecordedAtTicks, TimeSpan.Zero);
        return by is null
            ? new(row.Sequence, recordedAt, Unknown, new Unreadable(row.StoredName, Encoding.UTF8.GetString(what.Span), "This version of Casement cannot tell who wrote it."))
            : new(row.Sequence, recordedAt, by, names.Read(row.StoredName, what.Span));
    }
}
