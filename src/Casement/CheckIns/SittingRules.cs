using Casement.Courses;
using Casement.FollowUp;

namespace Casement.CheckIns;

/// <summary>All that asking for sittings rests on.</summary>
/// <param name="Measuring">The schedule and the scales.</param>
/// <param name="CheckIns">Which scales may be shown, and where.</param>
/// <param name="Calendar">The business days on which somebody calls.</param>
/// <param name="Zone">The practice's.</param>
public sealed record SittingRules(Measuring Measuring, CheckInPlan CheckIns, PracticeCalendar Calendar, TimeZoneInfo Zone)
{
    /// <summary>The first instant after a day at the practice.</summary>
    public DateTimeOffset EndOf(DateOnly day) => BusinessDays.At(day.AddDays(1), TimeOnly.MinValue, Zone);

    /// <summary>The hour of a day at which people are asked and reminded.</summary>
    public DateTimeOffset AskingHourOf(DateOnly day) => BusinessDays.At(day, Measuring.Schedule.AsksAt, Zone);
}
