using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Intake;

/// <summary>How far a question is.</summary>
public enum QuestionState
{
    /// <summary>Nobody has answered it.</summary>
    Open,

    /// <summary>It is known from elsewhere and fresh; the person says whether that is right.</summary>
    ToConfirm,

    Answered,

    /// <summary>To discuss, or not known: no answer.</summary>
    LeftOpen,
}

/// <summary>One question of the form for one person now.</summary>
/// <param name="Question">The question.</param>
/// <param name="State">How far it is.</param>
/// <param name="Needed">False when other answers made it needless; what was given is then kept and marked.</param>
/// <param name="Known">What is known from elsewhere; null unless it is to be confirmed.</param>
public sealed record AskedQuestion(IntakeQuestion Question, QuestionState State, bool Needed, ChartedFact? Known = null)
{
    public bool Waits => Needed && (State is QuestionState.Open or QuestionState.ToConfirm);
}

/// <summary>The way of one person through the form: which questions apply on what is known, and how far they are. Worked out anew from the chart each time.</summary>
public sealed class IntakeCourse
{
    readonly Chart chart;
    readonly Protocol protocol;
    readonly Clearance.Sheet sheet;
    readonly DateTimeOffset now;
    readonly ImmutableHashSet<string> sent;
    readonly Dictionary<string, Measures.Sheet> scales = [];

    IntakeCourse(IntakeForm form, Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        (Form, this.chart, this.protocol, this.now) = (form, chart, protocol, now);
        sheet = Filling.Fill(protocol, chart.CaseAt(protocol, now, settings));
        sent = Sent();
        Questions = [.. form.Questions.Select(Ask)];
    }

    public static IntakeCourse Of(IntakeForm form, Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now) =>
        new(form, chart, protocol, settings, now);

    public IntakeForm Form { get; }

    public ImmutableArray<AskedQuestion> Questions { get; }

    public IEnumerable<AskedQuestion> Needed => Questions.Where(q => q.Needed);

    public int Count => Needed.Count();

    public int Answered => Needed.Count(q => !q.Waits);

    public AskedQuestion? Find(string id) => Questions.FirstOrDefault(q => q.Question.Id == id);

    /// <summary>Its place among the questions that apply, from 1; 0 when it does not apply.</summary>
    public int PlaceOf(string id) => Needed.TakeWhile(q => q.Question.Id != id).Count() + 1 is var place && place <= Count ? place : 0;

    /// <summary>The first question that waits after this one, else the first that waits at all; null when none does.</summary>
    public AskedQuestion? Next(string? after = null) =>
        (after is null ? null : Questions.SkipWhile(q => q.Question.Id != after).Skip(1).FirstOrDefault(q => q.Waits)) ?? Questions.FirstOrDefault(q => q.Waits);

    /// <summary>The question that applies before this one; null for the first.</summary>
    public AskedQuestion? Before(string id) => Questions.TakeWhile(q => q.Question.Id != id).LastOrDefault(q => q.Needed);

    /// <summary>About how many minutes the questions that wait still take, at least 1 while any does.</summary>
    public int MinutesLeft => Minutes(Needed.Where(q => q.Waits).Sum(q => q.Question.Seconds));

    public static int Minutes(int seconds) => (seconds + 59) / 60;

    /// <summary>The items of a group that are asked in it: what is known from elsewhere is confirmed alone.</summary>
    public ImmutableArray<GroupItem> ItemsOf(GroupQuestion group) => [.. group.Items.Where(i => KnownElsewhere(i.Question.Fact) is null)];

    /// <summary>What is known and fresh and did not come from this round of questions.</summary>
    public ChartedFact? KnownElsewhere(Fact fact)
    {
        if (!chart.Facts.TryGetValue(fact.Id, out var answers)) return null;
        if (CaseOfChart.InForce(protocol, fact, answers, now) is not { } known || !protocol.IsInForce(fact, known.Fact, now)) return null;
        return known.Fact.Source == FactSource.Patient && chart.Intake is { } intake && known.Entry > intake.Began ? null : known;
    }

    /// <summary>The raw answers given to a scale in this round, by item.</summary>
    public static ImmutableSortedDictionary<string, decimal> ItemsGiven(IntakeForm form, Chart chart, string scale) => form.Questions.OfType<ItemQuestion>()
        .Where(q => q.Scale.Id == scale)
        .Select(q => (q.Item.LinkId, Given: chart.Intake?.Answers.GetValueOrDefault(q.Id)))
        .Where(p => p.Given is not null)
        .ToImmutableSortedDictionary(p => p.LinkId, p => BodyMeasures.Number(p.Given?.What.Given[0] ?? "") ?? 0, StringComparer.Ordinal);

    AskedQuestion Ask(IntakeQuestion question)
    {
        var known = question is FactQuestion one ? KnownElsewhere(one.Fact) : null;
        var state = chart.Intake?.Answers.ContainsKey(question.Id) == true ? QuestionState.Answered
            : chart.Intake?.LeftOpen.ContainsKey(question.Id) == true ? QuestionState.LeftOpen
            : known is not null ? QuestionState.ToConfirm
            : QuestionState.Open;
        return new(question, state, Applies(question, known), state == QuestionState.ToConfirm ? known : null);
    }

    bool Applies(IntakeQuestion question, ChartedFact? known) => question switch
    {
        FactQuestion q when !Possible(q.Fact, q.OnlyWhenSure) => false,
        FactQuestion { Group: "" } => true,
        FactQuestion q => known is not null || Chosen(q),
        GroupQuestion q => !ItemsOf(q).IsEmpty && q.Items.Any(i => Possible(i.Question.Fact, i.Question.OnlyWhenSure)),
        MonthQuestion q => q.Fact.RequiredWhen is { } when && sheet.Ask(when) == Truth.True && (KnownElsewhere(q.Fact) is null || chart.Intake?.Answers.ContainsKey(q.Id) == true),
        ItemQuestion q => AppliesItem(q),
        _ => true,
    };

    /// <summary>The fact may be needed: its predicate holds or cannot be told yet.</summary>
    bool Possible(Fact fact, bool onlyWhenSure) => fact.RequiredWhen is not { } when || sheet.Ask(when) switch
    {
        Truth.True => true,
        Truth.Unknown => !onlyWhenSure,
        _ => false,
    };

    /// <summary>The group's answer calls for this page: all one by one, or this one was chosen and the choice alone does not say enough.</summary>
    bool Chosen(FactQuestion question)
    {
        if (chart.Intake?.Answers.GetValueOrDefault(question.Group) is not { What.Given: var given }) return false;
        return given.Contains(GroupQuestion.OneByOne) || (question.Fact.Type != FactType.Flag && given.Contains(question.Id));
    }

    bool AppliesItem(ItemQuestion question)
    {
        var answers = Form.ScaleFacts.Of(question.Scale.Id).Where(f => f.Flag.Length == 0 && !f.OnlyYes).ToArray();
        if (answers.Length > 0 && answers.All(f => KnownElsewhere(f.Fact) is not null || !Possible(f.Fact, onlyWhenSure: false))) return false;
        var wanted = !question.OnlyWhenSent || sent.Contains(question.Scale.Id) || answers.Any(f => f.Fact.RequiredWhen is { } when && sheet.Ask(when) == Truth.True);
        return wanted && question.Item.Required && SheetOf(question.Scale).IsAsked(question.Item.LinkId);
    }

    Measures.Sheet SheetOf(Instrument scale) => scales.TryGetValue(scale.Id, out var known) ? known
        : scales[scale.Id] = Measures.Sheet.From(scale, Given(scale), SexAtBirth.Unknown, Occasion.Open);

    Dictionary<string, Measures.Answer> Given(Instrument scale) =>
        ItemsGiven(Form, chart, scale.Id).ToDictionary(i => i.Key, i => Measures.Answer.Of(i.Value));

    /// <summary>The scales that flags of the scales answered so far send.</summary>
    ImmutableHashSet<string> Sent() => [.. Form.Sending
        .Select(s => (Scale: s, Given: Given(s))).Where(s => s.Given.Count > 0)
        .SelectMany(s => Response.Of(s.Scale, s.Given, SexAtBirth.Unknown, Occasion.Open).Flags)
        .SelectMany(f => f.Rule.Actions).SelectMany(Instruments.Administers)];
}
