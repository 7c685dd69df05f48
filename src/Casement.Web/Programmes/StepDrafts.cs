using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;

namespace Casement.Web.Programmes;

/// <summary>How far somebody is in a step, and what they answered on the way.</summary>
/// <param name="At">The page to go on with, from 0.</param>
public sealed record StepDraft(int At, ImmutableSortedDictionary<string, string> Answers);

/// <summary>Steps begun and not finished: they lie sealed on the shelf, so that another device goes on where this one stopped.</summary>
public sealed class StepDrafts(IShelf shelf, WebOptions options)
{
    const string Kind = "step-draft";

    public async Task<StepDraft?> Find(PatientId patient, string step, CancellationToken stop) => await shelf.Read(options.Practice, Kind, Key(patient, step), stop) is { } kept ? Read(kept) : null;

    /// <summary>Adds one page. Two windows of the same step keep each other's answers.</summary>
    public async Task Save(PatientId patient, string step, int at, ImmutableSortedDictionary<string, string> before, string? question, string answer, CancellationToken stop)
    {
        while (true)
        {
            var kept = await shelf.Read(options.Practice, Kind, Key(patient, step), stop);
            var answers = kept is null ? before : Read(kept).Answers;
            if (question is not null) answers = answer.Length > 0 ? answers.SetItem(question, answer) : answers.Remove(question);
            if (await shelf.Write(options.Practice, Kind, Key(patient, step), kept?.Version ?? 0, JsonSerializer.SerializeToUtf8Bytes(new StepDraft(at, answers)), stop)) return;
        }
    }

    public Task Forget(PatientId patient, string step, CancellationToken stop) => shelf.Remove(options.Practice, Kind, Key(patient, step), stop);

    static string Key(PatientId patient, string step) => $"{patient}/{step}";

    static StepDraft Read(Shelved kept) => JsonSerializer.Deserialize<StepDraft>(kept.Content.Span) ?? throw new JsonException("A step draft is empty.");
}
