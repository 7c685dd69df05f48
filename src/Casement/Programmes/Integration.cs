using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>What is agreed for the time after sessions.</summary>
/// <param name="NextContactOn">Null when none is to follow, and then <paramref name="NoneBecause"/> says why.</param>
public sealed record PlanIntegration(Guid Plan, string Goals, string Practices, DateOnly? NextContactOn, string With, string NoneBecause);

/// <summary>Nobody is left without a human contact after a session (expectations C12, C25).</summary>
public static class Integration
{
    const int LongestWords = 4000, FurthestDays = 366;
    const string Page = "programme";

    public static Decision Plan(Chart chart, PlanIntegration wish, DateOnly today, TimeZoneInfo zone)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such record.");
        if (chart.Programme.Plans.Any(p => p.What.Plan == wish.Plan)) return Decision.Nothing;
        if (string.IsNullOrWhiteSpace(wish.Goals)) return Decision.Refuse("Write what they want to change, in their words.");
        if (wish.Goals.Length > LongestWords || wish.Practices.Length > LongestWords) return Decision.Refuse($"Goals and practices hold at most {LongestWords:N0} characters each.");
        if (wish.NextContactOn is null && string.IsNullOrWhiteSpace(wish.NoneBecause)) return Decision.Refuse("Name the day of the next contact, or say why there is none.");
        if (wish.NextContactOn is not null && !string.IsNullOrWhiteSpace(wish.NoneBecause)) return Decision.Refuse("There is either a next contact or a reason why there is none. Leave one of them empty.");
        if (wish.NextContactOn < today) return Decision.Refuse("The day of the next contact has passed already.");
        if (wish.NextContactOn > today.AddDays(FurthestDays)) return Decision.Refuse("The next contact is more than a year away. Check the year.");
        if (wish.NextContactOn is not null && string.IsNullOrWhiteSpace(wish.With)) return Decision.Refuse("Name who will be in touch.");
        DateTimeOffset? over = wish.NextContactOn is { } day ? BusinessDays.At(day.AddDays(1), TimeOnly.MinValue, zone) : null;
        return Decision.Accept(new IntegrationPlanned(wish.Plan, wish.Goals.Trim(), wish.Practices.Trim(), wish.NextContactOn, over, wish.With.Trim(), wish.NoneBecause.Trim()));
    }

    public static Decision Note(Chart chart, IntegrationContact wish, DateOnly today) => chart.Programme.Plans.LastOrDefault() switch
    {
        null => Decision.Refuse("No contact was planned."),
        { What.Plan: var plan } when plan != wish.Plan => Decision.Refuse("The plan was changed meanwhile. Look at it again."),
        { What.NextContactOn: null } => Decision.Refuse("No contact was planned."),
        _ when chart.Programme.Contacts.Any(c => c.What.Plan == wish.Plan) => Decision.Nothing,
        _ when wish.On > today => Decision.Refuse("That day has not come yet."),
        _ when wish.Note.Length > LongestWords => Decision.Refuse($"Say it in at most {LongestWords:N0} characters."),
        _ => Decision.Accept(wish with { Note = wish.Note.Trim() }),
    };

    /// <summary>The plan in force that still names a contact to come, or says why there is none.</summary>
    static Dated<IntegrationPlanned>? Standing(Chart chart) =>
        chart.Programme.Plans.LastOrDefault() is { } plan && chart.Programme.Contacts.All(c => c.What.Plan != plan.What.Plan) ? plan : null;

    /// <summary>Whether the last two contacts that were planned and that are over were both missed: marked so, or their day passed and nobody wrote that they took place. Fewer than two is no miss.</summary>
    public static bool MissedLastTwo(Chart chart, DateTimeOffset now)
    {
        var over = chart.Programme.Plans.Where(p => p.What.NextContactOn is not null)
            .Select(p => (p.What, Contact: chart.Programme.Contacts.LastOrDefault(c => c.What.Plan == p.What.Plan)))
            .Where(p => p.Contact is not null || p.What.ContactOverAt <= now)
            // Moved to another day before its own had come: it was not missed.
            .Where(p => p.Contact is not null || !chart.Programme.Plans.Any(later => later.At > PlannedAt(chart, p.What) && later.At < p.What.ContactOverAt))
            .TakeLast(2).ToArray();
        return over.Length == 2 && over.All(p => p.Contact is not { What.Held: true });
    }

    static DateTimeOffset PlannedAt(Chart chart, IntegrationPlanned plan) => chart.Programme.Plans.First(p => p.What.Plan == plan.Plan).At;

    /// <param name="withinDays">So many days after a session a next contact is planned; null where no programmes are loaded.</param>
    public static ImmutableArray<ListRow> Rows(Chart chart, int? withinDays) => chart.Who is not { } who ? [] :
        [.. Words(chart, who.Name.Called).Concat(withinDays is { } days ? Contact(chart, who.Name.Called, days) : []).Select(Worklist.Row)];

    static IEnumerable<WorklistRow> Words(Chart chart, string who)
    {
        foreach (var answer in chart.Programme.Answers.Where(a => a.What.SameDay && !chart.Programme.Read.Contains(a.What.Answering)))
            yield return new(who, "Read today: words in a step that may mean danger", Urgency.Today, answer.At, Page, Key: $"step-{answer.What.Answering:N}");
        foreach (var shared in chart.Programme.Journal.Values.Select(j => j.Shared).OfType<Dated<JournalShared>>().Where(s => !chart.Programme.Read.Contains(s.What.Version)))
            yield return new(who, shared.What.SameDay ? "Read today: a shared journal entry with words that may mean danger" : "Read the journal entry they shared", shared.What.SameDay ? Urgency.Today : Urgency.Soon, shared.At, Page, Key: $"shared-{shared.What.Version:N}");
    }

    static IEnumerable<WorklistRow> Contact(Chart chart, string who, int withinDays)
    {
        if (LastSession(chart) is not { } session) yield break;
        switch (Standing(chart))
        {
            case { What.ContactOverAt: { } over }:
                yield return new(who, "The day of the planned contact has passed: was it held?", Urgency.Today, over, Page, Key: $"contact-{over.UtcTicks:x}");
                break;
            // Said before this session, it no longer answers for it.
            case { What.NextContactOn: null } plan when plan.At >= session:
                break;
            default:
                var since = chart.Programme.Contacts.LastOrDefault() is { } last && last.At > session ? last.At : session;
                yield return new(who, "No next contact is planned after the session", Urgency.Soon, since.AddDays(withinDays), Page, Key: $"no-contact-{since.UtcTicks:x}");
                break;
        }
    }

    /// <summary>When the last session began, at whatever clinic; noon in Greenwich where only the day is known.</summary>
    public static DateTimeOffset? LastSession(Chart chart) => chart.Sessions.Values.Where(s => s is { StartedAt: not null, CalledOff: null }).Select(s => s.StartedAt)
        .Concat(chart.Courses.Elsewhere.Select(e => (DateTimeOffset?)Noon(e.On)))
        .Concat(chart.SessionFiles.Where(f => !f.File.IsOutcome).Select(f => (DateTimeOffset?)Noon(f.File.SessionOn))).Max();

    static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new(12, 0)), TimeSpan.Zero);
}
