using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Casement.Journal;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>How a patient signs in, beside the emailed link that always works: the passkeys of their devices.</summary>
public sealed class PatientAccount
{
    public required PatientId Patient { get; init; }

    /// <summary>The name the device shows beside the passkey.</summary>
    public string Name { get; set; } = "";

    public ImmutableArray<StaffPasskey> Passkeys { get; set; } = [];

    [JsonIgnore]
    public long Version { get; set; }
}

/// <summary>Patients' passkeys on the shelf. Which patient a passkey belongs to has a document of its own, so that signing in reads two documents and not everybody's.</summary>
public sealed class PatientAccountShelf(IShelf shelf, WebOptions options) : IUserPasskeyStore<PatientAccount>
{
    const string Kind = "patient-account";
    const string PasskeyKind = "patient-passkey";

    public async Task<PatientAccount> Of(PatientId patient, CancellationToken stop) =>
        await FindByIdAsync(patient.ToString(), stop) ?? new() { Patient = patient };

    public async Task<PatientAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (await shelf.Read(options.Practice, Kind, userId, cancellationToken) is not { } found) return null;
        var account = JsonSerializer.Deserialize<PatientAccount>(found.Content.Span) ?? throw new JsonException("An account is empty.");
        account.Version = found.Version;
        return account;
    }

    public async Task<PatientAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await shelf.Read(options.Practice, PasskeyKind, Convert.ToHexStringLower(credentialId), cancellationToken) is { } owner
            ? await FindByIdAsync(new Guid(owner.Content.Span).ToString("D"), cancellationToken)
            : null;

    public async Task<IdentityResult> UpdateAsync(PatientAccount user, CancellationToken cancellationToken)
    {
        if (!await shelf.Write(options.Practice, Kind, user.Patient.ToString(), user.Version, JsonSerializer.SerializeToUtf8Bytes(user), cancellationToken))
            return IdentityResult.Failed(new IdentityError { Code = "ConcurrencyFailure", Description = "Your sign-in was changed in another window. Try again." });
        user.Version++;
        foreach (var passkey in user.Passkeys)
            _ = await shelf.Write(options.Practice, PasskeyKind, Convert.ToHexStringLower(passkey.Id), 0, user.Patient.Value.ToByteArray(), cancellationToken);
        return IdentityResult.Success;
    }

    public Task<IdentityResult> CreateAsync(PatientAccount user, CancellationToken cancellationToken) => UpdateAsync(user, cancellationToken);

    public Task<IdentityResult> DeleteAsync(PatientAccount user, CancellationToken cancellationToken) => throw new NotSupportedException("A record is kept; only its passkeys are removed.");

    public Task AddOrUpdatePasskeyAsync(PatientAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        user.Passkeys = StaffPasskey.Replaced(user.Passkeys, passkey);
        return Task.CompletedTask;
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PatientAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys.Select(p => p.ToInfo())]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PatientAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.Passkeys.FirstOrDefault(p => p.Id.SequenceEqual(credentialId))?.ToInfo());

    public async Task RemovePasskeyAsync(PatientAccount user, byte[] credentialId, CancellationToken cancellationToken)
    {
        user.Passkeys = user.Passkeys.RemoveAll(p => p.Id.SequenceEqual(credentialId));
        await shelf.Remove(options.Practice, PasskeyKind, Convert.ToHexStringLower(credentialId), cancellationToken);
    }

    public Task<string> GetUserIdAsync(PatientAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Patient.ToString());

    // Identity wants a user name; a patient's is the id of the record and is shown to nobody.
    public Task<string?> GetUserNameAsync(PatientAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Patient.ToString());

    public Task SetUserNameAsync(PatientAccount user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedUserNameAsync(PatientAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Patient.ToString());

    public Task SetNormalizedUserNameAsync(PatientAccount user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<PatientAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName.ToLowerInvariant(), cancellationToken);

    public void Dispose()
    {
    }
}
