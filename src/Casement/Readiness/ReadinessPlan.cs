using System.Collections.Immutable;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Readiness;

/// <summary>Why a visit does not go ahead as things are, in the words of the day it was said.</summary>
/// <param name="Id">Such as "readiness-no-escort".</param>
/// <param name="Says">For the practice.</param>
/// <param name="Clinic">The class of the reason, for the clinic.</param>
/// <param name="Tell">What the person is to do.</param>
/// <param name="Now">It needs somebody at once.</param>
/// <param name="EndsByItself">A changed answer ends it; otherwise somebody has to look.</param>
public sealed record ReadinessStop(string Id, string Says, string Clinic, string Tell, bool Now, bool EndsByItself);

/// <summary>A number somebody measured at home.</summary>
/// <param name="StopsAt">The parameter of the protocol at or above which it stops.</param>
public sealed record HomeReading(string StopsAt, decimal Lowest, decimal Highest);

/// <summary>What is asked before a visit at a clinic, when, and which answers stop it; definitions/readiness.yaml.</summary>
/// <param name="Asks">The items of the scale, in order.</param>
/// <param name="OnlyWhen">Items asked unless the chart says no to a fact, by item.</param>
public sealed record ReadinessPlan(
    Instrument Scale,
    ImmutableArray<Item> Asks,
    ImmutableSortedDictionary<string, string> OnlyWhen,
    TimeOnly EveningBefore,
    TimeOnly ThatMorning,
    int AnswerHoursBefore,
    HomeReading Systolic,
    HomeReading Diastolic,
    ImmutableArray<ReadinessStop> Stops)
{
    public const string Adult = "escort", NotHeld = "readiness-held", Pressure = "readiness-pressure";

    /// <summary>The questions for this person.</summary>
    public IEnumerable<Item> For(Chart chart) => Asks.Where(i =>
        !(OnlyWhen.TryGetValue(i.LinkId, out var fact) && chart.Facts.TryGetValue(fact, out var known) && known is [.., var last] && last.Newest.Fact.Value is Clearance.Flag { Value: false }));
}
