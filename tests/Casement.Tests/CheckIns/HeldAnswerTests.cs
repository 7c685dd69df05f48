using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Journal;
using static Casement.Tests.Courses.Course;
using Loop = Casement.Tests.Referrals.Loop;

namespace Casement.Tests.CheckIns;

/// <summary>Answers that waited on a phone for a network: when they count from, and that they never stand over newer ones.</summary>
public sealed class HeldAnswerTests
{
    static readonly Chart Asked = Loop.At(With(Session(0)), At(1, 10), Actor.Casement, AskingSittings.Due(With(Session(0)), Rules, At(1, 10)).AsSpan());

    static Guid Sitting => Asked.Sittings.Values.Single(s => s.Asked.Milestone == "24h").Asked.CheckIn;

    static Decision Answer(Chart chart, DateTimeOffset at, TimeSpan held, params decimal[] values) => CheckingIn.Answer(chart, Plan, Facts, new(
        Sitting, "pulse", Held.Instruments.Find("pulse")!.Items.Zip(values).ToImmutableSortedDictionary(i => i.First.LinkId, i => i.Second, StringComparer.Ordinal), at, held));

    static Chart Given(Chart chart, DateTimeOffset at, TimeSpan held, params decimal[] values) => Loop.Do(chart, Answer(chart, at, held, values), at, new(ActorKind.Patient, "wren", "Wren"));

    [Theory]
    [InlineData(60, 13)]
    [InlineData(0, 14)]
    [InlineData(-600, 14)]
    [InlineData(60 * 24 * 300, 10)]
    public void They_count_from_when_they_were_given_within_what_can_be(int heldMinutes, int hour) =>
        Assert.Equal(At(1, hour), Given(Asked, At(1, 14), TimeSpan.FromMinutes(heldMinutes), 7, 3, 6, 6, 0).Scales[^1].What.AnsweredAt);

    [Fact]
    public void Older_ones_do_not_stand_over_newer_ones_and_are_taken_once()
    {
        var first = Given(Asked, At(1, 14), TimeSpan.FromHours(2), 7, 3, 6, 6, 0);
        Assert.IsType<AlreadySo>(Answer(first, At(1, 15), TimeSpan.FromHours(3), 7, 3, 6, 6, 0));
        var newer = Given(first, At(1, 15), TimeSpan.Zero, 4, 3, 6, 6, 0);
        Assert.Equal(CheckingIn.Overtaken, Loop.Refused(Answer(newer, At(1, 16), TimeSpan.FromHours(4), 7, 3, 6, 6, 0)));
        Assert.Equal(2, newer.Scales.Count);
    }

    [Fact]
    public void Danger_in_an_overtaken_answer_still_calls_for_somebody_once()
    {
        var newer = Given(Asked, At(1, 15), TimeSpan.Zero, 7, 3, 6, 6, 0);
        var told = Given(newer, At(1, 16), TimeSpan.FromHours(3), 4, 6, 3, 4, 1);
        Assert.Equal("pulse-safety", Assert.Single(told.Alarms).Raised.Flag);
        Assert.Equal(7, Assert.Single(told.Scales).What.Items["1"]);
        Assert.Equal(CheckingIn.Overtaken, Loop.Refused(Answer(told, At(1, 17), TimeSpan.FromHours(4), 4, 6, 3, 4, 1)));
    }
}
