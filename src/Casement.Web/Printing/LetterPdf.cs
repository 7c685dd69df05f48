using Casement.Documents;

namespace Casement.Web.Printing;

/// <summary>A letter as a tagged PDF on US letter paper: headings, lists and tables a screen reader can walk, fonts embedded. The same letter always makes the same bytes.</summary>
public static class LetterPdf
{
    public static byte[] Write(Letter letter)
    {
        var sheets = new Sheets(letter);
        sheets.Letterhead(letter.Letterhead);
        foreach (var block in letter.Blocks) sheets.Add(block);
        return sheets.Finish();
    }
}
