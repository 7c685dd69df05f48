using System.Diagnostics;
using Casement.Documents;
using Casement.Web.Printing;

namespace Casement.Web.Tests;

/// <summary>The code on a printed letter, read off the page as a camera would.</summary>
public sealed class CheckCodeTests
{
    static Letter With(string address) => new(
        "Clearance letter", ["Front Range Integrative"],
        [new LetterHeading(1, "Clearance letter"), new LetterParagraph("For Claudia Ordóñez Villaseñor."), new LetterCheck("Whether it still holds:", address), new LetterParagraph("End.")],
        new(2026, 11, 23, 17, 5, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(24)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(170)]
    [InlineData(240)]
    public async Task It_decodes_to_the_address_beside_it(int length)
    {
        var address = "https://practice.example/check/";
        address += string.Concat(Enumerable.Range(0, Math.Max(0, length - address.Length)).Select(n => (char)('A' + (n * 7 % 26))));
        Assert.Equal(address, QrReader.Read(await Page(LetterPdf.Write(With(address)))));
    }

    [Fact]
    public async Task The_code_of_a_letter_opens_the_page_that_says_whether_it_holds()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        var clearance = (await house.Read(patient)).Clearances[^1].Signed.Clearance;
        using var staff = await house.SignedIn();
        var letter = await (await staff.Client.GetAsync(new Uri(house.Address, $"/staff/patients/{patient}/decisions/{clearance}/letter.pdf"), TestContext.Current.CancellationToken)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var address = new Uri(QrReader.Read(await Page(letter, all: true)));
        Assert.StartsWith("/check/", address.AbsolutePath, StringComparison.Ordinal);
        using var stranger = house.Visit();
        await stranger.Go(address);
        Assert.Equal("Valid", stranger.Heading);
        Assert.DoesNotContain("Claudia", stranger.Page.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The pages as poppler draws them, one under the other, dark or light.</summary>
    static async Task<bool[][]> Page(byte[] pdf, bool all = false)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        string[] arguments = ["-gray", "-r", "200", .. all ? Array.Empty<string>() : ["-l", "1"], file];
        using var process = Process.Start(new ProcessStartInfo("pdftoppm", arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("pdftoppm did not start.");
        using var drawn = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(drawn);
        await process.WaitForExitAsync();
        File.Delete(file);
        return [.. Pictures(drawn.ToArray()).SelectMany(p => p)];
    }

    /// <summary>Portable graymaps, one after another: "P5 width height 255" and a byte for each point.</summary>
    static IEnumerable<bool[][]> Pictures(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var words = new List<string>();
            while (words.Count < 4)
            {
                var end = Array.FindIndex(bytes, at, b => b is (byte)' ' or (byte)'\n');
                words.Add(System.Text.Encoding.ASCII.GetString(bytes, at, end - at));
                at = end + 1;
            }
            var (width, height) = (int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture));
            var start = at;
            yield return [.. Enumerable.Range(0, height).Select(y => Enumerable.Range(0, width).Select(x => bytes[start + (y * width) + x] < 128).ToArray())];
            at += width * height;
        }
    }
}
