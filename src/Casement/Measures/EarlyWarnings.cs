using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Amber signs after the first response; instruments.md section 7, "early warning". Never called a relapse.</summary>
static class EarlyWarnings
{
    /// <summary>The same responses with their warnings, up to and including the one that confirms a relapse.</summary>
    public static ImmutableArray<JudgedResponse> On(ImmutableArray<JudgedResponse> responses, ChangeThresholds thresholds, CourseRules rules, Relapse? relapse)
    {
        var first = responses.TakeWhile(one => !one.InResponse).Count();
        return
        [
            .. responses.Select((response, i) => i <= first || response.On > relapse?.ConfirmedOn
                ? response
                : response with { Warnings = [.. At(responses[..(i + 1)], first, thresholds, rules)] }),
        ];
    }

    static IEnumerable<Warning> At(ImmutableArray<JudgedResponse> soFar, int first, ChangeThresholds thresholds, CourseRules rules)
    {
        // A threshold that is absent switches off the rules that need it; an instrument without this one is not watched for relapse.
        if (thresholds.EarlyWarningRise is not { } rise) yield break;

        var now = soFar[^1];
        if (now.Score - soFar[first..^1].Min(one => one.Score) >= rise) yield return Warning.Rise;
        if (now.Score >= thresholds.RelapseMin) yield return Warning.Threshold;
        if (now.Item9 >= 1 && soFar[..^1].LastOrDefault(one => one.Item9 is not null) is { Item9: 0 }) yield return Warning.Item9New;
        if (soFar.Length - first >= 3 && now.Score - soFar[^2].Score >= rules.TrendRise && soFar[^2].Score - soFar[^3].Score >= rules.TrendRise) yield return Warning.Trend;
    }
}
