using System.Collections.Frozen;

namespace Casement.Definitions;

/// <summary>The UCUM units a fact or parameter may carry; anything else in a definition is a slip.</summary>
static class Units
{
    static readonly FrozenSet<string> Known = new[]
    {
        "a", "mo", "wk", "d", "h", "min", "ms", "mm[Hg]", "/min", "%", "kg", "kg/m2", "Cel", "mg/d", "mg/kg", "mg/dL", "mmol/L", "m[IU]/L", "mL/min",
        "mL/min/{1.73_m2}", "{xULN}", "xULN", "{score}", "score", "trials", "sessions", "requests", "entries",
    }.ToFrozenSet();

    public static bool IsKnown(string unit) => Known.Contains(unit);
}
