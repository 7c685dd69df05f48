using Casement.Conversations;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.Tests.FollowUp;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.Conversations;

public sealed class ConversationTests
{
    static readonly Guid Id = new("0b5f8c1e-0000-4000-8000-000000000012");

    static Guid M(int n) => new(n, 0, 0, new byte[8]);

    static Decision Patient(Chart chart, int message, string text, bool isNew = false) =>
        Writing.FromPatient(chart, new(Id, M(message), isNew, "My next visit", text), Rules, Monday, Denver, at => $"{TimeZoneInfo.ConvertTime(at, Denver):MMM d}");

    static Decision Practice(Chart chart, int message, string text, bool isNew = false, bool sud = false) =>
        Writing.FromPractice(chart, new(Id, M(message), isNew, "Your visit", text, sud), M(900 + message), Rules, Monday, Denver);

    static Chart Asked => Admitted.Then(Wren, Monday, Patient(Admitted, 1, "Can I come on Friday?", isNew: true));

    [Fact]
    public void A_message_waits_two_business_days_and_the_person_is_told_until_when()
    {
        var row = Rows(Asked).Single();
        Assert.Equal((Urgency.Soon, DueUnit.BusinessDays, Local(2026, 11, 25, 17)), (row.Urgency, row.Unit, row.DueAt));
        Assert.Contains("988", Asked.Conversations[Id].Last.Written.Told, StringComparison.Ordinal);
        Assert.Contains("by Nov 25", Asked.Conversations[Id].Last.Written.Told, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_may_mean_danger_bring_somebody_the_same_day_and_block_nothing()
    {
        var chart = Admitted.Then(Wren, Monday, Patient(Admitted, 1, "I don’t want to live any more.", isNew: true));
        var row = Rows(chart).Single();
        Assert.Equal((Urgency.Today, Local(2026, 11, 23, 17)), (row.Urgency, row.DueAt));
        Assert.Contains("may mean danger", row.What, StringComparison.Ordinal);
        // The same promise as to everybody: one that is not staffed would be waited for.
        Assert.Contains("by Nov 25", chart.Conversations[Id].Last.Written.Told, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_settles_it_tells_the_person_and_waits_to_be_opened()
    {
        var decision = Assert.IsType<Accepted>(Practice(Asked, 2, "Yes, at ten."));
        Assert.Equal(("secure-message-waiting", $"/my/messages/{Id}"), decision.Events.OfType<MessageAsked>().Select(m => (m.Template, m.Page)).Single());
        var answered = Asked.Then(Alma, Monday, decision);
        var unread = Rows(answered).Single();
        Assert.Equal("Has not opened our message: reach them another way", unread.What);
        Assert.Empty(Worklist.InOrder([(Office.Patient, unread)], Monday.AddDays(1)));
        Assert.Single(NextSteps.Of(answered, Monday));
        var read = answered.Then(Wren, Monday, Writing.Open(answered, Id));
        Assert.Empty(Rows(read));
        Assert.Empty(NextSteps.Of(read, Monday));
        Assert.IsType<AlreadySo>(Writing.Open(read, Id));
    }

    [Fact]
    public void What_needs_no_written_answer_is_settled_with_a_reason_until_they_write_again()
    {
        Assert.Contains("why no answer is needed", Refusal(Writing.Settle(Asked, Id, "")), StringComparison.Ordinal);
        var settled = Asked.Then(Alma, Monday, Writing.Settle(Asked, Id, "Spoke by phone"));
        Assert.Empty(Rows(settled));
        Assert.Single(Rows(settled.Then(Wren, Monday, Patient(settled, 3, "And Saturday?"))));
    }

    [Fact]
    public void A_conversation_of_another_chart_looks_absent_and_a_message_twice_is_one()
    {
        Assert.Equal("There is no such conversation.", Refusal(Patient(Admitted, 1, "Hello")));
        Assert.Equal("There is no such conversation.", Refusal(Practice(Admitted, 1, "Hello")));
        Assert.IsType<AlreadySo>(Patient(Asked, 1, "Can I come on Friday?", isNew: true));
    }

    [Fact]
    public void A_labelled_conversation_stays_labelled()
    {
        var labelled = Asked.Then(Alma, Monday, Practice(Asked, 2, "About your recovery programme", sud: true));
        var next = labelled.Then(Wren, Monday, Patient(labelled, 3, "Thank you"));
        Assert.True(next.Conversations[Id].Last.Written.Sud);
    }

    [Theory]
    [InlineData("I want to kill myself")]
    [InlineData("Sometimes I think about suicide.")]
    [InlineData("I feel SUICIDAL")]
    [InlineData("i don't want to be here anymore")]
    [InlineData("I dont want to live")]
    [InlineData("I do not want to live like this")]
    [InlineData("They would be better off without me")]
    [InlineData("I'd be better off dead")]
    [InlineData("I might end my life")]
    [InlineData("I want to end it all")]
    [InlineData("I can't go on")]
    [InlineData("I hurt myself last night")]
    [InlineData("I have been cutting myself again")]
    [InlineData("thinking about self-harm")]
    [InlineData("I took too many of the tablets")]
    [InlineData("I overdosed in March")]
    [InlineData("he hits me")]
    [InlineData("I am afraid I will hurt someone")]
    [InlineData("I could kill him")]
    [InlineData("no reason to live, really")]
    // Said with a "not", they open the card too: words alone do not tell.
    [InlineData("I would never kill myself")]
    [InlineData("I am not suicidal")]
    [InlineData("No thoughts of suicide this week")]
    [InlineData("I did not overdose")]
    public void These_words_open_the_card(string text) => Assert.True(Rules.HoldsCrisisWords(text));

    [Theory]
    [InlineData("Can I move my visit to Friday?")]
    [InlineData("My skills are better since the last session")]
    [InlineData("The stabbing pain in my knee is gone")]
    [InlineData("I cut my finger while cooking")]
    [InlineData("That film was killing time, nothing more")]
    [InlineData("We went on a hike and I slept well")]
    [InlineData("I would like to live closer to the mountains")]
    [InlineData("My overdue library book came back")]
    public void These_do_not(string text) => Assert.False(Rules.HoldsCrisisWords(text));
}
