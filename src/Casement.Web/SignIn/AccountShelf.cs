using System.Text.Json;
using Casement.Journal;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>Staff accounts on the shelf. The address has a document of its own, so that the shelf itself refuses two accounts with one address.</summary>
public sealed partial class AccountShelf(IShelf shelf, WebOptions options) : IUserStore<StaffAccount>
{
    const string Kind = "account";
    const string AddressKind = "account-address";

    public async Task<IReadOnlyList<StaffAccount>> All(CancellationToken stop) =>
        [.. (await shelf.ReadAll(options.Practice, Kind, stop)).Select(Open).OrderBy(a => a.Name, StringComparer.Ordinal)];

    public async Task<IdentityResult> CreateAsync(StaffAccount user, CancellationToken cancellationToken)
    {
        if (!await shelf.Write(options.Practice, AddressKind, user.NormalizedEmail, 0, user.Id.ToByteArray(), cancellationToken))
            return IdentityResult.Failed(new IdentityError { Code = "DuplicateEmail", Description = "There is already an account with this address." });
        return await Put(user, cancellationToken);
    }

    public Task<IdentityResult> UpdateAsync(StaffAccount user, CancellationToken cancellationToken) => Put(user, cancellationToken);

    public async Task<IdentityResult> DeleteAsync(StaffAccount user, CancellationToken cancellationToken)
    {
        await shelf.Remove(options.Practice, AddressKind, user.NormalizedEmail, cancellationToken);
        await shelf.Remove(options.Practice, Kind, user.Id.ToString("D"), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<StaffAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        await shelf.Read(options.Practice, Kind, userId, cancellationToken) is { } found ? Open(found) : null;

    public async Task<StaffAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await shelf.Read(options.Practice, AddressKind, normalizedUserName, cancellationToken) is { } address
            ? await FindByIdAsync(new Guid(address.Content.Span).ToString("D"), cancellationToken)
            : null;

    async Task<IdentityResult> Put(StaffAccount user, CancellationToken stop)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(user);
        if (!await shelf.Write(options.Practice, Kind, user.Id.ToString("D"), user.Version, json, stop))
            return IdentityResult.Failed(new IdentityError { Code = "ConcurrencyFailure", Description = "The account was changed by somebody else. Try again." });
        user.Version++;
        return IdentityResult.Success;
    }

    static StaffAccount Open(Shelved shelved)
    {
        var account = JsonSerializer.Deserialize<StaffAccount>(shelved.Content.Span) ?? throw new JsonException("An account is empty.");
        account.Version = shelved.Version;
        return account;
    }

    public void Dispose()
    {
    }
}
