using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Tests.FollowUp;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.Messages;

/// <summary>Who of the practice is told, by which way, and when the next one is.</summary>
public sealed class DutyTests
{
    static readonly Guid Call = new("7b0c7a6e-0000-4000-8000-0000000000c1"), Alert = new("7b0c7a6e-0000-4000-8000-0000000000c2");

    static OnDuty Works(string id, StaffReach? reach = null, bool clinician = true, bool owner = false) => new(id, char.ToUpperInvariant(id[0]) + id[1..], $"{id}@practice.example", clinician, owner, reach ?? StaffReach.Unasked);

    static readonly StaffReach BacksUpByCleo = StaffReach.Unasked with { Backup = "cleo" };

    static DutyRoster Roster(params OnDuty[] staff) => new([.. staff], Absences.None);

    static DutyRoster Usual { get; } = Roster(Works("alma", BacksUpByCleo), Works("ben"), Works("cleo"), Works("olive", clinician: false, owner: true), Works("gil", clinician: false));

    static DutyRoster Away(DutyRoster roster, string who, string cover) => roster with
    {
        Absences = new(roster.Absences.All.Add(new(Guid.NewGuid(), who, who, Monday.AddDays(-1), Monday.AddDays(1), cover, cover))),
    };

    static readonly ClinicianAssigned Alma = new("alma", "Alma", "PMHNP-BC");

    static (string Who, string Words) Found(DutyRoster roster, ClinicianAssigned? responsible, Duty duty, DateTimeOffset? at = null)
    {
        var (who, words) = roster.Find(responsible, duty, at ?? Monday);
        return (string.Join(' ', who.Select(w => w.Id)), words);
    }

    [Fact]
    public void The_clinician_assigned_is_told_first_and_the_one_they_named_next() => Assert.Equal(
        [("alma", "Alma, who is assigned"), ("cleo", "Cleo, whom Alma named for when there is no answer"), ("alma ben cleo", "every clinician"), ("alma ben cleo olive", "every clinician and the owner")],
        Enum.GetValues<Duty>().Select(duty => Found(Usual, Alma, duty)));

    [Fact]
    public void While_they_are_away_it_is_their_cover_and_the_cover_of_that_one()
    {
        Assert.Equal(("ben", "Ben, who covers for Alma"), Found(Away(Usual, "alma", "ben"), Alma, Duty.Responsible));
        Assert.Equal("cleo", Found(Away(Away(Usual, "alma", "ben"), "ben", "cleo"), Alma, Duty.Responsible).Who);
        Assert.Equal("alma", Found(Away(Usual, "alma", "ben"), Alma, Duty.Responsible, Monday.AddDays(2)).Who);
        // Ben named nobody for when he does not answer.
        Assert.Equal("alma ben cleo", Found(Away(Usual, "alma", "ben"), Alma, Duty.Cover).Who);
        Assert.Equal("ben", Found(Away(Usual, "cleo", "ben"), Alma, Duty.Cover).Who);
    }

    [Fact]
    public void Where_nobody_in_particular_can_be_named_it_is_every_clinician_at_once()
    {
        foreach (var duty in (Duty[])[Duty.Responsible, Duty.Cover])
        {
            Assert.Equal(("alma ben cleo", "every clinician, since nobody is assigned"), Found(Usual, null, duty));
            Assert.Equal("ben cleo", Found(Roster(Works("ben"), Works("cleo")), Alma, duty).Who);
        }
        // A cover who is away and covered by the same person is nobody new.
        Assert.Equal("alma ben cleo", Found(Away(Usual, "cleo", "alma"), Alma, Duty.Cover).Who);
    }

    static Chart Called(Duty duty = Duty.Responsible, bool urgent = true) => Admitted.Then(Office.Alma, Monday, Assigning.Decide(Admitted, new("alma", "Alma", "NP", true, true)))
        .Then(Actor.Casement, Monday, new DutyCalled(Call, duty, urgent, "staff-urgent", "/staff", Alert));

    static MessageAsked[] Asked(Decision decision) => [.. Assert.IsType<Accepted>(decision).Events.OfType<MessageAsked>()];

    [Theory]
    [InlineData("", true, "alma@practice.example")]
    [InlineData("Email", true, "night@alma.example")]
    [InlineData("Text", true, "sms:+13035550142")]
    [InlineData("Text Call Email", true, "sms:+13035550142 tel:+13035550142 night@alma.example")]
    [InlineData("Text Call", false, "alma@practice.example")] // nothing carries them, so the account's own address does
    [InlineData("Text Email", false, "alma@practice.example night@alma.example")]
    public void Urgent_news_goes_by_every_way_they_chose_and_never_by_none(string chosen, bool texts, string addresses)
    {
        var reach = new StaffReach([.. chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Channel>)], Channel.Email, chosen.Length > 0 ? "night@alma.example" : "", "+13035550142");
        var asked = Asked(Calling.Find(Called(), Call, Roster(Works("alma", reach)), texts, Monday));
        Assert.Equal(addresses, string.Join(' ', asked.Select(m => m.To.Email)));
        Assert.All(asked, m => Assert.Equal((AddresseeKind.Staff, "Alma", "/staff", Alert), (m.To.Kind, m.To.Name, m.Page, m.About)));
    }

    [Fact]
    public void What_can_wait_goes_by_the_other_way()
    {
        var reach = new StaffReach([Channel.Call], Channel.Email, "night@alma.example", "+13035550142");
        Assert.Equal("alma@practice.example", Asked(Calling.Find(Called(urgent: false), Call, Roster(Works("alma", reach)), texts: true, Monday)).Single().To.Email);
    }

    [Fact]
    public void A_call_is_found_once_and_by_two_nodes_the_same()
    {
        var (one, two) = (Calling.Find(Called(), Call, Usual, true, Monday), Calling.Find(Called(), Call, Usual, true, Monday.AddSeconds(1)));
        Assert.Equal(Asked(one), Asked(two));
        var chart = Called().Then(Actor.Casement, Monday, one);
        Assert.IsType<AlreadySo>(Calling.Find(chart, Call, Usual, true, Monday));
        Assert.Equal("Alma, who is assigned", chart.Duties[Call].Found?.Whom);
        Assert.Equal(chart.Duties[Call].Found?.Messages, chart.Messages.Keys);
    }

    [Fact]
    public void Nobody_at_all_becomes_a_message_that_fails_and_is_seen()
    {
        var chart = Called().Then(Actor.Casement, Monday, Calling.Find(Called(), Call, Roster(), true, Monday));
        Assert.Equal("", Assert.Single(chart.Messages.Values).Asked.To.Email);
        Assert.Equal("nobody: no clinician works here", chart.Duties[Call].Found?.Whom);
    }

    [Theory]
    [InlineData("303 555 0142", "+13035550142")]
    [InlineData("(303) 555-0142", "+13035550142")]
    [InlineData("1.303.555.0142", "+13035550142")]
    [InlineData("+49 30 901820", "+4930901820")]
    [InlineData("555 0142", null)]
    [InlineData("303 555 0142 x5", null)]
    [InlineData("303+5550142", null)]
    [InlineData("", null)]
    public void A_number_is_kept_as_it_is_dialled(string typed, string? kept) => Assert.Equal(kept, PhoneOrMail.Number(typed));

    [Theory]
    [InlineData("", "Email", "", "", "", "Urgent")]
    [InlineData("Text", "Email", "", "", "", "UrgentPhone")]
    [InlineData("Email", "Text", "", "", "", "UrgentPhone")]
    [InlineData("Call", "Email", "", "911x", "", "UrgentPhone")]
    [InlineData("Email", "Call", "", "+13035550142", "", "Other")]
    [InlineData("Email", "Email", "alma at home", "", "", "UrgentEmail")]
    [InlineData("Email", "Email", "", "", "alma", "Backup")]
    [InlineData("Email", "Email", "", "", "gil", "Backup")]
    [InlineData("Email Text", "Text", "a@b.example", "+13035550142", "ben", "")]
    public void A_choice_that_would_reach_nobody_is_not_kept(string urgent, string other, string email, string phone, string backup, string field)
    {
        var reach = new StaffReach([.. urgent.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Channel>)], Enum.Parse<Channel>(other), email, phone, backup);
        ImmutableArray<Colleague> staff = [new("alma", "Alma", "", true, true), new("ben", "Ben", "", true, true), new("gil", "Gil", "", IsClinician: false, IsActive: true)];
        Assert.Equal(field, string.Join(' ', reach.Problems("alma", staff).Select(p => p.Field)));
    }

    [Fact]
    public void A_cover_is_told_once_and_not_when_they_know_or_it_is_over()
    {
        var absence = new Absence(Call, "alma", "Alma", Monday, Monday.AddDays(3), "ben", "Ben");
        var book = new Absences([absence]);
        Assert.Single(book.ToTell(Monday.AddDays(-9)));
        Assert.Empty(book.Told(Call, Monday).ToTell(Monday));
        Assert.Empty(book.Confirmed(Call, "ben", Monday).ToTell(Monday));
        Assert.Empty(book.Ended(Call, "alma", Monday.AddHours(1)).ToTell(Monday.AddHours(2)));
        Assert.Empty(book.ToTell(Monday.AddDays(3)));
        var failed = book.CouldNotTell(Call, "The mail server cannot be reached.");
        Assert.Equal("The mail server cannot be reached.", Assert.Single(failed.ToTell(Monday)).NotTold);
        Assert.Equal("", failed.Told(Call, Monday).All[0].NotTold);
    }
}
