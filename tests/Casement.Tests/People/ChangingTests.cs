using Casement.CheckIns;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.People;

public sealed class ChangingTests
{
    static readonly Guid Change = Guid.Parse("0b5f8c1e-0000-4000-8000-00000000d001");
    static readonly Guid Correction = Guid.Parse("0b5f8c1e-0000-4000-8000-00000000c001");
    static readonly Person Claudia = new(new("Claudia Ordóñez Villaseñor", "Clau", "she/her"), new(1984, 3, 27), "claudia@example.org", "303 555 0199");
    static readonly Chart Given = Chart.Empty.Then(Alma, Monday, new PatientAdmitted(Claudia));

    static ChangeDetails Wish(Chart chart, Person to, string language = "", string reason = "She called") => new(Change, Changing.Mark(chart), to, language, reason, new(2026, 11, 23), Monday, []);

    static Accepted Accepted(Decision decision) => Assert.IsType<Accepted>(decision);

    [Theory]
    [InlineData("Sukarno")]
    [InlineData("Nguyễn Thị Hạnh")]
    [InlineData("Claudia Ordóñez de Villaseñor-Łukasz")]
    [InlineData("O’Brien")]
    public void A_name_stands_as_the_person_writes_it(string legal)
    {
        var after = Given.Then(Alma, Monday, Changing.Decide(Given, Wish(Given, Claudia with { Name = new(legal, "Zoë", "they/them") })));
        Assert.Equal((legal, "Zoë", "they/them"), (after.Who?.Name.Legal, after.Who?.Name.Called, after.Who?.Name.Pronouns));
    }

    [Fact]
    public void Language_is_kept_beside_the_details()
    {
        var after = Given.Then(Alma, Monday, Changing.Decide(Given, Wish(Given, Claudia, "Español")));
        Assert.Equal(("Español", Claudia), (after.Language, after.Who));
    }

    [Fact]
    public void The_same_form_twice_changes_nothing_and_what_changed_meanwhile_is_not_overwritten()
    {
        var wish = Wish(Given, Claudia with { Phone = "720 555 0100" });
        var after = Given.Then(Alma, Monday, Changing.Decide(Given, wish));
        Assert.Same(Decision.Nothing, Changing.Decide(after, wish));
        Assert.StartsWith("These details were changed in another window", Refusal(Changing.Decide(after, wish with { To = Claudia with { Email = "new@example.org" } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1984-03-27", "claudia@example.org", "303 555 0199", "She called", "Write the name")]
    [InlineData("Claudia", "2027-03-27", "", "", "She called", "The date of birth is in the future")]
    [InlineData("Claudia", "1890-03-27", "", "", "She called", "The date of birth is more than 125 years ago")]
    [InlineData("Claudia", "1984-03-27", "claudia", "", "She called", "Write the email address whole")]
    [InlineData("Claudia", "1984-03-27", "a@b@example.org", "", "She called", "Write the email address whole")]
    [InlineData("Claudia", "1984-03-27", "", "555", "She called", "Write the phone number")]
    [InlineData("Claudia", "1984-03-27", "", "", " ", "Say why it changes")]
    public void What_cannot_be_is_refused(string legal, string born, string email, string phone, string reason, string because) =>
        Assert.StartsWith(because, Refusal(Changing.Decide(Given, Wish(Given, new(new(legal), DateOnly.Parse(born), email, phone), reason: reason))), StringComparison.Ordinal);

    [Fact]
    public void Both_addresses_are_told_when_letters_go_elsewhere()
    {
        var told = Accepted(Changing.Decide(Given, Wish(Given, Claudia with { Email = "clau@example.net" }))).Events.OfType<MessageAsked>().ToArray();
        Assert.Equal([("address-left", "claudia@example.org"), ("address-added", "clau@example.net")], told.Select(m => (m.Template, m.To.Email)));
        Assert.DoesNotContain(Accepted(Changing.Decide(Given, Wish(Given, Claudia with { Email = "CLAUDIA@example.org" }))).Events, e => e is MessageAsked);
    }

    [Fact]
    public void A_check_in_sent_to_the_old_address_is_shut_and_sent_to_the_new_one()
    {
        var (checkIn, over) = (Guid.NewGuid(), Guid.NewGuid());
        var chart = Given.Then(Alma, Monday, new CheckInSent(checkIn, "phq2", Monday.AddDays(7)), new LinkGiven(checkIn, LinkFor.CheckIn, checkIn, "Clau", Monday.AddDays(7)), new LinkGiven(over, LinkFor.CheckIn, over, "Clau", Monday.AddDays(-1)));
        var after = chart.Then(Alma, Monday, Changing.Decide(chart, Wish(chart, Claudia with { Email = "clau@example.net" })));
        Assert.False(after.Links[checkIn].OpensAt(Monday));
        var anew = Assert.Single(after.Links.Values, l => l.OpensAt(Monday));
        Assert.Equal((checkIn, Monday.AddDays(7)), (anew.Given.Subject, anew.Given.ExpiresAt));
        Assert.Contains(after.Messages.Values, m => m.Asked.Through == anew.Given.Link && m.Asked.To.Email.Length == 0);
    }

    [Fact]
    public void An_address_that_was_missing_sends_what_waited_for_it()
    {
        var (message, chart) = (Guid.NewGuid(), Given.Then(Alma, Monday, Changing.Decide(Given, Wish(Given, Claudia with { Email = "" }))));
        var held = chart.Then(Alma, Monday, new MessageAsked(message, "intake-waiting", new(AddresseeKind.Patient)), new MessageHeldBack(message, HeldBecause.NoAddress, true));
        Assert.Equal("details#Email", Assert.Single(Rows(held)).Page);
        var after = held.Then(Alma, Monday, Changing.Decide(held, Wish(held, Claudia) with { SendAgain = [message] }));
        Assert.Equal(Delivery.Queued, after.Messages[message].State);
        Assert.Empty(Rows(after));
        // Without an address nothing is let go.
        var still = held.Then(Alma, Monday, Changing.Decide(held, Wish(held, Claudia with { Email = "", Phone = "" }) with { SendAgain = [message] }));
        Assert.Equal(Delivery.HeldBack, still.Messages[message].State);
    }

    static CorrectionAsked Asked(CorrectionOf of = CorrectionOf.Answer) => new(Correction, of, "pregnant", "Are you pregnant?", "Yes", "I am not", "No", Monday.AddDays(60));

    [Fact]
    public void A_correction_changes_nothing_until_staff_accept_it_and_the_original_stays()
    {
        var before = Given.Then(Alma, Monday, new FactsRecorded([new("pregnant", FactValue.Of(true), Monday, FactSource.Patient)]));
        var asked = before.Then(Wren, Monday, Correcting.Ask(before, Asked()));
        Assert.Single(asked.Facts["pregnant"]);
        var row = Assert.Single(Rows(asked));
        Assert.Equal((Urgency.Today, $"details#correction-{Correction:N}", (DateTimeOffset?)Monday.AddDays(60)), (row.Urgency, row.Page, row.DueAt));

        var accepted = asked.Then(Alma, Monday, Correcting.Accept(asked, Correction, Decision.Accept(new FactsRecorded([new("pregnant", FactValue.Of(false), Monday, FactSource.Clinician)])), "The answer is no now."));
        Assert.Equal([FactValue.Of(true), FactValue.Of(false)], accepted.Facts["pregnant"].Select(f => f.Fact.Value));
        Assert.Empty(Rows(accepted));
        Assert.Contains(accepted.Messages.Values, m => m.Asked.Template == "correction-answered");
        Assert.Same(Decision.Nothing, Correcting.Accept(accepted, Correction, Decision.Nothing, "Again"));
        Assert.Same(Decision.Nothing, Correcting.Ask(accepted, Asked()));
    }

    [Fact]
    public void A_correction_is_not_accepted_without_the_change_it_speaks_of()
    {
        var asked = Given.Then(Wren, Monday, Correcting.Ask(Given, Asked()));
        Assert.StartsWith("Nothing on the record would change", Refusal(Correcting.Accept(asked, Correction, Decision.Nothing, "Done")), StringComparison.Ordinal);
        Assert.Equal("No such fact", Refusal(Correcting.Accept(asked, Correction, Decision.Refuse("No such fact"), "Done")));
        Assert.StartsWith("Say what you changed", Refusal(Correcting.Accept(asked, Correction, Decision.Accept(new PatientLanguageChosen("Polski")), " ")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_declined_says_why_and_the_patient_may_disagree_once()
    {
        var asked = Given.Then(Wren, Monday, Correcting.Ask(Given, Asked(CorrectionOf.Other)));
        Assert.StartsWith("Say why", Refusal(Correcting.Decline(asked, Correction, "")), StringComparison.Ordinal);
        Assert.Equal("We have not said no to this.", Refusal(Correcting.Disagree(asked, Correction, "I do not agree")));
        var declined = asked.Then(Alma, Monday, Correcting.Decline(asked, Correction, "The hospital letter says so."));
        var disagreed = declined.Then(Wren, Monday, Correcting.Disagree(declined, Correction, "It is about my sister."));
        Assert.Equal("It is about my sister.", Assert.Single(disagreed.CorrectionRequests).Disagreed?.Says);
        Assert.Same(Decision.Nothing, Correcting.Disagree(disagreed, Correction, "Again"));
    }

    [Theory]
    [InlineData("", "No", "Write what is wrong.")]
    [InlineData("Yes", " ", "Write what is right.")]
    public void A_correction_says_both(string wrong, string right, string because) =>
        Assert.Equal(because, Refusal(Correcting.Ask(Given, Asked() with { Wrong = wrong, Right = right })));
}
