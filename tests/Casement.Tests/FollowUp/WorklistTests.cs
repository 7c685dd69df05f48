using Casement.FollowUp;
using Casement.Journal;
using Casement.People;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.FollowUp;

public sealed class WorklistTests
{
    static readonly Guid Task = new("0b5f8c1e-0000-4000-8000-00000000000b");

    static WorklistRow A(Urgency urgency, int hoursAgo, string what = "Something") => new("Wren", what, urgency, Monday.AddHours(-hoursAgo));

    static IEnumerable<string> Ordered(params WorklistRow[] rows) => Worklist.InOrder(rows.Select(r => (Patient, r)), Monday).Select(r => r.Row.What);

    [Fact]
    public void Risk_stands_before_age() => Assert.Equal(["now", "today old", "today new", "soon"],
        Ordered(A(Urgency.Soon, 99, "soon"), A(Urgency.Today, 1, "today new"), A(Urgency.Now, 0, "now"), A(Urgency.Today, 9, "today old")));

    [Fact]
    public void What_is_overdue_rises_to_today_in_the_words_for_it() => Assert.Equal(["late", "soon"],
        Ordered(A(Urgency.Soon, 9, "soon"), A(Urgency.Soon, 1, "in time") with { DueAt = Monday, Late = "late" }));

    [Fact]
    public void A_row_whose_time_has_not_come_is_not_shown() => Assert.Empty(Ordered(A(Urgency.Now, -1)));

    [Fact]
    public void Having_it_names_who_and_keeps_the_row_until_it_is_settled()
    {
        var open = Admitted.Then(Alma, Monday, Tasks.Open(Admitted, new(Task, "Call the pharmacy", "", "", Monday.AddDays(1), DueUnit.BusinessDays), Monday));
        var row = Assert.Single(Rows(open));
        var taken = open.Then(Ben, Monday, Taking.Take(open, row, Ben));
        Assert.Equal(("Ben Okafor", "ben"), (Rows(taken).Single().TakenBy, Rows(taken).Single().TakenById));
        Assert.IsType<AlreadySo>(Taking.Take(taken, row, Ben));
        Assert.Contains("Ben Okafor has this already", Refusal(Taking.Take(taken, row, Alma)), StringComparison.Ordinal);
        Assert.False(Rows(taken.Then(Alma, Monday, Taking.LetGo(taken, row.Key, Rows(taken)))).Single().IsTaken);
        Assert.Empty(Rows(taken.Then(Ben, Monday, Tasks.Finish(taken, Task, "Done"))));
    }

    /// <summary>What was taken last month must not silence the same words today.</summary>
    [Fact]
    public void The_same_words_since_another_instant_are_another_row()
    {
        var (then, now) = (Worklist.Read(Worklist.Row(A(Urgency.Now, 700)).Json), Worklist.Read(Worklist.Row(A(Urgency.Now, 0)).Json));
        var taken = Admitted.Then(Ben, Monday.AddDays(-20), new WorkTaken(then.Key, then.What));
        Assert.Equal([true, false], Worklist.Complete(taken, [Worklist.Row(then), Worklist.Row(now)]).Select(r => Worklist.Read(r.Json).IsTaken));
    }

    [Fact]
    public void What_nobody_owns_is_the_responsible_clinicians()
    {
        var chart = Admitted.Then(Alma, Monday, Assigning.Decide(Admitted, new("ben", "Ben Okafor", "NP", true, true))).Then(Alma, Monday, Tasks.Open(Admitted, new(Task, "Call", "", "", Monday.AddDays(1), DueUnit.Hours), Monday));
        Assert.Equal("ben", Rows(chart).Single().Owner);
        Assert.Equal("Choose a clinician who works here.", Refusal(Assigning.Decide(chart, new("gil", "Gil", "", IsClinician: false, IsActive: true))));
    }

    [Fact]
    public void A_row_written_before_the_new_members_is_still_read() =>
        Assert.Equal("Review", Worklist.Read("""{"Who":"Wren","What":"Review","Urgency":1,"Since":"2026-11-23T17:00:00+00:00","Page":"emergency"}""").What);

    [Fact]
    public void A_task_is_done_once_with_a_result_and_given_to_somebody_else()
    {
        var open = Admitted.Then(Alma, Monday, Tasks.Open(Admitted, new(Task, " Call ", "alma", "Alma", Monday.AddDays(1), DueUnit.Hours), Monday));
        Assert.Equal("Call", open.Tasks[Task].Opened.What);
        Assert.Contains("what came of it", Refusal(Tasks.Finish(open, Task, " ")), StringComparison.Ordinal);
        var given = open.Then(Alma, Monday, Tasks.Reassign(open, Task, "ben", "Ben"));
        Assert.Equal("ben", Rows(given).Single().Owner);
        var done = given.Then(Ben, Monday, Tasks.Finish(given, Task, "Told"));
        Assert.IsType<AlreadySo>(Tasks.Finish(done, Task, "Told again"));
        Assert.Equal("This task is done already.", Refusal(Tasks.Reassign(done, Task, "alma", "Alma")));
        Assert.Equal("The due time has passed already.", Refusal(Tasks.Open(Admitted, new(Task, "Call", "", "", Monday, DueUnit.Hours), Monday)));
    }

    [Fact]
    public void What_is_missing_outside_stands_on_the_list_until_it_came_or_is_not_needed()
    {
        var asked = Admitted.Then(Alma, Monday, Outside.Ask(Admitted, new(Task, "cardiology-letter", "Cardiology letter", "Dr Halloran", "alma", "Alma", Monday.AddDays(14), DueUnit.CalendarDays), Monday));
        var row = Rows(asked).Single();
        Assert.Equal("Not received: Cardiology letter from Dr Halloran", row.At(Monday.AddDays(15)).What);
        Assert.Equal("There is no such document on this chart.", Refusal(Outside.Receive(asked, Task, "No objection", Guid.Empty)));
        Assert.Empty(Rows(asked.Then(Alma, Monday, Outside.Receive(asked, Task, "No objection", null))));
        Assert.Empty(Rows(asked.Then(Alma, Monday, Outside.Drop(asked, Task, "Another cardiologist saw them"))));
    }
}
