using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Consent;

namespace Casement.Definitions;

/// <summary>Reads definitions/documents: one text a file, and the lists they are held to. Everything wrong is found in one reading.</summary>
public static class DocumentFolder
{
    const string Elements = "required-elements.yaml", GatesFile = "gates.yaml";

    static readonly ImmutableArray<string> Fields = ["practice", "phone", "hours", "after-hours", "address", "licence", "patient", "born", "answers-within"];
    static readonly ImmutableArray<string> Triggers = ["answer-changed", "answer-becomes", "new-medicine-class", "new-diagnosis", "details-changed", "by-hand"];

    public static ConsentDocuments Read(string folder, Protocol protocol) => Read(
        Directory.EnumerateFiles(folder, "*.yaml").ToImmutableSortedDictionary(p => Path.GetFileName(p), File.ReadAllText, StringComparer.Ordinal), protocol);

    public static ConsentDocuments Read(ImmutableSortedDictionary<string, string> files, Protocol protocol)
    {
        var errors = new List<DefinitionError>();
        var gates = ReadGates(files, errors);
        var required = ReadElements(files, errors);
        var documents = files.Where(f => f.Key is not (Elements or GatesFile))
            .Select(f => ReadDocument(f.Key, new YamlFile(f.Key, errors).Read(f.Value), protocol, gates, required)).ToImmutableArray();
        foreach (var family in required.Keys.Where(k => documents.All(d => d.Id != k))) errors.Add(new(Elements, 1, $"There is no document '{family}'."));
        return errors.Count == 0 ? new([.. documents.OrderBy(d => InOrder(d, gates)).ThenBy(d => d.Id, StringComparer.Ordinal)], gates) : throw new DefinitionException([.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)]);
    }

    /// <summary>Documents come in the order in which care first waits for them; optional ones last.</summary>
    static int InOrder(ConsentDocument document, ImmutableArray<ConsentGate> gates) =>
        document.MandatoryFor.Select(g => gates.IndexOf(gates.First(known => known.Id == g))).DefaultIfEmpty(int.MaxValue).Min();

    static ImmutableArray<ConsentGate> ReadGates(ImmutableSortedDictionary<string, string> files, List<DefinitionError> errors)
    {
        if (!files.TryGetValue(GatesFile, out var text)) return [];
        return [.. new YamlFile(GatesFile, errors).Read(text).Need("gates").Items.Select(g =>
        {
            var gate = new ConsentGate(g.NeedText("id"), g.NeedText("service"), g.Texts("lines"));
            foreach (var line in gate.Lines.Where(l => !Referrals.Packet.Kinds.ContainsValue(l))) g.Wrong($"'{line}' is no kind of line; it is one of {string.Join(", ", Referrals.Packet.Kinds.Values)}.");
            g.NothingElse("a gate");
            return gate;
        })];
    }

    static ImmutableDictionary<string, ImmutableArray<string>> ReadElements(ImmutableSortedDictionary<string, string> files, List<DefinitionError> errors) =>
        !files.TryGetValue(Elements, out var text) ? ImmutableDictionary<string, ImmutableArray<string>>.Empty
        : new YamlFile(Elements, errors).Read(text).Fields.ToImmutableDictionary(f => f.Key, f => f.Value.Items.Select(e => e.Text).ToImmutableArray());

    static ConsentDocument ReadDocument(string file, YamlPart top, Protocol protocol, ImmutableArray<ConsentGate> gates, ImmutableDictionary<string, ImmutableArray<string>> required)
    {
        var asks = top.Maybe("asks")?.Items.Select(Ask).ToImmutableArray() ?? [];
        var document = new ConsentDocument(top.NeedText("id"), top.NeedText("version"), top.NeedText("title"))
        {
            Language = top.TextOr("language", "en-US"),
            Summary = top.NeedText("summary"),
            Note = top.TextOr("note"),
            Intent = top.NeedText("intent"),
            Sections = [.. top.Need("sections").Items.Select(Section)],
            History = [.. top.Need("history").Items.Select(Version)],
            IsReceipt = top.YesOr("receipt"),
            OnlyWhenOffered = top.YesOr("only-when-offered"),
            ClinicianSigns = top.Texts("signers").Contains("clinician"),
            RepresentativeMaySign = top.Texts("signers").Contains("representative"),
            Asks = asks,
            OneForEach = top.TextOr("one-for-each"),
            LimitedTo = top.Maybe("limited-to") is { } limit ? Limit(limit) : null,
            HeldByPacket = top.YesOr("held-by-packet"),
            MandatoryFor = top.Texts("mandatory-for"),
            WithdrawalStops = top.Texts("withdrawal-stops"),
            Settles = top.Texts("settles"),
            TeachBack = top.Maybe("teach-back")?.Items.Select(Question).ToImmutableArray() ?? [],
            ResignWhen = top.Maybe("resign-when")?.Items.Select(r => Trigger(r, protocol)).ToImmutableArray() ?? [],
            Life = top.Maybe("expires") is { } life ? Life(life) : new(),
        };
        var merged = top.Texts("fields");
        top.NothingElse("a document");

        if ($"{document.Id}.yaml" != file) top.Wrong($"The file of '{document.Id}' is named {document.Id}.yaml.");
        if (document.History.LastOrDefault()?.Version != document.Version) top.Wrong("The last line of the history is the version in force.");
        if (top.Texts("signers").FirstOrDefault(s => s is not ("patient" or "representative" or "clinician" or "witness")) is { } signer) top.Wrong($"'{signer}' signs nothing; a patient, representative, clinician or witness does.");
        if (!top.Texts("signers").Contains("patient")) top.Wrong("A patient signs every document of this folder.");
        foreach (var gate in document.MandatoryFor.Where(g => gates.All(known => known.Id != g))) top.Wrong($"There is no gate '{gate}' in {GatesFile}.");
        foreach (var fact in document.Settles.Where(f => !protocol.FactById.TryGetValue(f, out var known) || known.Type != FactType.Flag)) top.Wrong($"'{fact}' is no yes-or-no fact of the protocol.");
        if (document.OneForEach.Length > 0 && asks.All(a => a.Id != document.OneForEach)) top.Wrong($"'{document.OneForEach}' is not asked.");
        if (document.LimitedTo is { } only && (asks.FirstOrDefault(a => a.Id == only.Ask)?.Options.Contains(only.Is) is not true || asks.All(a => a.Id != only.Names))) top.Wrong("What limits it to one recipient is not asked.");
        if (document.Life.EndsOnAsk.Length > 0 && asks.All(a => a.Id != document.Life.EndsOnAsk || a.Kind != AskKind.Date)) top.Wrong($"'{document.Life.EndsOnAsk}' is no date that is asked.");
        if (!document.IsReceipt && document.WithdrawalStops.IsEmpty) top.Wrong("Say what taking it back stops.");
        var covered = document.Sections.SelectMany(s => s.Paragraphs).Select(p => p.Id).ToHashSet();
        foreach (var element in required.GetValueOrDefault(document.Id, []).Where(e => !covered.Contains(e))) top.Wrong($"No paragraph covers the required element '{element}'.");
        foreach (var field in merged.Where(f => !Fields.Contains(f))) top.Wrong($"'{field}' is not a field that can be filled in.");
        foreach (var field in UsedFields(document).Where(f => !merged.Contains(f))) top.Wrong($"'{{{field}}}' is used but not listed under fields.");
        foreach (var question in document.TeachBack.Where(q => !q.Options.Contains(q.Right))) top.Wrong($"The right answer to '{question.Question}' is not among its options.");
        return document;
    }

    static IEnumerable<string> UsedFields(ConsentDocument document)
    {
        var text = string.Join('\n', document.Sections.SelectMany(s => s.Paragraphs.SelectMany(p => p.Bullets.Append(p.Text)).Append(s.Heading)));
        return System.Text.RegularExpressions.Regex.Matches(text, @"\{([^}]*)\}").Select(m => m.Groups[1].Value).Distinct();
    }

    static DocumentSection Section(YamlPart part)
    {
        var section = new DocumentSection(part.NeedText("heading"), [.. part.Need("paragraphs").Items.Select(Paragraph)]);
        part.NothingElse("a section");
        return section;
    }

    static DocumentParagraph Paragraph(YamlPart part)
    {
        if (part.IsText) return new("", part.Text.Trim(), []);
        var paragraph = new DocumentParagraph(part.TextOr("id"), part.NeedText("text").Trim(), part.Texts("bullets"));
        part.NothingElse("a paragraph");
        return paragraph;
    }

    static DocumentVersion Version(YamlPart part)
    {
        var on = DateOnly.TryParseExact(part.NeedText("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : default;
        if (on == default) part.Wrong("Write the date as 2026-11-23.");
        var version = new DocumentVersion(part.NeedText("version"), on, part.Need("material").Yes, part.NeedText("what"));
        part.NothingElse("a version");
        return version;
    }

    static DocumentAsk Ask(YamlPart part)
    {
        var kind = part.NeedText("kind") switch { "phone" => AskKind.Phone, "date" => AskKind.Date, "choice" => AskKind.Choice, "choices" => AskKind.Choices, _ => AskKind.Text };
        var ask = new DocumentAsk(part.NeedText("id"), kind, part.NeedText("label"), part.TextOr("hint"), part.YesOr("required", true), part.Texts("options"));
        part.NothingElse("a question");
        if (kind is AskKind.Choice or AskKind.Choices && ask.Options.IsEmpty) part.Wrong("A choice needs options.");
        return ask;
    }

    static TeachBack Question(YamlPart part)
    {
        var question = new TeachBack(part.NeedText("id"), part.NeedText("question"), part.Texts("options"), part.NeedText("right"), part.NeedText("because"));
        part.NothingElse("a teach-back question");
        return question;
    }

    static ResignTrigger Trigger(YamlPart part, Protocol protocol)
    {
        var trigger = new ResignTrigger(part.NeedText("id"), part.NeedText("on"), part.NeedText("because"), part.Texts("facts"), part.Texts("values"));
        part.NothingElse("a trigger");
        if (!Triggers.Contains(trigger.On)) part.Wrong($"'{trigger.On}' is no kind of trigger; it is one of {string.Join(", ", Triggers)}.");
        foreach (var fact in trigger.Facts.Where(f => !protocol.FactById.ContainsKey(f))) part.Wrong($"The protocol has no fact '{fact}'.");
        return trigger;
    }

    static RecipientLimit Limit(YamlPart part)
    {
        var limit = new RecipientLimit(part.NeedText("ask"), part.NeedText("is"), part.NeedText("names"));
        part.NothingElse("a limit");
        return limit;
    }

    static ConsentLife Life(YamlPart part)
    {
        if (part.IsText) return new();
        var life = new ConsentLife((int?)part.Maybe("months")?.Number, (int?)part.Maybe("sessions")?.Number, part.TextOr("sessions-fact"), part.TextOr("on-answer"));
        part.NothingElse("an expiry");
        return life;
    }
}
