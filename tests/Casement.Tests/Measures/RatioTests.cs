using Casement.Measures;
using CsCheck;

namespace Casement.Tests.Measures;

public sealed class RatioTests
{
    [Xunit.Theory]
    [Xunit.InlineData(1, 2, 0, 1)]
    [Xunit.InlineData(-1, 2, 0, 0)]
    [Xunit.InlineData(5, 2, 0, 3)]
    [Xunit.InlineData(-5, 2, 0, -2)]
    [Xunit.InlineData(-51, 20, 1, -2.5)]
    [Xunit.InlineData(1, 4, 1, 0.3)]
    [Xunit.InlineData(-1, 4, 1, -0.2)]
    [Xunit.InlineData(1, 3, 4, 0.3333)]
    [Xunit.InlineData(-2, 3, 0, -1)]
    [Xunit.InlineData(2, -3, 0, -1)]
    public void A_half_rounds_up(int above, int below, int decimals, double expected) =>
        Xunit.Assert.Equal((decimal)expected, new Ratio(above, below).RoundHalfUp(decimals));

    [Xunit.Fact]
    public void Rounding_never_moves_a_value_by_more_than_half_a_step_and_halves_go_up() =>
        Gen.Select(Gen.Int[-10_000, 10_000], Gen.Int[1, 400], Gen.Int[0, 3]).Sample((above, below, decimals) =>
        {
            var value = new Ratio(above, below);
            var moved = Ratio.Of(value.RoundHalfUp(decimals)) - value;
            var half = new Ratio(1, 2 * (int)Math.Pow(10, decimals));
            return moved <= half && moved > default(Ratio) - half;
        });

    [Xunit.Fact]
    public void A_decimal_becomes_the_same_fraction() =>
        Gen.Select(Gen.Int, Gen.Int[0, 9]).Sample((value, scale) => Ratio.Of(new decimal(value) / (decimal)Math.Pow(10, scale)) == new Ratio(value, (int)Math.Pow(10, scale)));
}
