using System.Collections.Immutable;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>A scale as a person reads it of themselves.</summary>
/// <param name="Called">Such as "Low mood".</param>
/// <param name="About">What the number tells, and which way is better.</param>
/// <param name="Bands">Words for a band, by its code.</param>
public sealed record PlainScale(string Id, string Called, string About, ImmutableSortedDictionary<string, string> Bands);

/// <summary>The scales people see of themselves, in their order, and the words for what changed; definitions/measures/words.yaml. What is not here is for the clinician alone.</summary>
public sealed record PlainWords(string Version, ImmutableArray<PlainScale> Scales, ImmutableDictionary<Reliability, string> Changes)
{
    public static PlainWords None { get; } = new("", [], ImmutableDictionary<Reliability, string>.Empty);
}
