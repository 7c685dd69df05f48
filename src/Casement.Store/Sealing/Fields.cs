using System.Buffers.Binary;
using System.Text;

namespace Casement.Store.Sealing;

/// <summary>An encoding in which no two different lists of fields give the same bytes: each is led by its length. Hashes, seals and signatures are taken over it.</summary>
ref struct Fields(Span<byte> space)
{
    readonly Span<byte> space = space;
    int used;

    public readonly ReadOnlySpan<byte> Bytes => space[..used];

    public Fields Add(scoped ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteInt32BigEndian(space[used..], field.Length);
        field.CopyTo(space[(used + 4)..]);
        used += 4 + field.Length;
        return this;
    }

    public Fields Add(Guid field)
    {
        Span<byte> bytes = stackalloc byte[16];
        field.TryWriteBytes(bytes, bigEndian: true, out _);
        return Add(bytes);
    }

    public Fields Add(long field)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, field);
        return Add(bytes);
    }

    public Fields Add(string field)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(field.Length)];
        return Add(bytes[..Encoding.UTF8.GetBytes(field, bytes)]);
    }
}
