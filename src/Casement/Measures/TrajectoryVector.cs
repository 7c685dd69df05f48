using System.Text.Json.Nodes;

namespace Casement.Measures;

static class TrajectoryVector
{
    public static JsonObject Run(Scales scales, JsonAt vector)
    {
        var instrument = InstrumentVector.InstrumentOf(scales, vector);
        var thresholds = instrument.Trajectory ?? throw vector["instrument"].Wrong($"The instrument '{instrument.Id}' is not followed over a course.");
        return Written(Trajectory.Of(thresholds, scales.Courses, CourseFrom(vector)));
    }

    static CourseRecord CourseFrom(JsonAt vector) => new(
        [.. vector["sessions"].List().Select(SessionFrom)],
        [.. vector["assessments"].List().Select(AssessmentFrom)],
        [.. vector["events"].List().Select(happened => new ClinicalEvent(happened["date"].Date(), happened["type"].Text()))],
        vector["inductionComplete"].YesOrNo(),
        vector["asOf"].Date());

    static DosingSession SessionFrom(JsonAt at) => new(
        at["date"].Date(),
        at["phase"].OneOf("induction", "maintenance") == "induction" ? SessionPhase.Induction : SessionPhase.Maintenance,
        at.Find("completed")?.YesOrNo() ?? true);

    static Assessment AssessmentFrom(JsonAt at) => new(
        at["date"].Date(),
        at["score"].Number(),
        at.Find("status")?.OneOf("complete", "prorated", "incomplete", "invalid") switch
        {
            "prorated" => ResponseStatus.Prorated,
            "incomplete" => ResponseStatus.Incomplete,
            "invalid" => ResponseStatus.Invalid,
            _ => ResponseStatus.Complete,
        },
        at.Find("item9")?.Number());

    static JsonObject Written(Trajectory trajectory)
    {
        var written = new JsonObject
        {
            ["timeZero"] = Date(trajectory.TimeZero),
            ["baseline"] = trajectory.Baseline is { } baseline
                ? new JsonObject { ["date"] = Date(baseline.On), ["score"] = baseline.Score, ["provisional"] = baseline.Provisional }
                : null,
            ["evaluable"] = trajectory.Evaluable,
        };
        if (trajectory.Reason is { } reason) written["reason"] = reason.Word;
        if (trajectory.Outcome is not { } outcome) return written;

        written["assessments"] = new JsonArray([.. outcome.Responses.Select(Written)]);
        written["firstResponse"] = Written(outcome.FirstResponse);
        written["firstRemission"] = Written(outcome.FirstRemission);
        written["sustainedResponse"] = Written(outcome.SustainedResponse);
        written["sustainedRemission"] = Written(outcome.SustainedRemission);
        written["recovery"] = Date(outcome.Recovery);
        written["relapse"] = outcome.Relapse is { } relapse
            ? new JsonObject { ["date"] = Date(relapse.On), ["confirmedOn"] = Date(relapse.ConfirmedOn), ["reason"] = relapse.Reason }
            : null;
        written["checkpointA"] = Written(outcome.CheckpointA);
        written["checkpointB"] = Written(outcome.CheckpointB);
        written["currentState"] = outcome.CurrentState;
        return written;
    }

    static JsonNode Written(JudgedResponse response) => new JsonObject
    {
        ["date"] = Date(response.On),
        ["day"] = response.Day,
        ["score"] = response.Score,
        ["pctImprovement"] = response.PctImprovement,
        ["category"] = response.Category.Word,
        ["reliable"] = response.Reliable.Word,
        ["recovered"] = response.Recovered,
        ["warnings"] = new JsonArray([.. response.Warnings.Select(warning => (JsonNode?)warning.Word)]),
    };

    static JsonObject? Written(Milestone? milestone) => milestone is null ? null : new() { ["date"] = Date(milestone.On), ["day"] = milestone.Day };

    static JsonObject? Written(SustainedRun? run) => run is null ? null : new() { ["from"] = Date(run.From), ["metOn"] = Date(run.MetOn) };

    static JsonObject Written(Checkpoint checkpoint) => checkpoint.On is { } on
        ? new() { ["result"] = checkpoint.Result, ["date"] = Date(on) }
        : new() { ["result"] = checkpoint.Result };

    public static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd");
}
