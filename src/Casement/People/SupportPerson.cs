using Casement.Journal;
using Casement.Messages;

namespace Casement.People;

/// <summary>Somebody was named who is there for the patient on the day: by the patient, or by staff as the patient told them.</summary>
[StoredAs("support.named")]
public sealed record SupportPersonNamed(Guid Person, string Name, string Email, string Phone) : PatientEvent;

/// <summary>The name was taken back.</summary>
[StoredAs("support.withdrawn")]
public sealed record SupportPersonWithdrawn(Guid Person) : PatientEvent;

/// <summary>A name that was given or taken back, with who did it and when.</summary>
public sealed record SupportChange(PatientEvent What, Actor By, DateTimeOffset At);

/// <summary>Naming a support person, and giving them a page without an account.</summary>
public static class Supporting
{
    /// <summary>The page for a support person stays open this long; naming them again opens it anew.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    /// <param name="person">Made when the page was shown; also names the link.</param>
    public static Decision Name(Chart chart, Guid person, Guid message, string name, string email, string phone, DateTimeOffset until)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (chart.SupportPeople.Any(p => p.Person == person)) return Decision.Nothing;
        if (string.IsNullOrWhiteSpace(name)) return Decision.Refuse("Write the name of the support person.");
        if (!email.Contains('@', StringComparison.Ordinal)) return Decision.Refuse("Write their email address, with an @: the page for them is sent there.");
        if (string.IsNullOrWhiteSpace(phone)) return Decision.Refuse("Write their phone number: the clinic calls it on the day.");
        return Decision.Accept([
            .. Withdrawn(chart),
            new SupportPersonNamed(person, name.Trim(), email.Trim(), phone.Trim()),
            new LinkGiven(person, LinkFor.Support, person, name.Trim(), until),
            new MessageAsked(message, "support-person-invited", new(AddresseeKind.Support, name.Trim(), email.Trim()), "/support", person),
        ]);
    }

    /// <param name="person">Who was on the page; null for whoever is named. Somebody named since is not let go by an old page.</param>
    public static Decision TakeBack(Chart chart, Guid? person = null) =>
        chart.SupportPeople.IsEmpty || (person is { } shown && chart.SupportPeople.All(p => p.Person != shown)) ? Decision.Nothing : Decision.Accept([.. Withdrawn(chart)]);

    /// <summary>There is one at a time; whoever was named before is let go.</summary>
    static IEnumerable<PatientEvent> Withdrawn(Chart chart) => chart.SupportPeople
        .SelectMany(p => new PatientEvent[] { new SupportPersonWithdrawn(p.Person), new LinkWithdrawn(p.Person, "Somebody else was named, or nobody.") });
}
