using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Casement.Journal;

/// <summary>An id that follows from what it names, for what the program writes by itself: the same cause makes the same id, so nothing is told twice.</summary>
public static class DerivedId
{
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // The length before each part, so that no two lists of parts make one text.
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(part.Length).Append(':').Append(part);
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // RFC 9562, version 8: made by a rule of our own
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }

    /// <summary>The older way, by which ids already stand in journals; the same parts give the same id for ever. New ids are made by <see cref="Of"/>.</summary>
    public static Guid Joined(params object?[] from)
    {
        var text = new StringBuilder();
        foreach (var part in from) text.Append(part is DateTimeOffset at ? at.UtcTicks.ToString(CultureInfo.InvariantCulture) : part?.ToString()).Append('\u001f');
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..16]);
    }
}
