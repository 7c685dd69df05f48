using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>What a course came to, once there is a baseline; instruments.md section 7, "Course-level events".</summary>
public sealed record Outcome
{
    public required ImmutableArray<JudgedResponse> Responses { get; init; }
    public Milestone? FirstResponse { get; init; }
    public Milestone? FirstRemission { get; init; }
    public SustainedRun? SustainedResponse { get; init; }
    public SustainedRun? SustainedRemission { get; init; }
    public DateOnly? Recovery { get; init; }
    public Relapse? Relapse { get; init; }
    public required Checkpoint CheckpointA { get; init; }
    public required Checkpoint CheckpointB { get; init; }

    /// <summary>A category, or relapsed, awaiting-first-assessment, lost-to-follow-up, not-evaluable.</summary>
    public required string CurrentState { get; init; }

    internal static Outcome Of(ChangeThresholds thresholds, CourseRules rules, CourseRecord course, Judge judge)
    {
        var given = course.Series.Where(one => one.On > judge.TimeZero).ToImmutableArray();
        var responses = given.Select(judge.Of).ToImmutableArray();
        var relapse = judge.Evaluable ? RelapseSearch.Find(thresholds, rules.Relapse, responses, course) : null;
        var remission = Run(responses, one => one.Category == Category.Remission, rules.SustainedRemission, relapse);

        return new()
        {
            Responses = judge.Evaluable ? EarlyWarnings.On(responses, thresholds, rules, relapse) : responses,
            FirstResponse = First(responses, one => one.InResponse),
            FirstRemission = First(responses, one => one.Category == Category.Remission),
            SustainedResponse = Run(responses, one => one.InResponse, rules.SustainedResponse, relapse),
            SustainedRemission = remission,
            Recovery = RecoveryOf(responses, remission, rules.Recovery, relapse),
            Relapse = relapse,
            CheckpointA = Checkpoints.A(rules.CheckpointA, course, judge),
            CheckpointB = Checkpoints.B(rules.CheckpointB, course, judge),
            CurrentState = relapse is not null ? "relapsed"
                : responses.IsEmpty ? "awaiting-first-assessment"
                : course.AsOf.DayNumber - responses[^1].On.DayNumber > rules.LostAfterDays ? "lost-to-follow-up"
                : !judge.Evaluable ? Category.NotEvaluable.Word
                : responses[^1].Category.Word,
        };
    }

    static Milestone? First(ImmutableArray<JudgedResponse> responses, Func<JudgedResponse, bool> counts) =>
        responses.FirstOrDefault(counts) is { } first ? new(first.On, first.Day) : null;

    /// <summary>The first run of consecutive responses that reaches its span, unless a relapse came first.</summary>
    static SustainedRun? Run(ImmutableArray<JudgedResponse> responses, Func<JudgedResponse, bool> counts, RunRule rule, Relapse? relapse)
    {
        var run = new List<JudgedResponse>();
        foreach (var response in responses)
        {
            if (!counts(response) || (run.Count > 0 && response.Day - run[^1].Day > rule.MaxGapDays)) run.Clear();
            if (!counts(response)) continue;
            run.Add(response);
            if (run.Count >= rule.MinResponses && response.Day - run[0].Day >= rule.MinSpanDays)
                return relapse is null || response.On < relapse.On ? new(run[0].On, response.On) : null;
        }

        return null;
    }

    /// <summary>The first response far enough from the start of the sustained remission, with no long silence and no relapse up to it.</summary>
    static DateOnly? RecoveryOf(ImmutableArray<JudgedResponse> responses, SustainedRun? remission, RecoveryRule rule, Relapse? relapse)
    {
        if (remission is null) return null;

        var last = remission.From;
        foreach (var response in responses.Where(one => one.On >= remission.From))
        {
            if (response.On.DayNumber - last.DayNumber > rule.MaxGapDays) return null;
            last = response.On;
            if (last.DayNumber - remission.From.DayNumber >= rule.MinDays) return relapse is null || last < relapse.On ? last : null;
        }

        return null;
    }
}
