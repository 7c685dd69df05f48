using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Courses;

/// <summary>Setting a finding about a course aside, as far as the protocol lets anybody (clearance.md 6.2, 9.3).</summary>
public static class CourseOverriding
{
    /// <summary>Facts that the clock or the hour asked for moves by itself; a change of these alone voids no override.</summary>
    static readonly ImmutableHashSet<string> OfTheClock = ["c-hours-since-last", "c-sessions-7d", "c-sessions-12mo", "c-esk-week", "c-scale-age", "c-lft-age", "c-days-since-maint-review"];

    /// <summary>Those in force: given since the last session, not grown old, and on the answers the rule reads now.</summary>
    public static ImmutableSortedDictionary<string, Override> Counting(Protocol protocol, Chart chart, Case given, int sessions, DateTimeOffset now, int days) => chart.Courses.Overrides
        .Where(o => protocol.RuleById.TryGetValue(o.Key, out var rule) && o.Value.Given.Sessions == sessions && now - o.Value.GivenAt <= TimeSpan.FromDays(days) && Same(o.Value.Given.Read, Read(protocol, given, rule)))
        .ToImmutableSortedDictionary(o => o.Key, o => o.Value.Given.Override, StringComparer.Ordinal);

    public static ImmutableArray<Answer> Read(Protocol protocol, Case given, Rule rule) => [.. Opinions.AnswersReadBy(protocol, given, rule).Where(a => !OfTheClock.Contains(a.Fact))];

    static bool Same(ImmutableArray<Answer> then, ImmutableArray<Answer> now) => then.Length == now.Length && then.All(t => now.Any(n => n.Fact == t.Fact && Equals(n.Value, t.Value)));

    /// <param name="course">The course as it is asked now; null when no course goes on.</param>
    public static Decision Decide(Chart chart, Protocol protocol, CourseReading? course, Override wish)
    {
        if (course is null) return Decision.Refuse("No course goes on, so there is nothing to set aside.");
        if (!protocol.RuleById.TryGetValue(wish.Rule, out var rule) || rule.Phase is not Phase.Course) return Decision.Refuse("There is no such rule.");
        if (rule.Override is OverridePolicy.Never) return Decision.Accept(new CourseOverrideRefused(rule.Id, wish.Reason.Trim()));
        if (course.Assessed.Findings.All(f => f.Rule.Id != rule.Id || f.Value != Truth.True)) return Decision.Refuse("This finding does not stand now, so there is nothing to set aside.");
        if (rule.Override is OverridePolicy.Cosign && (string.IsNullOrWhiteSpace(wish.Alternatives) || string.IsNullOrWhiteSpace(wish.Plan))) return Decision.Refuse("Write down the alternatives you considered and the plan.");
        // A co-signature that is still to come is no reason to refuse the first signer.
        if (Overriding.InvalidBecause(protocol, rule, wish with { Cosigner = wish.Cosigner ?? "to come" }) is { } why) return Decision.Refuse(why);
        return Decision.Accept(new CourseOverrideGiven(wish with { Cosigner = null, CosignerKind = "" }, course.Sessions, Read(protocol, course.Assessed.Case, rule)));
    }

    public static Decision Cosign(Chart chart, Protocol protocol, string rule, Actor by, string kind)
    {
        if (!chart.Courses.Overrides.TryGetValue(rule, out var waiting)) return Decision.Refuse("There is no override of this rule waiting for a second signature.");
        if (waiting.By.Id == by.Id) return Decision.Refuse("The co-signer must be somebody other than the first signer.");
        if (by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can co-sign. Your account shows no licence.");
        if (waiting.Given.Override.Cosigner is not null) return Decision.Nothing;
        var kinds = protocol.Overrides.For(rule);
        return kinds.Length > 0 && !kinds.Contains(kind) ? Decision.Refuse($"This override needs a {string.Join(" or ", kinds)}.") : Decision.Accept(new CourseOverrideCosigned(rule, by.Name, kind));
    }
}
