using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Measures;

/// <summary>
/// A scale was filled in: the raw answers, and what they came to under the version they were given to. Never scored again with a newer one.
/// The same scale again in the same sitting is the same filling with an answer changed.
/// </summary>
/// <param name="Sitting">Names the occasion, on which several scales may be filled in.</param>
/// <param name="Instrument">Such as "phq9".</param>
/// <param name="Version">Of the instrument.</param>
/// <param name="Items">Raw value by item; an item that was not answered is not here.</param>
/// <param name="Status">Whether every item that was asked has an answer.</param>
/// <param name="Scores">Every score that can be known.</param>
/// <param name="Flags">The flags that fired, by id.</param>
/// <param name="AnsweredAt">When it was so: when the last item was answered, or the date on the paper.</param>
/// <param name="Source">Who answered.</param>
[StoredAs("scale.answered")]
public sealed record ScaleAnswered(
    Guid Sitting,
    string Instrument,
    string Version,
    ImmutableSortedDictionary<string, decimal> Items,
    ResponseStatus Status,
    ImmutableSortedDictionary<string, decimal> Scores,
    ImmutableArray<string> Flags,
    DateTimeOffset AnsweredAt,
    FactSource Source) : PatientEvent
{
    public static ScaleAnswered Of(Guid sitting, Instrument scale, ImmutableSortedDictionary<string, decimal> items, DateTimeOffset at, FactSource source)
    {
        var response = Response.Of(scale, items.ToDictionary(i => i.Key, i => Answer.Of(i.Value)), SexAtBirth.Unknown, Occasion.Closed);
        return new(
            sitting,
            scale.Id,
            scale.Version,
            items,
            response.Status,
            response.Scores.Where(s => s.Value is not null).ToImmutableSortedDictionary(s => s.Key, s => s.Value ?? 0, StringComparer.Ordinal),
            [.. response.Flags.Select(f => f.Rule.Id)],
            at,
            source);
    }
}

/// <summary>A filled-in scale on the chart.</summary>
public sealed record ScaleOnChart(ScaleAnswered What, long Entry, DateTimeOffset RecordedAt, Actor By);
