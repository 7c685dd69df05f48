using System.Text.Json;
using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>How soon it needs somebody.</summary>
public enum Urgency { Now, Today, Soon }

/// <summary>One thing that waits for a clinician, on the list that crosses patients.</summary>
/// <param name="Who">The name the person is called by.</param>
/// <param name="What">What is asked, such as "Sign or return the clearance".</param>
/// <param name="Urgency">Sorts first.</param>
/// <param name="Since">When it began to wait; the oldest comes first within an urgency. A row whose time has not come is not shown yet.</param>
/// <param name="Page">The part of the chart where it is done, such as "clearance"; empty for the chart itself.</param>
/// <param name="DueAt">When it must be done; null when no clock runs.</param>
public sealed record WorklistRow(string Who, string What, Urgency Urgency, DateTimeOffset Since, string Page = "", DateTimeOffset? DueAt = null);

public static class Worklist
{
    public const string List = "worklist";

    public static ListRow Row(WorklistRow row) => new(List, JsonSerializer.Serialize(row));

    public static WorklistRow Read(string json) =>
        JsonSerializer.Deserialize<WorklistRow>(json) ?? throw new JsonException("A worklist row is empty.");
}
