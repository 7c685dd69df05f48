using System.Text;
using Xunit;

namespace Casement.Store.Tests;

/// <summary>Looks for words of the sample people in the bytes of a file.</summary>
public static class SealedBytes
{
    /// <summary>Names, dates, addresses and answers of <see cref="Sample"/>, and the shelf and list words the tests use.</summary>
    static readonly string[] Words = ["Wrenhilda", "wrenhilda", "Quixot", "Zephyrina", "1987-06-05", "example.org", "+1 555 0100", "Quillfeather", "PMHNP", "staff-7", "bp-sys-avg", "Preparing", "Reviewing", "row of"];

    public static void HoldNothingInClear(params IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var word in Words)
            {
                foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
                    Assert.False(bytes.AsSpan().IndexOf(encoding.GetBytes(word)) >= 0, $"\"{word}\" stands in clear in {file}.");
            }
        }
    }
}
