using System.Collections.Immutable;
using Casement.Measures;

namespace Casement.CheckIns;

/// <summary>A scale that may be sent as a check-in.</summary>
/// <param name="Scale">The instrument.</param>
/// <param name="Called">What the person is told it is.</param>
/// <param name="OnlyAfterAnother">It is never sent by itself, only asked when a flag of another scale asks for it.</param>
/// <param name="InsteadOf">Scales it stands in for where their wording is not ours to show.</param>
/// <param name="Alarms">What the worklist says, by flag; a flag that is not here raises no alarm.</param>
public sealed record CheckInScale(Instrument Scale, string Called, bool OnlyAfterAnother, ImmutableArray<string> InsteadOf, ImmutableSortedDictionary<string, string> Alarms);

/// <summary>Which scales may be sent and what their flags ask of whom; definitions/check-ins.yaml.</summary>
public sealed record CheckInPlan(int OpensForDays, ImmutableArray<CheckInScale> Scales)
{
    public static CheckInPlan None { get; } = new(0, []);

    public CheckInScale? Find(string scale) => Scales.FirstOrDefault(s => s.Scale.Id == scale);

    /// <summary>The scale to ask next in the same sitting because of what was answered; null when there is none.</summary>
    public CheckInScale? Next(CheckInScale after, IEnumerable<string> flags) => After(after.Scale, flags);

    /// <summary>The scale to ask because of what was answered to any other; null when there is none.</summary>
    public CheckInScale? After(Instrument scale, IEnumerable<string> flags) =>
        scale.Flags.Where(f => flags.Contains(f.Id)).SelectMany(f => f.Actions).SelectMany(Instruments.Administers)
            .Select(id => Find(id) ?? Scales.FirstOrDefault(s => s.InsteadOf.Contains(id))).FirstOrDefault(s => s is { OnlyAfterAnother: true });
}
