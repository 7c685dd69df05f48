using System.Globalization;

namespace Casement.Web.Shell;

/// <summary>Instants as the practice reads them: its own zone, named, with the offset so that the hour that comes twice is not ambiguous.</summary>
public sealed class Zone(WebOptions options)
{
    public DateOnly Today => DateOf(options.Clock.GetUtcNow());

    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, options.Zone).DateTime);

    /// <summary>The middle of a day at the practice, for what bears a date and no hour.</summary>
    public DateTimeOffset Noon(DateOnly date)
    {
        var noon = date.ToDateTime(new(12, 0));
        return new(noon, options.Zone.GetUtcOffset(noon));
    }

    /// <summary>A local date and time as a browser sends them ("2026-11-27T09:30"); null when it is none, or falls into the hour that the spring change leaves out.</summary>
    public DateTimeOffset? Read(string typed) =>
        DateTime.TryParseExact(typed.Trim(), ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !options.Zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, options.Zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    /// <summary>The time of day alone, where the day is plain from the page.</summary>
    public string SayTime(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, options.Zone).ToString("h:mm tt", CultureInfo.InvariantCulture);

    public string SayDate(DateTimeOffset at) => Say(DateOf(at));

    public string Say(DateTimeOffset at)
    {
        var there = TimeZoneInfo.ConvertTime(at, options.Zone);
        return string.Create(CultureInfo.InvariantCulture, $"{there:MMM d, yyyy, h:mm tt} {options.ZoneName} (UTC{Offset(there.Offset)})");
    }

    public static string Say(DateOnly date) => date.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "−" : "+") + offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
}
