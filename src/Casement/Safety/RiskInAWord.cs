using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Safety;

/// <summary>How loud the header says it.</summary>
public enum RiskGrade { Clear, Note, Missing, Emergency }

/// <summary>
/// What the header of a chart says about risk. Calm words only for a whole screen with every answer no that nothing has followed: an answer that contradicts it,
/// an evaluation, or a question 9 above zero is said instead.
/// </summary>
public sealed record RiskInAWord(string Word, RiskGrade Grade)
{
    const string Tier = "cssrs-tier";

    /// <summary>Null when nothing was ever asked, or too long ago to say.</summary>
    public static RiskInAWord? Of(SafetyRules? rules, Protocol protocol, Chart chart, Sheet sheet, DateTimeOffset now)
    {
        var safety = chart.Safety;
        if (safety is { IsOpen: true, Evaluation: { } answered }) return new($"safety pathway open, evaluated: {Of(answered.Evaluated.Level)}", RiskGrade.Emergency);
        if (safety.IsOpen) return new(safety.Tier is SafetyTier.Unscreened ? "suicide risk to be screened, not evaluated" : "suicide screen positive, not evaluated", RiskGrade.Emergency);
        if (rules is not null && Triage.IsUnevaluated(rules, protocol, chart, now)) return new("suicide screen positive, not evaluated", RiskGrade.Emergency);
        var emergencies = protocol.RulesOf(Phase.Clearance).Where(r => r.Raises.IsEmergency).Select(r => sheet.Ask(r.Condition)).ToImmutableArray();
        if (emergencies.Contains(Truth.True)) return new("act now", RiskGrade.Emergency);
        if (ItemNine(protocol, chart, now) is { } points) return new($"PHQ-9 question 9: {points}", RiskGrade.Missing);
        if (emergencies.Contains(Truth.Unknown)) return new("urgent question open", RiskGrade.Missing);
        if (safety.Evaluations.LastOrDefault() is { } last && last.Entry > ScreenedAt(protocol, chart)) return new($"suicide risk evaluated: {Of(last.Evaluated.Level)}", last.Evaluated.Level is ClinicianLevel.Low ? RiskGrade.Note : RiskGrade.Emergency);
        return TierNow(protocol, sheet) switch
        {
            null => null,
            "none" => new("suicide screen: all no", RiskGrade.Clear),
            "low" => new("suicide screen: low", RiskGrade.Note),
            var tier => new($"suicide screen: {tier}", RiskGrade.Emergency),
        };
    }

    static string Of(ClinicianLevel level) => level switch { ClinicianLevel.Low => "low", ClinicianLevel.Moderate => "moderate", ClinicianLevel.High => "high", _ => "imminent" };

    /// <summary>The answer to question 9 in force, when it is above zero.</summary>
    static decimal? ItemNine(Protocol protocol, Chart chart, DateTimeOffset now) =>
        protocol.FactById.TryGetValue(Triage.Phq9Item9, out var fact) && chart.Facts.TryGetValue(fact.Id, out var answers)
        && CaseOfChart.InForce(protocol, fact, answers, now) is { Fact: { Value: Number { Value: > 0 and var points } } answer } && protocol.IsInForce(fact, answer, now) ? points : null;

    /// <summary>The entry of the oldest answer the tier follows from: a screen is as new as its oldest answer.</summary>
    static long ScreenedAt(Protocol protocol, Chart chart) => protocol.FactById.TryGetValue(Tier, out var tier) && tier.Derivation is FirstOf first
        ? first.Cases.SelectMany(c => c.When.Asks()).Distinct().Select(f => chart.Facts.GetValueOrDefault(f.Id)?.LastOrDefault()?.Entry).Where(e => e is not null).Min() ?? 0
        : 0;

    static string? TierNow(Protocol protocol, Sheet sheet)
    {
        if (!protocol.FactById.TryGetValue(Tier, out var tier)) return null;
        var may = sheet.May[tier.Index];
        return System.Numerics.BitOperations.PopCount(may) == 1 ? tier.Values[System.Numerics.BitOperations.TrailingZeroCount(may)] : null;
    }
}
