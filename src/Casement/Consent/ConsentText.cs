using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Casement.Consent;

public enum PartKind { Heading, Paragraph, Bullet, Filled }

/// <param name="Number">As printed before it, such as "2.1"; empty for none.</param>
/// <param name="Id">The required element a paragraph covers; for what was filled in, the question.</param>
public sealed record ConsentPart(string Number, PartKind Kind, string Text, string Id = "");

/// <summary>The exact words somebody saw or signed, names filled in. It stands whole in the journal, so that it can be shown and printed the same for ever.</summary>
public sealed record ConsentText(string Family, string Version, string Language, string Title, ImmutableArray<ConsentPart> Parts)
{
    /// <summary>SHA-256 of every word in order, in hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlainText())));

    public string PlainText()
    {
        var text = new StringBuilder().Append(Family).Append(' ').Append(Version).Append(' ').Append(Language).Append('\n').Append(Title).Append('\n');
        foreach (var part in Parts) text.Append(part.Kind).Append('|').Append(part.Number).Append('|').Append(part.Id).Append('|').Append(part.Text.ReplaceLineEndings(" ")).Append('\n');
        return text.ToString();
    }
}
