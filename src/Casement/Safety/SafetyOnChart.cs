using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Safety;

/// <summary>An alert with what became of it.</summary>
public sealed record AlertOnChart(SafetyAlerted Alerted, DateTimeOffset AlertedAt, long Entry)
{
    public (Actor By, DateTimeOffset At)? Seen { get; init; }

    /// <summary>Everybody who was told because nobody had said "seen".</summary>
    public ImmutableList<SafetyEscalated> Steps { get; init; } = [];

    /// <summary>Since when nobody has it: since the answer, or since it was handed back.</summary>
    public DateTimeOffset WaitsSince { get; init; } = AlertedAt;

    /// <summary>How often it was handed back.</summary>
    public int Round { get; init; }

    /// <summary>How many of the steps belong to earlier rounds.</summary>
    public int StepsBefore { get; init; }

    /// <summary>The steps since nobody has it.</summary>
    public IEnumerable<SafetyEscalated> StepsNow => Steps.Skip(StepsBefore);

    /// <summary>Names what is told at a step of this round.</summary>
    public Guid Call(int step) => Round == 0
        ? DerivedId.Of("safety-urgent", Alerted.Alert.ToString("D"), $"{step}")
        : DerivedId.Of("safety-urgent", Alerted.Alert.ToString("D"), $"{step}", $"{Round}");
}

/// <summary>An action that was asked for and is not done.</summary>
public sealed record OpenAction(ActionDue Due, DateTimeOffset AskedAt);

public sealed record DoneOnChart(SafetyActionDone Done, Actor By, DateTimeOffset RecordedAt);

public sealed record EvaluationOnChart(SafetyEvaluated Evaluated, Actor By, DateTimeOffset RecordedAt, long Entry);

public sealed record PlanOnChart(SafetyPlanWritten Written, Actor By, DateTimeOffset WrittenAt, long Entry)
{
    public SafetyPlanReviewed? Reviewed { get; init; }
    public long ReviewEntry { get; init; }
}

/// <summary>Safety as one chart tells it. Open from the first alert until a clinician closes: nothing else ends it, and time least of all.</summary>
public sealed record SafetyOnChart
{
    public static SafetyOnChart None { get; } = new();

    /// <summary>Alerts since the pathway was last closed, oldest first; none while it is closed.</summary>
    public ImmutableList<AlertOnChart> Alerts { get; init; } = [];

    /// <summary>What is still to be done, the soonest first. Follow-up stays even when the pathway is closed.</summary>
    public ImmutableList<OpenAction> Actions { get; init; } = [];

    /// <summary>Everything done or tried, oldest first.</summary>
    public ImmutableList<DoneOnChart> Done { get; init; } = [];

    public ImmutableList<EvaluationOnChart> Evaluations { get; init; } = [];

    /// <summary>Every version of the plan, oldest first; the last is in force.</summary>
    public ImmutableList<PlanOnChart> Plans { get; init; } = [];

    public (SafetyClosed Closed, Actor By, DateTimeOffset At)? LastClosed { get; init; }

    public bool IsOpen => !Alerts.IsEmpty;

    /// <summary>The gravest tier since it opened.</summary>
    public SafetyTier? Tier => IsOpen ? Alerts.Max(a => a.Alerted.Tier) : null;

    public PlanOnChart? Plan => Plans.LastOrDefault();

    /// <summary>The evaluation that answers every alert so far; null while a newer alert waits for one.</summary>
    public EvaluationOnChart? Evaluation => Evaluations.LastOrDefault() is { } last && Alerts.All(a => a.Entry < last.Entry) ? last : null;

    public const string FollowUp = "follow-up";

    public SafetyOnChart After(SafetyAlerted e, Entry entry) => this with
    {
        Alerts = Alerts.Add(new(e, entry.RecordedAt, entry.Sequence)),
        Actions = [.. Actions.Concat(e.Actions.Select(a => new OpenAction(a, entry.RecordedAt))).OrderBy(a => a.Due.DueAt)],
    };

    public SafetyOnChart After(SafetyAcknowledged e, Entry entry) => WithAlert(e.Alert, a => a.Seen is null ? a with { Seen = (entry.By, entry.RecordedAt) } : a);

    public SafetyOnChart After(SafetyEscalated e, Entry entry) => WithAlert(e.Alert, a => a with { Steps = a.Steps.Add(e) });

    public SafetyOnChart After(SafetyHandedBack e, Entry entry) => WithAlert(e.Alert, a => a with { Seen = null, WaitsSince = entry.RecordedAt, Round = a.Round + 1, StepsBefore = a.Steps.Count });

    public SafetyOnChart After(SafetyActionDone e, Entry entry)
    {
        var closes = Actions.FirstOrDefault(a => a.Due.Action == e.Action) is { } open && open.Due.DoneBy switch
        {
            DoneBy.Contact => e.Outcome is ContactOutcome.Reached or ContactOutcome.EmergencyServices or ContactOutcome.NotNeeded,
            // A record says what was tried; only an evaluation is an evaluation.
            DoneBy.Evaluation => false,
            _ => true,
        };
        return this with { Done = Done.Add(new(e, entry.By, entry.RecordedAt)), Actions = closes ? Actions.RemoveAll(a => a.Due.Action == e.Action) : Actions };
    }

    public SafetyOnChart After(SafetyEvaluated e, Entry entry) => this with
    {
        Evaluations = Evaluations.Add(new(e, entry.By, entry.RecordedAt, entry.Sequence)),
        Actions =
        [
            .. Actions.Where(a => a.Due.DoneBy is not DoneBy.Evaluation && a.Due.Action != FollowUp)
                .Append(new(new(FollowUp, "Follow up after the evaluation", ClockUnit.Days, e.FollowUpBy, DoneBy.Contact), entry.RecordedAt))
                .OrderBy(a => a.Due.DueAt),
        ],
    };

    public SafetyOnChart After(SafetyClosed e, Entry entry) => this with { Alerts = [], Actions = Actions.RemoveAll(a => a.Due.Action != FollowUp), LastClosed = (e, entry.By, entry.RecordedAt) };

    public SafetyOnChart After(SafetyPlanWritten e, Entry entry) => this with { Plans = Plans.Add(new(e, entry.By, entry.RecordedAt, entry.Sequence)) };

    public SafetyOnChart After(SafetyPlanReviewed e, Entry entry) => this with
    {
        Plans = [.. Plans.Select(p => p.Written.Plan == e.Plan ? p with { Reviewed = e, ReviewEntry = entry.Sequence } : p)],
    };

    SafetyOnChart WithAlert(Guid alert, Func<AlertOnChart, AlertOnChart> change) => this with { Alerts = [.. Alerts.Select(a => a.Alerted.Alert == alert ? change(a) : a)] };
}
