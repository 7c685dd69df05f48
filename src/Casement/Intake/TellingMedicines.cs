using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>Medicines as the person tells them, one at a time. Each change writes the list whole; a list that was compared with a second source is then compared no longer.</summary>
public static class TellingMedicines
{
    public const string Listed = "listed", None = "none";

    /// <summary>Adds a medicine, or tells the dose of one on the list anew.</summary>
    public static Decision Add(Chart chart, IntakeDesk desk, Medicine medicine, DateTimeOffset at)
    {
        if (chart.Who is null || chart.Intake is null) return Decision.Refuse(Answering.NotAsked);
        if (medicine.As.Length > 400) return Decision.Refuse("That is longer than we can keep here. Please shorten the reason.");
        var list = Listing(chart);
        return list.Contains(medicine) ? Decision.Nothing : Write(chart, desk, [.. list.Where(m => !Same(m, medicine.Ingredient)), medicine], at);
    }

    /// <summary>Not taken any more. It stays on the list as ended, since some last in the body.</summary>
    public static Decision End(Chart chart, IntakeDesk desk, string ingredient, DateTimeOffset at)
    {
        if (chart.Who is null || chart.Intake is null) return Decision.Refuse(Answering.NotAsked);
        var list = Listing(chart);
        if (!list.Any(m => m.Active && Same(m, ingredient))) return Decision.Nothing;
        return Write(chart, desk, [.. list.Select(m => Same(m, ingredient) ? m with { Active = false } : m)], at);
    }

    /// <summary>The list is complete as far as the person knows; or they take nothing, which is said and never assumed.</summary>
    public static Decision Finish(Chart chart, IntakeDesk desk, MedicinesQuestion question, string given, DateTimeOffset at)
    {
        if (chart.Who is null || chart.Intake is not { } intake) return Decision.Refuse(Answering.NotAsked);
        var active = Listing(chart).Any(m => m.Active);
        if (given == None && active) return Decision.Refuse("Your list is not empty. Take each medicine off first, or choose “This is everything”.");
        if (given != None && !active) return Decision.Refuse("Add what you take, or choose “I take nothing”.");
        if (intake.Answers.TryGetValue(question.Id, out var before) && before.What.Given is [var same] && same == given) return Decision.Nothing;
        var answered = new IntakeAnswered(question.Id, question.Ask, [given], "");
        if (chart.MedicineLists.LastOrDefault() is { } last && last.Entry > intake.Began) return Decision.Accept(answered);
        return Write(chart, desk, Listing(chart), at) is Accepted { Events: var written } ? Decision.Accept([.. written, answered]) : Decision.Accept(answered);
    }

    public static ImmutableArray<Medicine> Listing(Chart chart) => chart.MedicineLists.LastOrDefault()?.List.Medicines ?? [];

    static bool Same(Medicine medicine, string ingredient) => medicine.Ingredient.Equals(ingredient, StringComparison.OrdinalIgnoreCase);

    const string Reconciled = "medication-list-reconciled";

    static Decision Write(Chart chart, IntakeDesk desk, ImmutableArray<Medicine> list, DateTimeOffset at)
    {
        // Only a clinician compares a list; a list the person has changed since has not been compared.
        bool? reconciled = chart.Facts.TryGetValue(Reconciled, out var said) && said[^1].Fact.Value is Flag { Value: true } && !list.SequenceEqual(Listing(chart)) ? false : null;
        return Recording.Medicines(chart, desk.Protocol, list, at, reconciled, desk.Now, FactSource.Patient);
    }
}
