using System.Collections.Immutable;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Safety;

/// <param name="Act">Made when the page was shown, so that a double click writes once.</param>
public sealed record RecordAction(Guid Act, string Action, string What, DateTimeOffset DoneAt, ContactOutcome Outcome);

/// <param name="Evaluation">Made when the page was shown, so that a double click writes once.</param>
/// <param name="SeenVersion">The chart as it was read: an answer that came since is not answered by this evaluation.</param>
/// <param name="FollowUpOn">Null when no date was given.</param>
public sealed record Evaluate(Guid Evaluation, MetBy By, string Findings, string Formulation, ClinicianLevel? Level, bool? MeansUnsecured, string Decided, DateOnly? FollowUpOn, long SeenVersion);

/// <summary>What staff do while the pathway is open. Each is a record by a person; the program closes nothing.</summary>
public static class Working
{
    /// <summary>The shortest that can be a finding, a formulation or a decision.</summary>
    const int Least = 15;

    /// <summary>"I have seen it and am on it": the person is in their hands, so the worklist says so too.</summary>
    /// <param name="ofThisPerson">What the worklist says of this person.</param>
    public static Decision Acknowledge(Chart chart, Actor by, IEnumerable<WorklistRow> ofThisPerson)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (by.Kind != ActorKind.Staff) return Decision.Refuse("Only the practice says this.");
        return Decision.Accept([.. Seen(chart), .. Taking.Urgent(chart, ofThisPerson)]);
    }

    /// <summary>Every answer nobody has seen, seen.</summary>
    public static IEnumerable<PatientEvent> Seen(Chart chart) => chart.Safety.Alerts.Where(a => a.Seen is null).Select(a => new SafetyAcknowledged(a.Alerted.Alert));

    /// <summary>What was seen and not evaluated is handed back, and told as if it had just come.</summary>
    public static IEnumerable<PatientEvent> HandedBack(Chart chart) =>
        from alert in chart.Safety.Alerts
        where alert.Seen is not null && IsUrgent(alert.Alerted) && chart.Safety.Evaluations.All(e => e.Entry < alert.Entry)
        from told in new PatientEvent[]
        {
            new SafetyHandedBack(alert.Alerted.Alert),
            new DutyCalled((alert with { Round = alert.Round + 1 }).Call(0), Duty.Responsible, Urgent: true, "staff-urgent", "/staff", alert.Alerted.Alert),
        }
        select told;

    public static Decision Record(Chart chart, RecordAction wish, Actor by, DateTimeOffset now)
    {
        if (chart.Safety.Done.Any(d => d.Done.Act == wish.Act)) return Decision.Nothing;
        if (by.Kind != ActorKind.Staff) return Decision.Refuse("Only the practice writes this down.");
        if (chart.Safety.Actions.FirstOrDefault(a => a.Due.Action == wish.Action) is not { } open) return Decision.Refuse("This is not open any more. Look at the list again.");
        if (wish.What.Trim().Length < 5) return Decision.Refuse("Write down what was done, in a few words.");
        if (wish.DoneAt > now.AddMinutes(5)) return Decision.Refuse("The time given lies in the future.");
        if (wish.DoneAt < open.AskedAt.AddDays(-1)) return Decision.Refuse("The time given lies before the answer it is about.");
        if (open.Due.DoneBy is DoneBy.Contact && wish.Outcome is ContactOutcome.NoContactNeeded) return Decision.Refuse("Say whether you reached the person.");
        return Decision.Accept(new SafetyActionDone(wish.Act, wish.Action, wish.What.Trim(), wish.DoneAt, wish.Outcome));
    }

    public static Decision Evaluate(Chart chart, SafetyRules rules, TimeZoneInfo zone, Evaluate wish, Actor by, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (chart.Safety.Evaluations.Any(e => e.Evaluated.Evaluation == wish.Evaluation)) return Decision.Nothing;
        if (by.Kind != ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician evaluates. Your account shows no licence.");
        if (chart.Safety.Alerts.Any(a => a.Entry > wish.SeenVersion)) return Decision.Refuse("A new answer came in while you were writing. Read it first; what you wrote is still here.");
        if (EvaluationProblems(chart, rules, zone, wish, now) is [var problem, ..]) return Decision.Refuse(problem.Because);
        if (wish.Level is not { } level || wish.FollowUpOn is not { } followUp) return Decision.Refuse("Give a level and a follow-up date.");
        var facts = ImmutableArray.CreateBuilder<RecordedFact>();
        void Say(string id, FactValue value) => facts.Add(new(id, value, now, FactSource.Clinician, new("suicide-risk evaluation", $"Evaluated by {by.Name}")));
        // The fact means face to face or by video: a phone call is an evaluation, and not that one.
        if (wish.By is not MetBy.Phone)
        {
            Say(Triage.Evaluated, FactValue.Of(true));
            if (chart.Facts.ContainsKey("c-cssrs-tier")) Say("c-suicide-evaluated", FactValue.Of(true));
        }
        Say(Triage.ClinicianTier, FactValue.Of(level switch { ClinicianLevel.Low => "low", ClinicianLevel.Moderate => "moderate", ClinicianLevel.High => "high", _ => "imminent" }));
        if (wish.MeansUnsecured is { } unsecured) Say("lethal-means-unsecured", FactValue.Of(unsecured));
        return Decision.Accept([
            .. chart.Safety.Alerts.Where(a => a.Seen is null).Select(a => new SafetyAcknowledged(a.Alerted.Alert)),
            new SafetyEvaluated(wish.Evaluation, now, wish.By, wish.Findings.Trim(), wish.Formulation.Trim(), level, wish.MeansUnsecured, wish.Decided.Trim(), followUp, Triage.EndOf(followUp, zone)),
            new FactsRecorded(facts.ToImmutable()),
        ]);
    }

    /// <summary>What is missing from an evaluation, in the order of the page.</summary>
    public static ImmutableArray<(string Field, string Because)> EvaluationProblems(Chart chart, SafetyRules rules, TimeZoneInfo zone, Evaluate wish, DateTimeOffset now)
    {
        var problems = ImmutableArray.CreateBuilder<(string, string)>();
        if (wish.Findings.Trim().Length < Least) problems.Add(("Findings", "Write down what you found: thoughts, intent, plan, behaviour, means, what protects."));
        if (wish.Formulation.Trim().Length < Least) problems.Add(("Formulation", "Write down how you understand the risk."));
        if (wish.Level is null) problems.Add(("Level", "Choose the level of risk you see."));
        if (wish.Decided.Trim().Length < Least) problems.Add(("Decided", "Write down what happens next."));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var most = FollowUpDays(chart, rules, wish.Level);
        if (wish.FollowUpOn is not { } on) problems.Add(("FollowUpOn", "Give the date of the next contact. There is no evaluation without one."));
        else if (on < today) problems.Add(("FollowUpOn", "The next contact lies in the past."));
        else if (on > today.AddDays(most)) problems.Add(("FollowUpOn", $"The next contact is at most {most} {(most == 1 ? "day" : "days")} away, by {today.AddDays(most):M/d/yyyy}."));
        return problems.ToImmutable();
    }

    /// <summary>The stricter of what the clinician says and the contact the screen asks for: 72 hours once it was moderate or more.</summary>
    public static int FollowUpDays(Chart chart, SafetyRules rules, ClinicianLevel? level)
    {
        var judged = level switch { ClinicianLevel.Imminent or ClinicianLevel.High => SafetyTier.High, ClinicianLevel.Moderate => SafetyTier.Moderate, _ => SafetyTier.Low };
        return Math.Min(rules.FollowUpWithinDays[judged], rules.FollowUpWithinDays[chart.Safety.Tier is SafetyTier.Moderate or SafetyTier.High ? SafetyTier.Moderate : SafetyTier.Low]);
    }

    public static Decision Close(Chart chart, SafetyRules rules, string because, Actor by, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (by.Kind != ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician closes this. Your account shows no licence.");
        if (!chart.Safety.IsOpen) return Decision.Nothing;
        if (StillNeeded(chart, rules, now) is { IsEmpty: false } needed) return Decision.Refuse(string.Join(" ", needed));
        if (because.Trim().Length < Least) return Decision.Refuse("Say why it can be closed, in a sentence.");
        return Decision.Accept(new SafetyClosed(because.Trim()));
    }

    /// <summary>What stands between this chart and a close, each in a sentence; none when a clinician may close it.</summary>
    public static ImmutableArray<string> StillNeeded(Chart chart, SafetyRules rules, DateTimeOffset now)
    {
        var needed = ImmutableArray.CreateBuilder<string>();
        var safety = chart.Safety;
        if (safety.Evaluation is not { } evaluation) needed.Add("An evaluation after the latest positive answer is needed.");
        else
        {
            if (evaluation.Evaluated.Level is ClinicianLevel.High or ClinicianLevel.Imminent) needed.Add("The last evaluation says high or imminent. Evaluate again when that is no longer so.");
            if (safety.Tier >= SafetyTier.Moderate && evaluation.Evaluated.By is MetBy.Phone) needed.Add("The last evaluation was by phone. At this tier it is face to face or by video.");
            if (safety.Actions.All(a => a.Due.Action != SafetyOnChart.FollowUp) && safety.Done.All(d => d.Done.Action != SafetyOnChart.FollowUp || d.RecordedAt < evaluation.RecordedAt)) needed.Add("A follow-up date is needed.");
        }
        if ((safety.Tier >= SafetyTier.Moderate || safety.Evaluation?.Evaluated.Level is ClinicianLevel.Moderate) && !SafetyPlan.IsCurrent(chart, rules, now)) needed.Add("A current safety plan is needed, reviewed with the patient.");
        foreach (var action in safety.Actions.Where(a => a.Due.Action != SafetyOnChart.FollowUp)) needed.Add($"Still open: {action.Due.Short}.");
        return needed.ToImmutable();
    }

    /// <summary>
    /// Who is to be told now because nobody has said "seen". Once for each step and alert, and not at all once somebody has. Pure: it may be asked
    /// as often as one likes.
    /// </summary>
    public static ImmutableArray<PatientEvent> Escalations(SafetyRules rules, Chart chart, DateTimeOffset now) =>
    [
        .. from alert in chart.Safety.Alerts
           where alert.Seen is null && IsUrgent(alert.Alerted)
           from step in rules.Escalation
           where now >= alert.WaitsSince.AddMinutes(step.AfterMinutes) && alert.StepsNow.All(s => s.Step != step.Step)
           from told in new PatientEvent[]
           {
               new SafetyEscalated(alert.Alerted.Alert, step.Step, step.Whom),
               new DutyCalled(alert.Call(step.Step), step.To, Urgent: true, "staff-urgent", "/staff", alert.Alerted.Alert),
           }
           select told,
    ];

    /// <summary>A low tier that a clinician wrote down has its seven days; everything else is wanted seen at once.</summary>
    public static bool IsUrgent(SafetyAlerted alert) => alert.Unattended || alert.Tier is not SafetyTier.Low;
}
