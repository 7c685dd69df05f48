using System.Collections.Immutable;
using System.Security.Claims;
using Casement.People;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Casement.Web.SignIn;

/// <summary>Somebody who is to work here.</summary>
public sealed record NewStaff(string Name, string Email, ImmutableArray<Role> Roles, string Credentials = "");

/// <summary>Accounts are opened by the owner or the command line, and entered by a one-time link.</summary>
public sealed class StaffDoorway(UserManager<StaffAccount> accounts, AccountShelf shelf, OpenSessions sessions, Links links, WebOptions options)
{
    static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(3);
    static readonly TimeSpan DemoLinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Opens an account. The sentence says why not; null means it is open.</summary>
    public async Task<(StaffAccount Account, string? Problem)> Open(NewStaff staff)
    {
        var account = new StaffAccount { Id = Guid.NewGuid(), Name = staff.Name, Credentials = staff.Credentials, Email = staff.Email, Roles = staff.Roles };
        var result = await accounts.CreateAsync(account);
        return (account, result.Succeeded ? null : result.Errors.First().Description);
    }

    /// <summary>The link by which somebody sets up, or sets up anew, how they sign in.</summary>
    public Task<Uri> EnrolmentLink(Guid account, CancellationToken stop) => links.Issue(account, LinkPurpose.Enrol, LinkLifetime, stop);

    /// <summary>A link that signs the demonstration clinician in, for a quarter of an hour and once.</summary>
    public async Task<Uri> DemoLink(NewStaff clinician, CancellationToken stop)
    {
        if (!options.Demo) throw new InvalidOperationException("The demonstration link is for the demonstration alone.");
        var account = await accounts.FindByEmailAsync(clinician.Email) ?? await Opened(clinician);
        return await links.Issue(account.Id, LinkPurpose.Demo, DemoLinkLifetime, stop);
    }

    /// <summary>Closes an account and ends its sessions. It is kept: its name stands in the journals.</summary>
    public async Task Close(StaffAccount account, CancellationToken stop)
    {
        account.ClosedAt = options.Clock.GetUtcNow();
        await Written(accounts.UpdateSecurityStampAsync(account));
        await sessions.EndAll(account.Id, stop);
    }

    public Task<IReadOnlyList<StaffAccount>> All(CancellationToken stop) => shelf.All(stop);

    async Task<StaffAccount> Opened(NewStaff staff) => await Open(staff) switch
    {
        (var account, null) => account,
        (_, var problem) => throw new InvalidOperationException(problem),
    };

    /// <summary>For writes that can only fail by a lost race: better an error page than a change that silently did not happen.</summary>
    internal static async Task Written(Task<IdentityResult> write)
    {
        if (await write is { Succeeded: false } failed) throw new InvalidOperationException(failed.Errors.First().Description);
    }
}

/// <summary>The framework's sign-in with one rule made absolute: a password is never enough.</summary>
public sealed class StaffSignIn(
    UserManager<StaffAccount> accounts,
    IHttpContextAccessor request,
    IUserClaimsPrincipalFactory<StaffAccount> claims,
    IOptions<IdentityOptions> identity,
    ILogger<SignInManager<StaffAccount>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<StaffAccount> confirmation)
    : SignInManager<StaffAccount>(accounts, request, claims, identity, log, schemes, confirmation)
{
    public override Task<bool> IsTwoFactorEnabledAsync(StaffAccount user) => Task.FromResult(true);

    public override Task<bool> IsTwoFactorClientRememberedAsync(StaffAccount user) => Task.FromResult(false);

    public override Task<bool> CanSignInAsync(StaffAccount user) => Task.FromResult(user.ClosedAt is null);
}

/// <summary>What a session says about its holder.</summary>
public sealed class StaffPrincipals(TimeProvider clock) : IUserClaimsPrincipalFactory<StaffAccount>
{
    public Task<ClaimsPrincipal> CreateAsync(StaffAccount user) => Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, user.Id.ToString("D")),
        new(StaffClaims.Name, user.Name),
        new(StaffClaims.Credentials, user.Credentials),
        new(StaffClaims.Stamp, user.SecurityStamp),
        new(StaffClaims.At, clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        .. user.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())),
    ], IdentityConstants.ApplicationScheme)));
}

public static class StaffAccountServices
{
    public static void AddStaffAccounts(this IServiceCollection services, WebOptions options)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Caller>();
        services.AddSingleton<Zone>();
        services.AddSingleton<Links>();
        services.AddSingleton<UnknownAddresses>();
        services.AddScoped<StaffDoorway>();
        services.AddScoped<Door>();
        services.AddSingleton<PatientDoor>();
        services.AddSingleton<LinkDoor>();
        services.AddScoped<Enrolment>();
        services.AddSingleton<AccountShelf>();
        services.AddSingleton<IUserStore<StaffAccount>>(found => found.GetRequiredService<AccountShelf>());
        services.AddScoped<IUserClaimsPrincipalFactory<StaffAccount>, StaffPrincipals>();
        services.AddScoped<IPasskeyHandler<StaffAccount>, PasskeyHandler<StaffAccount>>();
        services.AddTransient<OneTimeCode>();
        services.AddIdentityCore<StaffAccount>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = ""; // the address is the user name, and addresses may hold any letter
            identity.Password = new() { RequiredLength = 1, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 1 };
            identity.Lockout.MaxFailedAccessAttempts = options.TriesBeforeLock;
            identity.Lockout.DefaultLockoutTimeSpan = options.LockedFor;
            identity.Tokens.AuthenticatorTokenProvider = nameof(OneTimeCode);
        })
            .AddSignInManager<StaffSignIn>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<OneTimeCode>(nameof(OneTimeCode));
        services.AddSingleton<PatientAccountShelf>();
        services.AddSingleton<IUserStore<PatientAccount>>(found => found.GetRequiredService<PatientAccountShelf>());
        services.AddScoped<IPasskeyHandler<PatientAccount>, PasskeyHandler<PatientAccount>>();
        services.AddIdentityCore<PatientAccount>().AddSignInManager();
        // OWASP password storage, 2025: PBKDF2-HMAC-SHA512 with at least 210,000 rounds.
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 210_000);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = options.Address.Host;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
            // Compared with our own address rather than the Origin header: under no-referrer a browser sends that as "null".
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == Ours(options, asked.HttpContext.Request));
        });
    }

    /// <summary>The address people see: the public one, or without a proxy the one this request came to, which host filtering has checked.</summary>
    static string Ours(WebOptions options, HttpRequest request) => options.Public?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
}
