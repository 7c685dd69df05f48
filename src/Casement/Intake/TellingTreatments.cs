using Casement.Journal;

namespace Casement.Intake;

/// <summary>Treatments tried before, as told. Whether one counts as an adequate trial is a clinician's to decide.</summary>
public static class TellingTreatments
{
    public const string Listed = "listed", None = "none";

    const int LongestWeeks = 3000;

    public static Decision Add(Chart chart, TreatmentTold told)
    {
        if (chart.Who is null || chart.Intake is not { } intake) return Decision.Refuse(Answering.NotAsked);
        if (string.IsNullOrWhiteSpace(told.Medicine)) return Decision.Refuse("Write the name of the medicine or treatment.");
        if (told.Medicine.Length > 120) return Decision.Refuse("That name is too long. Please shorten it.");
        if (told.HighestDoseMgPerDay is <= 0 or > 100_000) return Decision.Refuse("Write the dose as a number of milligrams, such as 50, or leave it empty.");
        if (told.Weeks is < 0 or > LongestWeeks) return Decision.Refuse("Write how many weeks as a whole number, such as 8, or leave it empty.");
        return intake.Treatments.Contains(told) ? Decision.Nothing : Decision.Accept(new TreatmentsTold([.. intake.Treatments.Where(t => !Same(t, told.Medicine)), told]));
    }

    public static Decision Remove(Chart chart, string medicine) =>
        chart.Intake is not { } intake ? Decision.Refuse(Answering.NotAsked)
        : !intake.Treatments.Any(t => Same(t, medicine)) ? Decision.Nothing
        : Decision.Accept(new TreatmentsTold([.. intake.Treatments.Where(t => !Same(t, medicine))]));

    public static Decision Finish(Chart chart, TreatmentsQuestion question, string given)
    {
        if (chart.Who is null || chart.Intake is not { } intake) return Decision.Refuse(Answering.NotAsked);
        if (given == None && !intake.Treatments.IsEmpty) return Decision.Refuse("Your list is not empty. Take each line off first, or choose “This is everything”.");
        if (given != None && intake.Treatments.IsEmpty) return Decision.Refuse("Add what you tried, or choose “I have tried none”.");
        return intake.Answers.TryGetValue(question.Id, out var before) && before.What.Given is [var same] && same == given ? Decision.Nothing
            : Decision.Accept(new IntakeAnswered(question.Id, question.Ask, [given], ""));
    }

    static bool Same(TreatmentTold told, string medicine) => told.Medicine.Equals(medicine, StringComparison.OrdinalIgnoreCase);
}
