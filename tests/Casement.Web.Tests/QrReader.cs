using System.Globalization;
using System.Text;

namespace Casement.Web.Tests;

/// <summary>
/// Reads a QR code off a printed page, as a camera would see it (ISO/IEC 18004, level L, versions 1 to 15). It shares nothing with what drew the code.
/// A page on paper needs error correction; a rendered one does not, so a single wrong module is a failure here.
/// </summary>
static class QrReader
{
    const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    // Level L: codewords in all, codewords of error correction in a block, blocks; by version.
    static readonly (int All, int Correction, int Blocks)[] Shapes =
    [
        (26, 7, 1), (44, 10, 1), (70, 15, 1), (100, 20, 1), (134, 26, 1), (172, 18, 2), (196, 20, 2), (242, 24, 2), (292, 30, 2), (346, 18, 4), (404, 20, 4), (466, 24, 4), (532, 26, 4), (581, 30, 4), (655, 22, 6),
    ];

    /// <param name="dark">The page, row by row.</param>
    public static string Read(bool[][] dark)
    {
        var modules = Modules(dark);
        var (size, version) = (modules.Length, (modules.Length - 17) / 4);
        var format = 0;
        // The copy of the format beside the upper left finder, most significant bit first.
        foreach (var (row, column) in Enumerable.Range(0, 6).Select(c => (8, c)).Append((8, 7)).Append((8, 8)).Append((7, 8)).Concat(Enumerable.Range(0, 6).Select(r => (5 - r, 8))))
            format = (format << 1) | (modules[row][column] ? 1 : 0);
        format ^= 0b101010000010010;
        if (format >> 13 != 0b01) throw new InvalidDataException("The code is not of level L.");
        var mask = (format >> 10) & 7;

        var bits = new List<bool>();
        var upwards = true;
        for (var right = size - 1; right > 0; right -= 2, upwards = !upwards)
        {
            if (right == 6) right--;
            for (var step = 0; step < size; step++)
                foreach (var column in new[] { right, right - 1 })
                {
                    var row = upwards ? size - 1 - step : step;
                    if (!IsFixed(row, column, size, version)) bits.Add(modules[row][column] ^ Masked(mask, row, column));
                }
        }
        return Text(Data(bits, Shapes[version - 1]), version);
    }

    /// <summary>The square of modules: found by its finders (dark and light as 1:1:3:1:1), sampled in the middle of each.</summary>
    static bool[][] Modules(bool[][] dark)
    {
        for (var y = 0; y < dark.Length; y++)
        {
            // Letters beside the code can look like a finder too, so every two are tried.
            var finders = Finders(dark[y]).ToArray();
            foreach (var (left, width) in finders)
                foreach (var (second, _) in finders.Where(f => f.At > left))
                    if (Square(dark, y, left, second, width / 7.0) is { } found) return found;
        }
        throw new InvalidDataException("There is no code on the page.");
    }

    /// <summary>The square between two finders, if it has three whole ones.</summary>
    /// <param name="y">The first row of the finder's middle, which begins two modules under its top.</param>
    static bool[][]? Square(bool[][] dark, int y, int left, int second, double module)
    {
        // One finder is too small to measure by: the nearest size there is.
        var size = 17 + (4 * (int)Math.Round((((second - left) / module) + 7 - 17) / 4));
        if (size < 21) return null;
        var top = y - (2 * module);
        module = (second - left) / (double)(size - 7);
        if (top < 0 || top + (size * module) >= dark.Length || left + (size * module) >= dark[y].Length) return null;
        bool[][] found = [.. Enumerable.Range(0, size).Select(r => Enumerable.Range(0, size).Select(c => dark[(int)(top + ((r + 0.5) * module))][(int)(left + ((c + 0.5) * module))]).ToArray())];
        return HasFinder(found, 0, 0) && HasFinder(found, 0, size - 7) && HasFinder(found, size - 7, 0) ? found : null;
    }

    static bool HasFinder(bool[][] modules, int top, int left) =>
        Enumerable.Range(0, 49).All(n => modules[top + (n / 7)][left + (n % 7)] == (Math.Max(Math.Abs((n / 7) - 3), Math.Abs((n % 7) - 3)) != 2));

    static IEnumerable<(int At, int Width)> Finders(bool[] row)
    {
        var runs = new List<(int At, int Length, bool Dark)>();
        for (var x = 0; x < row.Length;)
        {
            var end = x;
            while (end < row.Length && row[end] == row[x]) end++;
            runs.Add((x, end - x, row[x]));
            x = end;
        }
        for (var i = 0; i + 4 < runs.Count; i++)
        {
            if (!runs[i].Dark) continue;
            var width = runs[i + 4].At + runs[i + 4].Length - runs[i].At;
            int[] shape = [1, 1, 3, 1, 1];
            if (width >= 14 && Enumerable.Range(0, 5).All(n => Math.Abs((runs[i + n].Length / (width / 7.0)) - shape[n]) < 0.5)) yield return (runs[i].At, width);
        }
    }

    static bool IsFixed(int row, int column, int size, int version) =>
        row == 6 || column == 6
        || (row < 9 && (column < 9 || column >= size - 8)) || (row >= size - 8 && column < 9)
        || (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11)))
        || Alignments(version).Any(r => Alignments(version).Any(c => !InFinder(r, c, size) && Math.Abs(row - r) <= 2 && Math.Abs(column - c) <= 2));

    static bool InFinder(int row, int column, int size) => (row < 9 && (column < 9 || column >= size - 9)) || (row >= size - 9 && column < 9);

    static IEnumerable<int> Alignments(int version)
    {
        if (version == 1) return [];
        var (count, last) = ((version / 7) + 2, (version * 4) + 10);
        var step = ((last - 6 + ((count - 1) * 2) - 1) / ((count - 1) * 2)) * 2;
        return Enumerable.Range(0, count - 1).Select(n => last - (n * step)).Append(6);
    }

    static bool Masked(int mask, int r, int c) => mask switch
    {
        0 => (r + c) % 2 == 0,
        1 => r % 2 == 0,
        2 => c % 3 == 0,
        3 => (r + c) % 3 == 0,
        4 => ((r / 2) + (c / 3)) % 2 == 0,
        5 => (r * c % 2) + (r * c % 3) == 0,
        6 => ((r * c % 2) + (r * c % 3)) % 2 == 0,
        _ => (((r + c) % 2) + (r * c % 3)) % 2 == 0,
    };

    /// <summary>The data codewords in order: blocks take turns, and the later ones may be one longer.</summary>
    static byte[] Data(List<bool> bits, (int All, int Correction, int Blocks) shape)
    {
        var words = Enumerable.Range(0, shape.All).Select(w => (byte)Enumerable.Range(0, 8).Aggregate(0, (v, b) => (v << 1) | (bits[(w * 8) + b] ? 1 : 0))).ToArray();
        var data = shape.All - (shape.Correction * shape.Blocks);
        var (least, longer) = (data / shape.Blocks, data % shape.Blocks);
        var blocks = Enumerable.Range(0, shape.Blocks).Select(_ => new List<byte>()).ToArray();
        var next = 0;
        for (var n = 0; n <= least; n++)
            for (var b = 0; b < shape.Blocks; b++)
                if (n < least || b >= shape.Blocks - longer) blocks[b].Add(words[next++]);
        return [.. blocks.SelectMany(b => b)];
    }

    static string Text(byte[] data, int version)
    {
        var at = 0;
        int Take(int count)
        {
            var value = 0;
            for (; count > 0; count--, at++) value = (value << 1) | ((data[at / 8] >> (7 - (at % 8))) & 1);
            return value;
        }
        var bytes = new List<byte>();
        for (var mode = Take(4); mode != 0; mode = Take(4))
        {
            switch (mode)
            {
                case 1:
                    for (var left = Take(version < 10 ? 10 : 12); left > 0; left -= 3) bytes.AddRange(Encoding.ASCII.GetBytes(Take(left > 2 ? 10 : left == 2 ? 7 : 4).ToString($"D{Math.Min(left, 3)}", CultureInfo.InvariantCulture)));
                    break;
                case 2:
                    for (var left = Take(version < 10 ? 9 : 11); left > 0; left -= 2)
                    {
                        var pair = Take(left > 1 ? 11 : 6);
                        if (left > 1) bytes.Add((byte)Letters[pair / 45]);
                        bytes.Add((byte)Letters[pair % 45]);
                    }
                    break;
                case 4:
                    for (var left = Take(version < 10 ? 8 : 16); left > 0; left--) bytes.Add((byte)Take(8));
                    break;
                case 7: // says which character set follows; UTF-8 here
                    Take(8);
                    break;
                default: throw new InvalidDataException($"The code holds mode {mode}.");
            }
            if (at + 4 > data.Length * 8) break;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
