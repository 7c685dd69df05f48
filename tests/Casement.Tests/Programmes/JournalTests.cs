using Casement.Journal;
using Casement.Programmes;
using static Casement.Tests.Programmes.Steps;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Programmes;

/// <summary>The person's own journal: private unless they share it, and private again when they take that back (expectations P14).</summary>
public sealed class JournalTests
{
    static readonly Guid Entry = Guid.NewGuid(), First = Guid.NewGuid(), Second = Guid.NewGuid();
    static readonly Chart Written = At(ClearedChart, Now, Wren, new JournalWritten(Entry, First, "aa"));

    [Fact]
    public void An_entry_is_private_until_it_is_shared_and_again_when_that_is_taken_back()
    {
        Assert.Null(Written.Programme.Journal[Entry].Shared);
        var shared = Written.Do(KeepingAJournal.Share(Written, Entry, First, "I slept", Office), Now.AddHours(1), Wren);
        Assert.Equal(First, shared.Programme.Journal[Entry].Shared?.What.Version);
        var back = shared.Do(KeepingAJournal.Unshare(shared, Entry), Now.AddHours(2), Wren);
        Assert.Null(back.Programme.Journal[Entry].Shared);
        var time = Assert.Single(back.Programme.Journal[Entry].Sharing);
        Assert.Equal((Now.AddHours(1), Now.AddHours(2)), (time.Shared.At, time.Until));
    }

    [Fact]
    public void A_change_is_a_version_of_its_own_and_is_not_shared_by_itself()
    {
        var shared = Written.Do(KeepingAJournal.Share(Written, Entry, First, "I slept", Office), Now, Wren);
        var changed = shared.Do(KeepingAJournal.Write(shared, new(Entry, Second, "bb")), Now, Wren);
        Assert.Equal([First, Second], changed.Programme.Journal[Entry].Versions.Select(v => v.What.Version));
        Assert.Equal(First, changed.Programme.Journal[Entry].Shared?.What.Version);
        // What is not what the person looked at is not shared.
        Assert.IsType<Refused>(KeepingAJournal.Share(changed, Entry, First, "I slept", Office));
        Assert.IsType<AlreadySo>(KeepingAJournal.Write(changed, new(Entry, Second, "bb")));
    }

    [Fact]
    public void An_entry_taken_back_is_shown_to_nobody_and_takes_no_more_words()
    {
        var shared = Written.Do(KeepingAJournal.Share(Written, Entry, First, "I slept", Office), Now, Wren);
        var gone = shared.Do(KeepingAJournal.Withdraw(shared, Entry), Now, Wren);
        Assert.Null(gone.Programme.Journal[Entry].Shared);
        Assert.IsType<Refused>(KeepingAJournal.Write(gone, new(Entry, Second, "bb")));
        Assert.IsType<Refused>(KeepingAJournal.Share(gone, Entry, First, "I slept", Office));
        Assert.IsType<AlreadySo>(KeepingAJournal.Withdraw(gone, Entry));
    }

    [Fact]
    public void Danger_in_a_private_entry_is_told_to_nobody_and_in_a_shared_one_the_same_day()
    {
        Assert.DoesNotContain(Casement.Tests.FollowUp.Office.Rows(Written), r => r.Page == "programme");
        var shared = Written.Do(KeepingAJournal.Share(Written, Entry, First, "I want to die", Office), Now, Wren);
        Assert.Equal(Casement.FollowUp.Urgency.Today, Assert.Single(Casement.Tests.FollowUp.Office.Rows(shared), r => r.Page == "programme").Urgency);
        var back = shared.Do(KeepingAJournal.Unshare(shared, Entry), Now, Wren);
        Assert.DoesNotContain(Casement.Tests.FollowUp.Office.Rows(back), r => r.Page == "programme");
    }

    [Fact]
    public void Nobody_else_marks_an_entry_of_the_journal_as_a_mistake() =>
        Assert.Equal("There is no such entry.", Assert.IsType<Refused>(MarkingAsError.Decide(Written, new(Written.Version, "Odd"))).Because);

    [Fact]
    public void Ten_thousand_characters_fit_and_one_more_is_refused_with_its_number()
    {
        Assert.Null(KeepingAJournal.Problem(new('x', KeepingAJournal.LongestText)));
        Assert.StartsWith("This entry holds 10,001 characters", KeepingAJournal.Problem(new('x', KeepingAJournal.LongestText + 1)), StringComparison.Ordinal);
        Assert.NotNull(KeepingAJournal.Problem(" \n"));
    }
}
