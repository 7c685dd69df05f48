using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Casement.Journal;
using Casement.People;
using Microsoft.AspNetCore.Authentication;
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
    public Task<Uri> Link(PatientId patient, TimeSpan lifetime, CancellationToken stop, string page = "/my") => links.Issue(patient.Value, LinkPurpose.Patient, lifetime, stop, page);

    public async Task<SignInLetter> Letter(PatientId patient, TimeSpan lifetime, CancellationToken stop, string page = "/my")
    {
        var code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        await links.IssueAs(CodeName(patient, code), patient.Value, LinkPurpose.Patient, lifetime, page, stop);
        return new(await Link(patient, lifetime, stop, page), code);
    }

    /// <summary>Asks for a sign-in letter to every record that bears this address. Nobody learns whether there is one.</summary>
    public async Task Ask(string email, CancellationToken stop)
    {
        foreach (var patient in await At(email, stop))
            await desk.CarryOut(patient, Actor.Casement, chart => AskingToSignIn.Decide(chart, Guid.NewGuid(), options.Clock.GetUtcNow()), stop);
    }

    /// <summary>Signs in by the code of a letter, typed on any device. The sentence says why not.</summary>
    public async Task<string?> Code(string email, string code, HttpContext context, CancellationToken stop)
    {
        var counted = $"patient {email.Trim().ToUpperInvariant()}";
        if (tries.Waits(counted)) return $"Too many tries. Wait {options.LockedFor.TotalMinutes:0} minutes, then ask for a new letter.";
        foreach (var patient in await At(email, stop))
            if (await links.Use(CodeName(patient, Door.Digits(code)), stop) is { } link)
                return await Enter(new(link.Account), context, stop) ? null : WrongCode;
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

    /// <summary>Signs the patient in. False when there is no such record.</summary>
    public async Task<bool> Enter(PatientId patient, HttpContext context, CancellationToken stop)
    {
        if ((await desk.Peek(patient, stop)).Who is not { } who) return false;
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, patient.ToString()),
                new(PatientClaims.Patient, patient.ToString()),
                new(PatientClaims.Name, who.Name.Called),
            ],
            Cookies.Patient);
        await context.SignInAsync(Cookies.Patient, new(identity));
        return true;
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
}
