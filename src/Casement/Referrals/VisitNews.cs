using System.Collections.Immutable;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Referrals;

/// <summary>
/// What follows when dates at a clinic are offered, taken, moved or called off: patient and clinic are told in the same transaction, whoever did it and on whichever
/// page. Read from the chart before and after, so no way to change a date can forget it.
/// </summary>
public static class VisitNews
{
    public const string Proposed = "dates-proposed", Booked = "appointment-booked", Changed = "appointment-changed", Reminder = "appointment-reminder";

    public const string PartnerSet = "partner-date-set", PartnerChanged = "partner-date-changed", PartnerOff = "partner-date-off";

    public static ImmutableArray<PatientEvent> Of(ReferralRules rules, TimeZoneInfo zone, Chart before, Chart after, DateTimeOffset now)
    {
        if (ReferenceEquals(before.Referrals, after.Referrals)) return [];
        var told = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var so in after.Referrals.Values.OrderBy(r => r.Id))
            if (before.Referrals.TryGetValue(so.Id, out var was) && !ReferenceEquals(was, so))
                told.AddRange(Of(rules, zone, was, so, after, now));
        return told.ToImmutable();
    }

    static IEnumerable<PatientEvent> Of(ReferralRules rules, TimeZoneInfo zone, ReferralOnChart was, ReferralOnChart so, Chart chart, DateTimeOffset now)
    {
        if (!so.Proposed.IsEmpty && so.MayTreat && !so.Proposed.SequenceEqual(was.Proposed)) yield return ToPatient(Proposed, so, chart, null);
        var visit = (Coming(was, now), Coming(so, now)) switch
        {
            ({ } had, null) => Last(chart, so, had, rules) is var last ? last with { Sequence = last.Sequence + 1, Cancelled = true } : null,
            ({ } had, { } has) when had != has => Last(chart, so, had, rules) is var last ? last with { At = has, Sequence = last.Sequence + 1, Minutes = rules.VisitMinutes } : null,
            (null, { } has) => new Visit(DerivedId.Joined("visit", so.Id, chart.Version), has, rules.VisitMinutes, Place: Place),
            _ => null,
        };
        if (visit is null) yield break;
        yield return ToPatient(visit.Sequence == 0 ? Booked : Changed, so, chart, visit);
        yield return ToPartner(visit.Cancelled ? PartnerOff : visit.Sequence == 0 ? PartnerSet : PartnerChanged, so, chart, visit);
        if (!visit.Cancelled && RemindAt(rules, zone, visit.At) is var at && at > now) yield return ToPatient(Reminder, so, chart, visit) with { NotBefore = at };
    }

    /// <summary>A stranger who reads it learns no name: the name of a clinic often says what it gives.</summary>
    const string Place = "The place is on your page";

    /// <summary>The appointment that is still to come; null when there is none, or it no longer stands.</summary>
    static DateTimeOffset? Coming(ReferralOnChart so, DateTimeOffset now) => so is { RevokedAt: null, Closed: null } && so.Appointment > now ? so.Appointment : null;

    /// <summary>The visit as it was last told; its next change bears the next number. One made before visits were told begins anew.</summary>
    static Visit Last(Chart chart, ReferralOnChart so, DateTimeOffset at, ReferralRules rules)
    {
        var told = chart.Messages.Values.Where(m => m.Asked.About == so.Id).Select(m => m.Asked.Visit).OfType<Visit>().ToArray();
        return told.Where(v => v.At == at && v.Place == Place && !told.Any(off => off.Id == v.Id && off.Cancelled)).MaxBy(v => v.Sequence)
            ?? new(DerivedId.Joined("visit", so.Id, at), at, rules.VisitMinutes, Place: Place);
    }

    /// <summary>The hour of the day before, in the zone of the reader, which is that of the practice until another is known.</summary>
    static DateTimeOffset RemindAt(ReferralRules rules, TimeZoneInfo zone, DateTimeOffset visit) =>
        FollowUp.BusinessDays.At(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(visit, zone).DateTime).AddDays(-rules.RemindOfVisitDaysBefore), rules.RemindOfVisitAt, zone);

    static MessageAsked ToPatient(string template, ReferralOnChart so, Chart chart, Visit? visit) =>
        new(DerivedId.Joined(template, so.Id, chart.Version), template, new(AddresseeKind.Patient), $"/my/referrals/{so.Id}", Visit: visit, About: so.Id);

    static MessageAsked ToPartner(string template, ReferralOnChart so, Chart chart, Visit visit) =>
        new(DerivedId.Joined(template, so.Id, chart.Version), template, Preparing.PartnerOf(chart, so), template == PartnerOff ? "" : "/partner", template == PartnerOff ? null : Preparing.OpenLink(chart, so), Visit: visit with { Place = "" }, About: so.Id);
}
