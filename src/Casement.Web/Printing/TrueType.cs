using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;

namespace Casement.Web.Printing;

/// <summary>A TrueType font: which glyph draws a character, how wide it is, and a smaller file with only the glyphs a document uses (OpenType 1.9, tables head, hhea, hmtx, cmap, loca, glyf).</summary>
sealed class TrueType
{
    static readonly ImmutableArray<string> Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    readonly byte[] file;
    readonly Dictionary<string, (int At, int Length)> tables = [];
    readonly Dictionary<int, ushort> glyphs = [];
    readonly int unitsPerEm, wideGlyphs, glyphCount;
    readonly bool longOffsets;

    TrueType(string name, byte[] file)
    {
        (Name, this.file) = (name, file);
        for (var i = 0; i < U16(4); i++)
        {
            var record = 12 + (16 * i);
            tables[System.Text.Encoding.ASCII.GetString(file, record, 4)] = (I32(record + 8), I32(record + 12));
        }
        var (head, hhea) = (tables["head"].At, tables["hhea"].At);
        unitsPerEm = U16(head + 18);
        longOffsets = U16(head + 50) == 1;
        Box = [.. Enumerable.Range(0, 4).Select(i => Em(I16(head + 36 + (2 * i))))];
        (Ascent, Descent) = (Em(I16(hhea + 4)), Em(I16(hhea + 6)));
        wideGlyphs = U16(hhea + 34);
        glyphCount = U16(tables["maxp"].At + 4);
        ReadCharacters();
    }

    public static TrueType Regular { get; } = Load("LiberationSans-Regular");

    public static TrueType Bold { get; } = Load("LiberationSans-Bold");

    public string Name { get; }

    /// <summary>The box every glyph fits, in thousandths of the size: left, bottom, right, top.</summary>
    public ImmutableArray<int> Box { get; }

    public int Ascent { get; }

    public int Descent { get; }

    /// <summary>The glyphs of a text in order; 0, an empty box, for a character the font does not have.</summary>
    public IEnumerable<(ushort Glyph, int Character)> Glyphs(string text) => text.EnumerateRunes().Select(r => (glyphs.GetValueOrDefault(r.Value), r.Value));

    /// <summary>The advance of a glyph in thousandths of the size.</summary>
    public int Width(ushort glyph) => Em(U16(tables["hmtx"].At + (4 * Math.Min(glyph, wideGlyphs - 1))));

    /// <summary>The width of a text at a size, in the unit of the size.</summary>
    public double Width(string text, double size) => Glyphs(text).Sum(g => Width(g.Glyph)) * size / 1000;

    /// <summary>The font with the outlines of these glyphs alone; the numbers of the glyphs stay.</summary>
    public byte[] Subset(IEnumerable<ushort> used)
    {
        var keep = new SortedSet<ushort> { 0 };
        foreach (var glyph in used) Keep(glyph, keep);
        var outlines = new MemoryStream();
        var offsets = new byte[4 * (glyphCount + 1)];
        for (var glyph = 0; glyph < glyphCount; glyph++)
        {
            if (keep.Contains((ushort)glyph)) outlines.Write(Outline((ushort)glyph));
            BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(4 * (glyph + 1)), (int)outlines.Length);
        }
        var head = Table("head").ToArray();
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return Assemble(Kept.Where(tables.ContainsKey).Select(name => (name, name switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => offsets,
            "head" => head,
            _ => Table(name).ToArray(),
        })));
    }

    /// <summary>Some letters are drawn from others: an accented letter from the letter and the accent.</summary>
    void Keep(ushort glyph, SortedSet<ushort> keep)
    {
        const int wordArguments = 1, scale = 8, more = 32, twoScales = 64, matrix = 128;
        if (!keep.Add(glyph)) return;
        var outline = Outline(glyph);
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return;
        var (at, flags) = (10, more);
        while ((flags & more) != 0)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            Keep(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]), keep);
            at += 4 + ((flags & wordArguments) != 0 ? 4 : 2) + ((flags & scale) != 0 ? 2 : (flags & twoScales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0);
        }
    }

    ReadOnlySpan<byte> Outline(ushort glyph)
    {
        var (from, to) = (Offset(glyph), Offset(glyph + 1));
        return file.AsSpan(tables["glyf"].At + from, to - from);
    }

    int Offset(int glyph) => longOffsets ? I32(tables["loca"].At + (4 * glyph)) : 2 * U16(tables["loca"].At + (2 * glyph));

    static byte[] Assemble(IEnumerable<(string Name, byte[] Content)> parts)
    {
        var all = parts.ToList();
        var (header, body) = (new byte[12 + (16 * all.Count)], new MemoryStream());
        BinaryPrimitives.WriteInt32BigEndian(header, 0x00010000);
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(4), (short)all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            var record = header.AsSpan(12 + (16 * i));
            System.Text.Encoding.ASCII.GetBytes(all[i].Name, record);
            BinaryPrimitives.WriteInt32BigEndian(record[8..], header.Length + (int)body.Length);
            BinaryPrimitives.WriteInt32BigEndian(record[12..], all[i].Content.Length);
            body.Write(all[i].Content);
            while (body.Length % 4 != 0) body.WriteByte(0);
        }
        return [.. header, .. body.ToArray()];
    }

    /// <summary>Reads the character map: format 4, the Unicode plane every everyday script is on.</summary>
    void ReadCharacters()
    {
        var cmap = tables["cmap"].At;
        var map = Enumerable.Range(0, U16(cmap + 2)).Select(i => cmap + I32(cmap + 8 + (8 * i))).First(at => U16(at) == 4);
        var segments = U16(map + 6) / 2;
        var (ends, starts) = (map + 14, map + 16 + (2 * segments));
        for (var s = 0; s < segments; s++)
        {
            var (start, end) = (U16(starts + (2 * s)), U16(ends + (2 * s)));
            var (delta, range) = (U16(starts + (2 * (segments + s))), starts + (2 * ((2 * segments) + s)));
            for (int c = start; c <= end && c != 0xffff; c++)
            {
                var glyph = U16(range) == 0 ? c + delta : U16(range + U16(range) + (2 * (c - start))) is var found and not 0 ? found + delta : 0;
                glyphs[c] = (ushort)(glyph & 0xffff);
            }
        }
    }

    static TrueType Load(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the program.");
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return new(name, memory.ToArray());
    }

    ReadOnlySpan<byte> Table(string name) => file.AsSpan(tables[name].At, tables[name].Length);

    int Em(int units) => (int)Math.Round(units * 1000.0 / unitsPerEm);

    ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
}
