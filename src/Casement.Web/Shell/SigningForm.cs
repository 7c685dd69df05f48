using System.Collections.Immutable;
using Casement.Consent;

namespace Casement.Web.Shell;

/// <summary>A document's form as it was sent: what was filled in, chosen, typed and seen.</summary>
public static class SigningForm
{
    public static SignConsent Read(IFormCollection form, ConsentDocument document, SignerRole role, IdentityMethod identity, string authority, WebOptions options, Zone zone)
    {
        var now = options.Clock.GetUtcNow();
        return new(
            Guid.TryParse(form["Signature"].ToString(), out var id) ? id : Guid.NewGuid(),
            document.Id,
            form["Seen"].ToString(),
            form["TypedName"].ToString(),
            form["Agreed"].ToString() == "yes",
            role,
            authority,
            identity,
            document.Asks.ToImmutableDictionary(a => a.Id, a => string.Join('\n', form[a.Id].OfType<string>())),
            document.TeachBack.ToImmutableDictionary(t => t.Id, t => form[t.Id].ToString()),
            DocumentFields.Letterhead(options),
            zone.Say(now),
            zone.Today,
            TimeZoneInfo.ConvertTime(now, options.Zone).Offset);
    }
}
