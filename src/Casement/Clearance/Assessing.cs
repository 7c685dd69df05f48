using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>Asks every rule of a phase, without early exit, and combines what they bring (clearance.md 6). Same protocol and case, same answer.</summary>
public static class Assessing
{
    public static Assessment Assess(Protocol protocol, Case given)
    {
        foreach (var (id, value) in given.Settings)
            if (protocol.RefusesSetting(id, value) is { } why) throw new ArgumentException(why, nameof(given));
        var algebra = protocol.Phases[given.Phase];
        var sheet = Filling.Fill(protocol, given);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var rule in protocol.RulesOf(given.Phase))
        {
            var value = sheet.Rules[rule.Index] = sheet.Ask(rule.Condition);
            if (value != Truth.False) findings.Add(Find(protocol, given, sheet, algebra, rule, value));
        }
        var ordered = findings.OrderByDescending(f => f.Rank ?? -1).ThenBy(f => f.Rule.Index).ToImmutableArray();
        var rank = ordered.Select(f => f.Rank ?? 0).DefaultIfEmpty(0).Max();
        var tier = given.Phase == Phase.Clearance ? TierOf(protocol, sheet) : null;
        return new Assessment
        {
            Protocol = protocol,
            Case = given,
            Algebra = algebra,
            Outcome = algebra.ByRank[rank],
            Findings = ordered,
            Missing = Missing.From(protocol, given, sheet, algebra, ordered),
            UrgentOpen = ordered.Any(f => f.Value == Truth.Unknown && f.Rule.Raises.IsEmergency),
            HandleAsModerate = ScreenIsHalfDone(protocol, sheet),
            Tier = tier,
            Expires = tier is null ? null : Expiry(given, sheet, ordered, tier),
            PeerReview = ordered.Count(f => f.Override is not null) > protocol.Overrides.PeerReviewAbove,
            Sheet = sheet,
        };
    }

    /// <summary>Why a practice may not set a parameter so; null when it may.</summary>
    public static string? RefusesSetting(this Protocol protocol, string id, decimal value) =>
        !protocol.ParameterById.TryGetValue(id, out var p) ? $"There is no parameter {id}."
        : value < p.Min || value > p.Max ? $"{id} ({p.Means}) may be set between {p.Min} and {p.Max} {p.Unit}; {value} is outside."
        : null;

    static Finding Find(Protocol protocol, Case given, Sheet sheet, PhaseAlgebra algebra, Rule rule, Truth value)
    {
        var because = Explaining.Because(protocol, given, sheet, rule.Condition, value);
        var category = rule.Raises;
        if (value == Truth.Unknown) return new(rule, value, category.Unknown, because, null, null, "");
        var opinion = category.IsConsult ? given.Opinions.GetValueOrDefault(rule.Id) : null;
        var set = given.Overrides.GetValueOrDefault(rule.Id);
        var opinionRemark = opinion is null ? null : Opinions.VoidBecause(protocol, given, rule, opinion);
        var overrideRemark = set is null ? null : Overriding.InvalidBecause(protocol, rule, set);
        var counts = opinionRemark is null ? opinion : null;
        var overrides = overrideRemark is null && counts?.Says != Verdict.Opposes ? set : null;
        var rank = counts?.Says == Verdict.Opposes ? algebra.RankOf("not-a-candidate")
            : counts is not null || overrides is not null ? category.Overridden
            : category.Outcome;
        return new(rule, value, rank, because, counts, overrides, string.Join(" ", new[] { opinionRemark, overrideRemark }.OfType<string>()));
    }

    /// <summary>Unknown counts as the higher tier: the first whose condition is not surely false.</summary>
    static Tier TierOf(Protocol protocol, Sheet sheet) =>
        protocol.Tiers.First(t => t.When is null || sheet.Ask(t.When) != Truth.False);

    static DateTimeOffset Expiry(Case given, Sheet sheet, ImmutableArray<Finding> findings, Tier tier)
    {
        var days = sheet.Parameters[tier.Life.Index];
        var end = given.AsOf.AddDays(days);
        foreach (var opinion in findings.Select(f => f.Opinion).OfType<Opinion>())
            if (opinion.ValidDays is { } limit && opinion.GivenOn.AddDays(limit) < end) end = opinion.GivenOn.AddDays(limit);
        return end;
    }

    static bool ScreenIsHalfDone(Protocol protocol, Sheet sheet)
    {
        bool Is(string id, ulong mask) => protocol.FactById.TryGetValue(id, out var f) && sheet.May[f.Index] == mask;
        bool Open(string id) => protocol.FactById.TryGetValue(id, out var f) && sheet.Standing[f.Index] == Standing.Unknown;
        return Is("cssrs-q2", 2UL) && (Open("cssrs-q3") || Open("cssrs-q4") || Open("cssrs-q5") || Open("cssrs-q6-lifetime") || Open("cssrs-q6-3mo"));
    }
}
