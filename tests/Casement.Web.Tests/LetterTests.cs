using System.Diagnostics;
using Casement.Documents;
using Casement.Web.Printing;

namespace Casement.Web.Tests;

/// <summary>The printed letter, read back with the tools a recipient would use.</summary>
public sealed class LetterTests
{
    static readonly DateTimeOffset Issued = new(2026, 11, 23, 17, 5, 0, TimeSpan.Zero);
    static readonly LetterSignature Signature = new("Alma Reyes", "PMHNP-BC", "Nov 23, 2026, 10:05 AM Denver (UTC−7)");

    static Letter Of(params LetterBlock[] blocks) =>
        new("Clearance letter", ["Front Range Integrative", "12 Pearl Street, Boulder, CO 80302", "+1 303 555 0100"], [.. blocks], Issued);

    static Letter Sample() => Of(
        new LetterHeading(1, "Clearance letter"),
        new LetterTable([new("Patient", "Claudia Ordóñez Villaseñor, born Mar 27, 1984"), new("Addressed to", "Nguyễn Infusion Clinic"), new("Asked", "Intravenous ketamine for treatment-resistant depression, by the patient and her psychiatrist Dr. Łukasz Szczęsny, in a letter of Oct 30, 2026")]),
        new LetterHeading(2, "Decision"),
        new LetterParagraph("Acceptable with the conditions below. No medical or psychiatric contraindication was found today that these conditions do not meet."),
        new LetterHeading(2, "Conditions"),
        new LetterBullets(["Systolic blood pressure below 160 mmHg before each dose; recheck after 40 minutes.", "A named adult takes the patient home. No driving until the day after sleep.", "Hold lorazepam for 12 hours before."]),
        new LetterHeading(2, "Limits"),
        new LetterParagraph("This is not an order, a prescription or a guarantee. Final candidacy, consent, dosing and monitoring belong to the treating site. Valid for 30 days and void on a material change."),
        Signature);

    [Fact]
    public async Task A_letter_reads_back_as_written()
    {
        var approved = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "letter.approved.txt"), TestContext.Current.CancellationToken);
        if (LookTests.Shots is { } folder) await File.WriteAllBytesAsync(Path.Combine(folder, "letter.pdf"), LetterPdf.Write(Sample()), TestContext.Current.CancellationToken);
        Assert.Equal(approved, await Tool("pdftotext", Sample(), "-layout", "{}", "-"));
    }

    [Fact]
    public void The_same_letter_makes_the_same_bytes() => Assert.Equal(LetterPdf.Write(Sample()), LetterPdf.Write(Sample()));

    [Fact]
    public async Task A_letter_is_tagged_titled_and_on_letter_paper()
    {
        var info = await Tool("pdfinfo", Sample(), "{}");
        Assert.Matches("Tagged: +yes", info);
        Assert.Matches("Title: +Clearance letter", info);
        Assert.Matches(@"Page size: +612 x 792 pts \(letter\)", info);
        Assert.Matches("Pages: +1", info);
    }

    [Fact]
    public async Task Headings_lists_and_tables_are_what_they_are()
    {
        var structure = await Tool("pdfinfo", Sample(), "-struct-text", "{}");
        foreach (var tag in new[] { "Document", "H1", "H2", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD" }) Assert.Matches($@"(?m)^\s*{tag}\b", structure);
        Assert.Contains("\"Claudia Ordóñez Villaseñor, born Mar 27, 1984\"", structure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_fonts_are_embedded() =>
        Assert.All((await Tool("pdffonts", Sample(), "{}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2), line => Assert.Matches("LiberationSans.* yes +yes +yes ", line));

    [Fact]
    public async Task A_letter_of_one_line_is_one_page() =>
        Assert.Contains("Page 1 of 1", await Tool("pdftotext", Of(new LetterParagraph("Received.")), "{}", "-"), StringComparison.Ordinal);

    [Fact]
    public async Task A_long_letter_turns_pages_and_loses_no_word()
    {
        var words = Enumerable.Range(1, 2500).Select(n => $"w{n}").ToList();
        var letter = Of(new LetterHeading(1, "Long"), new LetterParagraph(string.Join(' ', words.Take(1200))), new LetterBullets([.. words.Skip(1200).Take(900)]), new LetterTable([.. words.Skip(2100).Select(w => new LetterRow(w, "value"))]), Signature);
        var text = await Tool("pdftotext", letter, "{}", "-");
        var found = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w is ['w', >= '0' and <= '9', ..]).ToList();
        Assert.Equal(words, found);
        var pages = text.Count(c => c == '\f');
        Assert.True(pages > 20);
        Assert.Contains($"Page {pages} of {pages}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_copies_of_one_letter_have_one_digest_and_another_word_another()
    {
        Assert.Equal(Sample().Digest(), Sample().Digest());
        Assert.NotEqual(Sample().Digest(), (Sample() with { Title = "Letter" }).Digest());
    }

    /// <summary>Runs a tool of poppler over the letter; {} stands for the file.</summary>
    static async Task<string> Tool(string tool, Letter letter, params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, LetterPdf.Write(letter));
        using var process = Process.Start(new ProcessStartInfo(tool, arguments.Select(a => a == "{}" ? file : a)) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{tool} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        return output;
    }
}
