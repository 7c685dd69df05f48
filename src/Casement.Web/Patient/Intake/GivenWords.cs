using System.Collections.Immutable;
using System.Globalization;
using Casement.Intake;
using Casement.Journal;

namespace Casement.Web.Patient.Intake;

/// <summary>An answer as it was given, in the words of the page.</summary>
public static class GivenWords
{
    public static string Of(IntakeQuestion question, ImmutableArray<string> given, Chart chart) => given is [Answering.Confirmed] ? "Your records are right" : question switch
    {
        FactQuestion q => q.Options.FirstOrDefault(o => o.Value == given[0])?.Label ?? given[0],
        GroupQuestion when given.Contains(GroupQuestion.OneByOne) => "Asked one by one",
        GroupQuestion q => Several(given, q.Items.ToDictionary(i => i.Question.Id, i => i.Label)),
        ToldQuestion { Kind: ToldKind.Several } q => Several(given, q.Options.ToDictionary(o => o.Value, o => o.Label)),
        ToldQuestion { Kind: ToldKind.Weight or ToldKind.Height } q => BodyMeasures.Say(q.Kind, given),
        ItemQuestion q => q.Item.Options.FirstOrDefault(o => given is [var only] && BodyMeasures.Number(only) == o.Value)?.Label ?? string.Join(" ", given),
        MonthQuestion when given is [var year, var month] && int.TryParse(month, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12 => $"{Months[number - 1]} {year}",
        MedicinesQuestion => given is [TellingMedicines.None] ? "I take nothing" : $"{TellingMedicines.Listing(chart).Count(m => m.Active)} on the list",
        TreatmentsQuestion => given is [TellingTreatments.None] ? "I have tried none" : $"{chart.Intake?.Treatments.Length ?? 0} on the list",
        _ => string.Join(" ", given),
    };

    public static readonly ImmutableArray<string> Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12)];

    public static string Open(OpenBecause because) => because == OpenBecause.Discuss ? "To talk about" : "I do not know";

    static string Several(ImmutableArray<string> given, Dictionary<string, string> labels) =>
        given is [GroupQuestion.NoOther] ? "None of these" : string.Join("; ", given.Where(labels.ContainsKey).Select(g => labels[g]));
}
