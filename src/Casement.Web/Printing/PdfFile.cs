using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Casement.Web.Printing;

/// <summary>The objects of a PDF and how they lie in the file (ISO 32000-1, 7.5). The same objects make the same bytes.</summary>
sealed class PdfFile
{
    readonly List<byte[]?> objects = [];

    /// <summary>A number for an object that others point to before it is written.</summary>
    public int Reserve()
    {
        objects.Add(null);
        return objects.Count;
    }

    public int Add(string content)
    {
        var number = Reserve();
        Set(number, content);
        return number;
    }

    public void Set(int number, string content) => objects[number - 1] = Encoding.ASCII.GetBytes(content);

    /// <param name="content">The bytes, deflated here.</param>
    /// <param name="entries">More entries of its dictionary.</param>
    public int AddStream(byte[] content, string entries = "")
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
        return AddRaw(packed.ToArray(), $"/Filter/FlateDecode {entries}");
    }

    /// <summary>As it is: metadata must be readable without unpacking.</summary>
    public int AddRaw(byte[] content, string entries)
    {
        var number = Reserve();
        objects[number - 1] = [.. Encoding.ASCII.GetBytes($"<</Length {content.Length} {entries}>>\nstream\n"), .. content, .. "\nendstream"u8];
        return number;
    }

    public byte[] Write(int catalog, int info, string id)
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(objects[i] ?? throw new InvalidOperationException($"Object {i + 1} was promised and never written."));
            file.Write("\nendobj\n"u8);
        }
        var table = file.Length;
        file.Write(Encoding.ASCII.GetBytes($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}"
            + $"trailer\n<</Size {objects.Count + 1}/Root {catalog} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    /// <summary>A text of the document, such as its title, in any script.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
