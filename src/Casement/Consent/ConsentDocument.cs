using System.Collections.Immutable;
using System.Text;

namespace Casement.Consent;

/// <summary>Who puts a name under a document.</summary>
public enum SignerRole { Patient, Representative, Clinician, Witness }

/// <summary>A text people sign, as one family of definitions/documents describes it: the words now in force, and what signing, refusing and withdrawing do.</summary>
public sealed record ConsentDocument(string Id, string Version, string Title)
{
    public string Language { get; init; } = "en-US";

    /// <summary>One sentence on what it is, for a list.</summary>
    public required string Summary { get; init; }

    /// <summary>What a person of the practice should know before using the text, such as "confirm with counsel"; empty for none.</summary>
    public string Note { get; init; } = "";

    public required ImmutableArray<DocumentSection> Sections { get; init; }

    /// <summary>Every version there was, oldest first, the one in force last.</summary>
    public required ImmutableArray<DocumentVersion> History { get; init; }

    /// <summary>A clinician signs too, and until then it does not hold.</summary>
    public bool ClinicianSigns { get; init; }

    /// <summary>A representative may sign in the place of the patient.</summary>
    public bool RepresentativeMaySign { get; init; }

    /// <summary>It only says that something was received; there is nothing to agree to or to take back.</summary>
    public bool IsReceipt { get; init; }

    /// <summary>It is not among the papers everybody may read on their pages: it is for an occasion, and nobody is to feel asked for it.</summary>
    public bool OnlyWhenOffered { get; init; }

    public ConsentLife Life { get; init; } = new();

    public ImmutableArray<ResignTrigger> ResignWhen { get; init; } = [];

    /// <summary>The gates that stay shut without it; empty when it is optional.</summary>
    public ImmutableArray<string> MandatoryFor { get; init; } = [];

    /// <summary>What taking it back stops, and what it does not; sentences for the patient.</summary>
    public ImmutableArray<string> WithdrawalStops { get; init; } = [];

    /// <summary>What the signer fills in.</summary>
    public ImmutableArray<DocumentAsk> Asks { get; init; } = [];

    /// <summary>The ask that tells one signature of this family from another, such as the recipient; empty when one signature is all there is.</summary>
    public string OneForEach { get; init; } = "";

    /// <summary>When the signer kept it to one recipient by an answer; null where the text leaves no such choice.</summary>
    public RecipientLimit? LimitedTo { get; init; }

    /// <summary>The patient's own signature under a packet says the same for its recipient, with every element the law asks for (45 CFR 164.508): nobody signs twice.</summary>
    public bool HeldByPacket { get; init; }

    public ImmutableArray<TeachBack> TeachBack { get; init; } = [];

    /// <summary>Yes-or-no facts of the protocol that are so while a signature holds, such as "consent-signed".</summary>
    public ImmutableArray<string> Settles { get; init; } = [];

    /// <summary>What the signer says by signing.</summary>
    public required string Intent { get; init; }

    /// <summary>True while a signature of an earlier version is as good as one of this: no version after it changed the meaning.</summary>
    public bool StillHolds(string version)
    {
        var then = History.IndexOf(History.FirstOrDefault(h => h.Version == version) ?? new("", default, true, ""));
        return then >= 0 && History.Skip(then + 1).All(h => !h.Material);
    }

    /// <summary>The exact words for one person. A field nobody filled says so, so that a gap is seen before signing.</summary>
    public ConsentText TextFor(ImmutableDictionary<string, string> fields)
    {
        var parts = ImmutableArray.CreateBuilder<ConsentPart>();
        for (var s = 0; s < Sections.Length; s++)
        {
            parts.Add(new($"{s + 1}", PartKind.Heading, Merged(Sections[s].Heading, fields)));
            for (var p = 0; p < Sections[s].Paragraphs.Length; p++)
            {
                var paragraph = Sections[s].Paragraphs[p];
                parts.Add(new($"{s + 1}.{p + 1}", PartKind.Paragraph, Merged(paragraph.Text, fields), paragraph.Id));
                parts.AddRange(paragraph.Bullets.Select(b => new ConsentPart("", PartKind.Bullet, Merged(b, fields))));
            }
        }
        return new(Id, Version, Language, Title, parts.ToImmutable());
    }

    public static string Merged(string text, ImmutableDictionary<string, string> fields)
    {
        var merged = new StringBuilder();
        while (text.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && text.IndexOf('}', open) is > 0 and var close)
        {
            var value = fields.GetValueOrDefault(text[(open + 1)..close], "");
            merged.Append(text, 0, open).Append(value.Length > 0 ? value : "(not given)");
            text = text[(close + 1)..];
        }
        return merged.Append(text).ToString();
    }
}

/// <param name="Version">Such as "1.1.0".</param>
/// <param name="On">Since when it is in force.</param>
/// <param name="Material">It changed what is agreed to: those who signed an earlier one are asked again.</param>
/// <param name="What">What changed, in a sentence.</param>
public sealed record DocumentVersion(string Version, DateOnly On, bool Material, string What);

public sealed record DocumentSection(string Heading, ImmutableArray<DocumentParagraph> Paragraphs);

/// <param name="Id">Names what it covers, so that a required element can be found; empty for connecting words.</param>
public sealed record DocumentParagraph(string Id, string Text, ImmutableArray<string> Bullets);

public enum AskKind { Text, Phone, Date, Choice, Choices }

/// <summary>Something the signer fills in, which becomes part of what is signed.</summary>
public sealed record DocumentAsk(string Id, AskKind Kind, string Label, string Hint, bool Required, ImmutableArray<string> Options);

/// <summary>A question that shows whether a text was understood; never a reason to turn somebody away.</summary>
/// <param name="Right">The answer the text gives.</param>
/// <param name="Because">Said, gently, to whoever chose another.</param>
public sealed record TeachBack(string Id, string Question, ImmutableArray<string> Options, string Right, string Because);

/// <summary>How long a signature holds. All empty: until it is taken back.</summary>
/// <param name="Months">Months from signing.</param>
/// <param name="Sessions">Sessions from signing; the fact that counts them.</param>
/// <param name="EndsOnAsk">The id of a date the signer fills in, on which it ends.</param>
public sealed record ConsentLife(int? Months = null, int? Sessions = null, string SessionsFact = "", string EndsOnAsk = "")
{
    /// <summary>The last instant, as far as the calendar decides it; null when it does not.</summary>
    public DateTimeOffset? EndsAt(DateTimeOffset signed, DateOnly? filledIn, TimeSpan offset)
    {
        DateTimeOffset? months = Months is { } m ? signed.AddMonths(m) : null;
        // The day written in belongs to the signer: it ends when that day is over.
        DateTimeOffset? day = filledIn is { } d ? new DateTimeOffset(d.AddDays(1).ToDateTime(default), offset) : null;
        return (months, day) switch { ({ } a, { } b) => a < b ? a : b, (null, var b) => b, (var a, null) => a };
    }
}

/// <summary>Something after which a text is signed again.</summary>
/// <param name="On">answer-changed, answer-becomes, new-medicine-class, new-diagnosis, details-changed, or by-hand.</param>
/// <param name="Because">Said to patient and staff.</param>
/// <param name="Facts">The facts it looks at.</param>
/// <param name="Values">For answer-becomes: the answers that count.</param>
public sealed record ResignTrigger(string Id, string On, string Because, ImmutableArray<string> Facts, ImmutableArray<string> Values);

/// <summary>An answer by which a signature holds for one recipient only.</summary>
/// <param name="Ask">The choice.</param>
/// <param name="Is">The answer that limits.</param>
/// <param name="Names">Where the recipient is written; left empty it holds for nobody.</param>
public sealed record RecipientLimit(string Ask, string Is, string Names);

/// <summary>A step of care that waits for documents.</summary>
/// <param name="Service">As a patient would call it, such as "sending your record to a clinic".</param>
/// <param name="Lines">The kinds of packet lines that open it, such as "substance-use"; none for a step that stands by itself.</param>
public sealed record ConsentGate(string Id, string Service, ImmutableArray<string> Lines)
{
    public ConsentGate(string id, string service) : this(id, service, []) { }
}

/// <summary>Every document of the practice.</summary>
public sealed record ConsentDocuments(ImmutableArray<ConsentDocument> All, ImmutableArray<ConsentGate> Gates)
{
    public static ConsentDocuments None { get; } = new([], []);

    public ConsentDocument? Find(string family) => All.FirstOrDefault(d => d.Id == family);

    public string ServiceOf(string gate) => Gates.FirstOrDefault(g => g.Id == gate)?.Service ?? gate;
}
