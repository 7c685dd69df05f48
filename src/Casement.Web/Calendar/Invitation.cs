using System.Text;
using Casement.Messages;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Casement.Web.Calendar;

/// <summary>A visit as a calendar program takes it. It says when, where and who arranged it, never what for.</summary>
/// <param name="Visit">The same id for every change of the same visit, with a higher sequence.</param>
public sealed record Invitation(Visit Visit, string Practice, string From, string To, Uri? Page, TimeZoneInfo Zone, DateTimeOffset WrittenAt)
{
    /// <summary>Since then the clocks of this country change when they do now (Energy Policy Act of 2005, section 110); the last rule goes on for ever.</summary>
    static readonly DateTime RulesSince = new(2007, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Method => Visit.Cancelled ? "CANCEL" : "REQUEST";

    public string Uid => $"{Visit.Id:D}@casement";

    /// <summary>An iCalendar file (RFC 5545) with the rules of its zone inside, so that the hour stays right where those rules are not known.</summary>
    public byte[] Write()
    {
        var calendar = new Ical.Net.Calendar { Method = Method, ProductId = "-//Casement//Casement//EN" };
        calendar.Events.Add(Event());
        if (Named) calendar.AddTimeZone(VTimeZone.FromDateTimeZone(Zone.Id, RulesSince, includeHistoricalData: false));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar entry is empty."));
    }

    CalendarEvent Event() => new()
    {
        Uid = Uid,
        Sequence = Visit.Sequence,
        Summary = $"Visit arranged by {Practice}",
        Location = Visit.Place.Length > 0 ? Visit.Place : null,
        Url = Page,
        Status = Visit.Cancelled ? "CANCELLED" : "CONFIRMED",
        Start = At(Visit.At),
        End = At(Visit.At.AddMinutes(Visit.Minutes)),
        DtStamp = new CalDateTime(WrittenAt.UtcDateTime, "UTC"),
        Organizer = new Organizer($"mailto:{From}") { CommonName = Practice },
        Attendees = [new Attendee($"mailto:{To}") { Rsvp = false, ParticipationStatus = "ACCEPTED" }],
    };

    /// <summary>The hour that comes twice has no name of its own: a visit that touches it is written in UTC.</summary>
    bool Named => Zone.HasIanaId && !Zone.IsAmbiguousTime(There(Visit.At)) && !Zone.IsAmbiguousTime(There(Visit.At.AddMinutes(Visit.Minutes)));

    DateTime There(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;

    CalDateTime At(DateTimeOffset at) => Named ? new(There(at), Zone.Id) : new(at.UtcDateTime, "UTC");
}
