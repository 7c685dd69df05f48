using System.Collections.Immutable;

namespace Casement.Referrals;

/// <summary>A holiday that falls on a date of its own, or on a weekday of a month; one on a weekend is kept on the nearest weekday, as the federal government does.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">Of the month; 0 when it is a weekday of the month.</param>
/// <param name="Weekday">Which, when <paramref name="Nth"/> is not 0.</param>
/// <param name="Nth">1 for the first, -1 for the last.</param>
public sealed record Holiday(string Name, int Month, int Day, DayOfWeek Weekday, int Nth)
{
    public DateOnly In(int year)
    {
        if (Nth == 0)
        {
            var date = new DateOnly(year, Month, Day);
            return date.DayOfWeek switch { DayOfWeek.Saturday => date.AddDays(-1), DayOfWeek.Sunday => date.AddDays(1), _ => date };
        }
        var first = new DateOnly(year, Month, 1);
        var days = Enumerable.Range(0, DateTime.DaysInMonth(year, Month)).Select(first.AddDays).Where(d => d.DayOfWeek == Weekday).ToArray();
        return Nth > 0 ? days[Nth - 1] : days[^-Nth];
    }
}

/// <summary>The days nobody works: those that come every year, and single days of this practice.</summary>
public sealed record Holidays(ImmutableArray<Holiday> EveryYear, ImmutableArray<DateOnly> OfThePractice)
{
    // New Year's Day of the next year may be kept on December 31 of this one.
    public bool Falls(DateOnly date) => OfThePractice.Contains(date) || EveryYear.Any(h => h.In(date.Year) == date || h.In(date.Year + 1) == date);

    public bool IsBusinessDay(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Falls(date);
}

public static class Deadlines
{
    /// <summary>Close of the nth business day after the day of an instant, at the practice.</summary>
    public static DateTimeOffset BusinessDays(this ReferralRules rules, DateTimeOffset from, int days, TimeZoneInfo zone)
    {
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        while (days > 0)
        {
            date = date.AddDays(1);
            if (rules.Holidays.IsBusinessDay(date)) days--;
        }
        return rules.Close(date, zone);
    }

    /// <summary>Close of the day so many days later, business or not.</summary>
    public static DateTimeOffset Days(this ReferralRules rules, DateTimeOffset from, int days, TimeZoneInfo zone) =>
        rules.Close(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(days), zone);

    static DateTimeOffset Close(this ReferralRules rules, DateOnly date, TimeZoneInfo zone)
    {
        var close = date.ToDateTime(new(rules.CloseHour, 0));
        return new DateTimeOffset(close, zone.GetUtcOffset(close)).ToUniversalTime();
    }

    /// <summary>By when a referral sent now is to be answered.</summary>
    public static ReferralTerms Terms(this ReferralRules rules, DateTimeOffset sentAt, TimeZoneInfo zone) => new(
        rules.BusinessDays(sentAt, rules.AcknowledgeBusinessDays, zone),
        rules.BusinessDays(sentAt, rules.AnswerBusinessDays, zone),
        rules.Days(sentAt, rules.FirstAppointmentDays, zone),
        rules.SilentDays,
        rules.NoShows,
        rules.ReportDays);
}
