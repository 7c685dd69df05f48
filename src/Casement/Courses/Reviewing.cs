using System.Collections.Immutable;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Courses;

/// <summary>The wish to sign a review of the course as it was shown.</summary>
/// <param name="Review">Made when the page was shown, so that a double click signs once.</param>
/// <param name="SeenVersion">The chart version the signer read.</param>
public sealed record SignCourseReview(Guid Review, string Note, DateOnly NextBy, long SeenVersion);

/// <summary>Signing what was looked at, and writing down what patients ask.</summary>
public static class Reviewing
{
    /// <summary>A next review farther away than this is none.</summary>
    const int LongestDays = 180;

    /// <param name="reading">The course as it stands on this chart now; null when none goes on.</param>
    public static Decision Sign(Chart chart, CourseGate gate, CourseReading? reading, SignCourseReview wish, Actor by, DateTimeOffset now)
    {
        if (chart.Courses.Reviews.Any(r => r.What.Review == wish.Review)) return Decision.Nothing;
        if (by.Kind != ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can sign. Your account shows no licence.");
        if (reading is null) return Decision.Refuse("No course goes on, so there is nothing to review.");
        if (chart.NotReadable.Count > 0) return Decision.Refuse("Some entries of this chart cannot be read, so nothing can be signed yet.");
        if (chart.Version != wish.SeenVersion) return Decision.Refuse("The chart changed while you were reading it. Nothing was signed; please look again.");
        if (wish.Note.Trim().Length < gate.Protocol.Overrides.ReasonLength) return Decision.Refuse($"Write what you found and decided, in at least {gate.Protocol.Overrides.ReasonLength} characters.");
        var today = CourseOnChart.DateIn(now, gate.Zone);
        if (wish.NextBy <= today || wish.NextBy > today.AddDays(LongestDays)) return Decision.Refuse($"Choose the day of the next review: after today, and within {LongestDays} days.");
        var assessed = reading.Assessed;
        return Decision.Accept([
            new CourseReviewed(wish.Review, reading.Course.Id, assessed.Case, gate.Protocol.Hash, gate.Protocol.Version, $"{gate.Measuring.Defaults.Version}+{gate.Measuring.Defaults.Questions.Version}", assessed.Outcome.Id,
                [.. assessed.Fired.Select(f => f.Rule.Id)], [.. assessed.Open.Select(f => f.Rule.Id)], wish.Note.Trim(), wish.NextBy),
            .. chart.Tasks.Values.Where(t => t.Done is null && t.Opened.What.StartsWith("Course review: ", StringComparison.Ordinal)).OrderBy(t => t.Opened.Task).Select(t => new TaskDone(t.Opened.Task, "Reviewed with the course")),
        ]);
    }

    /// <summary>The review worked out again from what was stored with it; empty when it comes out the same.</summary>
    public static ImmutableArray<string> Differences(Protocol protocol, CourseReviewed signed)
    {
        if (protocol.Hash != signed.ProtocolHash) throw new ArgumentException("A review is replayed under the protocol it was signed under.", nameof(protocol));
        var assessed = Assessing.Assess(protocol, signed.Given);
        return [
            .. assessed.Outcome.Id == signed.Outcome ? [] : new[] { $"outcome: signed {signed.Outcome}, replayed {assessed.Outcome.Id}" },
            .. assessed.Fired.Select(f => f.Rule.Id).SequenceEqual(signed.Fired) ? [] : new[] { "fired" },
            .. assessed.Open.Select(f => f.Rule.Id).SequenceEqual(signed.Open) ? [] : new[] { "open" },
        ];
    }

    public static Decision AskEarly(Chart chart, EarlySessionAsked asked, DateOnly today) =>
        chart.Who is null ? Decision.Refuse("There is no such patient.")
        : chart.Courses.EarlyRequests.Any(r => r.Request == asked.Request) ? Decision.Nothing
        : asked.On > today ? Decision.Refuse("A request that was made cannot lie in the future.")
        : Decision.Accept(asked with { Note = asked.Note.Trim() });

    /// <summary>What only a person can say about a course, as it is written down. What is worked out from the chart is not typed over.</summary>
    public static Decision Answer(Chart chart, Protocol protocol, CourseReading? reading, ImmutableArray<RecordedFact> answers, DateTimeOffset now) =>
        reading is null ? Decision.Refuse("No course goes on, so there is nothing to answer.")
        : answers.FirstOrDefault(a => !protocol.FactById.TryGetValue(a.Fact, out var fact) || fact.Phase is not Phase.Course) is { } other ? Decision.Refuse($"A course asks no such thing as {other.Fact}.")
        : answers.FirstOrDefault(a => reading.Assessed.Case.Facts.GetValueOrDefault(a.Fact) is { Source: FactSource.Derived }) is { } worked ? Decision.Refuse($"{protocol.FactById[worked.Fact].Label} is worked out from the chart and is not written down itself.")
        : Recording.Facts(chart, protocol, answers, now);
}
