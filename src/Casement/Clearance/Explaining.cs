using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>Picks out of a criterion the tests that made it come out as it did.</summary>
public static class Explaining
{
    /// <summary>For a true rule the tests that carry it; for an unknown one the tests that are open.</summary>
    public static ImmutableArray<Evidence> Because(Protocol protocol, Case given, Sheet sheet, Condition condition, Truth value) =>
        [.. Carrying(sheet, condition, value).Distinct().Select(test => Show(protocol, given, sheet, test))];

    static IEnumerable<Condition> Carrying(Sheet sheet, Condition condition, Truth value) => condition switch
    {
        Both or Either when sheet.Ask(condition) != value => [],
        Both b => Carrying(sheet, b.Left, value).Concat(Carrying(sheet, b.Right, value)),
        Either e => Carrying(sheet, e.Left, value).Concat(Carrying(sheet, e.Right, value)),
        Not n => Carrying(sheet, n.Of, Kleene.Not(value)),
        _ => sheet.Ask(condition) == value ? [condition] : [],
    };

    static Evidence Show(Protocol protocol, Case given, Sheet sheet, Condition test)
    {
        var fact = test.Asks().Select(f => protocol.FactById[f.Id]).FirstOrDefault();
        var medicines = test.Classes().SelectMany(c => given.Medicines.Where(m => protocol.ClassesOf(m).Contains(c))).ToImmutableArray();
        return fact is null
            ? new(test, sheet.Ask(test), null, null, Standing.Unknown, medicines)
            : new(test, sheet.Ask(test), fact, given.Facts.GetValueOrDefault(fact.Id), sheet.Standing[fact.Index], medicines);
    }
}
