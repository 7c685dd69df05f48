using System.Collections.Immutable;
using Casement.People;
using Casement.Web.SignIn;

namespace Casement.Web.Clinician.Office;

/// <summary>Who works here, for choosing an owner, a cover or the clinician responsible.</summary>
public sealed class Colleagues(AccountShelf accounts)
{
    /// <summary>Everybody who ever worked here, so that names in old records are found.</summary>
    public async Task<ImmutableArray<Colleague>> All(CancellationToken stop) =>
        [.. (await accounts.All(stop)).Select(a => new Colleague(a.Id.ToString("D"), a.Name, a.Credentials, a.Roles.Contains(Role.Clinician), a.ClosedAt is null))];

    public async Task<ImmutableArray<Colleague>> Clinicians(CancellationToken stop) => [.. (await All(stop)).Where(c => c is { IsClinician: true, IsActive: true })];
}
