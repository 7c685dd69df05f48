using System.Diagnostics;

namespace Casement.Clearance;

/// <summary>Asks a tree of the sheet, leaf by leaf. The compiled form answers the same; this one is for explaining, where every leaf must be named.</summary>
public static class Asking
{
    public static Truth Ask(this Sheet sheet, Condition condition) => condition switch
    {
        Both b => Kleene.And(sheet.Ask(b.Left), sheet.Ask(b.Right)),
        Either e => Kleene.Or(sheet.Ask(e.Left), sheet.Ask(e.Right)),
        Not n => Kleene.Not(sheet.Ask(n.Of)),
        OneOf o => sheet.Ask(o),
        Has h => Kleene.Of((sheet.Must[h.Fact.Index] >> h.Value & 1) != 0, (sheet.May[h.Fact.Index] >> h.Value & 1) != 0),
        Compare c => sheet.Ask(c),
        On on => sheet.On[on.Class.Index],
        TakenWithin t => Within(sheet, t),
        _ => throw new UnreachableException(),
    };

    static Truth Ask(this Sheet sheet, OneOf test)
    {
        var may = sheet.May[test.Fact.Index];
        return Kleene.Of(may != 0 && (may & ~test.Mask) == 0, (may & test.Mask) != 0);
    }

    static Truth Ask(this Sheet sheet, Compare test)
    {
        var (a, b) = sheet.Range(test.Left);
        var (c, d) = sheet.Range(test.Right);
        return test.Is switch
        {
            Comparison.AtLeast => Kleene.Of(a >= d, b >= c),
            Comparison.Greater => Kleene.Of(a > d, b > c),
            Comparison.AtMost => Kleene.Of(b <= c, a <= d),
            Comparison.Less => Kleene.Of(b < c, a < d),
            Comparison.Equal => Kleene.Of(a >= d && b <= c, a <= d && b >= c),
            Comparison.NotEqual => Kleene.Of(b < c || a > d, a < d || b > c),
            _ => throw new UnreachableException(),
        };
    }

    static Truth Within(Sheet sheet, TakenWithin test)
    {
        var (low, high) = sheet.Range(test.Hours);
        return Kleene.Of(sheet.HoursHigh[test.Class.Index] <= low, sheet.HoursLow[test.Class.Index] <= high);
    }

    static (double Low, double High) Range(this Sheet sheet, Operand side) => side switch
    {
        FactOperand f => (sheet.Low[f.Fact.Index], sheet.High[f.Fact.Index]),
        ParameterOperand p => (sheet.Parameters[p.Parameter.Index], sheet.Parameters[p.Parameter.Index]),
        LiteralOperand l => ((double)l.Value, (double)l.Value),
        _ => throw new UnreachableException(),
    };
}
