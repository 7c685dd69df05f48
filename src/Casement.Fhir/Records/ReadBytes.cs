using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Casement.Fhir.Records;

/// <summary>What kind of bytes these are: UTF-8 that may be JSON, or a sentence saying what else they look like.</summary>
static class ReadBytes
{
    public const string Empty = "The file is empty.";

    public static (ReadOnlyMemory<byte> Utf8, string? Because) Look(ReadOnlyMemory<byte> bytes, int maxBytes)
    {
        var span = bytes.Span;
        if (span.StartsWith("\uFEFF"u8)) return Look(bytes[3..], maxBytes);
        if (span is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]) return (default, "The file is in UTF-32. Save it as UTF-8.");
        if (span is [0xFF, 0xFE, ..]) return Wide(Encoding.Unicode, bytes[2..], maxBytes);
        if (span is [0xFE, 0xFF, ..]) return Wide(Encoding.BigEndianUnicode, bytes[2..], maxBytes);
        if (span is [(byte)'{', 0, ..]) return Wide(Encoding.Unicode, bytes, maxBytes);
        if (span is [0, (byte)'{', ..]) return Wide(Encoding.BigEndianUnicode, bytes, maxBytes);
        var start = span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0) return (default, Empty);
        var body = bytes[start..];
        return body.Span switch
        {
            [(byte)'{', ..] => (body, null),
            [(byte)'<', ..] => (default, "This is an XML or HTML file. Ask for the record as FHIR R4 in JSON."),
            [(byte)'[', ..] => (default, "This is a list and no FHIR resource. Send a Bundle, or one resource a line."),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => (default, "This is a PDF. Ask for the record as FHIR R4 in JSON."),
            [(byte)'P', (byte)'K', 3 or 5, ..] => (default, "This is a zip file. Unpack it and send the JSON files in it."),
            [0x1F, 0x8B, ..] => (default, "This file is compressed. Unpack it and send the JSON file in it."),
            _ => (default, "This is not JSON. Ask for the record as FHIR R4 in JSON."),
        };
    }

    static (ReadOnlyMemory<byte>, string?) Wide(Encoding encoding, ReadOnlyMemory<byte> bytes, int maxBytes)
    {
        var text = encoding.GetString(bytes.Span);
        return Encoding.UTF8.GetByteCount(text) > maxBytes ? (default, TooLarge(maxBytes)) : Look(Encoding.UTF8.GetBytes(text), maxBytes);
    }

    public static string TooLarge(long maxBytes) => $"The file is larger than {maxBytes / (1024 * 1024)} MB. Ask for a shorter period, or one person at a time.";

    /// <summary>Where JSON went wrong, by line and position alone: the message of the parser quotes the file.</summary>
    public static string Broken(JsonException e, long addLines = 0)
    {
        var deep = e.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase);
        var where = $"line {(e.LineNumber ?? 0) + 1 + addLines}, position {(e.BytePositionInLine ?? 0) + 1}";
        return deep ? $"The file is nested deeper than any FHIR record ({where})." : $"The JSON is broken at {where}. The file may be cut off; ask for it again.";
    }

    /// <summary>Reads at most <paramref name="max"/> bytes; null when there are more.</summary>
    public static async Task<ReadOnlyMemory<byte>?> AtMost(Stream stream, int max, CancellationToken stop)
    {
        var all = new ArrayBufferWriter<byte>(64 * 1024);
        while (true)
        {
            var read = await stream.ReadAsync(all.GetMemory(64 * 1024), stop);
            if (read == 0) return all.WrittenMemory;
            all.Advance(read);
            if (all.WrittenCount > max) return null;
        }
    }
}
