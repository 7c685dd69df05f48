using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Intake;
using Casement.Journal;
using Casement.People;
using Casement.Tests.Clearance;

namespace Casement.Tests.Intake;

/// <summary>A person in front of the health questions, answering one after another.</summary>
sealed class Filled
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 19, 0, 0, TimeSpan.Zero);

    public static readonly IntakeForm Form = IntakeFile.Load(Root.Path("definitions"), "ketamine", Ketamine.Protocol);

    static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");

    static readonly Actor Alma = new(ActorKind.Staff, "alma", "Alma Reyes", "PMHNP-BC");

    readonly List<Entry> journal = [];

    public IntakeForm Questions { get; init; } = Form;

    public DateTimeOffset Now { get; set; } = Noon;

    public Chart Chart { get; private set; } = Chart.Empty;

    public IReadOnlyList<Entry> Journal => journal;

    public IntakeDesk Desk => new(Questions, Ketamine.Protocol, ImmutableSortedDictionary<string, decimal>.Empty, Now);

    public IntakeCourse Course => Desk.Course(Chart);

    /// <summary>Admitted and asked.</summary>
    public static Filled Asked(IntakeForm? form = null) => Admitted(form).Then(c => c.Do(chart => IntakeRound.Offer(chart, c.Desk, new(Guid.NewGuid(), Guid.NewGuid()))));

    public static Filled Admitted(IntakeForm? form = null) => new Filled { Questions = form ?? Form }.Then(c => c.Write(Alma, new PatientAdmitted(new(new("Wren Bury"), new(1988, 4, 2)))));

    Filled Then(Action<Filled> act)
    {
        act(this);
        return this;
    }

    public Decision Do(Func<Chart, Decision> decide, Actor? by = null)
    {
        var decision = decide(Chart);
        if (decision is Accepted { Events: var events }) Write(by ?? Wren, [.. events]);
        return decision;
    }

    public void Write(Actor by, params ImmutableArray<PatientEvent> events)
    {
        foreach (var what in events) journal.Add(new(journal.Count + 1, Now, by, what));
        Chart = Chart.From(journal);
    }

    public Filled Recorded(string fact, FactValue value, FactSource source = FactSource.Record, int daysAgo = 10) =>
        Then(c => c.Write(Alma, new FactsRecorded([new(fact, value, Now.AddDays(-daysAgo), source)])));

    public Decision Answer(string question, params ImmutableArray<string> given) =>
        Do(chart => Answering.Decide(chart, Desk, new(question, given, Now, null)));

    public Filled Answered(string question, params ImmutableArray<string> given)
    {
        if (Answer(question, given) is Refused { Because: var because }) Assert.Fail($"{question}: {because}");
        return this;
    }

    public Decision LeaveOpen(string question, OpenBecause because) => Do(chart => LeavingOpen.Decide(chart, Desk, new(question, because)));

    /// <summary>The value in force, as clearance reads it now.</summary>
    public FactValue? Fact(string id) => Chart.CaseAt(Ketamine.Protocol, Now, ImmutableSortedDictionary<string, decimal>.Empty).Facts.GetValueOrDefault(id)?.Value;

    public QuestionState State(string id) => Course.Find(id)?.State ?? throw new InvalidOperationException($"No question {id}.");

    public bool Needed(string id) => Course.Find(id)?.Needed ?? throw new InvalidOperationException($"No question {id}.");

    /// <summary>Answers what waits, in order, as a healthy person would; <paramref name="otherwise"/> says where this one differs.</summary>
    /// <returns>The ids of the questions that were put.</returns>
    public List<string> GoThrough(IReadOnlyDictionary<string, ImmutableArray<string>>? otherwise = null)
    {
        var put = new List<string>();
        while (Course.Next() is { Question: var question, State: var state })
        {
            Assert.True(put.Count < 400, "The form never ends.");
            put.Add(question.Id);
            if (otherwise?.GetValueOrDefault(question.Id) is { IsDefault: false } given) Answered(question.Id, given);
            else if (state == QuestionState.ToConfirm) Answered(question.Id, Answering.Confirmed);
            else if (question is MedicinesQuestion list) Do(chart => TellingMedicines.Finish(chart, Desk, list, TellingMedicines.None, Now));
            else if (question is TreatmentsQuestion tried) Do(chart => TellingTreatments.Finish(chart, tried, TellingTreatments.None));
            else Answered(question.Id, Healthy(question));
        }
        return put;
    }

    public static ImmutableArray<string> Healthy(IntakeQuestion question) => question switch
    {
        FactQuestion { Id: "mental-health-provider-engaged" or "escort-plan" or "overnight-adult" or "no-driving-agreed" or "emergency-contact" } => ["yes"],
        FactQuestion { Id: "pregnancy-potential" } => ["no-uterus"],
        FactQuestion { Fact.Type: FactType.Flag } => ["no"],
        FactQuestion q => [q.Options[0].Value],
        GroupQuestion => [GroupQuestion.NoOther],
        ItemQuestion q => [q.Item.Options.IsEmpty ? "0" : q.Item.Options.Min(o => o.Value).ToString(System.Globalization.CultureInfo.InvariantCulture)],
        MonthQuestion => ["2019", "6"],
        ToldQuestion { Kind: ToldKind.Weight } => ["181", "lb"],
        ToldQuestion { Kind: ToldKind.Height } => ["5", "11", "ft"],
        ToldQuestion { Kind: ToldKind.Several } => [GroupQuestion.NoOther],
        _ => ["To feel like myself again."],
    };
}
