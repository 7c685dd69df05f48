using System.Collections.Immutable;
using Casement.People;

namespace Casement.FollowUp;

/// <summary>A clinician is away, and somebody covers.</summary>
/// <param name="ConfirmedAt">When the cover said they know; null while they have not.</param>
/// <param name="EndedAt">When they came back early or called it off; null when neither.</param>
/// <param name="ToldAt">When the cover was written to about it; null while they were not.</param>
/// <param name="NotTold">Why the last try to write to them failed; empty when none did.</param>
public sealed record Absence(Guid Id, string Who, string WhoName, DateTimeOffset From, DateTimeOffset Until, string Cover, string CoverName, DateTimeOffset? ConfirmedAt = null, DateTimeOffset? EndedAt = null, DateTimeOffset? ToldAt = null, string NotTold = "")
{
    /// <summary>When it really ends.</summary>
    public DateTimeOffset End => EndedAt is { } early && early < Until ? early : Until;

    public bool HoldsAt(DateTimeOffset now) => From <= now && now < End;

    public bool Overlaps(DateTimeOffset from, DateTimeOffset until) => From < until && from < End;
}

/// <summary>All absences of the practice, old and coming. One document, so that two people cannot each name the other at the same moment.</summary>
public sealed record Absences(ImmutableArray<Absence> All)
{
    public static Absences None { get; } = new([]);

    const int LongestDays = 366;

    /// <summary>The absences with this one, or a sentence why not.</summary>
    public (Absences So, string? Problem) With(Absence wish, Colleague? cover, DateTimeOffset now)
    {
        if (All.Any(a => a.Id == wish.Id)) return (this, null);
        var problem = wish switch
        {
            _ when wish.Until <= wish.From => "The last day is before the first.",
            _ when wish.Until <= now => "That time has passed already.",
            _ when (wish.Until - wish.From).TotalDays > LongestDays => "An absence is at most a year.",
            _ when cover is null => "Name who covers. Without cover nobody would see what comes.",
            _ when cover.Id == wish.Who => "Somebody else must cover for you.",
            _ when cover is { IsActive: false } or { IsClinician: false } => $"{cover.Name} cannot cover: only a clinician who works here can.",
            _ when All.Any(a => a.Who == wish.Who && a.Overlaps(wish.From, wish.Until)) => "You are away in that time already. Call the other absence off first.",
            _ when All.FirstOrDefault(a => a.Who == cover.Id && a.Overlaps(wish.From, wish.Until)) is not null => $"{cover.Name} is away in that time too. Name somebody who is here.",
            _ => null,
        };
        return problem is null ? (new(All.Add(wish)), null) : (this, problem);
    }

    public Absences Ended(Guid id, string by, DateTimeOffset now) =>
        new([.. All.Select(a => a.Id == id && a.Who == by && a.EndedAt is null ? a with { EndedAt = now < a.From ? a.From : now } : a)]);

    public Absences Confirmed(Guid id, string by, DateTimeOffset now) =>
        new([.. All.Select(a => a.Id == id && a.Cover == by ? a with { ConfirmedAt = a.ConfirmedAt ?? now } : a)]);

    /// <summary>Covers who still have to be written to: not those who said already that they know, and not about what is over.</summary>
    public IEnumerable<Absence> ToTell(DateTimeOffset now) => All.Where(a => a is { ToldAt: null, ConfirmedAt: null } && now < a.End);

    public Absences Told(Guid id, DateTimeOffset now) => new([.. All.Select(a => a.Id == id ? a with { ToldAt = a.ToldAt ?? now, NotTold = "" } : a)]);

    public Absences CouldNotTell(Guid id, string because) => new([.. All.Select(a => a.Id == id && a.ToldAt is null ? a with { NotTold = because } : a)]);

    public Absence? Of(string who, DateTimeOffset now) => All.FirstOrDefault(a => a.Who == who && a.HoldsAt(now));

    /// <summary>Who answers for an account at an instant: its cover, or the cover of that one, when they are away.</summary>
    public (string Id, string Name)? AnswersFor(string who, DateTimeOffset now)
    {
        (string Id, string Name)? answers = null;
        for (var seen = new HashSet<string>(); seen.Add(who) && Of(who, now) is { } away; who = away.Cover) answers = (away.Cover, away.CoverName);
        return answers;
    }

    /// <summary>Everybody whose rows are this account's at an instant, itself included.</summary>
    public IReadOnlySet<string> CoveredBy(string account, DateTimeOffset now) =>
        All.Where(a => a.HoldsAt(now)).Select(a => a.Who).Distinct().Where(who => AnswersFor(who, now)?.Id == account).Append(account).ToHashSet();
}
