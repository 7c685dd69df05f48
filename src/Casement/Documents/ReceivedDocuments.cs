using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Documents;

/// <summary>A file was put on the chart. Its bytes lie sealed beside the journal; the hash says which bytes.</summary>
/// <param name="Title">As a person calls it.</param>
/// <param name="Kind">Of definitions/practice, such as "cardiology-letter".</param>
/// <param name="Format">What the bytes are, as found in them and not as claimed.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of the bytes, in hex.</param>
/// <param name="Sud">It bears the label for substance-use records (42 CFR part 2).</param>
[StoredAs("document.received")]
public sealed record DocumentReceived(Guid Document, string Title, string Kind, FileFormat Format, long Length, string Sha256, bool Sud) : PatientEvent;

/// <summary>A document with who put it there and when.</summary>
public sealed record DocumentOnChart(DocumentReceived Received, Actor By, DateTimeOffset At);

/// <summary>The kinds of files a chart takes.</summary>
public enum FileFormat { Pdf, Png, Jpeg }

public static class ReceivingDocuments
{
    const int LongestTitle = 120;

    /// <summary>What the bytes are by their first bytes; null when they are nothing a chart takes. Neither the name nor the sender's word counts.</summary>
    public static FileFormat? FormatOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        _ when bytes.StartsWith("%PDF-"u8) => FileFormat.Pdf,
        _ when bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) => FileFormat.Png,
        _ when bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => FileFormat.Jpeg,
        _ => null,
    };

    public static Decision Decide(Chart chart, DocumentReceived wish, ImmutableArray<(string Id, string Label)> kinds, long largestBytes) => wish switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ when chart.Documents.ContainsKey(wish.Document) => Decision.Nothing,
        _ when wish.Length == 0 => Decision.Refuse("Choose a file that is not empty."),
        _ when wish.Length > largestBytes => Decision.Refuse($"The file is larger than {largestBytes / 1024 / 1024} MB. Scan it in black and white, or split it."),
        _ when string.IsNullOrWhiteSpace(wish.Title) => Decision.Refuse("Say in a few words what it is."),
        _ when wish.Title.Length > LongestTitle => Decision.Refuse($"Say what it is in at most {LongestTitle} characters."),
        _ when kinds.All(k => k.Id != wish.Kind) => Decision.Refuse("Choose what kind of document it is."),
        _ => Decision.Accept(wish with { Title = wish.Title.Trim() }),
    };
}
