namespace Casement.Clearance;

/// <summary>How a fact stands on the sheet; clearance.md 0.2.</summary>
public enum Standing : byte { Unknown, Known, NotApplicable, FailSafe, Derived }

/// <summary>
/// The dense fact sheet: for every fact, the range of what it may be. A known number is a range of one; an unknown one
/// spans everything; one that does not apply is NaN, so every comparison with it is false. Flags, choices and sets are bit
/// masks of what they may be, and for sets also of what they surely hold. Nothing is allocated while it is filled or read.
/// </summary>
public sealed class Sheet(Protocol protocol)
{
    public Protocol Protocol { get; } = protocol;

    public double[] Low { get; } = new double[protocol.Facts.Length];
    public double[] High { get; } = new double[protocol.Facts.Length];
    public ulong[] May { get; } = new ulong[protocol.Facts.Length];
    public ulong[] Must { get; } = new ulong[protocol.Facts.Length];

    /// <summary>Known, fail-safe or unknown as filled; resolving turns unknown into not applicable or derived.</summary>
    public Standing[] Standing { get; } = new Standing[protocol.Facts.Length];

    /// <summary>The medicine list is current and was reconciled against a second source: what is not on it is not taken.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Per medicine class: an active entry is on the list.</summary>
    public Truth[] On { get; } = new Truth[protocol.Classes.Length];

    /// <summary>Per medicine class: hours since it was last taken, as a range.</summary>
    public double[] HoursLow { get; } = new double[protocol.Classes.Length];
    public double[] HoursHigh { get; } = new double[protocol.Classes.Length];

    public double[] Parameters { get; } = new double[protocol.Parameters.Length];

    /// <summary>The value of every rule after the last assessment.</summary>
    public Truth[] Rules { get; } = new Truth[protocol.Rules.Length];

    /// <summary>Hours and values compared as doubles: a decimal of the same text is the same double, so limits meet exactly.</summary>
    public void Know(Fact fact, FactValue value, Standing standing = Clearance.Standing.Known)
    {
        var i = fact.Index;
        Standing[i] = standing;
        switch (value)
        {
            case Number n: Low[i] = High[i] = (double)n.Value; break;
            case Flag f: May[i] = f.Value ? 2UL : 1UL; break;
            case Choice c: May[i] = 1UL << fact.Values.IndexOf(c.Value); break;
            case Choices c:
                var mask = 0UL;
                foreach (var v in c.Values) mask |= 1UL << fact.Values.IndexOf(v);
                May[i] = Must[i] = mask;
                break;
        }
    }

    public void Forget(Fact fact)
    {
        var i = fact.Index;
        Standing[i] = Clearance.Standing.Unknown;
        Low[i] = double.NegativeInfinity;
        High[i] = double.PositiveInfinity;
        May[i] = fact.AllValues;
        Must[i] = 0;
    }

    public void DoesNotApply(Fact fact)
    {
        var i = fact.Index;
        Standing[i] = Clearance.Standing.NotApplicable;
        Low[i] = High[i] = double.NaN;
        May[i] = Must[i] = 0;
    }
}
