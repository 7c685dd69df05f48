using System.Globalization;
using Casement.FollowUp;

namespace Casement.Definitions;

/// <summary>Reads definitions/practice/calendar.yaml: the one calendar by which every business day of the house is counted.</summary>
static class CalendarFile
{
    public static PracticeCalendar Read(YamlPart file)
    {
        var calendar = new PracticeCalendar(
            [.. file.Need("holidays").Items.Select(Holiday)],
            [.. file.Texts("closed").Select(text => Date(file, text))],
            Time(file.Need("opens")),
            Time(file.Need("closes")),
            file.NeedText("hours"));
        if (calendar.Closes <= calendar.Opens) file.Need("closes").Wrong("The practice closes after it opens.");
        file.NothingElse("the calendar");
        return calendar;
    }

    static YearlyHoliday Holiday(YamlPart part)
    {
        var month = Whole(part, "month", 1, 12);
        var nth = part.Maybe("nth") is null ? 0 : Whole(part, "nth", -1, 4);
        var weekday = DayOfWeek.Monday;
        if (nth != 0 && !Enum.TryParse(part.NeedText("weekday"), ignoreCase: true, out weekday)) part.Wrong("That is not a weekday.");
        var holiday = new YearlyHoliday(part.NeedText("name"), month, nth == 0 ? Whole(part, "day", 1, 31) : 0, weekday, nth);
        if (holiday.Day > DateTime.DaysInMonth(2023, holiday.Month)) part.Wrong("There is no such day every year.");
        part.NothingElse("a holiday");
        return holiday;
    }

    static int Whole(YamlPart part, string key, int least, int most)
    {
        var value = part.Need(key);
        if (value.Number is var number && number == decimal.Truncate(number) && number >= least && number <= most) return (int)number;
        value.Wrong($"'{key}' is a whole number from {least} to {most}.");
        return Math.Max(1, least);
    }

    static TimeOnly Time(YamlPart part)
    {
        if (TimeOnly.TryParseExact(part.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        part.Wrong($"Expected a time such as '09:00', found '{part.Text}'.");
        return default;
    }

    static DateOnly Date(YamlPart part, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        part.Wrong($"Expected a date such as 2026-11-27, found '{text}'.");
        return default;
    }
}
