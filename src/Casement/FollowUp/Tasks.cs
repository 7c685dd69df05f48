using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>Something is to be done for this person, by somebody and by some time.</summary>
/// <param name="Owner">The account; empty for any clinician.</param>
/// <param name="Unit">The unit the deadline was given in.</param>
[StoredAs("task.opened")]
public sealed record TaskOpened(Guid Task, string What, string Owner, string OwnerName, DateTimeOffset DueAt, DueUnit Unit) : PatientEvent;

/// <summary>It is done, and this came of it.</summary>
[StoredAs("task.done")]
public sealed record TaskDone(Guid Task, string Result) : PatientEvent;

/// <summary>It is somebody else's now.</summary>
[StoredAs("task.reassigned")]
public sealed record TaskReassigned(Guid Task, string Owner, string OwnerName) : PatientEvent;

/// <summary>A task as it stands.</summary>
public sealed record TaskOnChart(TaskOpened Opened, Actor By, DateTimeOffset OpenedAt, string Owner, string OwnerName, TaskDone? Done = null, DateTimeOffset? DoneAt = null);

public static class Tasks
{
    const int LongestWords = 400;

    public static Decision Open(Chart chart, TaskOpened wish, DateTimeOffset now) => wish switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ when chart.Tasks.ContainsKey(wish.Task) => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(wish.What) => Decision.Refuse("Say what is to be done."),
        _ when wish.What.Length > LongestWords => Decision.Refuse($"Say it in at most {LongestWords} characters; a note holds the rest."),
        _ when wish.DueAt <= now => Decision.Refuse("The due time has passed already."),
        _ => Decision.Accept(wish with { What = wish.What.Trim() }),
    };

    public static Decision Finish(Chart chart, Guid task, string result) => chart.Tasks.GetValueOrDefault(task) switch
    {
        null => Decision.Refuse("There is no such task."),
        { Done: not null } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(result) => Decision.Refuse("Say what came of it. “Done” is enough when nothing else did."),
        _ => Decision.Accept(new TaskDone(task, result.Trim())),
    };

    public static Decision Reassign(Chart chart, Guid task, string owner, string name) => chart.Tasks.GetValueOrDefault(task) switch
    {
        null => Decision.Refuse("There is no such task."),
        { Done: not null } => Decision.Refuse("This task is done already."),
        { Owner: var now } when now == owner => Decision.Nothing,
        _ => Decision.Accept(new TaskReassigned(task, owner, name)),
    };

    public static Chart After(Chart chart, TaskDone e, Entry entry) =>
        chart.Tasks.TryGetValue(e.Task, out var task) ? chart with { Tasks = chart.Tasks.SetItem(e.Task, task with { Done = e, DoneAt = entry.RecordedAt }) } : chart;

    public static Chart After(Chart chart, TaskReassigned e) =>
        chart.Tasks.TryGetValue(e.Task, out var task) ? chart with { Tasks = chart.Tasks.SetItem(e.Task, task with { Owner = e.Owner, OwnerName = e.OwnerName }) } : chart;

    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
        [.. chart.Tasks.Values.Where(t => t.Done is null).Select(t => Worklist.Row(new(
            who.Name.Called, $"Task: {t.Opened.What}", Urgency.Soon, t.OpenedAt, "tasks", t.Opened.DueAt, Unit: t.Opened.Unit, Owner: t.Owner, Key: $"task-{t.Opened.Task:N}")))];
}
