using System.Collections.Frozen;
using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Measures;

namespace Casement.Intake;

/// <summary>The health questions as a clinician reviewed them: what is asked, in which order, why, and what signals danger; definitions/intake.</summary>
public sealed record IntakeForm
{
    public static IntakeForm Empty { get; } = new() { Id = "", Version = "", Hash = "", Sections = [], Cards = [], AtTheVisit = [], ScaleFacts = ScaleFacts.None };

    public required string Id { get; init; }
    public required string Version { get; init; }

    /// <summary>SHA-256 of the definition, in hex.</summary>
    public required string Hash { get; init; }

    public required ImmutableArray<IntakeSection> Sections { get; init; }

    public required ImmutableArray<DangerCard> Cards { get; init; }

    /// <summary>Questions a patient could answer but that a clinician puts, with the reason.</summary>
    public required ImmutableArray<AskedAtVisit> AtTheVisit { get; init; }

    public required ScaleFacts ScaleFacts { get; init; }

    public string Name => $"{Id} {Version}";

    public IEnumerable<IntakeQuestion> Questions => Sections.SelectMany(s => s.Questions);

    public FrozenDictionary<string, IntakeQuestion> ById => field ??= Questions.ToFrozenDictionary(q => q.Id);

    public FrozenDictionary<string, IntakeSection> SectionOf => field ??= Sections.SelectMany(s => s.Questions.Select(q => (q.Id, s))).ToFrozenDictionary(p => p.Id, p => p.s);

    /// <summary>The scales whose flags may send another scale of this form.</summary>
    public ImmutableArray<Instrument> Sending => sending.IsDefault ? sending = Senders() : sending;

    ImmutableArray<Instrument> sending;

    ImmutableArray<Instrument> Senders()
    {
        var waiting = Questions.OfType<ItemQuestion>().Where(q => q.OnlyWhenSent).Select(q => q.Scale.Id).ToHashSet();
        return [.. Questions.OfType<ItemQuestion>().Select(q => q.Scale).DistinctBy(s => s.Id).Where(s => s.Flags.SelectMany(f => f.Actions).SelectMany(Instruments.Administers).Any(waiting.Contains))];
    }

    public DangerCard? Card(string id) => Cards.FirstOrDefault(c => c.Id == id);
}

/// <param name="Id">Short and stable.</param>
/// <param name="Title">As a heading.</param>
/// <param name="Why">Why these things are asked, in two plain sentences.</param>
/// <param name="Questions">In the order they are put.</param>
public sealed record IntakeSection(string Id, string Title, string Why, ImmutableArray<IntakeQuestion> Questions);

/// <summary>What is said at once when an answer signals danger.</summary>
/// <param name="Id">Short and stable.</param>
/// <param name="Title">The first line.</param>
/// <param name="Lines">What to do, each a plain sentence; the numbers to call stand above them on every card.</param>
public sealed record DangerCard(string Id, string Title, ImmutableArray<string> Lines);

/// <param name="Fact">The fact a clinician asks about.</param>
/// <param name="Because">Why it is not on the form, for the clinician.</param>
public sealed record AskedAtVisit(Fact Fact, string Because);

/// <summary>Given values that signal danger, and the card they call up.</summary>
public sealed record DangerSign(ImmutableArray<string> Given, string Card);

/// <summary>One page of the form.</summary>
public abstract record IntakeQuestion(string Id)
{
    /// <summary>The question in plain words.</summary>
    public required string Ask { get; init; }

    public string Help { get; init; } = "";

    /// <summary>About how long a usual answer takes.</summary>
    public required int Seconds { get; init; }

    public ImmutableArray<DangerSign> Dangers { get; init; } = [];

    /// <summary>The card an answer calls up; empty for none.</summary>
    public string DangerIn(IEnumerable<string> given) => Dangers.FirstOrDefault(d => d.Given.Any(given.Contains))?.Card ?? "";

    /// <summary>The facts it can answer by itself.</summary>
    public abstract ImmutableArray<Fact> Facts { get; }
}

/// <param name="Value">As sent and stored.</param>
/// <param name="Label">As read.</param>
/// <param name="Means">The value of the fact; null when it answers none.</param>
public sealed record IntakeOption(string Value, string Label, FactValue? Means = null);

/// <summary>One fact, yes or no or one of a list.</summary>
public sealed record FactQuestion(string Id, Fact Fact) : IntakeQuestion(Id)
{
    public required ImmutableArray<IntakeOption> Options { get; init; }

    /// <summary>The group that asks about it first; empty when it is asked by itself.</summary>
    public string Group { get; init; } = "";

    /// <summary>It is asked only once it is sure to be needed.</summary>
    public bool OnlyWhenSure { get; init; }

    public override ImmutableArray<Fact> Facts => [Fact];
}

/// <param name="Question">The page that asks about it alone.</param>
/// <param name="Label">A few words in the list.</param>
public sealed record GroupItem(FactQuestion Question, string Label)
{
    /// <summary>Choosing it in the list is the whole answer.</summary>
    public bool IsWhole => Question.Fact.Type == FactType.Flag;
}

/// <summary>"Do you have any of these?" Nothing on the list is taken for a no until the person says so.</summary>
public sealed record GroupQuestion(string Id, ImmutableArray<GroupItem> Items) : IntakeQuestion(Id)
{
    /// <summary>Nothing (else) on the list applies.</summary>
    public const string NoOther = "no-other";

    /// <summary>The person is not sure; each is then asked alone.</summary>
    public const string OneByOne = "one-by-one";

    public override ImmutableArray<Fact> Facts => [.. Items.Select(i => i.Question.Fact)];
}

/// <summary>The month and year of an event; the fact counts the months since.</summary>
public sealed record MonthQuestion(string Id, Fact Fact) : IntakeQuestion(Id)
{
    public override ImmutableArray<Fact> Facts => [Fact];
}

/// <summary>One item of a published scale, in its own words.</summary>
public sealed record ItemQuestion(string Id, Instrument Scale, Item Item) : IntakeQuestion(Id)
{
    /// <summary>The scale is asked only when another scale's flag sends it, or a fact it answers is needed for sure.</summary>
    public bool OnlyWhenSent { get; init; }

    /// <summary>The id of the question that asks an item.</summary>
    public static string IdOf(string scale, string item) => $"{scale}-{item}";

    public override ImmutableArray<Fact> Facts => [];
}

public enum ToldKind { Text, Weight, Height, Several }

/// <summary>Something for the clinician that answers no rule: it is kept as told.</summary>
public sealed record ToldQuestion(string Id, ToldKind Kind) : IntakeQuestion(Id)
{
    public ImmutableArray<IntakeOption> Options { get; init; } = [];

    public override ImmutableArray<Fact> Facts => [];
}

/// <summary>The medicine list, with a page of its own.</summary>
public sealed record MedicinesQuestion(string Id, Fact Fact) : IntakeQuestion(Id)
{
    public override ImmutableArray<Fact> Facts => [Fact];
}

/// <summary>The treatments tried before, with a page of its own.</summary>
public sealed record TreatmentsQuestion(string Id) : IntakeQuestion(Id)
{
    public override ImmutableArray<Fact> Facts => [];
}
