using System.Text;
using Casement.Documents;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.Documents;

public sealed class ReceivingTests
{
    [Theory]
    [InlineData("%PDF-1.7 ...", FileFormat.Pdf)]
    [InlineData("<html><script>alert(1)</script></html>", null)]
    [InlineData("\n%PDF-1.7", null)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", null)]
    [InlineData("MZ", null)]
    [InlineData("", null)]
    public void A_file_is_what_its_first_bytes_say(string bytes, FileFormat? format) => Assert.Equal(format, ReceivingDocuments.FormatOf(Encoding.UTF8.GetBytes(bytes)));

    [Fact]
    public void A_picture_is_known_by_its_first_bytes()
    {
        Assert.Equal(FileFormat.Png, ReceivingDocuments.FormatOf([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]));
        Assert.Equal(FileFormat.Jpeg, ReceivingDocuments.FormatOf([0xFF, 0xD8, 0xFF, 0xE0]));
        Assert.Null(ReceivingDocuments.FormatOf("GIF89a"u8));
    }

    [Theory]
    [InlineData("", "letter", 10, "Say in a few words what it is.")]
    [InlineData("Letter", "spell", 10, "Choose what kind of document it is.")]
    [InlineData("Letter", "letter", 0, "Choose a file that is not empty.")]
    [InlineData("Letter", "letter", 11 * 1024 * 1024, "The file is larger than 10 MB. Scan it in black and white, or split it.")]
    public void What_is_wrong_is_said(string title, string kind, long length, string because) =>
        Assert.Equal(because, Refusal(ReceivingDocuments.Decide(Admitted, new(Guid.Empty, title, kind, FileFormat.Pdf, length, "e3b0", false), Rules.DocumentKinds, Rules.LargestDocumentBytes)));
}
