using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>Fills a sheet from a case: freshness, sticky adverse answers, fail-safe silence, medicines; then what follows and what does not apply (clearance.md 0.2, 1.M).</summary>
public static class Filling
{
    /// <summary>The sheet of a case, ready to be asked.</summary>
    public static Sheet Fill(Protocol protocol, Case given)
    {
        var sheet = new Sheet(protocol);
        sheet.Refill(given);
        sheet.Resolve();
        return sheet;
    }

    /// <summary>Puts the given answers on the sheet, replacing what was there.</summary>
    public static void Refill(this Sheet sheet, Case given)
    {
        var protocol = sheet.Protocol;
        foreach (var p in protocol.Parameters) sheet.Parameters[p.Index] = (double)given.Settings.GetValueOrDefault(p.Id, p.Default);
        foreach (var fact in protocol.Facts)
        {
            sheet.Forget(fact);
            if (fact.IfAbsent is { } silence) sheet.Know(fact, silence, Standing.FailSafe);
        }
        foreach (var (id, recorded) in given.Facts)
        {
            if (protocol.FactById.TryGetValue(id, out var fact) && fact.Derivation is not Predicate && protocol.IsInForce(fact, recorded, given.AsOf)) sheet.Know(fact, recorded.Value);
        }
        FillMedicines(sheet, given);
    }

    /// <summary>An answer outside its validity counts as absent, unless it is an adverse answer to a sticky fact.</summary>
    public static bool IsInForce(this Protocol protocol, Fact fact, RecordedFact recorded, DateTimeOffset asOf) =>
        fact.ValidDays is not { } days || asOf - recorded.ObservedAt <= TimeSpan.FromDays(days) || (fact.Sticky && !protocol.IsReassuring(recorded.Value));

    static void FillMedicines(Sheet sheet, Case given)
    {
        var protocol = sheet.Protocol;
        var listFact = protocol.FactById.GetValueOrDefault("medication-list");
        var reconciledFact = protocol.FactById.GetValueOrDefault("medication-list-reconciled");
        var listIsCurrent = given.MedicinesObservedAt is { } observed && (listFact?.ValidDays is not { } days || given.AsOf - observed <= TimeSpan.FromDays(days));
        if (listFact is not null && listIsCurrent) sheet.Standing[listFact.Index] = Standing.Known;
        var complete = sheet.IsComplete = listIsCurrent && reconciledFact is not null && sheet.May[reconciledFact.Index] == 2UL;
        foreach (var c in protocol.Classes)
        {
            sheet.On[c.Index] = complete ? Truth.False : Truth.Unknown;
            (sheet.HoursLow[c.Index], sheet.HoursHigh[c.Index]) = complete ? (double.NaN, double.NaN) : (0, double.PositiveInfinity);
        }
        foreach (var medicine in given.Medicines)
        {
            var hours = Hours(given.AsOf, medicine);
            foreach (var c in protocol.ClassesOf(medicine))
            {
                if (medicine.Active) sheet.On[c.Index] = Truth.True;
                var (low, high) = (sheet.HoursLow[c.Index], sheet.HoursHigh[c.Index]);
                // The newest counts; one without a time, or a list that may lack some, could be now.
                high = double.IsNaN(high) ? hours : Math.Min(high, hours);
                sheet.HoursLow[c.Index] = !complete || medicine.LastTakenAt is null || low == 0 ? Math.Min(0, high) : high;
                sheet.HoursHigh[c.Index] = high;
            }
        }
        foreach (var fact in protocol.Facts)
            if (fact.Derivation is EquivalentSum sum && sheet.Standing[fact.Index] == Standing.Unknown && EquivalentMg(protocol, sum, given.Medicines) is { } mg)
                sheet.Know(fact, FactValue.Of(mg), Standing.Derived);
    }

    static double Hours(DateTimeOffset asOf, Medicine medicine) => medicine.LastTakenAt is { } at ? (asOf - at).TotalHours : double.PositiveInfinity;

    /// <summary>Null when the list holds none of the class, or when a dose or factor is missing.</summary>
    static decimal? EquivalentMg(Protocol protocol, EquivalentSum sum, ImmutableArray<Medicine> medicines)
    {
        decimal? total = null;
        foreach (var medicine in medicines.Where(m => m.Active && protocol.ClassesOf(m).Contains(sum.Class)))
        {
            if (medicine.DailyDoseMg is not { } dose || !sum.Factors.TryGetValue(medicine.Ingredient.ToLowerInvariant(), out var factor)) return null;
            total = (total ?? 0) + (dose * factor);
        }
        return total;
    }

    /// <summary>Works out, in order, the facts that follow from others and the absent facts that do not apply.</summary>
    public static void Resolve(this Sheet sheet) => sheet.Resolve(sheet.Protocol.Resolving);

    /// <summary>The same for some of the facts, each after everything it rests on.</summary>
    public static void Resolve(this Sheet sheet, ImmutableArray<Fact> resolving)
    {
        foreach (var fact in resolving)
        {
            if (sheet.Standing[fact.Index] is not (Standing.Unknown or Standing.NotApplicable)) { if (!IsRederived(sheet, fact)) continue; }
            sheet.Forget(fact);
            switch (fact.Derivation)
            {
                case Predicate p:
                    sheet.May[fact.Index] = sheet.Ask(p.When) switch { Truth.True => 2UL, Truth.False => 1UL, _ => 3UL };
                    sheet.Standing[fact.Index] = Standing.Derived;
                    continue;
                case FirstOf f when Settled(sheet, f) is { } value:
                    sheet.May[fact.Index] = 1UL << value;
                    sheet.Standing[fact.Index] = Standing.Derived;
                    continue;
            }
            if (NotRequired(sheet, fact)) sheet.DoesNotApply(fact);
        }
    }

    /// <summary>A fact derived by an earlier pass over the same sheet is worked out again; one that was recorded stays.</summary>
    static bool IsRederived(Sheet sheet, Fact fact) => sheet.Standing[fact.Index] == Standing.Derived && fact.Derivation is Predicate or FirstOf;

    static bool NotRequired(Sheet sheet, Fact fact) =>
        fact.Required == Required.Optional || (fact.RequiredWhen is { } when && sheet.Ask(when) == Truth.False);

    static int? Settled(Sheet sheet, FirstOf first)
    {
        foreach (var (value, when) in first.Cases)
        {
            switch (sheet.Ask(when))
            {
                case Truth.True: return value;
                case Truth.Unknown: return null;
            }
        }
        return first.Otherwise;
    }
}
