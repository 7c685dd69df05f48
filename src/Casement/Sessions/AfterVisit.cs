namespace Casement.Sessions;

/// <summary>Something to keep to after a visit, for whoever goes home with the person.</summary>
/// <param name="ToThem">The same, said to the person.</param>
/// <param name="Hours">Hours after going home; null where the next day counts.</param>
/// <param name="NextDayAt">An hour of the next day; null where hours count.</param>
public sealed record AfterVisit(string Says, string ToThem, int? Hours, TimeOnly? NextDayAt)
{
    public DateTimeOffset Until(DateTimeOffset wentHomeAt, TimeZoneInfo zone) => NextDayAt is { } hour
        ? FollowUp.BusinessDays.At(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(wentHomeAt, zone).DateTime).AddDays(1), hour, zone)
        : wentHomeAt.AddHours(Hours ?? 0);
}
