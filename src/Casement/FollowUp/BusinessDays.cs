using System.Collections.Immutable;

namespace Casement.FollowUp;

/// <summary>The unit a deadline is counted in. A rule that says business days is never shown in hours.</summary>
public enum DueUnit { CalendarDays, BusinessDays, Hours, Minutes, SameDay }

/// <summary>A holiday that comes every year: on a date of its own, or on a weekday of a month. One on a weekend is kept on the nearest weekday (5 U.S.C. 6103(b)).</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">Of the month; 0 when it is a weekday of the month.</param>
/// <param name="Weekday">Which, when <paramref name="Nth"/> is not 0.</param>
/// <param name="Nth">1 for the first, -1 for the last; 0 when it has a date of its own.</param>
public sealed record YearlyHoliday(string Name, int Month, int Day, DayOfWeek Weekday, int Nth)
{
    public DateOnly In(int year)
    {
        if (Nth == 0)
        {
            var date = new DateOnly(year, Month, Day);
            return date.DayOfWeek switch { DayOfWeek.Saturday => date.AddDays(-1), DayOfWeek.Sunday => date.AddDays(1), _ => date };
        }
        var first = new DateOnly(year, Month, 1);
        DateOnly[] days = [.. Enumerable.Range(0, DateTime.DaysInMonth(year, Month)).Select(first.AddDays).Where(d => d.DayOfWeek == Weekday)];
        return Nth > 0 ? days[Nth - 1] : days[^-Nth];
    }
}

/// <summary>When the practice works: its hours, the holidays it keeps, and single days it is closed.</summary>
/// <param name="Hours">As people read them, such as "Monday to Friday, 9 am to 5 pm".</param>
public sealed record PracticeCalendar(ImmutableArray<YearlyHoliday> Holidays, ImmutableArray<DateOnly> Closed, TimeOnly Opens, TimeOnly Closes, string Hours)
{
    /// <summary>Monday to Friday, nine to five, no holidays: until the practice says otherwise.</summary>
    public static PracticeCalendar Plain { get; } = new([], [], new(9, 0), new(17, 0), "Monday to Friday, 9 am to 5 pm");
}

/// <summary>Deadlines in the unit the rule uses, at the practice.</summary>
public static class BusinessDays
{
    public static bool IsBusinessDay(this PracticeCalendar calendar, DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !calendar.Closed.Contains(date)
        // New Year's Day of the next year may be kept on December 31 of this one.
        && !calendar.Holidays.Any(h => h.In(date.Year) == date || h.In(date.Year + 1) == date);

    /// <summary>The nth business day after a date; the date itself never counts.</summary>
    public static DateOnly After(this PracticeCalendar calendar, DateOnly date, int days)
    {
        while (days > 0)
        {
            date = date.AddDays(1);
            if (calendar.IsBusinessDay(date)) days--;
        }
        return date;
    }

    /// <summary>Business days after the one date up to and with the other; 0 when it is not later.</summary>
    public static int Between(this PracticeCalendar calendar, DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var date = from.AddDays(1); date <= to; date = date.AddDays(1))
            if (calendar.IsBusinessDay(date)) count++;
        return count;
    }

    /// <summary>When something that begins at an instant is due: minutes and hours run on, days end when the practice closes.</summary>
    public static DateTimeOffset Due(this PracticeCalendar calendar, DateTimeOffset from, int amount, DueUnit unit, TimeZoneInfo zone) => unit switch
    {
        DueUnit.Minutes => from.AddMinutes(amount),
        DueUnit.Hours => from.AddHours(amount),
        DueUnit.BusinessDays => calendar.CloseOf(calendar.After(DateIn(from, zone), amount), zone),
        _ => calendar.CloseOf(DateIn(from, zone).AddDays(amount), zone),
    };

    /// <summary>The next time the practice closes on a day it works: the end of "today" for something that cannot wait for a second day.</summary>
    public static DateTimeOffset NextClose(this PracticeCalendar calendar, DateTimeOffset from, TimeZoneInfo zone)
    {
        var today = DateIn(from, zone);
        var close = calendar.CloseOf(today, zone);
        return calendar.IsBusinessDay(today) && from < close ? close : calendar.CloseOf(calendar.After(today, 1), zone);
    }

    public static DateTimeOffset CloseOf(this PracticeCalendar calendar, DateOnly date, TimeZoneInfo zone) => At(date, calendar.Closes, zone);

    /// <summary>A wall-clock time as an instant. An hour the clock leaps over begins when the leap is done; one that comes twice is the first.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var there = date.ToDateTime(time);
        while (zone.IsInvalidTime(there)) there = there.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(there) ? zone.GetAmbiguousTimeOffsets(there).Max() : zone.GetUtcOffset(there);
        return new DateTimeOffset(there, offset).ToUniversalTime();
    }

    public static DateOnly DateIn(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>How much time is left, in the unit the rule uses; said plainly when there is none.</summary>
    public static string Left(this PracticeCalendar calendar, DateTimeOffset due, DueUnit unit, DateTimeOffset now, TimeZoneInfo zone)
    {
        var late = now >= due;
        if (unit is DueUnit.Minutes or DueUnit.Hours)
        {
            var time = Span((now - due).Duration());
            return late ? $"overdue by {time}" : $"{time} left";
        }
        if (unit is DueUnit.SameDay) return late ? $"overdue by {Span(now - due)}" : "same day, by midnight";
        // Midnight ends the day before it.
        var (today, day) = (DateIn(now, zone), DateIn(due.AddTicks(-1), zone));
        var days = (unit, late) switch
        {
            (DueUnit.BusinessDays, false) => calendar.Between(today, day),
            (DueUnit.BusinessDays, true) => calendar.Between(day, today),
            _ => Math.Abs(today.DayNumber - day.DayNumber),
        };
        var word = unit is DueUnit.BusinessDays ? "business day" : "day";
        return (late, days) switch
        {
            (false, 0) => "due today",
            (false, _) => $"{Count(days, word)} left",
            (true, 0) => "overdue since today",
            (true, _) => $"overdue by {Count(days, word)}",
        };
    }

    static string Span(TimeSpan time) => time.TotalMinutes < 120 ? Count(Math.Max(1, (int)time.TotalMinutes), "minute") : Count((int)time.TotalHours, "hour");

    static string Count(int number, string of) => $"{number} {of}{(number == 1 ? "" : "s")}";
}
