using System.Collections.Immutable;

namespace Casement.Notes;

/// <summary>
/// What 45 CFR 164.501 keeps out of a psychotherapy note: medicines, start and stop times, the kind of treatment, results, diagnosis, plan, symptoms,
/// prognosis and progress stand in the ordinary note. It warns and never blocks: words alone do not tell.
/// </summary>
public static class PsychotherapyLint
{
    public static ImmutableArray<(string About, string Word)> Warnings(string text, NoteRules rules)
    {
        var words = Words.Of(text);
        return [.. rules.InChart.Select(b => (b.About, Word: b.Words.FirstOrDefault(w => Words.Contain(words, w)) ?? "")).Where(w => w.Word.Length > 0)];
    }
}
