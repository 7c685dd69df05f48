using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Casement.Documents;

/// <summary>A part of a letter, in reading order.</summary>
public abstract record LetterBlock;

/// <param name="Level">1 for the title of the letter, 2 for a part of it.</param>
/// <param name="Text">The words.</param>
public sealed record LetterHeading(int Level, string Text) : LetterBlock;

public sealed record LetterParagraph(string Text) : LetterBlock;

public sealed record LetterBullets(ImmutableArray<string> Items) : LetterBlock;

/// <summary>Terms on the left, what they are on the right.</summary>
/// <param name="Rows">At least one.</param>
public sealed record LetterTable(ImmutableArray<LetterRow> Rows) : LetterBlock;

public sealed record LetterRow(string Term, string Text);

/// <summary>Who signed and when, as signed; an unsigned letter has none.</summary>
public sealed record LetterSignature(string Name, string Credentials, string SignedAt) : LetterBlock;

/// <summary>Where a reader checks whether the letter still holds: a code for a camera, and the address in words.</summary>
/// <param name="Says">What it is for.</param>
/// <param name="Address">Sealed anew for every copy, so it is no part of what the digest covers.</param>
public sealed record LetterCheck(string Says, string Address) : LetterBlock;

/// <summary>A letter as it is printed and sent. The same words in the same order are the page and the PDF.</summary>
/// <param name="Title">The title of the document, as a reader announces it.</param>
/// <param name="Letterhead">The lines at the top: the practice first, then how to reach it.</param>
/// <param name="Blocks">The letter.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="Language">The language of its words (BCP 47).</param>
public sealed record Letter(string Title, ImmutableArray<string> Letterhead, ImmutableArray<LetterBlock> Blocks, DateTimeOffset IssuedAt, string Language = "en-US")
{
    /// <summary>The whole letter as plain lines, which is what the digest covers.</summary>
    public string PlainText()
    {
        var text = new StringBuilder();
        foreach (var line in Letterhead.Append(Title).Concat(Blocks.SelectMany(Lines))) text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>SHA-256 of the plain text, in hex: printed at the foot of every page, so that two copies can be compared.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlainText())));

    static IEnumerable<string> Lines(LetterBlock block) => block switch
    {
        LetterHeading h => [h.Text],
        LetterParagraph p => [p.Text],
        LetterBullets b => b.Items.Select(item => $"- {item}"),
        LetterTable t => t.Rows.Select(row => $"{row.Term}: {row.Text}"),
        LetterCheck c => [c.Says],
        LetterSignature s => [$"Signed by {s.Name}, {s.Credentials}, {s.SignedAt}"],
        var other => throw new System.Diagnostics.UnreachableException($"A letter does not hold {other.GetType().Name}."),
    };
}
