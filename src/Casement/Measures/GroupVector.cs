using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Casement.Measures;

static class GroupVector
{
    public static JsonObject Run(Scales scales, JsonAt vector)
    {
        var input = vector["input"];
        return vector["kind"].Text() switch
        {
            "wilson95" => Wilson(input),
            "kaplanMeier" => KaplanMeier(input),
            "reliableChange" => Reliable(input),
            "responseSummary" => Responses(input, scales.Practice),
            "depressionRemission12m" => Remission(input, scales.Practice.RemissionAtTwelveMonths),
            "depressionResponse4to8m" => FollowUp(input, scales.Practice.ResponseAtFourToEightMonths),
            var kind => throw vector["kind"].Wrong($"The kind '{kind}' is unknown."),
        };
    }

    static JsonObject Wilson(JsonAt input)
    {
        var proportion = Proportion.Of(input["x"].Whole(), input["n"].Whole());
        return new() { ["rate"] = proportion.Rate, ["ci95"] = Written(proportion.Ci95) };
    }

    static JsonObject KaplanMeier(JsonAt input)
    {
        var survival = Survival.Of([.. input["observations"].List().Select(one => new Observation(one["time"].Number(), one["event"].YesOrNo()))]);
        return new()
        {
            ["n"] = survival.Observed,
            ["events"] = survival.Events,
            ["median"] = survival.Median,
            ["steps"] = new JsonArray([.. survival.Steps.Select(step => (JsonNode?)new JsonObject
            {
                ["t"] = step.Time,
                ["atRisk"] = step.AtRisk,
                ["events"] = step.Events,
                ["survival"] = step.Surviving,
                ["ci95"] = Written(step.Ci95),
            })]),
        };
    }

    static JsonObject Reliable(JsonAt input)
    {
        var change = ReliableChange.Of(input["sd"].Number(), input["reliability"].Number());
        return new() { ["rci"] = change.Rci, ["points"] = (decimal)change.Points };
    }

    static JsonObject Responses(JsonAt input, PracticeRules rules)
    {
        var summary = ResponseSummary.Of([.. input["courses"].List().Select(course => new CourseOutcome(course["evaluable"].YesOrNo(), course["eoi"].Text()))], rules);
        return new()
        {
            ["denominatorAll"] = summary.DenominatorAll,
            ["responders"] = summary.Responders,
            ["remitters"] = summary.Remitters,
            ["responseRateAll"] = summary.All.Rate,
            ["ci95All"] = Written(summary.All.Ci95),
            ["denominatorObserved"] = summary.DenominatorObserved,
            ["responseRateObserved"] = summary.Observed.Rate,
            ["ci95Observed"] = Written(summary.Observed.Ci95),
            ["followUpRate"] = summary.FollowUpRate,
            ["suppressPublic"] = summary.SuppressPublic,
        };
    }

    static JsonObject Remission(JsonAt input, RemissionMeasure rule)
    {
        var found = RemissionAt12Months.Of(rule, input["ageAtIndex"].Whole(), Index(input), Later(input), input["exclusions"].Texts());
        return new()
        {
            ["windowStart"] = TrajectoryVector.Date(found.WindowStart),
            ["windowEnd"] = TrajectoryVector.Date(found.WindowEnd),
            ["initialPopulation"] = found.InitialPopulation,
            ["excluded"] = found.Excluded,
            ["lastScoreInWindow"] = found.LastScoreInWindow,
            ["numerator"] = found.Numerator,
        };
    }

    static JsonObject FollowUp(JsonAt input, FollowUpMeasure rule)
    {
        var found = ResponseAt4To8Months.Of(rule, Index(input), Later(input));
        return new()
        {
            ["windowStart"] = TrajectoryVector.Date(found.WindowStart),
            ["windowEnd"] = TrajectoryVector.Date(found.WindowEnd),
            ["followUp"] = found.FollowUp,
            ["lastScoreInWindow"] = found.LastScoreInWindow,
            ["remission"] = found.Remission,
            ["response"] = found.Response,
        };
    }

    static Phq9Result Index(JsonAt input) => new(input["index"]["date"].Date(), input["index"]["phq9"].Number());

    static ImmutableArray<Phq9Result> Later(JsonAt input) => [.. input["phq9"].List().Select(one => new Phq9Result(one["date"].Date(), one["score"].Number()))];

    static JsonArray? Written(Interval? interval) => interval is null ? null : [interval.Low, interval.High];
}
