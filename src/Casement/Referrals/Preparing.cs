using System.Collections.Immutable;
using Casement.Consent;
using Casement.Journal;
using Casement.Messages;
using Casement.People;

namespace Casement.Referrals;

/// <summary>The wish to begin a referral.</summary>
public sealed record DraftReferral(Guid Referral, PartnerClinic Partner, string Product, string Question, ReferralUrgency Urgency, DateOnly? WantedBy);

/// <summary>The wish to send what the patient signed for.</summary>
/// <param name="Link">Made when the page was shown, so that a double click sends once.</param>
public sealed record SendReferral(Guid Referral, Guid Link, Guid Message, PartnerClinic Partner);

/// <summary>From the first thought to the day the packet leaves. Nothing leaves without a valid clearance and the patient's own signature.</summary>
public static class Preparing
{
    public const string NoSuch = "We have no such referral.";
    const string Left = "This referral has already been sent, so its packet no longer changes.";

    public static Decision Draft(Chart chart, DraftReferral wish, DateOnly today) => chart switch
    {
        { Who: null } => Decision.Refuse("There is no such patient."),
        _ when chart.Referrals.ContainsKey(wish.Referral) => Decision.Nothing,
        _ when wish.Partner.ShutFor(wish.Product, today) is { } shut => Decision.Refuse(shut),
        _ when string.IsNullOrWhiteSpace(wish.Question) => Decision.Refuse("Say what you ask of the clinic."),
        _ when wish.WantedBy < today => Decision.Refuse("The day it is wanted by lies in the past."),
        _ => Decision.Accept(new ReferralDrafted(wish.Referral, wish.Partner.Id, wish.Partner.Name, wish.Product, wish.Question.Trim(), wish.Urgency, wish.WantedBy)),
    };

    /// <param name="chosen">The lines, in the words they are to be sent in.</param>
    public static Decision Choose(Chart chart, Guid referral, ImmutableArray<PacketLine> chosen) => chart.Referrals.GetValueOrDefault(referral) switch
    {
        null => Decision.Refuse(NoSuch),
        { Closed: not null } => Decision.Refuse("This referral is closed."),
        { Sent: not null } => Decision.Refuse(Left),
        var so when so.Chosen.SequenceEqual(chosen) => Decision.Nothing,
        _ when chosen.IsEmpty => Decision.Refuse("Add at least one line."),
        _ when chosen.FirstOrDefault(l => l.Sensitivity is not Sensitivity.Ordinary && l.Reason.Trim().Length < ReasonLength) is { } line => Decision.Refuse($"\"{line.Title}\" is not sent unless somebody says why this clinic needs it. Write a reason of at least {ReasonLength} characters."),
        _ => Decision.Accept(new ReferralPacketChosen(referral, chosen)),
    };

    const int ReasonLength = 15;

    /// <summary>The patient leaves out what they do not want sent; what no clinic can work without stays.</summary>
    public static Decision Strike(Chart chart, Guid referral, ImmutableArray<string> lines) => chart.Referrals.GetValueOrDefault(referral) switch
    {
        null => Decision.Refuse(NoSuch),
        { Sent: not null } => Decision.Refuse(Left),
        { Closed: not null } => Decision.Refuse("This referral is closed."),
        var so when lines.FirstOrDefault(id => so.Chosen.All(l => l.Id != id)) is not null => Decision.Refuse("There is no such line."),
        var so when so.Chosen.FirstOrDefault(l => l.Needed && lines.Contains(l.Id)) is { } needed => Decision.Refuse($"\"{needed.Title}\" cannot be left out: the clinic needs it to treat you safely. You can still decide not to send anything."),
        var so when so.Struck.SetEquals(lines) => Decision.Nothing,
        _ => Decision.Accept(new ReferralLinesStruck(referral, [.. lines.Order(StringComparer.Ordinal)])),
    };

    public static Decision Authorise(Chart chart, Guid referral, Authorisation signed, ReferralRules rules, DateTimeOffset now) => chart.Referrals.GetValueOrDefault(referral) switch
    {
        null => Decision.Refuse(NoSuch),
        { Authorised.Id: var id } when id == signed.Id => Decision.Nothing,
        { Closed: not null } => Decision.Refuse("This referral is closed."),
        { Sent: not null, RevokedAt: null } => Decision.Nothing,
        { Sent: not null } => Decision.Refuse("You took this back after it was sent. Ask the practice for a new referral."),
        // What was signed in another tab covers this packet: a change of it would have ended that.
        { Authorised.EndsAt: { } until, RevokedAt: null } when until > now => Decision.Nothing,
        { Chosen.IsEmpty: true } => Decision.Refuse("There is nothing to sign for yet."),
        _ when string.IsNullOrWhiteSpace(signed.SignedName) => Decision.Refuse("Type your name to sign."),
        _ when signed.Lacks().Any() => Decision.Refuse("The authorisation is not complete, so it was not kept."),
        _ when signed.EndsAt <= now => Decision.Refuse("The authorisation would already have ended."),
        var so when Packet.Hash(Packet.AsSent(so.Chosen, so.Struck, rules)) != signed.PacketHash => Decision.Refuse("What would be sent changed while you were reading. Nothing was signed; please look again."),
        _ => Decision.Accept(new ReferralAuthorised(referral, signed)),
    };

    /// <summary>Takes effect at once: what waits is not sent, and the partner's page opens nothing any more.</summary>
    public static Decision Revoke(Chart chart, Guid referral, string reason, Guid message) => chart.Referrals.GetValueOrDefault(referral) switch
    {
        null => Decision.Refuse(NoSuch),
        { Authorised: null } => Decision.Refuse("You have not signed anything for this referral."),
        { RevokedAt: not null } => Decision.Nothing,
        { Authorised: { } signed } so => Decision.Accept([
            new ReferralAuthorisationRevoked(referral, signed.Id, reason.Trim()),
            .. Withdrawn(chart, so, "The patient took the authorisation back."),
            .. so.Sent is null ? [] : new PatientEvent[] { new MessageAsked(message, "referral-withdrawn", PartnerOf(chart, so), About: referral) },
        ]),
    };

    /// <summary>Every link of this referral that still opens, withdrawn.</summary>
    internal static IEnumerable<LinkWithdrawn> Withdrawn(Chart chart, ReferralOnChart referral, string because) =>
        chart.Links.Values.Where(l => l.Given.For is LinkFor.Referral && l.Given.Subject == referral.Id && l.Withdrawn is null).Select(l => new LinkWithdrawn(l.Given.Link, because));

    /// <summary>The partner as its message was last addressed. Where it goes in the end is read in the directory when it is sent: <see cref="PartnerAddress"/>.</summary>
    internal static Addressee PartnerOf(Chart chart, ReferralOnChart referral) =>
        chart.Messages.Values.Where(m => m.Asked.To.Kind is AddresseeKind.Partner && PartnerAddress.ReferralOf(chart, m.Asked) == referral.Id).OrderBy(m => m.AskedAt).LastOrDefault()?.Asked.To ?? new(AddresseeKind.Partner, referral.Drafted.PartnerName);

    /// <summary>Why it may not be sent now, in a sentence; null when it may.</summary>
    public static string? NotReady(Chart chart, ReferralOnChart so, PartnerClinic partner, ReferralRules rules, ConsentDocuments documents, DateTimeOffset now, DateOnly today) =>
        so.Closed is not null ? "This referral is closed."
        : partner.Id != so.Drafted.Partner ? "This is not the clinic the referral was written for."
        : partner.ShutFor(so.Drafted.Product, today) is { } shut ? shut
        : Rems.Uncertified(so.Drafted, partner) is { } uncertified ? uncertified
        : Rems.Unenrolled(chart, so.Drafted) is { } unenrolled ? unenrolled
        : Rems.Unread(chart, so.Drafted, documents, now) is { } unread ? unread
        : Missing(so) is { Length: > 0 } missing ? $"The packet still lacks: {missing}."
        : LiveClearance.Of(chart, so.Drafted.Product, now) is { MayTreat: false } live ? $"Nobody is sent without a valid clearance. {live.Says}"
        : chart.Clearances.LastOrDefault() is { Signed.Clearance: var decision } && LiveClearance.ClinicOf(chart, decision) is { } named && named.Partner != so.Drafted.Partner
            ? $"The clearance is for {named.PartnerName}. Another clinic needs a new evaluation: look again and sign a new decision, then send this one."
        : so.Authorised is not { } signed ? "The patient has not signed for it yet."
        : so.RevokedAt is not null ? "The patient took the authorisation back. Nothing may be sent."
        : signed.Lacks().Any() ? $"The authorisation lacks an element it must have ({string.Join(", ", signed.Lacks())}), so it is not valid."
        : signed.EndsAt <= now ? "The authorisation has ended. Ask the patient to sign again."
        : Packet.Hash(Packet.AsSent(so.Chosen, so.Struck, rules)) != signed.PacketHash ? "The packet is no longer what the patient signed for. Ask the patient to look again."
        : Unsigned(chart, so, rules, documents, now).Refusal
        ?? (IsOldContact(chart, so, now) ? "The emergency contact is not the one in the packet any more. Keep the packet again, so that the patient signs for the right one." : null);

    /// <summary>A packet keeps its words; somebody who is to be called no more must not go out in them.</summary>
    static bool IsOldContact(Chart chart, ReferralOnChart so, DateTimeOffset now) =>
        so.Chosen.FirstOrDefault(l => l.Id == Packet.ContactLine && !so.Struck.Contains(l.Id)) is { } line && Packet.EmergencyContact(chart, now)?.InWords != line.Text;

    public const string Gate = "referral-send";

    /// <summary>Every paper this packet still waits for besides its own signature: what any packet needs, and what its sensitive lines need.</summary>
    public static GateAnswer Unsigned(Chart chart, ReferralOnChart so, ReferralRules rules, ConsentDocuments documents, DateTimeOffset now)
    {
        var kinds = Packet.AsSent(so.Chosen, so.Struck, rules).Select(l => Packet.Kinds[l.Sensitivity]).ToHashSet();
        DateTimeOffset? signedAt = so.RevokedAt is null && !(so.Authorised?.EndsAt <= now) ? so.Authorised?.SignedAt ?? now : null;
        return new(Gate, documents.ServiceOf(Gate),
        [
            .. documents.Gates.Where(g => g.Id == Gate || g.Lines.Any(kinds.Contains))
                .SelectMany(g => Gates.Ask(documents, chart, g.Id, now, so.Drafted.PartnerName, signedAt).Missing).DistinctBy(m => m.Family),
        ]);
    }

    static string Missing(ReferralOnChart so) => string.Join(", ", Packet.NeededTitles.Where(n => so.Chosen.All(l => l.Id != n.Key)).Select(n => n.Value));

    public static Decision Send(Chart chart, SendReferral wish, ReferralRules rules, ConsentDocuments documents, TimeZoneInfo zone, DateTimeOffset now, DateOnly today)
    {
        if (!chart.Referrals.TryGetValue(wish.Referral, out var so)) return Decision.Refuse(NoSuch);
        if (so.Sent is not null) return Decision.Nothing;
        if (NotReady(chart, so, wish.Partner, rules, documents, now, today) is { } why) return Decision.Refuse(why);
        if (so.Authorised is not { EndsAt: { } until } signed || chart.Clearances.LastOrDefault() is not { } clearance) return Decision.Refuse(NoSuch);
        var lines = Packet.AsSent(so.Chosen, so.Struck, rules);
        var opensUntil = new[] { until, now.AddDays(rules.LinkDays) }.Min();
        return Decision.Accept(
            new ReferralSent(wish.Referral, wish.Link, clearance.Signed.Clearance, lines, Packet.Hash(lines), signed.Id, "Treatment (45 CFR 164.506), and the patient's own authorisation, which the practice asks for as well.", rules.Terms(now, zone)),
            new LinkGiven(wish.Link, LinkFor.Referral, wish.Referral, wish.Partner.Name, opensUntil),
            new MessageAsked(wish.Message, "referral-waiting", new(AddresseeKind.Partner, wish.Partner.Name, wish.Partner.Email), "/partner", wish.Link));
    }

    /// <summary>A new link to the same referral, where the first was lost or has ended; the old one opens nothing any more.</summary>
    /// <param name="clinic">As it stands in the directory now; null when it is gone from there.</param>
    public static Decision Renew(Chart chart, Guid referral, Guid link, Guid message, PartnerClinic? clinic, ReferralRules rules, ConsentDocuments documents, DateTimeOffset now)
    {
        if (!chart.Referrals.TryGetValue(referral, out var so) || so.Sent is null) return Decision.Refuse(NoSuch);
        if (chart.Links.ContainsKey(link)) return Decision.Nothing;
        if (so.Closed is not null) return Decision.Refuse("This referral is closed.");
        if (so.RevokedAt is not null || so.Authorised is not { EndsAt: { } until } || until <= now) return Decision.Refuse("The authorisation has ended or was taken back. Nothing may be sent.");
        if (Unsigned(chart, so, rules, documents, now).Refusal is { } unsigned) return Decision.Refuse(unsigned);
        return Decision.Accept([
            .. Withdrawn(chart, so, "A new link was given."),
            new LinkGiven(link, LinkFor.Referral, referral, so.Drafted.PartnerName, new[] { until, now.AddDays(rules.LinkDays) }.Min()),
            new MessageAsked(message, "referral-waiting", clinic is { Email.Length: > 0 } ? new(AddresseeKind.Partner, clinic.Name, clinic.Email) : PartnerOf(chart, so), "/partner", link),
        ]);
    }

    /// <summary>The link the partner reads this referral by.</summary>
    internal static Guid? OpenLink(Chart chart, ReferralOnChart so) =>
        chart.Links.Values.Where(l => l.Given.For is LinkFor.Referral && l.Given.Subject == so.Id && l.Withdrawn is null).OrderBy(l => l.GivenAt).LastOrDefault()?.Given.Link;
}
