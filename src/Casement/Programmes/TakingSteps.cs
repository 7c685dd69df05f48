using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Programmes;

/// <summary>Going through a step, putting one aside, and fitting the steps to one person.</summary>
public static class TakingSteps
{
    public const int LongestWords = 10_000;
    const int LongestReason = 400;
    internal const string Template = "programme-waiting";

    /// <param name="now">The step as it stands for this chart; null when there is none of theirs.</param>
    public static Decision Answer(Chart chart, StepNow? now, Guid answering, ImmutableSortedDictionary<string, string> answers, OfficeRules office)
    {
        if (now is not { MayBeTaken: true } step) return Decision.Refuse("This step is not open.");
        if (chart.Programme.Answers.Any(a => a.What.Answering == answering)) return Decision.Nothing;
        ImmutableArray<StepQuestion> asked = [.. step.Step.PartsFor(chart, answers).Select(p => p.Ask).OfType<StepQuestion>()];
        var given = answers.Where(a => asked.Any(q => q.Id == a.Key) && !string.IsNullOrWhiteSpace(a.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        foreach (var question in asked.Where(q => given.ContainsKey(q.Id)))
            if (Problem(question, given[question.Id]) is { } problem) return Decision.Refuse(problem);
        if (step.Answer is { } before && before.What.Sha256 == step.Step.Sha256 && before.What.Answers.SequenceEqual(given)) return Decision.Nothing;
        var words = asked.FirstOrDefault(q => q.IsIntention) is { } hope && given.TryGetValue(hope.Id, out var hoped) ? hoped : null;
        return Decision.Accept(
        [
            new StepAnswered(answering, step.Programme.Id, step.Programme.Version, step.Step.Sha256, step.Step.Id, step.Session?.Id, given, office.HoldsCrisisWords(string.Join("\n", given.Values))),
            .. words is not null && words != chart.Programme.Intention?.What.Words ? [new IntentionSet(DerivedId.Of("intention", answering.ToString("D")), words)] : Array.Empty<PatientEvent>(),
        ]);
    }

    /// <summary>What is wrong with an answer, in a sentence; null when nothing is.</summary>
    public static string? Problem(StepQuestion question, string given) => question.Kind is ReplyKind.Words
        ? given.Length > LongestWords ? $"This holds {given.Length:N0} characters, and there is room for {LongestWords:N0}. Please shorten it. Your journal can hold the rest." : null
        : given.Split('\n').All(v => question.Options.Any(o => o.Value == v)) && (question.Kind is ReplyKind.Choice || !given.Contains('\n', StringComparison.Ordinal)) ? null : "Choose one of the answers.";

    public static Decision SetAside(Chart chart, StepNow? now) => now switch
    {
        null or { State: StepState.Passed or StepState.Later } => Decision.Refuse("This step is not open."),
        { State: StepState.SetAside or StepState.Done } => Decision.Nothing,
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ => Decision.Accept(new StepSetAside(now.Step.Id, now.Session?.Id)),
    };

    /// <summary>A clinician or guide opens a step for one person, or leaves it out.</summary>
    public static Decision Change(Chart chart, StepNow? now, bool add, string because) => now switch
    {
        null => Decision.Refuse("There is no such step."),
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        { State: StepState.Done } => Decision.Refuse("They have done this step already."),
        { State: StepState.Open } when add => Decision.Nothing,
        { State: StepState.Skipped } when !add => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(because) => Decision.Refuse(add ? "Say why this step is opened for them." : "Say why this step is left out for them."),
        _ when because.Length > LongestReason => Decision.Refuse($"Say it in at most {LongestReason} characters."),
        _ => Decision.Accept(add ? new StepAdded(now.Step.Id, now.Session?.Id, because.Trim()) : new StepSkipped(now.Step.Id, now.Session?.Id, because.Trim())),
    };

    /// <summary>Words of their own, outside any step.</summary>
    public static Decision Intend(Chart chart, Guid intention, string words) => words switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ when chart.Programme.Intentions.Any(i => i.What.Intention == intention) => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(words) => Decision.Refuse("Write a few words first."),
        { Length: > LongestWords } => Decision.Refuse($"This holds {words.Length:N0} characters, and there is room for {LongestWords:N0}. Please shorten it."),
        _ when words == chart.Programme.Intention?.What.Words => Decision.Nothing,
        _ => Decision.Accept(new IntentionSet(intention, words)),
    };

    public static Decision Seen(Chart chart, Guid of) =>
        chart.Programme.Read.Contains(of) ? Decision.Nothing
        : chart.Programme.Answers.Any(a => a.What.Answering == of) || chart.Programme.Journal.Values.Any(j => j.Shared?.What.Version == of) ? Decision.Accept(new WordsRead(of))
        : Decision.Refuse("There is no such entry.");

    /// <summary>One short message when steps opened that no message told of yet: at most one for a step, and one for several that opened together.</summary>
    public static ImmutableArray<PatientEvent> Due(Chart chart, ImmutableArray<StepNow> steps)
    {
        if (chart.Who is null) return [];
        var told = chart.Messages.Values.Where(m => m.Asked.Template == Template).Select(m => m.AskedAt).Append(DateTimeOffset.MinValue).Max();
        ImmutableArray<StepNow> news = [.. steps.Where(s => s.State is StepState.Open && s.OpensAt > told && chart.Programme.Answers.All(a => a.At < s.OpensAt))];
        return news.IsEmpty ? [] : [new MessageAsked(DerivedId.Of("programme", string.Join('\n', news.Select(s => s.Key)), $"{news.Max(s => s.OpensAt):O}"), Template, new(AddresseeKind.Patient), "/my", About: DerivedId.Of("programme-steps", string.Join('\n', news.Select(s => s.Key))))];
    }
}
