using System.Globalization;

namespace Casement.Fhir.Records;

/// <summary>A FHIR date, dateTime or instant. "2019" may mean any instant of that year, so both ends are kept.</summary>
/// <param name="Earliest">First instant it may mean; validity counts from here, which ages a vague date sooner.</param>
/// <param name="Latest">Last instant it may mean; "months ago" counts from here, which keeps a vague event recent.</param>
/// <param name="Timed">True when it names a time of day.</param>
readonly record struct Moment(DateTimeOffset Earliest, DateTimeOffset Latest, bool Timed)
{
    /// <summary>The day as written down in a remark.</summary>
    public string Day => Latest - Earliest > TimeSpan.FromDays(32) ? $"{Earliest:yyyy}" : Latest - Earliest > TimeSpan.FromDays(1) ? $"{Earliest:yyyy-MM}" : $"{Earliest:yyyy-MM-dd}";

    /// <param name="text">As in the record.</param>
    /// <param name="offset">The offset of the import, for dates that name no zone.</param>
    public static Moment? Parse(string text, TimeSpan offset)
    {
        if (text.Length < 4 || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1800 or > 9000) return null;
        if (text.Length == 4) return Span(new(year, 1, 1), new(year + 1, 1, 1), offset);
        if (text.Length < 7 || text[4] != '-' || !int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month) || month is < 1 or > 12) return null;
        if (text.Length == 7) return Span(new(year, month, 1), new DateTime(year, month, 1).AddMonths(1), offset);
        if (text.Length < 10 || text[7] != '-' || !int.TryParse(text.AsSpan(8, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        if (text.Length == 10) return Span(new(year, month, day), new DateTime(year, month, day).AddDays(1), offset);
        if (text[10] != 'T') return null;
        var zoned = text[^1] is 'Z' or 'z' || text.AsSpan(11).ContainsAny('+', '-');
        if (!zoned) return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? At(new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset)) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? At(at) : null;
    }

    public static Moment At(DateTimeOffset at) => new(at, at, true);

    static Moment Span(DateTime from, DateTime to, TimeSpan offset) => new(new(from, offset), new DateTimeOffset(to, offset).AddTicks(-1), false);
}
