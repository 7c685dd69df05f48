using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>Everything an assessment is made from, besides the protocol: what is known about one person at one instant. Stored whole with a signed decision, so that it replays.</summary>
public sealed record Case
{
    public Phase Phase { get; init; }

    /// <summary>The instant the answers are read at. There is no other clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>One answer per fact, the one in force.</summary>
    public ImmutableSortedDictionary<string, RecordedFact> Facts { get; init; } = ImmutableSortedDictionary<string, RecordedFact>.Empty;

    public ImmutableArray<Medicine> Medicines { get; init; } = [];

    /// <summary>When the medicine list was so; null when there is none.</summary>
    public DateTimeOffset? MedicinesObservedAt { get; init; }

    public ImmutableSortedDictionary<string, Opinion> Opinions { get; init; } = ImmutableSortedDictionary<string, Opinion>.Empty;

    public ImmutableSortedDictionary<string, Override> Overrides { get; init; } = ImmutableSortedDictionary<string, Override>.Empty;

    /// <summary>The parameters this practice has moved from their defaults.</summary>
    public ImmutableSortedDictionary<string, decimal> Settings { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;
}
