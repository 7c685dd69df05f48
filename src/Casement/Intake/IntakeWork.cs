using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>What the health questions ask of staff, and of the person.</summary>
public static class IntakeWork
{
    const string Page = "intake";

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart is not { Who: { } who, Intake: { } intake }) return [];
        if (intake.Dangers.FirstOrDefault() is { } first)
            return [Worklist.Row(new(who.Name.Called, $"Act now: an answer to the health questions signals danger. “{first.What.Asked}”", Urgency.Now, first.At, Page, Alarm: Alarm.Intake))];
        return intake.SubmittedAt is { } at && intake.ReadTo < ChangedEntry(intake)
            ? [Worklist.Row(new(who.Name.Called, intake.LeftOpen.IsEmpty ? "Read the health questions" : $"Read the health questions; {intake.LeftOpen.Count} to discuss", Urgency.Soon, at, Page))]
            : [];
    }

    static long ChangedEntry(IntakeOnChart intake) => intake.Answers.Values.Select(a => a.Entry).Concat(intake.LeftOpen.Values.Select(m => m.Entry)).DefaultIfEmpty(0).Max();

    /// <summary>The line on the person's own page, until they hand the answers in.</summary>
    public static NextStep? Step(Chart chart) => chart.Intake switch
    {
        { SubmittedAt: null, StartedAt: null, PaperOn: null } offered => new("Answer the health questions", IntakeRound.Page, offered.Minutes > 0 ? $"About {offered.Minutes} minutes. You can stop and go on later." : "You can stop and go on later."),
        { SubmittedAt: null } begun => new("Go on with the health questions", IntakeRound.Page, $"{begun.Answers.Count + begun.LeftOpen.Count} done. Your answers are kept."),
        _ => null,
    };
}
