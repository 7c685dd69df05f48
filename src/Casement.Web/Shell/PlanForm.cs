using System.Collections.Immutable;
using Casement.Consent;
using Casement.Documents;
using Casement.Journal;
using Casement.Safety;

namespace Casement.Web.Shell;

/// <summary>A plan as a form sends it and as a sheet prints it.</summary>
public static class PlanForm
{
    public static ImmutableArray<PlanPart> Read(IFormCollection form, SafetyRules rules) =>
    [
        .. rules.PlanParts.Select(r => new PlanPart(r.Id,
        [
            .. form[r.Id].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            .. r.Id == "plan-6" && form["plan-6-nothing"] == "yes" ? new[] { rules.NothingToChange } : [],
        ])),
    ];

    /// <summary>What stands in every plan here: the practice, 988, 911.</summary>
    public static ImmutableArray<string> Always(SafetyRules rules, WebOptions options)
    {
        var fields = ImmutableDictionary<string, string>.Empty.Add("practice", options.Card.Name).Add("phone", options.Card.Phone);
        return [.. rules.AlwaysInPlan.Where(l => options.Card.Phone.Length > 0 || !l.Contains("{phone}", StringComparison.Ordinal)).Select(l => ConsentDocument.Merged(l, fields))];
    }

    /// <summary>More lines than this are set closer, so that the plan stays on one sheet.</summary>
    const int RoomyLines = 16;

    /// <summary>The plan on one sheet of letter paper.</summary>
    public static Letter Sheet(Chart chart, PlanOnChart plan, SafetyRules rules, WebOptions options, Zone zone)
    {
        var parts = rules.PlanParts.Select((r, i) => (Title: $"{i + 1}. {r.Title}", Lines: LinesOf(plan, r, rules, options))).ToArray();
        var roomy = parts.Sum(p => p.Lines.Length) <= RoomyLines;
        return new(
            "Safety plan",
            DocumentFields.Letterhead(options),
            [
                new LetterHeading(1, $"Safety plan of {chart.Who?.Name.Called}"),
                new LetterParagraph("In danger now? Call 911. Thinking about suicide, or need to talk? Call or text 988, any time."),
                .. roomy
                    ? parts.SelectMany(p => new LetterBlock[] { new LetterHeading(2, p.Title), new LetterBullets(p.Lines) })
                    : [new LetterTable([.. parts.Select(p => new LetterRow(p.Title, string.Join("  ·  ", p.Lines)))])],
                new LetterParagraph($"Written {zone.SayDate(plan.WrittenAt)}{(SafetyPlan.LastReview(chart)?.Reviewed is { } review ? $"; gone through together {Zone.Say(review.ReviewedOn)}" : "")}. This page is not watched by anybody."),
            ],
            plan.WrittenAt);
    }

    static ImmutableArray<string> LinesOf(PlanOnChart plan, PlanPartRule part, SafetyRules rules, WebOptions options) =>
        [.. (plan.Written.Parts.FirstOrDefault(p => p.Part == part.Id)?.Lines ?? []).Concat(part.Id == "plan-5" ? Always(rules, options) : []).DefaultIfEmpty("Nothing written yet.")];
}
