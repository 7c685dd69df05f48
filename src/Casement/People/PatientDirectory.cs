using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.People;

/// <summary>One person in the list of everybody the practice has a record for.</summary>
/// <param name="Clearance">How the last signed decision stood when the chart last changed; none in rows written before it was kept.</param>
/// <param name="Email">The address letters go to; empty when there is none.</param>
/// <param name="Clinician">The account that answers for their care; empty when nobody is assigned.</param>
/// <param name="ChangedAt">The end of the day (UTC) on which the chart last changed, so that not every entry writes the row again; null in rows written before it was kept.</param>
/// <param name="Until">A valid clearance ends here by itself; null when there is none.</param>
public sealed record DirectoryRow(PersonName Name, DateOnly? BornOn, ClearanceState Clearance = ClearanceState.None, DateTimeOffset? Until = null, string Email = "", string Clinician = "", DateTimeOffset? ChangedAt = null)
{
    /// <summary>How the decision stands at an instant.</summary>
    public ClearanceState ClearanceAt(DateTimeOffset now) => Clearance is ClearanceState.Valid && now >= Until ? ClearanceState.Expired : Clearance;
}

/// <summary>The list of everybody, and how a name is found in it. Searched in memory: on disk the rows are sealed.</summary>
public static class PatientDirectory
{
    public const string List = "directory";

    /// <summary>The row a chart puts on the list; none before the person is admitted.</summary>
    public static ImmutableArray<ListRow> Rows(Chart chart) =>
        chart.Who is { } who ? [new(List, JsonSerializer.Serialize(Row(who, chart.Clearances.LastOrDefault()) with { Clinician = chart.Responsible?.Clinician ?? "", ChangedAt = EndOfDay(chart.LastChangeAt) }, ListJson.Default.DirectoryRow))] : [];

    static DateTimeOffset? EndOfDay(DateTimeOffset? at) => at is { } when ? new(when.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : null;

    static DirectoryRow Row(Person who, ClearanceOnChart? last) => last is null
        ? new(who.Name, who.BornOn, Email: who.Email)
        : new(who.Name, who.BornOn, last.At(last.SignedAt), last.EndsAt, who.Email);

    public static DirectoryRow Read(string json) =>
        JsonSerializer.Deserialize(json, ListJson.Default.DirectoryRow) ?? throw new JsonException("A directory row is empty.");

    /// <summary>True when every word of the search is in a name or is the date of birth. Case, accents and the order of the words do not matter.</summary>
    public static bool Matches(this DirectoryRow row, string search)
    {
        var names = Plain($"{row.Name.Legal} {row.Name.Chosen}");
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            ReadDate(word) is { } born ? row.BornOn == born : names.Contains(Plain(word), StringComparison.Ordinal));
    }

    /// <summary>A date as typed in this country (3/2/1984) or by the standard (1984-03-02).</summary>
    public static DateOnly? ReadDate(string typed) =>
        DateOnly.TryParseExact(typed, ["yyyy-MM-dd", "M/d/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>A name without capitals and accents, for comparing.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
                plain.Append(Unaccented.GetValueOrDefault(letter, letter));
        return plain.ToString();
    }

    // Written out because the program runs without a culture library, where Unicode decomposition does nothing.
    static readonly FrozenDictionary<char, char> Unaccented = new[]
    {
        "aàáâãäåāăąǎạảấầẩẫậắằẳẵặ", "cçćĉċč", "dďđ", "eèéêëēĕėęěẹẻẽếềểễệ", "gĝğġģ", "hĥħ", "iìíîïĩīĭįıỉị", "jĵ", "kķ", "lĺļľł",
        "nñńņňŋ", "oòóôõöøōŏőọỏốồổỗộơớờởỡợ", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűųụủưứừửữự", "wŵẁẃẅ", "yýÿŷỳỵỷỹ", "zźżž",
    }.SelectMany(group => group[1..], (group, accented) => (accented, plain: group[0])).ToFrozenDictionary(p => p.accented, p => p.plain);
}
