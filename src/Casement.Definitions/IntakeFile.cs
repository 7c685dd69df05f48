using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Casement.Clearance;
using Casement.Intake;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads the health questions. Every fact, scale and sign of danger is looked up while reading; anything unknown, and any question left out, is an error with its line.</summary>
public sealed class IntakeFile
{
    readonly Protocol protocol;
    readonly Instruments instruments;
    readonly ScaleFacts scaleFacts;
    readonly List<DefinitionError> errors = [];
    readonly List<AskedAtVisit> atTheVisit = [];
    ImmutableDictionary<string, ImmutableDictionary<string, string>> words = ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    IntakeFile(Protocol protocol, Instruments instruments, ScaleFacts scaleFacts) => (this.protocol, this.instruments, this.scaleFacts) = (protocol, instruments, scaleFacts);

    /// <summary>Reads the form of a programme from the folder of definitions.</summary>
    /// <param name="definitions">The folder that holds intake, instruments and measures.</param>
    /// <param name="name">Such as "ketamine".</param>
    /// <param name="protocol">Whose facts are asked.</param>
    public static IntakeForm Load(string definitions, string name, Protocol protocol)
    {
        var instruments = Wordings.Over(InstrumentFolder.Read(Path.Combine(definitions, "instruments")), Path.Combine(definitions, "intake", "wordings"));
        return Read($"{name}.yaml", File.ReadAllText(Path.Combine(definitions, "intake", $"{name}.yaml")), protocol, instruments, ScaleFactsFile.Load(definitions, protocol, instruments));
    }

    public static IntakeForm Read(string file, string text, Protocol protocol, Instruments instruments, ScaleFacts scaleFacts)
    {
        var reading = new IntakeFile(protocol, instruments, scaleFacts);
        var form = reading.Form(new YamlFile(file, reading.errors).Read(text), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")))));
        return reading.errors.Count == 0 ? form : throw new DefinitionException([.. reading.errors.OrderBy(e => e.Line)]);
    }

    IntakeForm Form(YamlPart top, string hash)
    {
        var cards = top.Need("cards").Items.Select(Card).ToImmutableArray();
        words = top.Maybe("answers")?.Fields.ToImmutableDictionary(f => f.Key, f => f.Value.Fields.ToImmutableDictionary(v => v.Key, v => v.Value.Text)) ?? words;
        foreach (var part in top.Need("at-the-visit").Items) atTheVisit.Add(new(FactOf(part, part.NeedText("fact")), part.NeedText("because")));
        var dangers = top.Need("danger").Items.Select(p => (Part: p, Question: p.NeedText("question"), Sign: new DangerSign(p.Texts("given"), p.NeedText("card")))).ToArray();
        var sections = top.Need("sections").Items.Select(s => Section(s, dangers.ToLookup(d => d.Question, d => d.Sign))).ToImmutableArray();
        var form = new IntakeForm
        {
            Id = top.NeedText("id"),
            Version = top.NeedText("version"),
            Hash = hash,
            Sections = sections,
            Cards = cards,
            AtTheVisit = [.. atTheVisit],
            ScaleFacts = scaleFacts,
        };
        top.NothingElse("a form");
        foreach (var twice in form.Questions.GroupBy(q => q.Id).Where(g => g.Count() > 1)) top.Wrong($"'{twice.Key}' is asked twice.");
        foreach (var (part, question, sign) in dangers)
        {
            if (!cards.Any(c => c.Id == sign.Card)) part.Wrong($"There is no card {sign.Card}.");
            // The sign of a scale that is not on this form waits for its wording.
            if (form.Questions.FirstOrDefault(q => q.Id == question) is { } asked)
            {
                foreach (var given in sign.Given.Where(g => !CanBeGiven(asked, g))) part.Wrong($"'{given}' cannot be given to {question}.");
            }
            else if (!withheld.Any(w => question.StartsWith(w, StringComparison.Ordinal)) && !instead.Any(w => question.StartsWith(w, StringComparison.Ordinal))) part.Wrong($"There is no question {question}.");
        }
        return form;
    }

    readonly List<string> withheld = [];
    readonly List<string> instead = [];

    static bool CanBeGiven(IntakeQuestion question, string given) => question switch
    {
        FactQuestion q => q.Options.Any(o => o.Value == given),
        GroupQuestion q => q.Items.Any(i => i.Question.Id == given),
        ItemQuestion q => BodyMeasures.Number(given) is { } value && (q.Item.Options.IsEmpty || q.Item.Options.Any(o => o.Value == value)),
        ToldQuestion q => q.Options.Any(o => o.Value == given),
        _ => false,
    };

    static DangerCard Card(YamlPart part)
    {
        var card = new DangerCard(part.NeedText("id"), part.NeedText("title"), part.Texts("lines"));
        part.NothingElse("a card");
        return card;
    }

    IntakeSection Section(YamlPart part, ILookup<string, DangerSign> dangers)
    {
        var section = new IntakeSection(part.NeedText("id"), part.NeedText("title"), part.NeedText("why"), [.. part.Need("questions").Items.SelectMany(Questions).Select(q => q with { Dangers = [.. dangers[q.Id]] })]);
        part.NothingElse("a section");
        return section;
    }

    IEnumerable<IntakeQuestion> Questions(YamlPart part)
    {
        IEnumerable<IntakeQuestion> read = part switch
        {
            _ when part.Maybe("fact") is { } fact => [OneFact(part, fact.Text)],
            _ when part.Maybe("any") is { } group => Group(part, group.Text),
            _ when part.Maybe("month") is { } month => [new MonthQuestion(month.Text, FactOf(part, month.Text)) { Ask = part.NeedText("ask"), Help = part.TextOr("help"), Seconds = Seconds(part) }],
            _ when part.Maybe("scale") is { } scale => Scale(part, scale.Text),
            _ when part.Maybe("told") is { } told => [Told(part, told.Text)],
            _ when part.Maybe("medicines") is { } list => [new MedicinesQuestion(list.Text, FactOf(part, list.Text)) { Ask = part.NeedText("ask"), Help = part.TextOr("help"), Seconds = Seconds(part) }],
            _ when part.Maybe("treatments") is { } tried => [new TreatmentsQuestion(tried.Text) { Ask = part.NeedText("ask"), Help = part.TextOr("help"), Seconds = Seconds(part) }],
            _ => [],
        };
        var questions = read.ToArray();
        if (questions.Length == 0 && errors.Count == 0) part.Wrong("This is no question: it names no fact, any, month, scale, told, medicines or treatments.");
        part.NothingElse("a question");
        return questions;
    }

    static int Seconds(YamlPart part) => (int)part.Need("seconds").Number;

    FactQuestion OneFact(YamlPart part, string id)
    {
        var options = part.Maybe("options")?.Fields.Select(o => new IntakeOption(o.Key, o.Value.NeedText("label"), FactValue.Of(o.Value.Need("is").Yes))).ToImmutableArray();
        return AboutFact(part, id, part.TextOr("ask"), Seconds(part)) with { Help = part.TextOr("help"), OnlyWhenSure = part.YesOr("sure"), Options = options ?? Options(FactOf(part, id)) };
    }

    FactQuestion AboutFact(YamlPart part, string id, string ask, int seconds)
    {
        var fact = FactOf(part, id);
        if (fact.Type is not (FactType.Flag or FactType.Choice)) part.Wrong($"{id} is neither yes or no nor a choice, so it needs a page of its own kind.");
        return new FactQuestion(id, fact) { Ask = ask.Length > 0 ? ask : fact.Ask, Seconds = seconds, Options = Options(fact) };
    }

    ImmutableArray<IntakeOption> Options(Fact fact) => fact.Type == FactType.Flag
        ? [new("yes", "Yes", FactValue.Of(true)), new("no", "No", FactValue.Of(false))]
        : [.. fact.Values.Select(v => new IntakeOption(v, words.GetValueOrDefault(fact.Id)?.GetValueOrDefault(v) ?? Capital(fact.ValueNotes.GetValueOrDefault(v, v)), FactValue.Of(v)))];

    static string Capital(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The list, and after it a page for each that may have to be asked alone.</summary>
    IEnumerable<IntakeQuestion> Group(YamlPart part, string id)
    {
        var seconds = Seconds(part);
        var items = part.Need("items").Fields.Select(f => new GroupItem(AboutFact(f.Value, f.Key, "", AloneSeconds) with { Group = id }, f.Value.Text)).ToImmutableArray();
        foreach (var item in items.Where(i => i.Question.Fact.Type == FactType.Choice && !protocol.IsReassuring(FactValue.Of(i.Question.Fact.Values[0]))))
            part.Wrong($"{item.Question.Id} cannot stand in a list: its first value does not say that there is none.");
        return [new GroupQuestion(id, items) { Ask = part.NeedText("ask"), Help = part.TextOr("help"), Seconds = seconds }, .. items.Select(i => i.Question)];
    }

    const int AloneSeconds = 10;

    IEnumerable<IntakeQuestion> Scale(YamlPart part, string id)
    {
        var seconds = Seconds(part);
        var (sent, plain, other) = (part.YesOr("sent"), part.Texts("no-stem"), part.TextOr("instead"));
        if (instruments.Find(id) is not { } scale)
        {
            part.Wrong($"There is no scale {id}.");
            return [];
        }
        if (scale.Items.All(i => i.Text is not null))
        {
            if (other.Length > 0) instead.Add(other + "-");
            return [.. scale.Items.Select(i => Item(scale, i, seconds, sent, plain.Contains(i.LinkId)))];
        }
        withheld.Add(id + "-");
        foreach (var fact in scaleFacts.Of(id)) atTheVisit.Add(new(fact.Fact, $"The wording of {scale.ShortTitle} is not ours to show. Ask it at the visit, or load the wording after accepting its terms."));
        if (instruments.Find(other) is { } free && free.Items.All(i => i.Text is not null)) return [.. free.Items.Select(i => Item(free, i, seconds, sent, plain.Contains(i.LinkId)))];
        part.Wrong($"The wording of {id} is withheld; name a scale to ask instead.");
        return [];
    }

    static ItemQuestion Item(Instrument scale, Item item, int seconds, bool sent, bool plain) => new(ItemQuestion.IdOf(scale.Id, item.LinkId), scale, item)
    {
        Ask = item.Text ?? "",
        Help = plain ? "" : scale.Stem ?? "",
        Seconds = seconds,
        OnlyWhenSent = sent,
    };

    static ToldQuestion Told(YamlPart part, string id)
    {
        var kind = part.NeedText("kind") switch { "text" => ToldKind.Text, "weight" => ToldKind.Weight, "height" => ToldKind.Height, "several" => ToldKind.Several, var other => Unknown(part, other) };
        return new(id, kind)
        {
            Ask = part.NeedText("ask"),
            Help = part.TextOr("help"),
            Seconds = Seconds(part),
            Options = [.. part.Maybe("options")?.Fields.Select(o => new IntakeOption(o.Key, o.Value.Text)) ?? []],
        };
    }

    static ToldKind Unknown(YamlPart part, string kind)
    {
        part.Wrong($"A told question is a text, weight, height or several; not '{kind}'.");
        return ToldKind.Text;
    }

    Fact FactOf(YamlPart part, string id)
    {
        if (protocol.FactById.TryGetValue(id, out var fact)) return fact;
        part.Wrong($"The protocol has no fact {id}.");
        return new(id, FactType.Flag) { Means = "" };
    }
}
