using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Safety;

/// <summary>The six-part plan (clearance.md 7.4): written by patient and clinician, counted as current once a clinician has gone through it with the patient.</summary>
public static class SafetyPlan
{
    const int MostLines = 12, LongestLine = 300;

    /// <param name="Plan">Made when the page was shown, so that a double click writes once.</param>
    /// <param name="Over">The plan the writer started from; empty when there was none. Another version since is shown before anything is written.</param>
    public sealed record Write(Guid Plan, Guid Over, ImmutableArray<PlanPart> Parts);

    public const string ChangedMeanwhile = "The plan was changed in another place while you were writing. What you wrote is below; look at both, then save again.";

    public static Decision Decide(Chart chart, SafetyRules rules, Write wish, Actor by, DateTimeOffset now)
    {
        if (chart.Who is null || by.Kind is not (ActorKind.Patient or ActorKind.Staff)) return Decision.Refuse("There is no such patient.");
        if (chart.Safety.Plans.Any(p => p.Written.Plan == wish.Plan)) return Decision.Nothing;
        if (wish.Parts.Any(p => p.Lines.Length > MostLines)) return Decision.Refuse($"Keep it short: at most {MostLines} lines in each part.");
        if (wish.Parts.Any(p => p.Lines.Any(l => l.Length > LongestLine))) return Decision.Refuse($"One line is longer than {LongestLine} signs. Please make it shorter.");
        var parts = rules.PlanParts.Select(r => new PlanPart(r.Id, [.. (wish.Parts.FirstOrDefault(p => p.Part == r.Id)?.Lines ?? []).Select(l => l.Trim()).Where(l => l.Length > 0)])).ToImmutableArray();
        if (parts.All(p => p.Lines.IsEmpty)) return Decision.Refuse("Write at least one line.");
        if ((chart.Safety.Plan?.Written.Plan ?? Guid.Empty) != wish.Over) return Decision.Refuse(ChangedMeanwhile);
        if (chart.Safety.Plan is { } last && Same(last.Written.Parts, parts)) return Decision.Nothing;
        var written = new SafetyPlanWritten(wish.Plan, parts);
        // A plan that lost a part it needs no longer counts, whoever changed it. One that keeps them stays as reviewed.
        var counted = chart.Facts.GetValueOrDefault(Triage.PlanCurrent)?.LastOrDefault()?.Fact.Value is Flag { Value: true };
        return counted && !Missing(rules, parts).IsEmpty
            ? Decision.Accept(written, Fact(false, by.Kind is ActorKind.Patient ? FactSource.Patient : FactSource.Clinician, "A part of the plan is missing", now))
            : Decision.Accept(written);
    }

    public static Decision Review(Chart chart, SafetyRules rules, TimeZoneInfo zone, Guid plan, Actor by, DateTimeOffset now)
    {
        if (chart.Safety.Plan is not { } current || current.Written.Plan != plan) return Decision.Refuse("The plan was changed since you opened it. Go through the newest one.");
        if (by.Kind != ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician reviews the plan. Your account shows no licence.");
        if (Missing(rules, current.Written.Parts) is { IsEmpty: false } missing) return Decision.Refuse(string.Join(" ", missing));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        if (current.Reviewed?.ReviewedOn == today && IsCurrent(chart, rules, now)) return Decision.Nothing;
        return Decision.Accept(
            new SafetyPlanReviewed(plan, today, Triage.EndOf(today.AddDays(rules.PlanReviewDays), zone)),
            Fact(true, FactSource.Clinician, $"Six-part plan reviewed with the patient by {by.Name}", now));
    }

    /// <summary>Complete, reviewed in time, and reviewed after the last change of tier.</summary>
    public static bool IsCurrent(Chart chart, SafetyRules rules, DateTimeOffset now) =>
        chart.Safety.Plan is { } plan && Missing(rules, plan.Written.Parts).IsEmpty && LastReview(chart) is { } review
        && now < review.Reviewed?.AgainBy && chart.Safety.Alerts.All(a => a.Entry < review.ReviewEntry || a.Alerted.Tier <= SafetyTier.Unscreened);

    /// <summary>The newest review of this plan or of one before it: small changes by the patient do not undo it.</summary>
    public static PlanOnChart? LastReview(Chart chart) => chart.Safety.Plans.Where(p => p.Reviewed is not null).MaxBy(p => p.ReviewEntry);

    /// <summary>What a plan still lacks to count, each in a sentence.</summary>
    public static ImmutableArray<string> Missing(SafetyRules rules, ImmutableArray<PlanPart> parts) =>
    [
        .. rules.PlanParts.Select(r => (Rule: r, Lines: parts.FirstOrDefault(p => p.Part == r.Id)?.Lines ?? []))
            .Where(p => p.Lines.Length < p.Rule.Least || (p.Rule.Id == "plan-4" && !p.Lines.Any(HasNumber)))
            .Select(p => p.Rule.Id == "plan-4" && p.Lines.Length >= p.Rule.Least
                ? $"{p.Rule.Title}: one of them needs a phone number."
                : $"{p.Rule.Title}: {(p.Rule.Least == 1 ? "one line is" : $"{p.Rule.Least} lines are")} needed."),
    ];

    /// <summary>The plan as lines for a partner clinic, each part with its title; empty unless the tier is moderate or high (7.4). What may be sent is for a release to say.</summary>
    public static ImmutableArray<string> Lines(Chart chart, SafetyRules rules) => chart.Safety.Tier >= SafetyTier.Moderate ? InWords(chart, rules) : [];

    /// <summary>The plan as lines, each part with its title; empty when none is written.</summary>
    public static ImmutableArray<string> InWords(Chart chart, SafetyRules rules) =>
        chart.Safety.Plan is { } plan
            ? [.. rules.PlanParts.Select(r => (r.Title, Lines: plan.Written.Parts.FirstOrDefault(p => p.Part == r.Id)?.Lines ?? [])).Where(p => !p.Lines.IsEmpty).Select(p => $"{p.Title}: {string.Join("; ", p.Lines)}")]
            : [];

    /// <summary>At least seven digits: enough to call somebody.</summary>
    static bool HasNumber(string line) => line.Count(char.IsAsciiDigit) >= 7;

    static bool Same(ImmutableArray<PlanPart> then, ImmutableArray<PlanPart> now) =>
        then.Length == now.Length && then.Zip(now, (a, b) => a.Part == b.Part && a.Lines.SequenceEqual(b.Lines)).All(same => same);

    static FactsRecorded Fact(bool current, FactSource source, string says, DateTimeOffset now) =>
        new([new(Triage.PlanCurrent, FactValue.Of(current), now, source, new("safety plan", says))]);
}
