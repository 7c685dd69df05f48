using System.Collections.Immutable;
using System.Diagnostics;
using Casement.Documents;
using QRCoder;

namespace Casement.Web.Printing;

/// <summary>The sheets of one letter: fills them from the top, turns the page, signs each foot. Lengths are points, 72 to the inch.</summary>
sealed class Sheets
{
    const double Left = 72, Right = 72, Top = 60, Foot = 78;
    const double BodySize = 10.5, BodyLine = 15, SmallSize = 8.5, SmallLine = 12, TermWidth = 132, Indent = 14;

    static readonly PdfColour Ink = new(27, 35, 36), Quiet = new(85, 96, 97), Accent = new(11, 93, 91), Hairline = new(221, 220, 213);

    const double Width = TaggedPdf.PageWidth - Left - Right, Bottom = TaggedPdf.PageHeight - Foot;

    readonly Letter letter;
    readonly TaggedPdf pdf;
    double y = Top;

    public Sheets(Letter letter)
    {
        this.letter = letter;
        pdf = new(letter.Title, letter.Letterhead.FirstOrDefault() ?? "", letter.Language, letter.IssuedAt);
        pdf.AddPage();
    }

    public void Letterhead(ImmutableArray<string> lines)
    {
        pdf.Artifact(() =>
        {
            pdf.Shape(filled: false, Accent, (Left, y), (Left + 14, y), (Left + 14, y + 18), (Left, y + 18));
            pdf.Line(Left, y + 9, Left + 14, y + 9, 1.2, Accent);
            pdf.Shape(filled: true, Accent, (Left + 14, y), (Left + 22, y - 3), (Left + 22, y + 21), (Left + 14, y + 18));
        });
        for (var i = 0; i < lines.Length; i++)
        {
            if (i == 0) Text("P", [lines[i]], TrueType.Bold, 12, 16, Ink, Left + 34);
            else Text("P", [lines[i]], TrueType.Regular, SmallSize, SmallLine, Quiet, Left + 34);
        }
        y += 26;
    }

    public void Add(LetterBlock block)
    {
        switch (block)
        {
            case LetterHeading { Level: 1 } h: Heading("H1", h.Text, 17, 22, before: 0, after: 10); break;
            case LetterHeading h: Heading("H2", h.Text, 11.5, 16, before: 10, after: 4); break;
            case LetterParagraph p: Paragraph(p.Text); break;
            case LetterBullets b: Bullets(b.Items); break;
            case LetterTable t: Table(t.Rows); break;
            case LetterCheck c: Check(c); break;
            case LetterSignature s: Signature(s); break;
            default: throw new UnreachableException($"Nobody drew {block.GetType().Name} yet.");
        }
    }

    /// <summary>Signs the foot of every page, now that their number is known.</summary>
    public byte[] Finish()
    {
        var (foot, digest) = (TaggedPdf.PageHeight - 54, letter.Digest());
        for (var page = 0; page < pdf.PageCount; page++)
        {
            var number = $"Page {page + 1} of {pdf.PageCount}";
            pdf.FootWords(page, letter.Title, TrueType.Regular, SmallSize, Quiet, Left, foot + 14);
            pdf.FootWords(page, number, TrueType.Regular, SmallSize, Quiet, TaggedPdf.PageWidth - Right - TrueType.Regular.Width(number, SmallSize), foot + 14);
            pdf.FootWords(page, $"SHA-256 {digest}", TrueType.Regular, 7, Quiet, Left, foot + 26);
        }
        return pdf.Write(digest[..32]);
    }

    void Heading(string tag, string text, double size, double line, double before, double after)
    {
        var lines = Wrapped(text, TrueType.Bold, size, Width);
        y += before;
        // A heading never ends a page: it takes two lines of what follows with it.
        Room((lines.Count * line) + after + (2 * BodyLine));
        Text(tag, lines, TrueType.Bold, size, line, Ink, Left);
        y += after;
    }

    /// <summary>A paragraph stays whole where it can. A long one goes on over the page, two lines at least on either side.</summary>
    void Paragraph(string text)
    {
        var lines = Wrapped(text, TrueType.Regular, BodySize, Width);
        pdf.Begin("P");
        while (lines.Count > 0)
        {
            var left = (int)((Bottom - y) / BodyLine);
            var some = lines.Count <= left ? lines.Count : lines.Count > 6 && left > 3 ? Math.Min(left, lines.Count - 2) : 0;
            if (some > 0) Draw(lines.GetRange(0, some), TrueType.Regular, BodySize, BodyLine, Ink, Left);
            lines = lines.GetRange(some, lines.Count - some);
            if (lines.Count > 0) Turn();
        }
        pdf.End();
        y += 7;
    }

    void Bullets(ImmutableArray<string> items)
    {
        pdf.Begin("L");
        foreach (var item in items)
        {
            var lines = Wrapped(item, TrueType.Regular, BodySize, Width - Indent);
            Room(lines.Count * BodyLine);
            var top = y;
            pdf.Begin("LI");
            Text("Lbl", ["•"], TrueType.Regular, BodySize, BodyLine, Accent, Left);
            y = top;
            Text("LBody", lines, TrueType.Regular, BodySize, BodyLine, Ink, Left + Indent);
            pdf.End();
            y += 2;
        }
        pdf.End();
        y += 5;
    }

    void Table(ImmutableArray<LetterRow> rows)
    {
        pdf.Begin("Table");
        foreach (var row in rows)
        {
            var terms = Wrapped(row.Term, TrueType.Bold, BodySize, TermWidth - 12);
            var texts = Wrapped(row.Text, TrueType.Regular, BodySize, Width - TermWidth);
            var height = Math.Max(terms.Count, texts.Count) * BodyLine;
            Room(height + 8);
            var top = y;
            pdf.Begin("TR");
            Text("TH", terms, TrueType.Bold, BodySize, BodyLine, Ink, Left);
            y = top;
            Text("TD", texts, TrueType.Regular, BodySize, BodyLine, Ink, Left + TermWidth);
            pdf.End();
            y = top + height + 2;
            Rule();
            y += 5;
        }
        pdf.End();
        y += 6;
    }

    /// <summary>The code beside its address in words, for whoever has no camera.</summary>
    void Check(LetterCheck check)
    {
        const double Side = 84;
        using var code = QRCodeGenerator.GenerateQrCode(check.Address, QRCodeGenerator.ECCLevel.L);
        var rows = code.ModuleMatrix;
        Room(Side + 12);
        var top = y;
        pdf.Figure($"A code for a camera. It opens {check.Address}", Left, top, Side, () =>
        {
            var size = Side / rows.Count;
            for (var row = 0; row < rows.Count; row++)
                for (var column = 0; column < rows.Count; column++)
                    if (rows[row][column]) pdf.Square(Left + (column * size), top + (row * size), size, Ink);
        });
        y = top + 4;
        Text("P", Wrapped(check.Says, TrueType.Regular, BodySize, Width - Side - 16), TrueType.Regular, BodySize, BodyLine, Ink, Left + Side + 16);
        Text("P", Wrapped(check.Address, TrueType.Regular, SmallSize, Width - Side - 16), TrueType.Regular, SmallSize, SmallLine, Quiet, Left + Side + 16);
        y = Math.Max(y, top + Side) + 10;
    }

    void Signature(LetterSignature signature)
    {
        Room(64);
        y += 14;
        Rule();
        y += 8;
        Text("P", [$"Signed electronically by {signature.Name}{(signature.Credentials.Length > 0 ? ", " + signature.Credentials : "")}"], TrueType.Bold, BodySize, BodyLine, Ink, Left);
        Text("P", [signature.SignedAt], TrueType.Regular, BodySize, BodyLine, Quiet, Left);
    }

    void Text(string tag, List<string> lines, TrueType font, double size, double line, PdfColour colour, double x)
    {
        pdf.Begin(tag);
        Draw(lines, font, size, line, colour, x);
        pdf.End();
    }

    // The space at the end of a line keeps its last word apart from the next line's first, for whoever copies or listens.
    void Draw(List<string> lines, TrueType font, double size, double line, PdfColour colour, double x) => pdf.Marked(() =>
    {
        for (var i = 0; i < lines.Count; i++, y += line) pdf.Words(i < lines.Count - 1 ? lines[i] + " " : lines[i], font, size, colour, x, y + size);
    });

    void Rule() => pdf.Artifact(() => pdf.Line(Left, y, TaggedPdf.PageWidth - Right, y, .75, Hairline));

    void Room(double height)
    {
        if (y + height > Bottom) Turn();
    }

    void Turn()
    {
        pdf.AddPage();
        y = Top;
    }

    static List<string> Wrapped(string text, TrueType font, double size, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Fitting(w, font, size, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.Width(longer, size) > width)
            {
                lines.Add(line);
                line = word;
            }
            else line = longer;
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    /// <summary>A word wider than the column, such as a long address, is cut where it must be.</summary>
    static IEnumerable<string> Fitting(string word, TrueType font, double size, double width)
    {
        while (font.Width(word, size) > width)
        {
            var cut = word.Length - 1;
            while (cut > 1 && font.Width(word[..cut], size) > width) cut--;
            yield return word[..cut];
            word = word[cut..];
        }
        yield return word;
    }
}
