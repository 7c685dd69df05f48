using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Intake;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Safety;

/// <summary>
/// From answers to an open pathway, written in the same transaction as the answers (clearance.md 7.1, 7.2). One "yes" is enough: the
/// protocol waits for every item before it names a tier, safety does not.
/// </summary>
public static class Triage
{
    public const string Phq9Item9 = "phq9-item9", Evaluated = "suicide-evaluated", PlanCurrent = "safety-plan-current", ClinicianTier = "suicide-clinician-tier";

    static readonly ImmutableArray<(string Fact, SafetyTier Tier)> Items =
    [
        ("cssrs-q4", SafetyTier.High), ("cssrs-q5", SafetyTier.High), ("cssrs-q6-3mo", SafetyTier.High),
        ("cssrs-q3", SafetyTier.Moderate), ("cssrs-q6-lifetime", SafetyTier.Moderate),
        ("cssrs-q1", SafetyTier.Low), ("cssrs-q2", SafetyTier.Low),
        // Asked by the clinic before the person goes home (clearance.md 8.5, dc-suicide).
        ("d-suicide-concern", SafetyTier.High),
    ];

    /// <summary>A positive answer, with what it is.</summary>
    sealed record Positive(string Fact, SafetyTier Tier, string Says, long Entry, Actor By)
    {
        /// <summary>It is an answer of a screen as it was given, and not a fact that stays in force.</summary>
        public bool Screen { get; init; }
    }

    public static ImmutableArray<PatientEvent> Consequences(SafetyRules rules, Protocol protocol, TimeZoneInfo zone, Chart before, Chart after, DateTimeOffset now)
    {
        if (after.Who is null || after.Version == before.Version) return [];
        var positives = Positives(rules, protocol, after, now).Where(p => !p.Screen || p.Entry > before.Version).ToArray();
        var news = positives.Where(p => p.Entry > before.Version && !IsOfAnEvaluation(p, before, after)).ToArray();
        if (news.Length == 0) return [];

        var tier = positives.Max(p => p.Tier);
        var unattended = news.Any(p => p.By.Kind is ActorKind.Patient);
        // What a clinic tells has to be seen here, also while something older is being worked on.
        var elsewhere = news.Any(p => p.By.Kind is ActorKind.Partner);
        if (IsAlreadyWaiting(after.Safety, tier, unattended, elsewhere)) return [];

        var because = string.Join("; ", news.OrderByDescending(p => p.Tier).Select(p => p.Says));
        var alert = DerivedId.Of("safety-alert", after.Who.Name.Legal, $"{after.Who.BornOn:O}", $"{after.Version}", $"{now.UtcTicks}", because);
        var open = after.Safety.Actions.Select(a => a.Due.Action).ToHashSet();
        var actions = rules.For(tier, unattended).Where(a => !open.Contains(a.Id)).Select(a => new ActionDue(a.Id, a.Short, a.Unit, DueAt(a, zone, now), a.DoneBy)).ToImmutableArray();
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        events.Add(new SafetyAlerted(alert, tier, unattended, because, actions, rules.Version));
        events.AddRange(Unsettled(protocol, before, after, tier, now));
        if (unattended || tier is SafetyTier.High)
            events.Add(new DutyCalled(DerivedId.Of("safety-urgent", alert.ToString("D"), "0"), Duty.Responsible, Urgent: true, "staff-urgent", "/staff", alert));
        return events.ToImmutable();
    }

    /// <summary>The instant a clock runs out. A day ends at the practice's midnight.</summary>
    public static DateTimeOffset DueAt(SafetyAction action, TimeZoneInfo zone, DateTimeOffset now) => action.Unit switch
    {
        ClockUnit.Minutes => now.AddMinutes(action.Amount),
        ClockUnit.Hours => now.AddHours(action.Amount),
        ClockUnit.SameDay => EndOf(0, zone, now),
        ClockUnit.Days => EndOf(action.Amount, zone, now),
        _ => now,
    };

    public static DateTimeOffset EndOf(int daysAhead, TimeZoneInfo zone, DateTimeOffset now) =>
        EndOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(daysAhead), zone);

    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.AddDays(1).ToDateTime(default);
        return new(midnight, zone.GetUtcOffset(midnight));
    }

    /// <summary>
    /// What suspends a clearance besides the facts its triggers read (clearance.md 6.4, trig-cssrs): a tier is suspended on before the protocol can name it, and
    /// a clinician who finds more than the screen did suspends as the screen would have.
    /// </summary>
    public static ImmutableArray<PatientEvent> Suspending(SafetyRules rules, Protocol protocol, Chart before, Chart after, ImmutableArray<PatientEvent> following, DateTimeOffset now)
    {
        if (after.Clearances.LastOrDefault() is not { } clearance || clearance.At(now) is not ClearanceState.Valid) return [];
        var judged = after.Safety.Evaluations.Skip(before.Safety.Evaluations.Count).Select(e => TierOf(e.Evaluated.Level));
        var tiers = following.OfType<SafetyAlerted>().Select(a => a.Tier).Concat(judged);
        return tiers.Any(rules.SuspendingTiers.Contains) && protocol.Triggers.FirstOrDefault(t => t.Id == rules.SuspendingTrigger) is { } trigger
            ? [new ClearanceSuspended(clearance.Signed.Clearance, trigger.Id, $"{trigger.Title}. {trigger.Then}", trigger.Within)]
            : [];
    }

    static SafetyTier TierOf(ClinicianLevel level) => level switch { ClinicianLevel.Low => SafetyTier.Low, ClinicianLevel.Moderate => SafetyTier.Moderate, _ => SafetyTier.High };

    /// <summary>Whether there is a positive answer that no evaluation has followed, whether the pathway is open or not.</summary>
    public static bool IsUnevaluated(SafetyRules rules, Protocol protocol, Chart chart, DateTimeOffset now)
    {
        var evaluated = chart.Safety.Evaluations.LastOrDefault()?.Entry ?? 0;
        return Positives(rules, protocol, chart, now).Any(p => p.Entry > evaluated && p.Fact != ClinicianTier);
    }

    static IEnumerable<Positive> Positives(SafetyRules rules, Protocol protocol, Chart chart, DateTimeOffset now)
    {
        foreach (var (id, tier) in Items)
            if (Current(protocol, chart, id, now) is { Fact.Value: Flag { Value: true } } yes) yield return new(id, tier, $"{Label(protocol, id)}: yes", yes.Entry, yes.By);
        if (Current(protocol, chart, Phq9Item9, now) is { Fact.Value: Number number } answer && number.Value >= rules.Phq9Item9)
            yield return new(Phq9Item9, SafetyTier.Unscreened, $"{Label(protocol, Phq9Item9)}: {number}", answer.Entry, answer.By);
        foreach (var id in new[] { "s-cssrs-tier", "c-cssrs-tier", ClinicianTier })
            if (Current(protocol, chart, id, now) is { Fact.Value: Choice choice } named && TierOf(id, choice.Value) is { } tier) yield return new(id, tier, $"{Label(protocol, id)}: {choice}", named.Entry, named.By);
        foreach (var screen in rules.Screens)
            if (Given(chart, screen) is var (entry, by)) yield return new(screen.Says, screen.Tier, screen.Says, entry, by) { Screen = true };
    }

    /// <summary>The newest time a screen was answered so, in a sitting or on a page of the health questions; null when its newest answer is another.</summary>
    static (long Entry, Actor By)? Given(Chart chart, ScreenAnswer screen)
    {
        (long Entry, Actor By)? found = null;
        if (!screen.LeftOpen && chart.LastOfScale.GetValueOrDefault(screen.Scale) is { } filled
            && (screen.Flag.Length > 0 ? filled.What.Flags.Contains(screen.Flag) : filled.What.Items.TryGetValue(screen.Item, out var value) && value == screen.Is))
            found = (filled.Entry, filled.By);
        if (chart.Intake is not { } intake || screen.Flag.Length > 0) return found;
        if (screen.LeftOpen)
            return intake.LeftOpen.Values.Where(o => o.What.Question.StartsWith(ItemQuestion.IdOf(screen.Scale, ""), StringComparison.Ordinal)).OrderBy(o => o.Entry).Select(o => ((long, Actor)?)(o.Entry, o.By)).LastOrDefault();
        if (intake.Answers.GetValueOrDefault(ItemQuestion.IdOf(screen.Scale, screen.Item)) is not { } given || (found is { Entry: var later } && later > given.Entry)) return found;
        return given.What.Given is [var text] && BodyMeasures.Number(text) == screen.Is ? (given.Entry, given.By) : found;
    }

    /// <summary>A clinician's own "low" or "moderate" is a judgement about an answer, not a new one.</summary>
    static SafetyTier? TierOf(string fact, string value) => value switch
    {
        "high" or "imminent" => SafetyTier.High,
        "moderate" when fact != ClinicianTier => SafetyTier.Moderate,
        "low" when fact != ClinicianTier => SafetyTier.Low,
        _ => null,
    };

    static ChartedFact? Current(Protocol protocol, Chart chart, string id, DateTimeOffset now) =>
        protocol.FactById.TryGetValue(id, out var fact) && chart.Facts.TryGetValue(id, out var answers)
        && CaseOfChart.InForce(protocol, fact, answers, now) is { } answer && protocol.IsInForce(fact, answer.Fact, now) ? answer : null;

    /// <summary>The level an evaluation writes down answers the alert it was made for; it does not raise another while that one is open.</summary>
    static bool IsOfAnEvaluation(Positive positive, Chart before, Chart after) =>
        positive.Fact == ClinicianTier && after.Safety.Evaluations.Count > before.Safety.Evaluations.Count && before.Safety.IsOpen;

    /// <summary>The same concern twice before anybody could look is one: its clock runs already.</summary>
    static bool IsAlreadyWaiting(SafetyOnChart safety, SafetyTier tier, bool unattended, bool elsewhere) =>
        safety.IsOpen && tier <= safety.Tier && safety.Evaluation is null && safety.Evaluations.LastOrDefault() is var last
        && safety.Alerts.Any(a => (last is null || a.Entry > last.Entry) && (!unattended || (a.Seen is null && a.Alerted.Unattended)) && (!elsewhere || a.Seen is null));

    /// <summary>What the protocol must no longer take for settled, unless it was said in this very act: an evaluation before the answer, a plan made for another tier.</summary>
    static IEnumerable<PatientEvent> Unsettled(Protocol protocol, Chart before, Chart after, SafetyTier tier, DateTimeOffset now)
    {
        var facts = ImmutableArray.CreateBuilder<RecordedFact>();
        void No(string id, string says) => facts.Add(new(id, FactValue.Of(false), now, FactSource.Derived, new("safety pathway", says)));
        foreach (var id in new[] { Evaluated, "c-suicide-evaluated" })
            if (after.Facts.GetValueOrDefault(id)?.LastOrDefault() is { Fact.Value: Flag { Value: true } } said && said.Entry <= before.Version)
                No(id, "A positive answer came after the last evaluation");
        var plan = after.Facts.GetValueOrDefault(PlanCurrent)?.LastOrDefault();
        if (tier > SafetyTier.Unscreened && tier != before.Safety.Tier && protocol.FactById.ContainsKey(PlanCurrent)
            && (plan is null || (plan.Entry <= before.Version && plan.Fact.Value is Flag { Value: true })))
            No(PlanCurrent, after.Safety.Plan is null ? "No safety plan is written" : "The plan is to be reviewed after the change");
        if (facts.Count > 0) yield return new FactsRecorded(facts.ToImmutable());
    }

    static string Label(Protocol protocol, string id) => protocol.FactById.TryGetValue(id, out var fact) && fact.Label.Length > 0 ? fact.Label : id;
}
