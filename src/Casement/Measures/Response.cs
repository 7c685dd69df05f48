using System.Collections.Immutable;

namespace Casement.Measures;

public enum ResponseStatus
{
    /// <summary>Every required item that was asked has an answer.</summary>
    Complete,

    /// <summary>The only gaps are in the primary score, and it was prorated or left them out.</summary>
    Prorated,

    /// <summary>Something else is unanswered; scores may still exist.</summary>
    Incomplete,

    /// <summary>An answer that cannot be one. Nothing is computed; keep the raw payload for the audit log.</summary>
    Invalid,
}

/// <summary>A flag that fired, with the answers it rests on.</summary>
public sealed record RaisedFlag(FlagRule Rule, ImmutableSortedDictionary<string, Answer> Because);

/// <summary>What one filled-in questionnaire comes to; instruments.md section 2. Stored beside the answers and never recomputed with a newer version.</summary>
public sealed record Response
{
    public required string Instrument { get; init; }
    public required string Version { get; init; }
    public required Occasion Occasion { get; init; }
    public required ResponseStatus Status { get; init; }

    /// <summary>Every score of the instrument; null where it cannot be known. Empty when invalid.</summary>
    public ImmutableSortedDictionary<string, decimal?> Scores { get; init; } = ImmutableSortedDictionary<string, decimal?>.Empty;

    /// <summary>Score id to band, for scores that have a value and bands.</summary>
    public ImmutableSortedDictionary<string, Band> Bands { get; init; } = ImmutableSortedDictionary<string, Band>.Empty;

    /// <summary>Sorted by id.</summary>
    public ImmutableArray<RaisedFlag> Flags { get; init; } = [];

    /// <summary>Items that were asked and have no answer.</summary>
    public ImmutableArray<string> Unanswered { get; init; } = [];

    /// <summary>Items whose answers were set aside because they were not asked; for the audit log.</summary>
    public ImmutableArray<string> Dropped { get; init; } = [];

    /// <summary>Why it is invalid, one sentence an item, without repeating what was answered.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>Judges the answers as they stand. On an open occasion, alarms on given answers fire and nothing counts as missing.</summary>
    public static Response Of(Instrument instrument, IReadOnlyDictionary<string, Answer> answers, SexAtBirth sex, Occasion occasion)
    {
        var problems = Validation.Problems(instrument, answers);
        if (!problems.IsEmpty)
            return new() { Instrument = instrument.Id, Version = instrument.Version, Occasion = occasion, Status = ResponseStatus.Invalid, Problems = problems };

        var sheet = instrument.Scores.Aggregate(
            Sheet.From(instrument, answers, sex, occasion),
            (soFar, score) => soFar.With(score.Id, Scoring.Of(score, soFar)));

        return new()
        {
            Instrument = instrument.Id,
            Version = instrument.Version,
            Occasion = occasion,
            Status = StatusOf(instrument, sheet),
            Scores = sheet.Scores,
            Bands = BandsOf(instrument, sheet),
            Flags = [.. instrument.Flags.Where(flag => flag.When.HoldsOn(sheet)).OrderBy(flag => flag.Id, StringComparer.Ordinal).Select(flag => Raise(instrument, flag, sheet))],
            Unanswered = sheet.Unanswered,
            Dropped = [.. sheet.Disabled.Where(answers.ContainsKey)],
        };
    }

    static ResponseStatus StatusOf(Instrument instrument, Sheet sheet)
    {
        var gaps = instrument.Items.Where(item => item.Required && sheet.IsMissing(item.LinkId)).Select(item => item.LinkId).ToList();
        if (gaps.Count == 0) return ResponseStatus.Complete;

        var primary = instrument.Scores.First(score => score.Id == instrument.PrimaryScore);
        return primary.Missing.Policy is MissingPolicy.Prorate or MissingPolicy.Exclude
            && sheet.Score(primary.Id) is not null
            && gaps.All(gap => primary.Items.Contains(gap))
            ? ResponseStatus.Prorated
            : ResponseStatus.Incomplete;
    }

    static ImmutableSortedDictionary<string, Band> BandsOf(Instrument instrument, Sheet sheet) => (
        from bands in instrument.Bands
        let value = sheet.Score(bands.Key)
        where value is not null
        let band = bands.Value.FirstOrDefault(band => value <= band.Max)
        where band is not null
        select KeyValuePair.Create(bands.Key, band)).ToImmutableSortedDictionary(StringComparer.Ordinal);

    static RaisedFlag Raise(Instrument instrument, FlagRule flag, Sheet sheet)
    {
        var scores = flag.When.Parts().OfType<ScoreIs>().Select(atom => instrument.Score(atom.Score));
        var items = flag.When.ItemsNamed().Concat(scores.SelectMany(score => score is null ? [] : score.StandsOn().Concat(score.Requires)));
        return new(flag, sheet.Kept.Where(answer => items.Contains(answer.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}
