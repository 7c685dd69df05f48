using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Casement.People;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>The account of one member of staff, as it lies on the shelf.</summary>
public sealed class StaffAccount
{
    public required Guid Id { get; init; }

    public string Name { get; set; } = "";

    /// <summary>Licence titles shown beside a signature, such as "PMHNP-BC".</summary>
    public string Credentials { get; set; } = "";

    public string Email { get; set; } = "";

    public string NormalizedEmail { get; set; } = "";

    public ImmutableArray<Role> Roles { get; set; } = [];

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    public string? AuthenticatorKey { get; set; }

    /// <summary>The authenticator has proved itself with a code.</summary>
    public bool AuthenticatorProved { get; set; }

    /// <summary>The half minute whose code was last accepted: no code opens the door twice.</summary>
    public long LastCodeStep { get; set; }

    public ImmutableArray<string> RecoveryCodes { get; set; } = [];

    public ImmutableArray<StaffPasskey> Passkeys { get; set; } = [];

    public int FailedTries { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>When the account was closed; null while it is open. A closed account is kept: its name stands in the journals.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The version read from the shelf; 0 before the first write.</summary>
    [JsonIgnore]
    public long Version { get; set; }

    /// <summary>Whether the two factors are in place.</summary>
    [JsonIgnore]
    public bool IsEnrolled => PasswordHash is not null && AuthenticatorProved;
}

/// <summary>A passkey: the public half, kept here.</summary>
public sealed record StaffPasskey(
    byte[] Id,
    byte[] PublicKey,
    string Name,
    DateTimeOffset AddedAt,
    uint SignCount,
    ImmutableArray<string> Transports,
    bool IsUserVerified,
    bool IsBackupEligible,
    bool IsBackedUp,
    byte[] Attestation,
    byte[] ClientData)
{
    public UserPasskeyInfo ToInfo() => new(Id, PublicKey, AddedAt, SignCount, [.. Transports], IsUserVerified, IsBackupEligible, IsBackedUp, Attestation, ClientData) { Name = Name };

    /// <summary>The list with this passkey added, or brought up to date where it was known; when it was added stays.</summary>
    public static ImmutableArray<StaffPasskey> Replaced(ImmutableArray<StaffPasskey> known, UserPasskeyInfo passkey)
    {
        var added = known.FirstOrDefault(p => p.Id.SequenceEqual(passkey.CredentialId))?.AddedAt ?? passkey.CreatedAt;
        return [.. known.Where(p => !p.Id.SequenceEqual(passkey.CredentialId)), new(
            passkey.CredentialId, passkey.PublicKey, passkey.Name ?? "Passkey", added, passkey.SignCount, [.. passkey.Transports ?? []],
            passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson)];
    }
}

/// <summary>The claims a session carries beside the standard ones.</summary>
public static class StaffClaims
{
    public const string Name = "name";
    public const string Credentials = "credentials";
    public const string Stamp = "stamp";

    /// <summary>When they signed in, in seconds since 1970: a session that is used on does not get younger.</summary>
    public const string At = "auth_time";

    /// <summary>How the person proved who they are; see <see cref="Proof"/>.</summary>
    public const string Proof = "amr";
}

/// <summary>The ways through the door. Each is two factors, or a passkey that verified its user, or the demonstration link.</summary>
public static class Proof
{
    public const string PasswordAndCode = "mfa";
    public const string Passkey = "passkey";
    public const string DemoLink = "demo";
}
