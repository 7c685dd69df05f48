using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;

namespace Casement.Web.Patient.Intake;

/// <summary>What somebody has on a page and has not sent yet.</summary>
public sealed record IntakeDraft(ImmutableArray<string> Given, DateTimeOffset At);

/// <summary>Half-finished answers, sealed on the shelf and never in the journal: they are no clinical fact until the person goes on. One document a patient, thrown away when it is sent.</summary>
public sealed class IntakeDrafts(IShelf shelf, WebOptions options)
{
    const string Kind = "intake-draft";

    /// <summary>The name of a draft that staff type off a sheet of paper.</summary>
    public static string OnPaper(string question) => $"paper {question}";

    public async Task<IntakeDraft?> Find(PatientId patient, string question, CancellationToken stop) =>
        (await Read(patient, stop)).Drafts.GetValueOrDefault(question);

    public Task Keep(PatientId patient, string question, ImmutableArray<string> given, CancellationToken stop) =>
        Change(patient, drafts => drafts.SetItem(question, new(given, options.Clock.GetUtcNow())), stop);

    public Task Drop(PatientId patient, string question, CancellationToken stop) => Change(patient, drafts => drafts.Remove(question), stop);

    public Task DropAll(PatientId patient, CancellationToken stop) => shelf.Remove(options.Practice, Kind, patient.ToString(), stop);

    async Task Change(PatientId patient, Func<ImmutableDictionary<string, IntakeDraft>, ImmutableDictionary<string, IntakeDraft>> change, CancellationToken stop)
    {
        while (true)
        {
            var (drafts, version) = await Read(patient, stop);
            var changed = change(drafts);
            if (ReferenceEquals(changed, drafts)) return;
            if (await shelf.Write(options.Practice, Kind, patient.ToString(), version, JsonSerializer.SerializeToUtf8Bytes(changed), stop)) return;
        }
    }

    async Task<(ImmutableDictionary<string, IntakeDraft> Drafts, long Version)> Read(PatientId patient, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, patient.ToString(), stop) is { } kept
            ? (JsonSerializer.Deserialize<ImmutableDictionary<string, IntakeDraft>>(kept.Content.Span) ?? ImmutableDictionary<string, IntakeDraft>.Empty, kept.Version)
            : (ImmutableDictionary<string, IntakeDraft>.Empty, 0);
}
