using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>How soon it needs somebody.</summary>
public enum Urgency { Now, Today, Soon }

/// <summary>One thing that waits for a clinician, on the list that crosses patients. It depends on the chart alone; the clock is read when the list is shown.</summary>
/// <param name="Who">The name the person is called by.</param>
/// <param name="What">What is asked, such as "Sign or return the clearance".</param>
/// <param name="Urgency">Sorts first.</param>
/// <param name="Since">When it began to wait; the oldest comes first within an urgency. A row whose time has not come is not shown yet.</param>
/// <param name="Page">The part of the chart where it is done, such as "clearance"; empty for the chart itself.</param>
/// <param name="DueAt">When it is due; null when no clock runs.</param>
/// <param name="Late">What is said once it is overdue; empty for the same words.</param>
/// <param name="Unit">The unit the rule counts in, in which the time left is shown.</param>
/// <param name="Owner">The account whose it is; empty for any clinician.</param>
/// <param name="Key">Names the row for as long as it stands; made from what it says and since when it says so.</param>
/// <param name="TakenBy">Who has it; empty while nobody does.</param>
/// <param name="TakenById">Their account.</param>
/// <param name="TakenAt">Since when.</param>
/// <param name="Alarm">The kind of alarm it is, one of <see cref="FollowUp.Alarm"/>; empty for what calls nobody.</param>
public sealed record WorklistRow(
    string Who,
    string What,
    Urgency Urgency,
    DateTimeOffset Since,
    string Page = "",
    DateTimeOffset? DueAt = null,
    string Late = "",
    DueUnit Unit = DueUnit.CalendarDays,
    string Owner = "",
    string Key = "",
    string TakenBy = "",
    string TakenById = "",
    DateTimeOffset? TakenAt = null,
    string Alarm = "")
{
    /// <summary>The row as it reads at an instant: what is overdue rises to today, in the words for it.</summary>
    public WorklistRow At(DateTimeOffset now) => IsOverdueAt(now)
        ? this with { Urgency = Urgency is Urgency.Now ? Urgency.Now : Urgency.Today, What = Late.Length > 0 ? Late : What }
        : this;

    public bool IsOverdueAt(DateTimeOffset now) => DueAt <= now;

    public bool IsTaken => TakenAt is not null;
}

/// <summary>The kinds of rows that may call somebody; which of them do is for definitions/safety/urgent.yaml to say.</summary>
public static class Alarm
{
    public const string CheckIn = "check-in", Session = "session", SeriousEvent = "serious-event", ActNow = "act-now", Intake = "intake", ClearanceAtOnce = "clearance-at-once";

    public static ImmutableArray<string> All { get; } = [CheckIn, Session, SeriousEvent, ActNow, Intake, ClearanceAtOnce];
}

/// <summary>The one list of everything that needs somebody.</summary>
public static class Worklist
{
    public const string List = "worklist";

    public static ListRow Row(WorklistRow row) => new(List, JsonSerializer.Serialize(row, ListJson.Default.WorklistRow));

    public static WorklistRow Read(string json) =>
        Named(JsonSerializer.Deserialize(json, ListJson.Default.WorklistRow) ?? throw new JsonException("A worklist row is empty."));

    /// <summary>The rows of a chart with what they cannot know of each other: their name, whose they are, and who has them.</summary>
    public static IEnumerable<ListRow> Complete(Chart chart, IEnumerable<ListRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.List != List)
            {
                yield return row;
                continue;
            }
            var known = Read(row.Json);
            var taken = chart.Taken.GetValueOrDefault(known.Key);
            yield return Row(known with
            {
                Owner = known.Owner.Length > 0 ? known.Owner : chart.Responsible?.Clinician ?? "",
                TakenBy = taken?.By.Name ?? "",
                TakenById = taken?.By.Id ?? "",
                TakenAt = taken?.At,
            });
        }
    }

    /// <summary>The rows of the worklist among those of a chart.</summary>
    public static IEnumerable<WorklistRow> Of(IEnumerable<ListRow> rows) => rows.Where(r => r.List == List).Select(r => Read(r.Json));

    /// <summary>By risk, then what nobody has, then age. Rows whose time has not come are left out.</summary>
    public static IEnumerable<(PatientId Patient, WorklistRow Row)> InOrder(IEnumerable<(PatientId Patient, WorklistRow Row)> rows, DateTimeOffset now) =>
        rows.Where(r => r.Row.Since <= now).Select(r => (r.Patient, Row: r.Row.At(now)))
            .OrderBy(r => r.Row.Urgency).ThenBy(r => r.Row.Since).ThenBy(r => r.Patient.Value).ThenBy(r => r.Row.Key, StringComparer.Ordinal);

    // The same words since another instant are another event: what was taken last month does not silence what came today.
    static WorklistRow Named(WorklistRow row) => row.Key.Length > 0 ? row : row with
    {
        Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Page}\n{row.What}\n{row.Since.UtcTicks.ToString(CultureInfo.InvariantCulture)}")))[..16],
    };
}
