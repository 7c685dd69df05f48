namespace Casement.Clearance;

public enum Comparison { Equal, NotEqual, Less, AtMost, Greater, AtLeast }

/// <summary>One side of a comparison: a number that is either known or a range of what it may be.</summary>
public abstract record Operand;

public sealed record FactOperand(Fact Fact) : Operand;

public sealed record ParameterOperand(Parameter Parameter) : Operand;

public sealed record LiteralOperand(decimal Value) : Operand;

/// <summary>A question over the fact sheet. The same tree decides, explains, is proved and travels.</summary>
public abstract record Condition
{
    /// <summary>The facts, predicates and derived facts this question asks directly, each once, in the order asked.</summary>
    public IEnumerable<Fact> Asks() => this.Leaves().SelectMany(leaf => leaf switch
    {
        Compare c => new[] { c.Left, c.Right }.OfType<FactOperand>().Select(o => o.Fact),
        OneOf o => [o.Fact],
        Has h => [h.Fact],
        _ => [],
    }).Distinct();
}

/// <summary>A comparison of numbers in the unit of the fact.</summary>
public sealed record Compare(Operand Left, Comparison Is, Operand Right) : Condition;

/// <summary>A flag or choice is one of these values. "!=" is written as one of all the others.</summary>
/// <param name="Fact">The fact asked.</param>
/// <param name="Mask">One bit per value of the fact.</param>
/// <param name="Negated">How it was written: "!=" or "=" and "IN"; for printing only.</param>
public sealed record OneOf(Fact Fact, ulong Mask, bool Negated = false) : Condition;

/// <summary>A set holds this value.</summary>
public sealed record Has(Fact Fact, int Value) : Condition;

/// <summary>An active medicine of the class is on the list.</summary>
public sealed record On(MedicineClass Class) : Condition;

/// <summary>A medicine of the class was last taken at most this many hours ago.</summary>
public sealed record TakenWithin(MedicineClass Class, Operand Hours) : Condition;

public sealed record Both(Condition Left, Condition Right) : Condition;

public sealed record Either(Condition Left, Condition Right) : Condition;

public sealed record Not(Condition Of) : Condition;

public static class Trees
{
    /// <summary>The tests at the ends of the tree, left to right.</summary>
    public static IEnumerable<Condition> Leaves(this Condition condition) => condition switch
    {
        Both b => b.Left.Leaves().Concat(b.Right.Leaves()),
        Either e => e.Left.Leaves().Concat(e.Right.Leaves()),
        Not n => n.Of.Leaves(),
        _ => [condition],
    };

    /// <summary>The medicine classes asked about.</summary>
    public static IEnumerable<MedicineClass> Classes(this Condition condition) =>
        condition.Leaves().Select(l => l switch { On o => o.Class, TakenWithin t => t.Class, _ => null }).OfType<MedicineClass>().Distinct();

    /// <summary>The parameters asked about.</summary>
    public static IEnumerable<Parameter> Parameters(this Condition condition) => condition.Leaves().SelectMany(l => l switch
    {
        Compare c => new[] { c.Left, c.Right },
        TakenWithin t => [t.Hours],
        _ => [],
    }).OfType<ParameterOperand>().Select(o => o.Parameter).Distinct();
}
