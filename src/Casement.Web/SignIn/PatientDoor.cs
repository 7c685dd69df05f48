using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>What a sign-in letter holds: a link for this device, and a code to type on another. Either works once.</summary>
public sealed record SignInLetter(Uri Link, string Code);

/// <summary>How patients come in: by a letter to the address on their chart, or by a passkey.</summary>
public sealed class PatientDoor(IJournals journals, Desk desk, Links links, UnknownAddresses tries, PatientAccountShelf accounts, WebOptions options)
{
    public const int CodeDigits = 8;

    const string WrongCode = "That code is not right, was used before, or is too old. Check it, or ask for a new letter.";

    /// <summary>A link that signs a patient in, once, and leads to a page of their own.</summary>
    /// <param name="to">The address the letter goes to; null for the one on the chart.</param>
    public async Task<Uri> Link(PatientId patient, TimeSpan lifetime, CancellationToken stop, string page = "/my", string? to = null) =>
        await links.Issue(patient.Value, LinkPurpose.Patient, lifetime, stop, page, to ?? await Address(patient, stop));

    public async Task<SignInLetter> Letter(PatientId patient, TimeSpan lifetime, CancellationToken stop, string page = "/my", string? to = null)
    {
        var code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        await links.IssueAs(CodeName(patient, code), patient.Value, LinkPurpose.Patient, lifetime, page, stop, to ?? await Address(patient, stop));
        return new(await Link(patient, lifetime, stop, page, to), code);
    }

    /// <summary>Asks for a sign-in letter to every record that bears this address. Nobody learns whether there is one.</summary>
    public async Task Ask(string email, CancellationToken stop)
    {
        foreach (var patient in await At(email, stop))
            await desk.CarryOut(patient, Actor.Casement, chart => AskingForALink.Decide(chart, new(Guid.NewGuid(), "/my", options.Clock.GetUtcNow())), stop);
    }

    /// <summary>Signs in by the code of a letter, typed on any device. The sentence says why not.</summary>
    public async Task<string?> Code(string email, string code, HttpContext context, CancellationToken stop)
    {
        var counted = $"patient {email.Trim().ToUpperInvariant()}";
        if (tries.Waits(counted)) return $"Too many tries. Wait {options.LockedFor.TotalMinutes:0} minutes, then ask for a new letter.";
        foreach (var patient in await At(email, stop))
            if (await links.Use(CodeName(patient, Door.Digits(code)), stop) is { } link)
                return await Follow(link, context, stop) ? null : WrongCode;
        _ = tries.TryAndFail(counted);
        return WrongCode;
    }

    /// <summary>A passkey that verified its user.</summary>
    public async Task<string?> Passkey(string credential, SignInManager<PatientAccount> signIn, HttpContext context, CancellationToken stop)
    {
        const string notKnown = "That passkey is not known here. Ask for a sign-in letter instead.";
        var result = await signIn.PerformPasskeyAssertionAsync(credential);
        if (!result.Succeeded || !result.Passkey.IsUserVerified) return notKnown;
        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey, stop);
        await StaffDoorway.Written(accounts.UpdateAsync(result.User, stop));
        return await Enter(result.User.Patient, context, stop) ? null : notKnown;
    }

    /// <summary>Signs in whoever a letter was for. False when letters go to another address by now.</summary>
    public async Task<bool> Follow(Link link, HttpContext context, CancellationToken stop) =>
        (await desk.Peek(new(link.Account), stop)).Who is { } who && Changing.IsStill(link.To, who) && await Enter(new(link.Account), context, stop);

    async Task<string> Address(PatientId patient, CancellationToken stop) => (await desk.Peek(patient, stop)).Who?.Email ?? "";

    /// <summary>Signs the patient in. False when there is no such record.</summary>
    public async Task<bool> Enter(PatientId patient, HttpContext context, CancellationToken stop)
    {
        if ((await desk.Peek(patient, stop)).Who is not { } who) return false;
        await context.SignInAsync(Cookies.Patient, Principal(patient, who));
        return true;
    }

    static ClaimsPrincipal Principal(PatientId patient, Person who) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, patient.ToString()),
            new(PatientClaims.Patient, patient.ToString()),
            new(PatientClaims.Name, who.Name.Called),
            new(PatientClaims.Address, who.Email),
        ],
        Cookies.Patient));

    /// <summary>
    /// Asked on every request: once letters go to another address, what was opened under the old one is shut. The browser in which the patient changed it was
    /// signed in anew by that act.
    /// </summary>
    public static async Task StillTheirs(CookieValidatePrincipalContext session)
    {
        if (Guid.TryParse(session.Principal?.FindFirstValue(PatientClaims.Patient), out var patient)
            && (await session.HttpContext.RequestServices.GetRequiredService<Desk>().Peek(new(patient), session.HttpContext.RequestAborted)).Who is { } who
            && session.Principal.FindFirstValue(PatientClaims.Address) is { } address && Changing.SameAddress(address, who.Email))
        {
            if (session.Principal.FindFirstValue(PatientClaims.Name) == who.Name.Called) return;
            // Somebody is greeted by the name they go by now, not by the one of an hour ago.
            session.ReplacePrincipal(Principal(new(patient), who));
            session.ShouldRenew = true;
            return;
        }
        session.RejectPrincipal();
        await session.HttpContext.SignOutAsync(Cookies.Patient);
    }

    /// <summary>The records that bear an address; a couple may share one.</summary>
    async Task<IEnumerable<PatientId>> At(string email, CancellationToken stop)
    {
        var asked = email.Trim();
        if (asked.Length == 0) return [];
        var listed = await journals.ReadList(options.Practice, PatientDirectory.List, stop);
        return [.. listed.Where(l => string.Equals(PatientDirectory.Read(l.Json).Email.Trim(), asked, StringComparison.OrdinalIgnoreCase)).Select(l => l.Patient)];
    }

    static string CodeName(PatientId patient, string code) => $"code/{patient}/{code}";
}

/// <summary>The claims a patient's session carries.</summary>
public static class PatientClaims
{
    public const string Patient = "patient";
    public const string Name = "name";

    /// <summary>The address letters went to when the session began.</summary>
    public const string Address = "address";
}
