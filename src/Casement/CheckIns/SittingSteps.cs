using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.CheckIns;

/// <summary>Questions that wait for a patient, on their own home page.</summary>
public static class SittingSteps
{
    public static ImmutableArray<NextStep> Of(Chart chart, DateTimeOffset now) =>
    [
        .. from sitting in chart.Sittings.Values
           where sitting.AskedAt <= now && now < sitting.Asked.ClosesAt
           let left = sitting.Left(chart).Count()
           where left > 0
           orderby sitting.Asked.ClosesAt, sitting.Asked.CheckIn
           select new NextStep(
               "Tell us how you are",
               $"{AskingSittings.Room}/{sitting.Asked.CheckIn:D}",
               left < sitting.Asked.Scales.Length ? $"{left} of {sitting.Asked.Scales.Length} parts are left." : left == 1 ? "A few questions, in one part." : $"A few questions, in {left} parts. Each part is saved.",
               sitting.Asked.ClosesAt),
    ];
}
