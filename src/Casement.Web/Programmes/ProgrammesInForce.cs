using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Casement.Journal;
using Casement.Programmes;

namespace Casement.Web.Programmes;

/// <summary>The words of one page of a step as the practice says them.</summary>
public sealed record PartWords(string Title, string Text, string Says, string Why);

/// <summary>A step in the words of the practice, in place of those delivered.</summary>
/// <param name="Number">1 for the first change of this step; counts on.</param>
/// <param name="Shape">Of the step it was written for; where the delivered step has another, the change no longer applies.</param>
/// <param name="Because">Why, for whoever reads it later.</param>
public sealed record StepWords(string Step, int Number, string Shape, string Title, ImmutableArray<PartWords> Parts, string By, DateTimeOffset At, string Because);

/// <summary>The programmes as they are read today: those delivered, with what the practice changed. Every wording anybody went through is kept by its hash.</summary>
public sealed class ProgrammesInForce(IShelf shelf, WebOptions options)
{
    const string Changes = "programme-words", Texts = "programme-text";

    public async Task<ProgrammeBook> Book(CancellationToken stop)
    {
        var changes = await All(stop);
        return options.Programmes with { Programmes = [.. options.Programmes.Programmes.Select(p => With(p, changes))] };
    }

    /// <summary>Every change of the practice, oldest first.</summary>
    public async Task<ImmutableArray<StepWords>> All(CancellationToken stop) =>
        [.. (await shelf.ReadAll(options.Practice, Changes, stop)).Select(s => JsonSerializer.Deserialize<StepWords>(s.Content.Span) ?? throw new JsonException("A step text is empty.")).OrderBy(w => w.Step, StringComparer.Ordinal).ThenBy(w => w.Number)];

    /// <summary>False when somebody else changed the step meanwhile.</summary>
    public Task<bool> Change(StepWords words, CancellationToken stop) =>
        shelf.Write(options.Practice, Changes, $"{words.Step}/{words.Number.ToString(CultureInfo.InvariantCulture)}", 0, JsonSerializer.SerializeToUtf8Bytes(words), stop);

    /// <summary>Keeps what was read, once for each wording.</summary>
    public async Task KeepText(ProgrammeStep step, CancellationToken stop) => await shelf.Write(options.Practice, Texts, step.Sha256, 0, Encoding.UTF8.GetBytes(step.Words), stop);

    /// <summary>What was read, by its hash.</summary>
    public async Task<string?> TextOf(string sha256, CancellationToken stop) => await shelf.Read(options.Practice, Texts, sha256, stop) is { } kept ? Encoding.UTF8.GetString(kept.Content.Span) : null;

    /// <summary>The frame of a step without its words: pages, questions and what may be answered.</summary>
    public static string ShapeOf(ProgrammeStep step) => string.Join('|', step.Parts.Select(p => $"{p.Text.IsEmpty}:{p.Ask?.Id}:{p.Ask?.Kind}:{string.Join(',', p.Ask?.Options.Select(o => o.Value) ?? [])}"));

    public static ProgrammeStep With(ProgrammeStep step, StepWords words) => ShapeOf(step) != words.Shape ? step : step with
    {
        Title = words.Title,
        Parts = [.. step.Parts.Select((p, i) => p with
        {
            Title = words.Parts[i].Title,
            Text = Paragraphs(words.Parts[i].Text),
            Ask = p.Ask is { } ask ? ask with { Says = words.Parts[i].Says, Why = words.Parts[i].Why } : null,
        })],
    };

    public static ImmutableArray<string> Paragraphs(string text) =>
        [.. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Replace('\n', ' '))];

    static Programme With(Programme programme, ImmutableArray<StepWords> changes)
    {
        var own = changes.Where(c => programme.Steps.Any(s => s.Id == c.Step)).ToArray();
        return own.Length == 0 ? programme : programme with
        {
            Version = $"{programme.Version}+{own.Length.ToString(CultureInfo.InvariantCulture)}",
            Steps = [.. programme.Steps.Select(s => own.LastOrDefault(c => c.Step == s.Id) is { } words ? With(s, words) : s)],
        };
    }
}
