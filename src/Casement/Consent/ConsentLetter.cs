using System.Collections.Immutable;
using Casement.Documents;

namespace Casement.Consent;

/// <summary>The copy of a signed document, from the signature alone: the same entries always print the same words.</summary>
public static class ConsentLetter
{
    public static Letter Of(SignatureOnChart signature)
    {
        var (signed, text) = (signature.Signed, signature.Signed.Text);
        var blocks = ImmutableArray.CreateBuilder<LetterBlock>();
        blocks.Add(new LetterHeading(1, text.Title));
        if (signature.Withdrawn is not null) blocks.Add(new LetterParagraph("TAKEN BACK. This no longer holds. What was done under it before stays done."));
        blocks.AddRange(Body(text));
        if (!signed.TeachBack.IsEmpty)
        {
            blocks.Add(new LetterHeading(2, "Questions we went through"));
            blocks.Add(new LetterBullets([.. signed.TeachBack.Select(t => $"{t.Question} {t.Answer}.")]));
        }
        blocks.Add(new LetterHeading(2, "Signature"));
        blocks.Add(new LetterParagraph(signed.Intent));
        blocks.Add(new LetterTable([.. Rows(signed)]));
        blocks.Add(new LetterSignature(signed.TypedName, signed.Role is SignerRole.Representative ? $"for the patient, {signed.Authority}" : "", signed.SaidWhen));
        foreach (var second in new[] { signature.Clinician, signature.Witness }.OfType<ConsentCountersigned>())
            blocks.Add(new LetterSignature(second.TypedName, second.Role is SignerRole.Witness ? "witness" : second.Credentials, second.SaidWhen));
        return new(text.Title, signed.Letterhead, blocks.ToImmutable(), signature.SignedAt, text.Language);
    }

    /// <summary>The words by themselves, to be taken along; nobody has signed anything.</summary>
    public static Letter Sheet(ConsentText text, ImmutableArray<string> letterhead, DateTimeOffset printedAt) =>
        new(text.Title, letterhead, [new LetterHeading(1, text.Title), .. Body(text)], printedAt, text.Language);

    static IEnumerable<LetterBlock> Body(ConsentText text) => Runs(text.Parts).Select(run => (LetterBlock)(run[0].Kind switch
    {
        PartKind.Heading => new LetterHeading(2, $"{run[0].Number}. {run[0].Text}"),
        PartKind.Bullet => new LetterBullets([.. run.Select(p => p.Text)]),
        PartKind.Filled => new LetterTable([.. run.Select(p => new LetterRow(p.Number, p.Text))]),
        _ => new LetterParagraph($"{run[0].Number} {run[0].Text}"),
    }));

    static IEnumerable<LetterRow> Rows(ConsentSigned signed)
    {
        yield return new("Text", $"{signed.Text.Family}, version {signed.Text.Version}");
        yield return new("Text SHA-256", signed.Sha256);
        yield return new("Known by", signed.Identity switch { IdentityMethod.Portal => "signed in to their own pages", IdentityMethod.InPerson => "in person", _ => "on paper, kept by the practice" });
    }

    /// <summary>Bullets and filled-in lines that follow one another are one list; everything else stands alone.</summary>
    static IEnumerable<ImmutableArray<ConsentPart>> Runs(ImmutableArray<ConsentPart> parts)
    {
        for (var i = 0; i < parts.Length;)
        {
            var kind = parts[i].Kind;
            var run = kind is PartKind.Bullet or PartKind.Filled ? parts.Skip(i).TakeWhile(p => p.Kind == kind).ToImmutableArray() : [parts[i]];
            yield return run;
            i += run.Length;
        }
    }
}
