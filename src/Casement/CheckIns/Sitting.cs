using System.Collections.Immutable;
using Casement.Journal;
using Casement.Measures;

namespace Casement.CheckIns;

/// <summary>A sitting of the schedule with when it was asked for.</summary>
public sealed record SittingOnChart(SittingAsked Asked, DateTimeOffset AskedAt)
{
    /// <summary>Since it was asked for something was answered: the person was heard from.</summary>
    public bool IsHeard(Chart chart) => chart.Scales.Any(s => s.What.Sitting == Asked.CheckIn || s.What.AnsweredAt >= AskedAt);

    /// <summary>What was sent that has no answer, neither here nor, whole, in another sitting since.</summary>
    public IEnumerable<string> Left(Chart chart) => Asked.Scales.Where(id => !chart.Scales.Any(s => s.What.Instrument == id
        && (s.What.Sitting == Asked.CheckIn || (s.What.AnsweredAt >= AskedAt && s.What.Status is ResponseStatus.Complete or ResponseStatus.Prorated))));
}

/// <summary>Questions that were put to a person, one scale after the other; whoever asked for them.</summary>
/// <param name="Scheduled">Null where somebody sent one scale by hand.</param>
public sealed record Sitting(Guid Id, ImmutableArray<string> Scales, bool SignsIn, DateTimeOffset ClosesAt, SittingOnChart? Scheduled)
{
    public static Sitting? Of(Chart chart, Guid id) =>
        chart.Sittings.TryGetValue(id, out var so) ? new(id, so.Asked.Scales, so.Asked.SignsIn, so.Asked.ClosesAt, so)
        : chart.CheckIns.TryGetValue(id, out var sent) ? new(id, [sent.Scale], SignsIn: false, sent.ClosesAt, null)
        : null;

    /// <summary>Every scale of it in order: those it was sent with, and behind each what its answers call for.</summary>
    public ImmutableArray<CheckInScale> Asked(Chart chart, CheckInPlan plan)
    {
        var asked = ImmutableArray.CreateBuilder<CheckInScale>();
        foreach (var scale in Scales.Select(plan.Shown).OfType<CheckInScale>()) Add(scale);
        return asked.ToImmutable();

        void Add(CheckInScale scale)
        {
            if (asked.Contains(scale)) return;
            asked.Add(scale);
            if (CheckingIn.Last(chart, Id, scale.Scale.Id) is not { } answered) return;
            foreach (var next in plan.AllAfter(scale.Scale, answered.Flags, SignsIn)) Add(next);
        }
    }

    /// <summary>What waits for an answer, in order. A scale answered whole in another sitting since is not asked twice.</summary>
    public ImmutableArray<CheckInScale> Left(Chart chart, CheckInPlan plan)
    {
        var done = Scheduled is { } so ? so.Asked.Scales.Except(so.Left(chart)).ToHashSet() : [];
        return [.. Asked(chart, plan).Where(s => !done.Contains(s.Scale.Id) && CheckingIn.Last(chart, Id, s.Scale.Id) is null)];
    }
}
