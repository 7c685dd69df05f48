using System.Globalization;
using System.Security;
using System.Text;

namespace Casement.Web.Printing;

/// <summary>A colour, each part from 0 to 255.</summary>
readonly record struct PdfColour(byte Red, byte Green, byte Blue)
{
    public override string ToString() => string.Join(' ', new[] { Red, Green, Blue }.Select(part => PdfFile.Number(part / 255.0)));
}

/// <summary>A part of the document as a screen reader walks it: what it is, its parts, and where its words are drawn.</summary>
sealed class PdfTag(string type)
{
    public string Type => type;
    public List<PdfTag> Parts { get; } = [];
    public List<(int Page, int Mark)> Marks { get; } = [];

    /// <summary>More entries of its dictionary, such as what a figure shows.</summary>
    public string Entries { get; init; } = "";
}

/// <summary>A tagged PDF in the making (PDF/UA-1, ISO 14289-1): pages drawn from the top left, in points of 1/72 inch, and the tree that says what each word belongs to.</summary>
sealed class TaggedPdf(string title, string author, string language, DateTimeOffset createdAt)
{
    public const double PageWidth = 612, PageHeight = 792;

    readonly List<StringBuilder> pages = [];
    readonly List<List<PdfTag>> marks = [];
    readonly Stack<PdfTag> open = new([new PdfTag("Document")]);
    readonly Dictionary<TrueType, SortedDictionary<ushort, int>> used = new() { [TrueType.Regular] = [], [TrueType.Bold] = [] };

    public int PageCount => pages.Count;

    StringBuilder Page => pages[^1];

    public void AddPage()
    {
        pages.Add(new());
        marks.Add([]);
    }

    public void Begin(string type)
    {
        var tag = new PdfTag(type);
        open.Peek().Parts.Add(tag);
        open.Push(tag);
    }

    public void End() => open.Pop();

    /// <summary>A picture with its words for whoever cannot see it, square, from its top left corner.</summary>
    public void Figure(string says, double x, double y, double side, Action draw)
    {
        var box = $"{PdfFile.Number(x)} {PdfFile.Number(PageHeight - y - side)} {PdfFile.Number(x + side)} {PdfFile.Number(PageHeight - y)}";
        var tag = new PdfTag("Figure") { Entries = $"/Alt{PdfFile.Text(says)}/A<</O/Layout/Placement/Block/BBox[{box}]>>" };
        open.Peek().Parts.Add(tag);
        open.Push(tag);
        Marked(draw);
        End();
    }

    public void Square(double x, double y, double side, PdfColour colour) =>
        Page.Append(CultureInfo.InvariantCulture, $"{colour} rg {PdfFile.Number(x)} {PdfFile.Number(PageHeight - y - side)} {PdfFile.Number(side)} {PdfFile.Number(side)} re f\n");

    /// <summary>What is drawn inside belongs to the open tag.</summary>
    public void Marked(Action draw)
    {
        open.Peek().Marks.Add((pages.Count - 1, marks[^1].Count));
        Page.Append(CultureInfo.InvariantCulture, $"/{open.Peek().Type}<</MCID {marks[^1].Count}>>BDC\n");
        marks[^1].Add(open.Peek());
        draw();
        Page.Append("EMC\n");
    }

    /// <summary>What is drawn inside is decoration or a running foot, and is not read aloud.</summary>
    public void Artifact(Action draw) => Artifact(pages.Count - 1, draw);

    void Artifact(int page, Action draw)
    {
        pages[page].Append("/Artifact BMC\n");
        draw();
        pages[page].Append("EMC\n");
    }

    public void Words(string text, TrueType font, double size, PdfColour colour, double x, double baseline) => Words(pages.Count - 1, text, font, size, colour, x, baseline);

    /// <summary>Draws on a page already turned, as an artifact: its number is known only at the end.</summary>
    public void FootWords(int page, string text, TrueType font, double size, PdfColour colour, double x, double baseline) =>
        Artifact(page, () => Words(page, text, font, size, colour, x, baseline));

    void Words(int page, string text, TrueType font, double size, PdfColour colour, double x, double baseline)
    {
        var codes = new StringBuilder();
        foreach (var (glyph, character) in font.Glyphs(text))
        {
            used[font].TryAdd(glyph, character);
            codes.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }
        pages[page].Append(CultureInfo.InvariantCulture, $"BT /{NameOf(font)} {PdfFile.Number(size)} Tf {colour} rg {PdfFile.Number(x)} {PdfFile.Number(PageHeight - baseline)} Td <{codes}> Tj ET\n");
    }

    public void Line(double x1, double y1, double x2, double y2, double width, PdfColour colour) =>
        Page.Append(CultureInfo.InvariantCulture, $"{PdfFile.Number(width)} w {colour} RG {At(x1, y1)} m {At(x2, y2)} l S\n");

    public void Shape(bool filled, PdfColour colour, params ReadOnlySpan<(double X, double Y)> corners)
    {
        Page.Append(CultureInfo.InvariantCulture, $"1.2 w {colour} {(filled ? "rg" : "RG")}");
        for (var i = 0; i < corners.Length; i++) Page.Append(CultureInfo.InvariantCulture, $" {At(corners[i].X, corners[i].Y)} {(i == 0 ? "m" : "l")}");
        Page.Append(filled ? " h f\n" : " h S\n");
    }

    public byte[] Write(string id)
    {
        var file = new PdfFile();
        var (catalog, tree, root) = (file.Reserve(), file.Reserve(), file.Reserve());
        var fonts = string.Concat(used.Keys.Select(font => $"/{NameOf(font)} {Font(file, font)} 0 R"));
        var sheets = pages.Select(_ => file.Reserve()).ToList();
        for (var i = 0; i < pages.Count; i++)
        {
            var content = file.AddStream(Encoding.ASCII.GetBytes(pages[i].ToString()));
            file.Set(sheets[i], $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {PageWidth} {PageHeight}]/Contents {content} 0 R/Resources<</Font<<{fonts}>>>>/StructParents {i}/Tabs/S>>");
        }
        file.Set(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', sheets.Select(s => $"{s} 0 R"))}]>>");
        Structure(file, root, sheets);
        var metadata = file.AddRaw(Encoding.UTF8.GetBytes(Metadata()), "/Type/Metadata/Subtype/XML");
        file.Set(catalog, $"<</Type/Catalog/Pages {tree} 0 R/StructTreeRoot {root} 0 R/MarkInfo<</Marked true>>/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>/Metadata {metadata} 0 R>>");
        var info = file.Add($"<</Title{PdfFile.Text(title)}/Author{PdfFile.Text(author)}/Creator{PdfFile.Text("Casement")}/CreationDate(D:{createdAt.UtcDateTime:yyyyMMddHHmmss}Z)>>");
        return file.Write(catalog, info, id);
    }

    /// <summary>The tree of tags, and for each page the way back from a mark to its tag.</summary>
    void Structure(PdfFile file, int root, List<int> sheets)
    {
        var numbers = new Dictionary<PdfTag, int>();
        var document = open.Last();
        Number(document);
        Put(document, root);
        var parents = file.Add($"<</Nums[{string.Join(' ', marks.Select((page, i) => $"{i}[{string.Join(' ', page.Select(tag => $"{numbers[tag]} 0 R"))}]"))}]>>");
        file.Set(root, $"<</Type/StructTreeRoot/K {numbers[document]} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {marks.Count}>>");

        void Number(PdfTag tag)
        {
            numbers[tag] = file.Reserve();
            tag.Parts.ForEach(Number);
        }

        void Put(PdfTag tag, int parent)
        {
            var kids = tag.Marks.Select(m => $"<</Type/MCR/Pg {sheets[m.Page]} 0 R/MCID {m.Mark}>>").Concat(tag.Parts.Select(part => $"{numbers[part]} 0 R"));
            var attributes = tag.Type switch { "TH" => "/A<</O/Table/Scope/Row>>", "L" => "/A<</O/List/ListNumbering/Disc>>", _ => "" };
            file.Set(numbers[tag], $"<</Type/StructElem/S/{tag.Type}/P {parent} 0 R{attributes}{tag.Entries}/K[{string.Join(' ', kids)}]>>");
            foreach (var part in tag.Parts) Put(part, numbers[tag]);
        }
    }

    int Font(PdfFile file, TrueType font)
    {
        var glyphs = used[font];
        // Six letters before the name say that the font is not whole; they come from the font, so that the bytes repeat.
        var name = $"{(font == TrueType.Bold ? "CASEMB" : "CASEMR")}+{font.Name}";
        var subset = font.Subset(glyphs.Keys);
        var program = file.AddStream(subset, $"/Length1 {subset.Length}");
        var descriptor = file.Add($"<</Type/FontDescriptor/FontName/{name}/Flags 32/FontBBox[{string.Join(' ', font.Box)}]/ItalicAngle 0/Ascent {font.Ascent}/Descent {font.Descent}/CapHeight {font.Ascent}/StemV {(font == TrueType.Bold ? 140 : 80)}/FontFile2 {program} 0 R>>");
        var widths = string.Join(' ', glyphs.Keys.Select(g => $"{g}[{font.Width(g)}]"));
        var descendant = file.Add($"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 0/W[{widths}]>>");
        var unicode = file.AddStream(Encoding.ASCII.GetBytes(ToUnicode(glyphs)));
        return file.Add($"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>");
    }

    /// <summary>Lets a reader copy, search and speak what is drawn as glyph numbers. At most 100 lines stand in one block.</summary>
    static string ToUnicode(SortedDictionary<ushort, int> glyphs)
    {
        var blocks = glyphs.Chunk(100).Select(block =>
            $"{block.Length} beginbfchar\n{string.Concat(block.Select(g => $"<{g.Key:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(g.Value)))}>\n"))}endbfchar\n");
        return "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def "
            + "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            + string.Concat(blocks) + "endcmap CMapName currentdict /CMap defineresource pop end end\n";
    }

    string Metadata() =>
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(title)}</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>{SecurityElement.Escape(author)}</rdf:li></rdf:Seq></dc:creator>
        <xmp:CreatorTool>Casement</xmp:CreatorTool><xmp:CreateDate>{createdAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</xmp:CreateDate><pdfuaid:part>1</pdfuaid:part>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="r"?>
        """;

    static string NameOf(TrueType font) => font == TrueType.Bold ? "FB" : "FR";

    static string At(double x, double y) => $"{PdfFile.Number(x)} {PdfFile.Number(PageHeight - y)}";
}
