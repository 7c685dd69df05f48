using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Courses;

namespace Casement.Definitions;

/// <summary>Reads what is asked of people about a course, and what is due when: measures/course-answers.yaml.</summary>
public static class CourseAnswersFile
{
    public const string Name = "course-answers.yaml";

    public static CourseQuestions Read(string text, Protocol protocol, ImmutableArray<ClinicalEventKind> kinds)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(Name, errors).Read(text);
        var questions = new CourseQuestions(
            top.NeedText("version"),
            Count(top.Need("answer-days")),
            [.. top.Need("answers").Items.Select(Answer)],
            Known(top, "spacing", id => protocol.RuleById.TryGetValue(id, out var rule) && rule.Phase is Phase.Course, "course rule"),
            Known(top, "settled-by-clearance", IsFact, "fact"),
            Known(top, "serious-events", id => kinds.Any(k => k.Id == id), "clinical event"),
            Count(top.Need("review-days")),
            [.. top.Need("surveillance").Items.Select(Due)]);
        top.NothingElse("the answers about courses");
        return errors.Count == 0 ? questions : throw new DefinitionException([.. errors]);

        CourseAnswer Answer(YamlPart part)
        {
            var fact = part.NeedText("fact");
            if (!protocol.FactById.TryGetValue(fact, out var known) || known.Phase is not Phase.Course) part.Wrong($"The protocol asks no {fact} of a course.");
            var answer = new CourseAnswer(fact, Count(part.Need("days")), (int)(part.Maybe("after-hours")?.Number ?? 0), Known(part, "also", IsFact, "fact"), part.YesOr("any-session"), part.TextOr("silence"));
            part.NothingElse("an answer about a course");
            if (known is not null && answer.Also.FirstOrDefault(id => protocol.FactById.TryGetValue(id, out var other) && (other.Type != known.Type || !other.Values.SequenceEqual(known.Values))) is { } unlike) part.Wrong($"{unlike} does not answer as {fact} does.");
            if (answer.Silence.Length > 0 && known?.Type is not FactType.Flag) part.Wrong("Only a question of yes or no can go unanswered.");
            return answer;
        }

        Surveillance Due(YamlPart part)
        {
            var (every, phase, onlyIf) = (part.NeedText("every"), part.TextOr("phase"), part.TextOr("only-if"));
            var isDays = int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var days);
            var sessions = part.TextOr("sessions");
            if (!isDays && every != "session" && !protocol.ParameterById.ContainsKey(every)) part.Wrong($"'{every}' is neither session, nor days, nor a parameter.");
            if (sessions.Length > 0 && !protocol.ParameterById.ContainsKey(sessions)) part.Wrong($"There is no parameter {sessions}.");
            if (phase is not ("" or "induction" or "maintenance")) part.Wrong($"There is no phase {phase}.");
            if (onlyIf.Length > 0 && !IsFact(onlyIf)) part.Wrong($"There is no fact {onlyIf}.");
            var line = new Surveillance(part.NeedText("of"), part.NeedText("what"), Known(part, "facts", IsFact, "fact"), every == "session", isDays ? days : null, isDays || every == "session" ? "" : every, sessions, phase, onlyIf);
            part.NothingElse("a line of the calendar");
            return line;
        }

        bool IsFact(string id) => protocol.FactById.ContainsKey(id);

        static ImmutableArray<string> Known(YamlPart part, string field, Func<string, bool> isKnown, string what)
        {
            var ids = part.Texts(field);
            foreach (var id in ids.Where(i => !isKnown(i))) part.Wrong($"There is no {what} {id}.");
            return [.. ids];
        }

        static int Count(YamlPart part)
        {
            if (part.Number < 1) part.Wrong("Write a number of 1 or more.");
            return (int)part.Number;
        }
    }
}
