using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>The wish to leave a question open: to discuss it, or because the answer is not known.</summary>
public sealed record LeaveOpen(string Question, OpenBecause Because);

public static class LeavingOpen
{
    public static Decision Decide(Chart chart, IntakeDesk desk, LeaveOpen wish)
    {
        if (chart.Who is null || chart.Intake is not { } intake) return Decision.Refuse(Answering.NotAsked);
        if (!desk.Form.ById.TryGetValue(wish.Question, out var question)) return Decision.Refuse(Answering.NoSuchQuestion);
        if (intake.LeftOpen.TryGetValue(question.Id, out var mark) && mark.What.Because == wish.Because) return Decision.Nothing;
        return Decision.Accept([.. Withdrawing.Events(chart, desk.Protocol, Settled(desk.Form, question), "Left open by the person"), new IntakeLeftOpen(question.Id, question.Ask, wish.Because)]);
    }

    /// <summary>The facts an earlier answer to this question may have settled.</summary>
    static ImmutableArray<Fact> Settled(IntakeForm form, IntakeQuestion question) =>
        question is ItemQuestion item ? [.. form.ScaleFacts.Of(item.Scale.Id).Where(f => f.Item.Length == 0 || f.Item == item.Item.LinkId).Select(f => f.Fact)]
        : question is MedicinesQuestion ? []
        : question.Facts;
}
