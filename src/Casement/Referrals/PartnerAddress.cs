using Casement.Journal;
using Casement.Messages;
using Casement.People;

namespace Casement.Referrals;

/// <summary>Mail to a clinic goes where the directory says on the day it is sent: an address that was corrected holds for what waits already, too.</summary>
public static class PartnerAddress
{
    /// <summary>The clinic a message is for, by its id in the directory; null when it is for nobody there.</summary>
    public static Guid? ClinicOf(Chart chart, MessageAsked asked) =>
        asked.To.Kind is AddresseeKind.Partner && ReferralOf(chart, asked) is { } id && chart.Referrals.TryGetValue(id, out var so) ? so.Drafted.Partner : null;

    /// <summary>The referral a message to a clinic is about.</summary>
    internal static Guid? ReferralOf(Chart chart, MessageAsked asked) =>
        asked.Through is { } link && chart.Links.TryGetValue(link, out var found) && found.Given.For is LinkFor.Referral ? found.Given.Subject : asked.About;
}
