using System.Text.Json;
using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>How soon it needs somebody.</summary>
public enum Urgency { Now, Today, Soon }

/// <summary>One thing that waits for a clinician, on the list that crosses patients.</summary>
/// <param name="Who">The name the person is called by.</param>
/// <param name="What">What is asked, such as "Sign or return the clearance".</param>
/// <param name="Urgency">Sorts first.</param>
/// <param name="Since">When it began to wait; the oldest comes first within an urgency.</param>
/// <param name="Page">The part of the chart where it is done, such as "clearance"; empty for the chart itself.</param>
/// <param name="DueAt">When it is due; null when there is no day. The clock is read only when the list is shown.</param>
/// <param name="Late">What is said once it is overdue; empty for the same words.</param>
public sealed record WorklistRow(string Who, string What, Urgency Urgency, DateTimeOffset Since, string Page = "", DateTimeOffset? DueAt = null, string Late = "")
{
    /// <summary>The row as it reads at an instant: what is overdue rises to today, in the words for it.</summary>
    public WorklistRow At(DateTimeOffset now) =>
        DueAt <= now ? this with { Urgency = Urgency is Urgency.Now ? Urgency.Now : Urgency.Today, What = Late.Length > 0 ? Late : What } : this;
}

public static class Worklist
{
    public const string List = "worklist";

    public static ListRow Row(WorklistRow row) => new(List, JsonSerializer.Serialize(row));

    public static WorklistRow Read(string json) =>
        JsonSerializer.Deserialize<WorklistRow>(json) ?? throw new JsonException("A worklist row is empty.");
}
