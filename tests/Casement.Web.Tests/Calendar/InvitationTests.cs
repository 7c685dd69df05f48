using System.Text;
using Casement.Messages;
using Casement.Web.Calendar;
using Ical.Net.CalendarComponents;

namespace Casement.Web.Tests.Calendar;

/// <summary>A visit in somebody else's calendar program: at the right hour on every day of the year, and telling nothing.</summary>
public sealed class InvitationTests
{
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
    static readonly Guid Id = new("7b0c7a6e-0000-4000-8000-000000000001");

    static Invitation Of(string at, Func<Visit, Visit>? with = null, string practice = "Front Range Integrative")
    {
        var visit = new Visit(Id, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), 50, Place: "By video");
        return new(with?.Invoke(visit) ?? visit, practice, "mail@practice.example", "wren@example.org", null, Denver, new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    static string Text(Invitation invitation) => Encoding.UTF8.GetString(invitation.Write()).Replace("\r\n ", "", StringComparison.Ordinal);

    static CalendarEvent Read(Invitation invitation) => Ical.Net.Calendar.Load(Encoding.UTF8.GetString(invitation.Write()))?.Events.Single() ?? throw new InvalidOperationException("No calendar.");

    [Theory]
    // The days around both changes of the clock, the hours beside the leap, and the hour after UTC midnight.
    [InlineData("2026-03-07T17:00:00Z", "20260307T100000")]
    [InlineData("2026-03-08T08:30:00Z", "20260308T013000")]
    [InlineData("2026-03-08T09:30:00Z", "20260308T033000")]
    [InlineData("2026-03-09T16:00:00Z", "20260309T100000")]
    [InlineData("2026-10-31T16:00:00Z", "20261031T100000")]
    [InlineData("2026-11-01T17:00:00Z", "20261101T100000")]
    [InlineData("2026-11-02T17:00:00Z", "20261102T100000")]
    [InlineData("2026-07-01T00:30:00Z", "20260630T183000")]
    [InlineData("2027-01-01T00:30:00Z", "20261231T173000")]
    [InlineData("2031-07-01T18:00:00Z", "20310701T120000")]
    public void The_hour_is_that_of_the_practice_with_the_rules_of_its_zone(string at, string local)
    {
        var text = Text(Of(at));
        Assert.Contains($"DTSTART;TZID=America/Denver:{local}", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:America/Denver", text, StringComparison.Ordinal);
        Assert.Contains("TZOFFSETTO:-0700", text, StringComparison.Ordinal);
        Assert.Contains("TZOFFSETTO:-0600", text, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime, Read(Of(at)).Start?.AsUtc);
    }

    [Theory]
    [InlineData("2026-11-01T07:30:00Z", "20261101T073000Z")]
    [InlineData("2026-11-01T08:30:00Z", "20261101T083000Z")]
    public void In_the_hour_that_comes_twice_no_two_visits_are_one(string at, string utc) =>
        Assert.Contains($"DTSTART:{utc}", Text(Of(at)), StringComparison.Ordinal);

    [Fact]
    public void A_visit_lasts_as_long_as_it_lasts_across_the_change()
    {
        var entry = Read(Of("2026-03-08T08:30:00Z"));
        Assert.Equal(TimeSpan.FromMinutes(50), entry.End?.AsUtc - entry.Start?.AsUtc);
    }

    [Fact]
    public void A_change_is_the_same_entry_with_a_higher_number_and_a_cancelled_one_says_so()
    {
        var (booked, moved, cancelled) = (Text(Of("2026-07-01T18:00:00Z")), Text(Of("2026-07-02T18:00:00Z", v => v with { Sequence = 1 })), Text(Of("2026-07-02T18:00:00Z", v => v with { Sequence = 2, Cancelled = true })));
        foreach (var text in (string[])[booked, moved, cancelled]) Assert.Contains($"UID:{Id}@casement", text, StringComparison.Ordinal);
        Assert.Contains("METHOD:REQUEST", booked, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:0", booked, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1", moved, StringComparison.Ordinal);
        Assert.Contains("METHOD:CANCEL", cancelled, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", cancelled, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:2", cancelled, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_who_arranged_it_and_never_what_for()
    {
        var entry = Read(Of("2026-07-01T18:00:00Z"));
        Assert.Equal(("Visit arranged by Front Range Integrative", "By video", (string?)null), (entry.Summary, entry.Location, entry.Description));
    }

    [Fact]
    public void Words_cannot_become_lines_of_their_own()
    {
        var text = Text(Of("2026-07-01T18:00:00Z", v => v with { Place = "Room 2\r\nATTENDEE:mailto:thief@example.net; a, b" }, "Größe; Praxis, Müller"));
        Assert.DoesNotContain("\r\nATTENDEE:mailto:thief", text, StringComparison.Ordinal);
        Assert.Contains(@"SUMMARY:Visit arranged by Größe\; Praxis\, Müller", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_visit_is_written_the_same() => Assert.Equal(Of("2026-07-01T18:00:00Z").Write(), Of("2026-07-01T18:00:00Z").Write());
}
