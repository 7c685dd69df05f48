using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.People;

namespace Casement.Messages;

/// <summary>Whose turn it is to be told.</summary>
public enum Duty { Responsible, Cover, Everyone, EveryoneAndOwner }

/// <summary>Somebody of the practice is to be told. Who that is and how they are reached is found when it goes out: people go on leave, and change their numbers.</summary>
/// <param name="Call">Its id; the same id is called once.</param>
/// <param name="To">Whose turn it is.</param>
/// <param name="Urgent">It cannot wait, so it goes by the channels for that.</param>
/// <param name="Template">Which message.</param>
/// <param name="Page">The page of ours it leads to.</param>
/// <param name="About">What it tells of, such as the alert; null for nothing that has an id.</param>
[StoredAs("message.duty-called")]
public sealed record DutyCalled(Guid Call, Duty To, bool Urgent, string Template, string Page, Guid? About = null) : MessageEvent;

/// <summary>It was found who is told. Each of them has a message for each of their channels, asked for in the same transaction.</summary>
/// <param name="Whom">In words, with the reason it is they.</param>
/// <param name="Messages">The messages that carry it.</param>
[StoredAs("message.duty-found")]
public sealed record DutyFound(Guid Call, string Whom, ImmutableArray<Guid> Messages) : MessageEvent;

/// <summary>A call with what became of it.</summary>
public sealed record DutyOnChart(DutyCalled Called, DateTimeOffset CalledAt, DutyFound? Found = null);

/// <summary>A member of staff who may be told, as they stand now.</summary>
public sealed record OnDuty(string Id, string Name, string Email, bool IsClinician, bool IsOwner, StaffReach Reach);

/// <summary>Who works here now, and who is away.</summary>
public sealed record DutyRoster(ImmutableArray<OnDuty> Staff, Absences Absences)
{
    /// <summary>Who is told, and in words why they. Never nobody while a clinician works here: where nobody in particular can be named, it is everybody.</summary>
    public (ImmutableArray<OnDuty> Who, string Words) Find(ClinicianAssigned? responsible, Duty duty, DateTimeOffset now)
    {
        ImmutableArray<OnDuty> clinicians = [.. Staff.Where(s => s.IsClinician)];
        if (duty is Duty.EveryoneAndOwner) return ([.. Staff.Where(s => s.IsClinician || s.IsOwner)], "every clinician and the owner");
        if (duty is Duty.Everyone) return (clinicians, "every clinician");
        if (responsible is null) return (clinicians, "every clinician, since nobody is assigned");
        if (Present(responsible.Clinician, now) is not { } first) return (clinicians, $"every clinician, since {responsible.Name} is not here and has no cover");
        var stands = first.Id == responsible.Clinician ? $"{first.Name}, who is assigned" : $"{first.Name}, who covers for {responsible.Name}";
        if (duty is Duty.Responsible) return ([first], stands);
        return Present(first.Reach.Backup, now) is { } backup && backup.Id != first.Id
            ? ([backup], $"{backup.Name}, whom {first.Name} named for when there is no answer")
            : (clinicians, $"every clinician, since {first.Name} named nobody for when there is no answer");
    }

    /// <summary>The account, or who covers for it while it is away; null when neither works here.</summary>
    OnDuty? Present(string account, DateTimeOffset now) =>
        Staff.FirstOrDefault(s => s.IsClinician && s.Id == (Absences.AnswersFor(account, now)?.Id ?? account));
}

/// <summary>From a call to the messages that carry it.</summary>
public static class Calling
{
    /// <summary>Once for each call, on whichever node: the same call makes the same messages, and the second finds them there.</summary>
    /// <param name="texts">Whether text messages and calls go out from here.</param>
    public static Decision Find(Chart chart, Guid call, DutyRoster roster, bool texts, DateTimeOffset now)
    {
        if (!chart.Duties.TryGetValue(call, out var duty) || duty.Found is not null) return Decision.Nothing;
        var (who, words) = roster.Find(chart.Responsible, duty.Called.To, now);
        var messages = who.SelectMany(s => s.Reach.Addresses(s.Email, duty.Called.Urgent, texts).Select(address =>
            new MessageAsked(DerivedId.Of("duty", call.ToString("D"), s.Id, address), duty.Called.Template, new(AddresseeKind.Staff, s.Name, address), duty.Called.Page, About: duty.Called.About))).ToImmutableArray();
        // Addressed to nobody it fails, is tried again, and then stands on the worklist: silence would be worse.
        if (messages.IsEmpty) messages = [new(DerivedId.Of("duty", call.ToString("D"), "", ""), duty.Called.Template, new(AddresseeKind.Staff), duty.Called.Page, About: duty.Called.About)];
        return Decision.Accept([.. messages, new DutyFound(call, who.IsEmpty ? "nobody: no clinician works here" : words, [.. messages.Select(m => m.Message)])]);
    }
}
