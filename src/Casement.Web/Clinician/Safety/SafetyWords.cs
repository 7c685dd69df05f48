using Casement.Messages;
using Casement.Safety;
using Casement.Web.Owner;

namespace Casement.Web.Clinician.Safety;

/// <summary>The pathway in the words staff use. None of these is shown to a patient: they are answered with help, never with a label.</summary>
public static class SafetyWords
{
    public static string Tier(SafetyTier tier) => tier switch
    {
        SafetyTier.High => "High",
        SafetyTier.Moderate => "Moderate",
        SafetyTier.Low => "Low",
        _ => "Not screened yet",
    };

    public static string Level(ClinicianLevel level) => level switch
    {
        ClinicianLevel.Low => "low",
        ClinicianLevel.Moderate => "moderate",
        ClinicianLevel.High => "high",
        _ => "imminent",
    };

    public static string Met(MetBy by) => by switch { MetBy.InPerson => "face to face", MetBy.Video => "by video", _ => "by phone" };

    public static string Outcome(ContactOutcome outcome) => outcome switch
    {
        ContactOutcome.Reached => "Reached.",
        ContactOutcome.LeftMessage => "Left a message.",
        ContactOutcome.NoAnswer => "No answer.",
        ContactOutcome.EmergencyServices => "Emergency services called.",
        ContactOutcome.NotNeeded => "Not needed.",
        _ => "",
    };

    /// <summary>How messages went, such as "email sent, text message waits".</summary>
    public static string Ways(IEnumerable<MessageOnChart?> messages) => string.Join(", ", messages.OfType<MessageOnChart>()
        .Select(m => $"{PhoneOrMail.Read(m.Asked.To.Email).By switch { Channel.Text => "text message", Channel.Call => "call", _ => "email" }} {MailShown.Word(m.State).ToLowerInvariant()}").Distinct());

    /// <summary>What is left of a clock, counted in the unit its rule uses.</summary>
    public static string Left(ClockUnit unit, DateTimeOffset due, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (late, left) = (now > due, (due - now).Duration());
        return unit switch
        {
            ClockUnit.Now => late && left.TotalMinutes >= 1 ? $"now, waiting {Minutes(left)}" : "now",
            ClockUnit.Minutes => late ? $"overdue by {Minutes(left)}" : $"{Count((int)Math.Ceiling(left.TotalMinutes), "minute")} left",
            ClockUnit.Hours => late ? $"overdue by {Hours(left)}" : $"{Hours(left)} left",
            ClockUnit.SameDay => late ? $"overdue by {Hours(left)}" : "today, until midnight",
            _ => Days(due, now, zone),
        };
    }

    static string Minutes(TimeSpan span) => span.TotalHours >= 3 ? Hours(span) : Count((int)span.TotalMinutes, "minute");

    static string Hours(TimeSpan span) => span.TotalHours < 1 ? Count((int)span.TotalMinutes, "minute") : Count((int)span.TotalHours, "hour");

    /// <summary>Calendar days at the practice: a day that has begun counts whole.</summary>
    static string Days(DateTimeOffset due, DateTimeOffset now, TimeZoneInfo zone)
    {
        DateOnly On(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var left = On(due.AddTicks(-1)).DayNumber - On(now).DayNumber;
        return left switch { < 0 => $"overdue by {Count(-left, "day")}", 0 => "today is the last day", _ => $"{Count(left, "day")} left" };
    }

    static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";
}
