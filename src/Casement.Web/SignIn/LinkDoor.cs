using System.Security.Claims;
using Casement.Journal;
using Casement.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.SignIn;

/// <summary>
/// How partner clinics and support persons come in: by a link that opens one thing. The address carries the chart and the link sealed together, so it can be
/// made anew at any time and tells a reader nothing; whether it still opens stands in the journal and is asked on every request.
/// </summary>
public sealed class LinkDoor(IDataProtectionProvider seals, Desk desk, KeptForms kept, WebOptions options)
{
    readonly SealedAddress seal = new(seals, "capability link 1");

    /// <summary>Where links open, unless they open a page of their own.</summary>
    public const string Room = "/open";

    public Uri Address(PatientId patient, Guid link, string room = Room) => new(options.Address, $"{room}/{seal.Write(patient, link)}");

    /// <summary>The link, if it would open; looking uses nothing up.</summary>
    public async Task<(PatientId Patient, LinkGiven Given)?> Look(string token, CancellationToken stop)
    {
        if (seal.Read(token) is not var (patient, link)) return null;
        var chart = await desk.Peek(patient, stop);
        return chart.Links.TryGetValue(link, out var found) && found.OpensAt(options.Clock.GetUtcNow()) ? (patient, found.Given) : null;
    }

    /// <summary>Opens it in this browser and answers where to go; null when it no longer opens.</summary>
    public async Task<string?> Enter(string token, HttpContext context, CancellationToken stop)
    {
        if (await Look(token, stop) is not var (patient, given)) return null;
        var identity = new ClaimsIdentity(
            [
                new(LinkClaims.Patient, patient.ToString()),
                new(LinkClaims.Link, given.Link.ToString("D")),
                new(LinkClaims.For, given.For.ToString()),
                new(LinkClaims.Subject, given.Subject.ToString("D")),
                new(LinkClaims.Name, given.Name),
            ],
            Cookies.Link);
        await context.SignInAsync(Cookies.Link, new(identity));
        if (given.For is LinkFor.Referral && await kept.Waiting(given.Link, stop) is { } form) return $"/partner/kept/{form}";
        return given.For switch { LinkFor.Referral => "/partner", LinkFor.Support => "/support", _ => "/check" };
    }
}

/// <summary>The claims of somebody who came by a capability link.</summary>
public static class LinkClaims
{
    public const string Patient = "link-patient";
    public const string Link = "link";
    public const string For = "link-for";
    public const string Subject = "link-subject";
    public const string Name = "name";
}
