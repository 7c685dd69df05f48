using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Anything not recorded as female or male is unknown here, and the rules then use their more careful cut.</summary>
public enum SexAtBirth { Unknown, Female, Male }

/// <summary>When the answers are looked at; instruments.md, rule 3.</summary>
public enum Occasion
{
    /// <summary>An answer was just saved and the sitting goes on. What is unanswered may still come: nothing is missing and nothing is guessed.</summary>
    Open,

    /// <summary>Submitted, abandoned, or its window closed. What is unanswered is missing.</summary>
    Closed,
}

/// <summary>The answers that count, after the walk through the items, and the scores made from them so far.</summary>
public sealed record Sheet
{
    public required Occasion Occasion { get; init; }
    public required SexAtBirth Sex { get; init; }
    public ImmutableDictionary<string, Answer> Kept { get; init; } = ImmutableDictionary<string, Answer>.Empty;

    /// <summary>Items that were asked and have no answer, in the order of the instrument.</summary>
    public ImmutableArray<string> Unanswered { get; init; } = [];

    /// <summary>Items that were not asked, although some may have come with an answer.</summary>
    public ImmutableArray<string> Disabled { get; init; } = [];

    public ImmutableSortedDictionary<string, decimal?> Scores { get; init; } = ImmutableSortedDictionary<string, decimal?>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Walks the items in order; each is asked or not on the answers kept so far.</summary>
    public static Sheet From(Instrument instrument, IReadOnlyDictionary<string, Answer> answers, SexAtBirth sex, Occasion occasion) =>
        instrument.Items.Aggregate(new Sheet { Occasion = occasion, Sex = sex }, (sheet, item) =>
            item.EnableWhen is { } condition && !condition.HoldsOn(sheet) ? sheet with { Disabled = sheet.Disabled.Add(item.LinkId) }
            : answers.TryGetValue(item.LinkId, out var answer) ? sheet with { Kept = sheet.Kept.Add(item.LinkId, answer) }
            : sheet with { Unanswered = sheet.Unanswered.Add(item.LinkId) });

    /// <summary>The raw value given; null when the item is unanswered, not applicable or not asked.</summary>
    public decimal? Number(string item) => Kept.GetValueOrDefault(item) is Answered { Value: var value } ? value : null;

    public bool IsMissing(string item) => Unanswered.Contains(item);

    public bool IsAsked(string item) => !Disabled.Contains(item);

    /// <summary>Null when the score does not exist for these answers.</summary>
    public decimal? Score(string id) => Scores.GetValueOrDefault(id);

    public Sheet With(string score, decimal? value) => this with { Scores = Scores.SetItem(score, value) };
}
