namespace Casement.Measures;

public enum Direction { LowerIsBetter, HigherIsBetter }

/// <summary>The amounts of change that mean something for one instrument, in points of its score; instruments.md section 7,
/// "Thresholds in force". A threshold that is null switches off the rules that need it.</summary>
public sealed record ChangeThresholds
{
    public required Direction Direction { get; init; }
    public required string Score { get; init; }

    /// <summary>A baseline at or beyond this is evaluable.</summary>
    public required decimal Caseness { get; init; }

    public required decimal? RemissionMax { get; init; }

    /// <summary>Percent of the baseline.</summary>
    public required decimal? ResponsePct { get; init; }

    /// <summary>Percent of the baseline.</summary>
    public required decimal? PartialPct { get; init; }

    public required decimal? Mcid { get; init; }
    public required decimal? ReliableChange { get; init; }
    public decimal? ReliableChangeStrict { get; init; }
    public decimal? RecoveredMax { get; init; }
    public decimal? RecoveredMin { get; init; }
    public decimal? RelapseMin { get; init; }
    public decimal? RelapseImmediateMin { get; init; }
    public decimal? EarlyWarningRise { get; init; }

    /// <summary>Points by which the later score is better; negative when it is worse.</summary>
    public decimal Improvement(decimal from, decimal to) => Direction == Direction.LowerIsBetter ? from - to : to - from;

    public bool IsCase(decimal score) => Direction == Direction.LowerIsBetter ? score >= Caseness : score <= Caseness;
}
