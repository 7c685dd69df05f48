using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Intake;

/// <summary>The wish to answer one question of the form.</summary>
/// <param name="Question">Its id.</param>
/// <param name="Given">What was chosen or typed.</param>
/// <param name="At">When it was so: now, or the date on the paper.</param>
/// <param name="Paper">Says that it was written on paper; null on a screen.</param>
public sealed record AnswerIntake(string Question, ImmutableArray<string> Given, DateTimeOffset At, Provenance? Paper);

/// <summary>What an intake decision stands on besides the chart.</summary>
public sealed record IntakeDesk(IntakeForm Form, Protocol Protocol, ImmutableSortedDictionary<string, decimal> Settings, DateTimeOffset Now)
{
    public IntakeCourse Course(Chart chart) => IntakeCourse.Of(Form, chart, Protocol, Settings, Now);
}

/// <summary>An answer to one question: kept as given, and what it settles is on the chart at once, before anything is submitted.</summary>
public static class Answering
{
    /// <summary>Given to a question whose answer the records already hold.</summary>
    public const string Confirmed = "confirmed";

    public const string NotAsked = "Your practice has not asked you these questions. Nothing was kept.";
    public const string NoSuchQuestion = "There is no such question.";

    public static Decision Decide(Chart chart, IntakeDesk desk, AnswerIntake wish)
    {
        if (chart.Who is null || chart.Intake is not { } intake) return Decision.Refuse(NotAsked);
        if (!desk.Form.ById.TryGetValue(wish.Question, out var question)) return Decision.Refuse(NoSuchQuestion);
        if (intake.Answers.TryGetValue(question.Id, out var before) && before.What.Given.SequenceEqual(wish.Given) && !HasNews(chart, desk, question, wish)) return Decision.Nothing;
        return wish.Given is [Confirmed] ? Confirming(chart, desk, question, wish) : Answered(chart, desk, question, wish);
    }

    /// <summary>The same answer given again later is news once the first is too old to count, or was put beside another.</summary>
    static bool HasNews(Chart chart, IntakeDesk desk, IntakeQuestion question, AnswerIntake wish) => question is FactQuestion { Fact: var fact }
        && (!chart.Facts.TryGetValue(fact.Id, out var answers) || answers[^1].Fact is not { } last || wish.At - last.ObservedAt > TimeSpan.FromDays(1) || last.Source != FactSource.Patient);

    static Decision Confirming(Chart chart, IntakeDesk desk, IntakeQuestion question, AnswerIntake wish)
    {
        if (question is not FactQuestion { Fact: var fact } || desk.Course(chart).KnownElsewhere(fact) is not { } known)
            return Decision.Refuse("Your records changed meanwhile. Please look again.");
        var said = new RecordedFact(fact.Id, known.Fact.Value, wish.At, FactSource.Patient, new("confirmed by the person", $"The answer of {known.Fact.ObservedAt:yyyy-MM-dd} was shown and confirmed"));
        return Together(desk, chart, [said], Kept(question, wish, question.DangerIn(Given(known.Fact.Value))));
    }

    static Decision Answered(Chart chart, IntakeDesk desk, IntakeQuestion question, AnswerIntake wish)
    {
        var items = question is GroupQuestion group ? desk.Course(chart).ItemsOf(group) : [];
        var (understood, why) = Understanding.Of(question, wish.Given, items, wish.At);
        if (understood is null) return Decision.Refuse(why ?? "");
        var facts = understood.Facts.Select(f => new RecordedFact(f.Fact.Id, f.Value, wish.At, FactSource.Patient, wish.Paper)).ToList();
        var events = new List<PatientEvent> { Kept(question, wish, question.DangerIn(wish.Given)) };
        if (question is ItemQuestion item) OfScale(chart, desk, item, wish, facts, events);
        // Taking back a reassuring answer leaves nothing behind that could still reassure.
        events.InsertRange(0, Withdrawing.Events(chart, desk.Protocol, [.. understood.Unsettled, .. Outdated(chart, desk, question, wish)], "Changed by the person"));
        return Together(desk, chart, facts, [.. events]);
    }

    static IntakeAnswered Kept(IntakeQuestion question, AnswerIntake wish, string danger) => new(question.Id, question.Ask, wish.Given, danger);

    /// <summary>What an item answers by itself at once; and when it was the last one, the whole scale.</summary>
    static void OfScale(Chart chart, IntakeDesk desk, ItemQuestion question, AnswerIntake wish, List<RecordedFact> facts, List<PatientEvent> events)
    {
        var value = BodyMeasures.Number(wish.Given[0]) ?? 0;
        facts.AddRange(desk.Form.ScaleFacts.OfItems(question.Scale.Id, new Dictionary<string, decimal> { [question.Item.LinkId] = value })
            .Select(f => new RecordedFact(f.Fact.Fact.Id, f.Value, wish.At, FactSource.Patient, wish.Paper ?? new($"scale {question.Scale.Id} {question.Scale.Version}", "Answered here"))));
        var items = IntakeCourse.ItemsGiven(desk.Form, chart, question.Scale.Id).SetItem(question.Item.LinkId, value);
        if (!IsFilled(question.Scale, items, chart, desk)) return;
        var filled = ScaleAnswered.Of(chart.Intake?.Intake ?? default, question.Scale, items, wish.At, FactSource.Patient);
        events.Add(filled);
        var whole = desk.Form.ScaleFacts.From(filled, wish.Paper);
        if (!whole.IsEmpty) events.Add(new FactsRecorded(whole));
    }

    /// <summary>Every item that is asked has an answer or was left open on purpose.</summary>
    static bool IsFilled(Instrument scale, ImmutableSortedDictionary<string, decimal> items, Chart chart, IntakeDesk desk)
    {
        var sheet = Measures.Sheet.From(scale, items.ToDictionary(i => i.Key, i => Measures.Answer.Of(i.Value)), SexAtBirth.Unknown, Occasion.Open);
        return desk.Form.Questions.OfType<ItemQuestion>().Where(q => q.Scale.Id == scale.Id && q.Item.Required)
            .All(q => !sheet.IsMissing(q.Item.LinkId) || chart.Intake?.LeftOpen.ContainsKey(q.Id) == true);
    }

    /// <summary>The totals of a scale whose item changes: they are no longer what was said, until it is filled in again.</summary>
    static IEnumerable<Fact> Outdated(Chart chart, IntakeDesk desk, IntakeQuestion question, AnswerIntake wish)
    {
        if (question is not ItemQuestion item || chart.Intake?.Answers.ContainsKey(question.Id) != true) return [];
        var items = IntakeCourse.ItemsGiven(desk.Form, chart, item.Scale.Id).SetItem(item.Item.LinkId, BodyMeasures.Number(wish.Given[0]) ?? 0);
        return IsFilled(item.Scale, items, chart, desk) ? [] : desk.Form.ScaleFacts.Of(item.Scale.Id).Where(f => f.Item.Length == 0).Select(f => f.Fact);
    }

    /// <summary>The facts first, so that whatever follows from them stands in the same transaction; the reassuring ones in an entry of their own, so that they can be taken back alone.</summary>
    static Decision Together(IntakeDesk desk, Chart chart, IReadOnlyCollection<RecordedFact> facts, params ImmutableArray<PatientEvent> events)
    {
        var all = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var alike in facts.GroupBy(f => Withdrawing.MayBeTakenBack(desk.Protocol, f.Value)))
        {
            switch (Recording.Facts(chart, desk.Protocol, [.. alike], desk.Now))
            {
                case Accepted accepted: all.AddRange(accepted.Events); break;
                case Refused refused: return refused;
            }
        }
        all.AddRange(events);
        return Decision.Accept(all.ToImmutable());
    }

    /// <summary>A value as it would have been given.</summary>
    public static ImmutableArray<string> Given(FactValue value) => value switch
    {
        Flag f => [f.Value ? "yes" : "no"],
        Choices c => c.Values,
        _ => [value.ToString() ?? ""],
    };
}
