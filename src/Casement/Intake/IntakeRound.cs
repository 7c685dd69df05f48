using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;

namespace Casement.Intake;

/// <summary>The wish to ask a person the health questions.</summary>
/// <param name="Intake">Names the round.</param>
/// <param name="Message">Names the message that tells them.</param>
public sealed record OfferIntake(Guid Intake, Guid Message);

/// <summary>Offering, beginning, submitting and reading the health questions.</summary>
public static class IntakeRound
{
    public const string Template = "intake-waiting";
    public const string Page = "/my/intake";

    public static Decision Offer(Chart chart, IntakeDesk desk, OfferIntake wish)
    {
        if (chart.Who is not { } who) return Decision.Refuse("There is no such patient.");
        if (desk.Form.Sections.IsEmpty) return Decision.Refuse("This practice has no health questions yet.");
        if (chart.Intake is { SubmittedAt: null }) return Decision.Nothing;
        var minutes = IntakeCourse.Minutes(desk.Course(chart with { Intake = null }).Needed.Sum(q => q.Question.Seconds));
        return Decision.Accept(new IntakeOffered(wish.Intake, minutes), new MessageAsked(wish.Message, Template, new(AddresseeKind.Patient, who.Name.Called), Page));
    }

    /// <summary>Begins the round, or on paper a round of its own when none is under way.</summary>
    public static Decision Begin(Chart chart, IntakeDesk desk, Guid intake, DateOnly? paperOn, DateOnly today)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (paperOn > today) return Decision.Refuse("The date on the paper lies in the future.");
        if (chart.Intake is { } under && (paperOn is null ? under.StartedAt is not null : under.PaperOn == paperOn && under.SubmittedAt is null)) return Decision.Nothing;
        if (chart.Intake is null && paperOn is null) return Decision.Refuse(Answering.NotAsked);
        var round = chart.Intake is { SubmittedAt: null } open ? open.Intake : paperOn is null && chart.Intake is { } done ? done.Intake : intake;
        return Decision.Accept(new IntakeStarted(round, desk.Form.Name, desk.Form.Hash, paperOn));
    }

    /// <summary>Hands in what there is. Nothing that was left open becomes an answer by it.</summary>
    public static Decision Submit(Chart chart, IntakeDesk desk)
    {
        if (chart.Who is null || chart.Intake is not { } intake) return Decision.Refuse(Answering.NotAsked);
        if (intake.Answers.IsEmpty && intake.LeftOpen.IsEmpty) return Decision.Refuse("Nothing is answered yet. Please begin with the first question.");
        if (intake.SubmittedAt >= intake.ChangedAt) return Decision.Nothing;
        var open = desk.Course(chart).Needed.Where(q => q.State != QuestionState.Answered).Select(q => q.Question.Id);
        return Decision.Accept([.. Unfinished(chart, desk, intake), new IntakeSubmitted(intake.Intake, [.. open])]);
    }

    /// <summary>Scales with an item left open are kept as far as they go. Their missing items are missing now, so their totals answer no fact.</summary>
    static IEnumerable<PatientEvent> Unfinished(Chart chart, IntakeDesk desk, IntakeOnChart intake) =>
        from scale in desk.Form.Questions.OfType<ItemQuestion>().Select(q => q.Scale).DistinctBy(s => s.Id)
        let items = IntakeCourse.ItemsGiven(desk.Form, chart, scale.Id)
        where items.Count > 0
        let kept = chart.Scales.FindLast(s => s.What.Sitting == intake.Intake && s.What.Instrument == scale.Id)
        where kept is null || !kept.What.Items.SequenceEqual(items)
        select ScaleAnswered.Of(intake.Intake, scale, items, intake.ChangedAt ?? desk.Now, FactSource.Patient);

    /// <summary>A clinician has read everything so far; a dangerous answer is not read away without saying what was done.</summary>
    public static Decision Review(Chart chart, string done)
    {
        if (chart.Intake is not { } intake) return Decision.Refuse("There is nothing to read.");
        if (string.IsNullOrWhiteSpace(done) && intake.Dangers.Any()) return Decision.Refuse("Say what was done about the answer that signals danger.");
        return intake.ReadTo > 0 && !intake.Dangers.Any() && intake.ChangedAt is null ? Decision.Nothing : Decision.Accept(new IntakeReviewed(done.Trim()));
    }
}
