using Casement.CheckIns;
using Casement.Definitions;
using Casement.Journal;
using static Casement.Tests.Courses.Course;
using Course = Casement.Tests.Courses.Course;
using Loop = Casement.Tests.Referrals.Loop;

namespace Casement.Tests.CheckIns;

/// <summary>What answers propose is chosen by a clinician, committed together, and nothing is ordered by a score (expectations C15).</summary>
public sealed class ProposalTests
{
    static readonly ProposalRules Words = Measured.Proposals;

    /// <summary>Blood in the urine, told in a monthly sitting.</summary>
    static Chart Told()
    {
        var asked = Loop.At(With(Induction), At(40, 10), Actor.Casement, AskingSittings.Due(With(Induction), Course.Rules, At(40, 10)).AsSpan());
        var sitting = asked.Sittings.Values.Single(s => s.Asked.Milestone == "monthly").Asked.CheckIn;
        return asked.And(Answered("bladder-check", 40, 8, sitting, flags: "bladder-blood"));
    }

    static Proposal[] Waiting(Chart chart) => [.. Proposals.Waiting(chart, Words, Plan, Held.Instruments)];

    [Fact]
    public void Answers_propose_and_order_nothing()
    {
        Assert.Equal(["clinician-task:same-day", "urinalysis", "notify-prescriber"], Waiting(Told()).Select(p => p.Action));
        Assert.Empty(Told().Tasks);
    }

    [Fact]
    public void What_is_chosen_is_written_down_together_and_once()
    {
        var chart = Told();
        var chosen = Waiting(chart).Where(p => p.Action != "clinician-task:same-day").Select(p => p.Key).ToHashSet();
        var done = Loop.Do(chart, Proposals.Take(chart, Words, Course.Rules, chosen, At(40, 11)));
        var task = Assert.Single(done.Tasks.Values).Opened;
        Assert.StartsWith("Tell the prescriber (Blood in the urine", task.What, StringComparison.Ordinal);
        Assert.Equal(At(42, 17), task.DueAt);
        Assert.Equal("clinician-task:same-day", Assert.Single(Waiting(done)).Action);
        Assert.IsType<AlreadySo>(Proposals.Take(done, Words, Course.Rules, chosen, At(40, 12)));
        Assert.StartsWith("Choose at least", Loop.Refused(Proposals.Take(done, Words, Course.Rules, new HashSet<string>(), At(40, 12))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_followed_is_set_aside_with_a_reason()
    {
        var chart = Told();
        var all = Waiting(chart).Select(p => p.Key).ToHashSet();
        Assert.StartsWith("Say why", Loop.Refused(Proposals.SetAside(chart, Words, Course.Rules, all, " ")), StringComparison.Ordinal);
        Assert.Empty(Waiting(Loop.Do(chart, Proposals.SetAside(chart, Words, Course.Rules, all, "Menses; asked by phone"))));
    }

    [Theory]
    [InlineData("  'urinalysis': {kind: observation", "  'urinalisis': {kind: observation", "Nothing is said about urinalysis")]
    [InlineData("kind: referral", "kind: wish", "A proposal is a task")]
    public void What_is_wrong_is_said_with_its_line(string right, string wrong, string says)
    {
        var text = File.ReadAllText(Root.Path("definitions", "measures", "proposals.yaml"));
        Assert.Contains(Assert.Throws<DefinitionException>(() => ProposalsFile.Read("proposals.yaml", text.Replace(right, wrong, StringComparison.Ordinal), Held.Instruments)).Errors, e => e.Message.StartsWith(says, StringComparison.Ordinal) && e.Line > 1);
    }
}
