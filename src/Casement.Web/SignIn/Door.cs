using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>The ways in. Each answers with a sentence to show, or null when the way is open.</summary>
public sealed class Door(
    SignInManager<StaffAccount> signIn,
    UserManager<StaffAccount> accounts,
    UnknownAddresses unknown,
    Links links,
    PatientDoor patients,
    WebOptions options)
{
    const string Mismatch = "That email and password do not match. Check both and try again.";

    static readonly StaffAccount Nobody = new() { Id = Guid.Empty };
    static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<StaffAccount>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })).HashPassword(Nobody, "nobody"));

    string Locked => $"Too many tries. Wait {options.LockedFor.TotalMinutes:0} minutes, then try again. A passkey still works.";

    /// <summary>The first of two factors. It opens nothing by itself; the second is asked on the next page.</summary>
    public async Task<string?> Password(string email, string password)
    {
        if (await accounts.FindByEmailAsync(email.Trim()) is not { IsEnrolled: true } account)
        {
            // As slow, and as soon locked, as an account would be.
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return unknown.TryAndFail(accounts.NormalizeEmail(email.Trim()) ?? "") ? Locked : Mismatch;
        }
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        return result switch
        {
            { RequiresTwoFactor: true } => null,
            { IsLockedOut: true } => Locked,
            _ => Mismatch,
        };
    }

    /// <summary>Whether a right password was given in this browser in the last minutes.</summary>
    public async Task<bool> IsHalfOpen() => await signIn.GetTwoFactorAuthenticationUserAsync() is not null;

    public async Task<string?> Code(string code)
    {
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(Digits(code), isPersistent: false, rememberClient: false);
        return result switch
        {
            { Succeeded: true } => null,
            { IsLockedOut: true } => Locked,
            _ => "That code is not right, or was used before. Wait for the next one in your app.",
        };
    }

    public async Task<string?> RecoveryCode(string code)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account) return "Begin again with your email and password.";
        if (await accounts.IsLockedOutAsync(account)) return Locked;
        if ((await signIn.TwoFactorRecoveryCodeSignInAsync(code.Trim().ToUpperInvariant())).Succeeded) return null;
        await StaffDoorway.Written(accounts.AccessFailedAsync(account));
        return "That recovery code is not right, or was used before.";
    }

    /// <summary>A passkey that verified its user is two factors in one.</summary>
    public async Task<string?> Passkey(string credential)
    {
        const string notKnown = "That passkey is not known here. Sign in with your password, or ask the owner of the practice.";
        var result = await signIn.PerformPasskeyAssertionAsync(credential);
        if (!result.Succeeded || !result.Passkey.IsUserVerified || !await signIn.CanSignInAsync(result.User)) return notKnown;
        await StaffDoorway.Written(accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey));
        await Enter(result.User, Proof.Passkey);
        return null;
    }

    /// <summary>The demonstration's way in, or the way to setting up a sign-in. Answers where to go on.</summary>
    public async Task<string?> Follow(string token, HttpContext context, CancellationToken stop)
    {
        if (await links.Use(token, stop) is not { } link) return null;
        if (link.Purpose is LinkPurpose.Patient) return await patients.Follow(link, context, stop) ? Local.Or(link.Page, "/my") : null;
        if (await accounts.FindByIdAsync(link.Account.ToString("D")) is not { ClosedAt: null } account) return null;
        if (link.Purpose is LinkPurpose.Demo)
        {
            await Enter(account, Proof.DemoLink);
            return "/staff";
        }
        var enrolling = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id.ToString("D"))], Cookies.Enrolling);
        await context.SignInAsync(Cookies.Enrolling, new(enrolling));
        return "/enrol/password";
    }

    public async Task Enter(StaffAccount account, string proof)
    {
        await signIn.SignInWithClaimsAsync(account, isPersistent: false, [new(StaffClaims.Proof, proof)]);
    }

    public static string Digits(string typed) => string.Concat(typed.Where(char.IsAsciiDigit));
}
