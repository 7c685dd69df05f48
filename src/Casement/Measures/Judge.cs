namespace Casement.Measures;

/// <summary>Judges one response against the baseline; instruments.md section 7, "Category of each post-T0 response".
/// Comparisons are multiplications, so 18 to 9 is a response and 17 to 9 is not.</summary>
sealed record Judge(ChangeThresholds Thresholds, DateOnly TimeZero, decimal Baseline, bool Evaluable)
{
    public JudgedResponse Of(Assessment given) => new()
    {
        On = given.On,
        Day = given.On.DayNumber - TimeZero.DayNumber,
        Score = given.Score,
        Item9 = given.Item9,
        PctImprovement = Baseline == 0 ? null : (Ratio.Of(100) * Ratio.Of(Improvement(given)) / Ratio.Of(Baseline)).RoundHalfUp(1),
        Category = CategoryOf(given),
        Reliable = ReliableOf(given),
        Recovered = ReliableOf(given) == Reliability.Improved && HasRecovered(given.Score),
    };

    public bool Reaches(Assessment given, decimal? percent) => percent is { } needed && 100 * Improvement(given) >= needed * Baseline;

    Category CategoryOf(Assessment given) =>
        !Evaluable ? ReliableOf(given) == Reliability.Deteriorated ? Category.Deteriorated : Category.NotEvaluable
        : given.Score <= Thresholds.RemissionMax ? Category.Remission
        : Reaches(given, Thresholds.ResponsePct) ? Category.Response
        : Reaches(given, Thresholds.PartialPct) ? Category.Partial
        : ReliableOf(given) == Reliability.Deteriorated ? Category.Deteriorated
        : Category.NoResponse;

    Reliability ReliableOf(Assessment given) =>
        Improvement(given) >= Thresholds.ReliableChange ? Reliability.Improved
        : -Improvement(given) >= Thresholds.ReliableChange ? Reliability.Deteriorated
        : Reliability.None;

    bool HasRecovered(decimal score) => Thresholds.Direction == Direction.LowerIsBetter
        ? score <= Thresholds.RecoveredMax && Baseline > Thresholds.RecoveredMax
        : score >= Thresholds.RecoveredMin && Baseline < Thresholds.RecoveredMin;

    decimal Improvement(Assessment given) => Thresholds.Improvement(Baseline, given.Score);
}
