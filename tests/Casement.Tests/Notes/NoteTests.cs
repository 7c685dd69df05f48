using System.Collections.Immutable;
using Casement.Journal;
using Casement.Notes;
using Casement.Tests.FollowUp;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.Notes;

public sealed class NoteTests
{
    static readonly Guid Id = new("0b5f8c1e-0000-4000-8000-00000000000f");
    static readonly NoteForm Visit = Rules.Notes.Form(NoteKind.Visit);
    static readonly ImmutableDictionary<string, string> Full = Visit.Parts.ToImmutableDictionary(p => p.Part, p => $"About {p.Part}");

    static Chart Begun => Admitted.Then(Alma, Monday, SigningNotes.Begin(Admitted, new(Id, NoteKind.Visit, Monday.AddDays(2))));

    static SignNote Wish(ImmutableDictionary<string, string>? parts = null, bool sud = false) => new(Id, Visit, Monday, parts ?? Full, sud);

    static Chart Signed(bool sud = false) => Begun.Then(Alma, Monday, SigningNotes.Sign(Begun, Wish(sud: sud), Alma, Monday));

    [Fact]
    public void Every_required_part_left_empty_is_a_gap_with_its_field()
    {
        var gaps = SigningNotes.Gaps(Visit, null, ImmutableDictionary<string, string>.Empty.Add("plan", " "), Monday);
        Assert.Equal(["EventOn", "Part-reason", "Part-told", "Part-view", "Part-plan"], gaps.Select(g => g.Field));
        Assert.Contains("future", SigningNotes.Gaps(Visit, Monday.AddMinutes(1), Full, Monday).Single().Because, StringComparison.Ordinal);
        Assert.IsType<Refused>(SigningNotes.Sign(Begun, Wish(Full.Remove("plan")), Alma, Monday));
        Assert.IsType<Accepted>(SigningNotes.Sign(Begun, Wish(Full.Remove("found")), Alma, Monday));
    }

    [Fact]
    public void An_unsigned_note_waits_on_the_list_for_its_author_and_for_nobody_else()
    {
        var row = Rows(Begun).Single();
        Assert.Equal(("alma", $"notes/{Id}"), (row.Owner, row.Page));
        Assert.Empty(Rows(Signed()));
        Assert.Equal("There is no such note.", Refusal(SigningNotes.Sign(Begun, Wish(), Ben, Monday)));
        Assert.Equal("Only Alma Reyes can throw this draft away.", Refusal(SigningNotes.Discard(Begun, Id, Ben)));
    }

    [Fact]
    public void A_signed_note_is_locked_and_a_second_click_signs_nothing_more()
    {
        Assert.IsType<AlreadySo>(SigningNotes.Sign(Signed(), Wish(), Alma, Monday));
        Assert.Equal("This note is signed and locked. Write an addendum instead.", Refusal(SigningNotes.Sign(Signed(), Wish(Full.SetItem("plan", "Another plan")), Alma, Monday)));
        Assert.Equal("A signed note is locked and stays.", Refusal(SigningNotes.Discard(Signed(), Id, Alma)));
        Assert.Equal("A signed note is locked. Correct it with an addendum.", Refusal(MarkingAsError.Decide(Signed(), new(Signed().Version, "Wrong"))));
    }

    [Fact]
    public void A_correction_stands_beside_the_words_it_corrects()
    {
        var wish = new NoteAddendum(Id, Guid.Parse("0b5f8c1e-0000-4000-8000-000000000010"), Monday, "It was the left arm.");
        var added = Signed().Then(Ben, Monday.AddDays(3), SigningNotes.Add(Signed(), wish, Monday.AddDays(3)));
        Assert.Equal("About plan", added.Notes.Notes[Id].Signed?.Parts.Single(p => p.Part == "plan").Text);
        Assert.Equal(("Ben Okafor", "It was the left arm."), (added.Notes.Notes[Id].Addenda.Single().By.Name, added.Notes.Notes[Id].Addenda.Single().Added.Text));
        Assert.IsType<AlreadySo>(SigningNotes.Add(added, wish, Monday.AddDays(3)));
        Assert.Equal("There is no such note.", Refusal(SigningNotes.Add(Begun, wish, Monday)));
    }

    [Theory]
    [InlineData("Talked of the father, and of the dream about the house.", "")]
    [InlineData("She takes 50mg at night.", "medicines")]
    [InlineData("We agreed: refer to a sleep clinic.", "the plan")]
    [InlineData("Began at 3 pm.", "start and stop times")]
    [InlineData("The diagnosis is not settled", "diagnosis")]
    [InlineData("Prognosis: good", "prognosis and progress")]
    public void What_belongs_in_the_ordinary_note_is_warned_about(string text, string about) =>
        Assert.Equal(about, string.Join(", ", PsychotherapyLint.Warnings(text, Rules.Notes).Select(w => w.About)));
}
