using Casement.Journal;

namespace Casement.People;

/// <summary>The wish to open a record for somebody.</summary>
/// <param name="Who">As they gave it.</param>
/// <param name="Today">The date at the practice.</param>
public sealed record AdmitPerson(Person Who, DateOnly Today);

public static class Admitting
{
    public const string NameMissing = "Write the name as it stands on identity papers. One name is enough.";

    /// <summary>Nobody known to medicine has lived longer than 122 years; an older date of birth is a slip of the key.</summary>
    const int OldestYears = 125;

    public static Decision Decide(Chart chart, AdmitPerson wish) => chart.Who switch
    {
        not null when chart.Who == wish.Who => Decision.Nothing,
        not null => Decision.Refuse("This record already belongs to somebody."),
        _ when string.IsNullOrWhiteSpace(wish.Who.Name.Legal) => Decision.Refuse(NameMissing),
        _ when wish.Who.BornOn is { } born && WrongBirthDate(born, wish.Today) is { } because => Decision.Refuse(because),
        _ => Decision.Accept(new PatientAdmitted(wish.Who)),
    };

    /// <summary>Why nobody alive was born then; null when somebody may have been.</summary>
    public static string? WrongBirthDate(DateOnly born, DateOnly today) =>
        born > today ? "The date of birth is in the future."
        : born < today.AddYears(-OldestYears) ? $"The date of birth is more than {OldestYears} years ago. Check the year."
        : null;
}
