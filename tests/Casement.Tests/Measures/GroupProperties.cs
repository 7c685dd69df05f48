using Casement.Measures;
using CsCheck;

namespace Casement.Tests.Measures;

public sealed class GroupProperties
{
    [Xunit.Fact]
    public void A_rate_lies_within_its_interval_and_the_interval_within_nought_and_one() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[0, 500]).Where((group, count) => count <= group).Sample((group, count) =>
            Proportion.Of(count, group) is { Rate: { } rate, Ci95: { } interval } && interval.Low >= 0 && interval.Low <= rate && rate <= interval.High && interval.High <= 1);

    [Xunit.Fact]
    public void Survival_never_rises_and_the_median_is_where_half_are_left() =>
        Gen.Select(Gen.Int[1, 90], Gen.Bool, (time, happened) => new Observation(time, happened)).Array[0, 40].Sample(observations =>
        {
            var survival = Survival.Of([.. observations]);
            return survival.Steps.Zip(survival.Steps.Skip(1)).All(pair => pair.First.Time < pair.Second.Time && pair.First.Surviving >= pair.Second.Surviving)
                && survival.Steps.All(step => step.Ci95 is null ? step.Surviving == 0 : step.Ci95.Low <= step.Surviving && step.Surviving <= step.Ci95.High)
                && survival.Steps.All(step => step.Time < survival.Median || survival.Median is null ? step.Surviving >= 0.5m : step.Surviving <= 0.5m)
                && survival.Events == survival.Steps.Sum(step => step.Events);
        });

    [Xunit.Fact]
    public void The_points_of_a_reliable_change_are_the_index_rounded_up() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 100]).Sample((sd, reliability) =>
        {
            var change = ReliableChange.Of(sd / 100m, reliability / 100m);
            var index = 1.96 * Math.Sqrt(2) * (sd / 100.0) * Math.Sqrt(1 - reliability / 100.0);
            return Math.Abs((double)change.Rci - index) <= 0.005001 && Math.Abs((double)change.Points - index) < 1.000001 && (double)change.Points > index - 0.000001;
        });

    [Xunit.Fact]
    public void Every_day_has_one_status_and_only_a_submission_within_the_window_counts() =>
        Gen.Select(Gen.Int[-400, 400], Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[-90, 90]).Sample((offset, before, after, day) =>
        {
            var window = MeasureWindow.Around(new(2026, 3, 2), offset, before, after);
            var on = window.Due.AddDays(day);
            var within = day >= -before && day <= after;
            return MeasureWindow.CountsForMilestone(window.StatusOn(on, on)) == within
                && !MeasureWindow.CountsForMilestone(window.StatusOn(on, null))
                && (window.StatusOn(on, null) is WindowStatus.Open or WindowStatus.Overdue) == within;
        });
}
