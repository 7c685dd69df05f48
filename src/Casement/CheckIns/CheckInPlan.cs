using System.Collections.Immutable;
using Casement.Measures;

namespace Casement.CheckIns;

/// <summary>A scale that may be sent as a check-in.</summary>
/// <param name="Scale">The instrument.</param>
/// <param name="Called">What the person is told it is.</param>
/// <param name="OnlyAfterAnother">It is never sent by itself, only asked when a flag of another scale asks for it.</param>
/// <param name="SignsIn">It is asked of somebody who signed in, never by a link alone.</param>
/// <param name="InsteadOf">Scales it stands in for where their wording is not ours to show.</param>
/// <param name="Alarms">What the worklist says, by flag; a flag that is not here raises no alarm.</param>
public sealed record CheckInScale(Instrument Scale, string Called, bool OnlyAfterAnother, bool SignsIn, ImmutableArray<string> InsteadOf, ImmutableSortedDictionary<string, string> Alarms);

/// <summary>Which scales may be sent and what their flags ask of whom; definitions/check-ins.yaml.</summary>
public sealed record CheckInPlan(int OpensForDays, ImmutableArray<CheckInScale> Scales)
{
    public static CheckInPlan None { get; } = new(0, []);

    public CheckInScale? Find(string scale) => Scales.FirstOrDefault(s => s.Scale.Id == scale);

    /// <summary>The scale that is shown for one that is asked: itself, or what stands in for it; null when neither may be shown.</summary>
    public CheckInScale? Shown(string scale) => Find(scale) ?? Scales.FirstOrDefault(s => s.InsteadOf.Contains(scale));

    /// <summary>The scale to ask next in the same sitting because of what was answered; null when there is none.</summary>
    public CheckInScale? Next(CheckInScale after, IEnumerable<string> flags) => After(after.Scale, flags);

    /// <summary>The scale to ask because of what was answered to any other; null when there is none.</summary>
    public CheckInScale? After(Instrument scale, IEnumerable<string> flags) => AllAfter(scale, flags, signedIn: false).FirstOrDefault();

    /// <summary>Every scale to ask because of what was answered to another.</summary>
    /// <param name="signedIn">The person signed in, so that more may be asked.</param>
    public IEnumerable<CheckInScale> AllAfter(Instrument scale, IEnumerable<string> flags, bool signedIn) =>
        scale.Flags.Where(f => flags.Contains(f.Id)).SelectMany(f => f.Actions).SelectMany(Instruments.Administers)
            .Select(Shown).OfType<CheckInScale>().Where(s => s.SignsIn ? signedIn : s.OnlyAfterAnother).Distinct();
}
