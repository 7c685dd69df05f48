using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>Setting up a sign-in, or setting it up anew after a lost phone: password, authenticator, recovery codes, in this order.</summary>
public sealed class Enrolment(UserManager<StaffAccount> accounts, OpenSessions sessions, Door door, IHttpContextAccessor request, WebOptions options)
{
    const int RecoveryCodeCount = 10;

    HttpContext Context => request.HttpContext ?? throw new InvalidOperationException("Enrolment happens in a request.");

    public async Task<StaffAccount> Who() =>
        await accounts.FindByIdAsync(Context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "") ?? throw new InvalidOperationException("The account is gone.");

    /// <summary>Sets the first factor and takes the second away until it is proved again; whoever was signed in no longer is.</summary>
    public async Task<string?> SetPassword(string password)
    {
        var account = await Who();
        if (PasswordRules.Problem(password, account.Email) is { } problem) return problem;
        (account.PasswordHash, account.AuthenticatorProved, account.RecoveryCodes, account.LockedUntil, account.FailedTries) = (null, false, [], null, 0);
        await StaffDoorway.Written(accounts.AddPasswordAsync(account, password));
        await StaffDoorway.Written(accounts.ResetAuthenticatorKeyAsync(account));
        await sessions.EndAll(account.Id, Context.RequestAborted);
        return null;
    }

    public async Task<string?> ProveAuthenticator(string code)
    {
        var account = await Who();
        if (account is not { PasswordHash: not null, AuthenticatorKey: not null }) return "Choose a password first.";
        if (!await accounts.VerifyTwoFactorTokenAsync(account, nameof(OneTimeCode), Door.Digits(code)))
            return "That code is not right. Check that the clock of your phone is set by the network, and wait for the next code.";
        await StaffDoorway.Written(accounts.SetTwoFactorEnabledAsync(account, true));
        return null;
    }

    public async Task<IReadOnlyList<string>> NewRecoveryCodes()
    {
        var account = await Who();
        if (!account.IsEnrolled) return [];
        return [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodeCount) ?? []];
    }

    public async Task Finish()
    {
        var account = await Who();
        if (!account.IsEnrolled || account.ClosedAt is not null) return;
        await door.Enter(account, Proof.PasswordAndCode);
        await Context.SignOutAsync(Cookies.Enrolling);
    }

    /// <summary>What the app scans (the otpauth key URI format).</summary>
    public string AppUri(StaffAccount account, string key) =>
        $"otpauth://totp/{Uri.EscapeDataString($"{options.Card.Name}:{account.Email}")}?secret={key}&issuer={Uri.EscapeDataString(options.Card.Name)}&digits=6";
}
