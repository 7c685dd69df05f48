using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Claims;
using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;

namespace Casement.Web.Shell;

/// <summary>Whose request this is, as an actor of the journal: a member of staff, or on their own pages a patient.</summary>
public sealed class Caller(IHttpContextAccessor request)
{
    ClaimsPrincipal Principal => request.HttpContext?.User ?? new();

    public bool IsSignedIn => Principal.Identity?.IsAuthenticated is true;

    /// <summary>The patient signed in, on a page marked <see cref="MyOwnAttribute"/>.</summary>
    public PatientId Patient => new(Guid.Parse(Claim(PatientClaims.Patient)));

    /// <summary>What the capability link opens, on a page marked <see cref="OnLinkAttribute"/>.</summary>
    public (PatientId Patient, Guid Subject) Opened => (new(Guid.Parse(Claim(LinkClaims.Patient))), Guid.Parse(Claim(LinkClaims.Subject)));

    public Actor Actor => Principal.HasClaim(c => c.Type == LinkClaims.Link)
        ? new(Claim(LinkClaims.For) == nameof(LinkFor.Support) ? ActorKind.Support : ActorKind.Partner, Claim(LinkClaims.Link), Claim(LinkClaims.Name))
        : Principal.HasClaim(c => c.Type == PatientClaims.Patient)
        ? new(ActorKind.Patient, Claim(PatientClaims.Patient), Claim(PatientClaims.Name))
        : new(ActorKind.Staff, Claim(ClaimTypes.NameIdentifier), Claim(StaffClaims.Name), Claim(StaffClaims.Credentials));

    /// <summary>When this member of staff signed in.</summary>
    public DateTimeOffset SignedInAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Claim(StaffClaims.At), System.Globalization.CultureInfo.InvariantCulture));

    public ImmutableArray<Role> Roles => [.. Principal.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value))];

    public bool May(Act act) => Roles.May(act);

    string Claim(string type) => Principal.FindFirstValue(type) ?? throw new UnreachableException("Nobody is signed in on a page that demands it.");
}
