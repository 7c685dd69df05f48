using System.Collections.Immutable;
using System.Globalization;

namespace Casement.Messages;

/// <summary>The words of one kind of message. Whoever reads it over a shoulder learns nothing about anybody's health.</summary>
/// <param name="SignsInFor">How long the link to a patient's own pages works; null means the link of the policy.</param>
/// <param name="AtAnyHour">It cannot wait for the morning, so quiet hours do not hold it.</param>
/// <param name="CallIfNotSent">The patient has to learn of it: if no message may or can go, somebody phones.</param>
public sealed record MessageTemplate(string Id, Purpose Purpose, string Subject, string Body, TimeSpan? SignsInFor = null, bool AtAnyHour = false, bool CallIfNotSent = false);

/// <summary>The hours in which nobody's phone shall ring: from one hour of the evening to one of the morning.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>The first instant at or after this one that is outside the quiet hours of the zone.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset at, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var hour = TimeOnly.FromDateTime(there);
        if (From == To || !(From < To ? hour >= From && hour < To : hour >= From || hour < To)) return at;
        var opens = DateOnly.FromDateTime(there).AddDays(hour >= To ? 1 : 0).ToDateTime(To);
        // An hour the clock leaps over begins when the leap is done.
        while (zone.IsInvalidTime(opens)) opens = opens.AddMinutes(1);
        return new DateTimeOffset(opens, zone.GetUtcOffset(opens)).ToUniversalTime();
    }
}

/// <summary>How hard and how often the practice tries to reach somebody.</summary>
/// <param name="Waits">How long after each failed try the next one follows; after the last one it is given up.</param>
/// <param name="Quiet">The quiet hours.</param>
/// <param name="MostNudges">The most messages about one task.</param>
/// <param name="NudgesOver">Over which time reminders that name no task are counted.</param>
/// <param name="SignsInFor">How long a link to a patient's own pages works when the template does not say.</param>
/// <param name="Claim">How long one node may take to hand a message over before another may try.</param>
/// <param name="PersonalFooter">Stands under every message to a patient or a support person; says how to stop them and whom to call in danger.</param>
/// <param name="WorkFooter">Stands under every message to staff and partners.</param>
public sealed record DeliveryPolicy(
    ImmutableArray<TimeSpan> Waits,
    QuietHours Quiet,
    int MostNudges,
    TimeSpan NudgesOver,
    TimeSpan SignsInFor,
    TimeSpan Claim,
    string PersonalFooter = "",
    string WorkFooter = "");

/// <summary>Every template and the policy, as read from definitions/messages.</summary>
public sealed record MessageRules(ImmutableSortedDictionary<string, MessageTemplate> Templates, DeliveryPolicy Policy)
{
    /// <summary>No template at all: nothing can be sent. For programs that send nothing.</summary>
    public static MessageRules None { get; } = new(
        ImmutableSortedDictionary<string, MessageTemplate>.Empty,
        new([], new(default, default), 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(1)));

    /// <summary>What a template may leave open.</summary>
    public static ImmutableArray<string> Placeholders { get; } = ["name", "practice", "link", "code", "phone", "date", "stop"];

    /// <summary>The words a purpose has in definitions.</summary>
    public static ImmutableSortedDictionary<string, Purpose> Purposes { get; } = Enum.GetValues<Purpose>().ToImmutableSortedDictionary(
        p => string.Concat(p.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{char.ToLower(c, CultureInfo.InvariantCulture)}" : $"{char.ToLower(c, CultureInfo.InvariantCulture)}")),
        p => p);
}
