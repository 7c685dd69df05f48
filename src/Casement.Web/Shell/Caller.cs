using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Claims;
using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;

namespace Casement.Web.Shell;

/// <summary>The member of staff whose request this is, as an actor of the journal.</summary>
public sealed class Caller(IHttpContextAccessor request)
{
    ClaimsPrincipal Principal => request.HttpContext?.User ?? new();

    public bool IsSignedIn => Principal.Identity?.IsAuthenticated is true;

    public Actor Actor => new(ActorKind.Staff, Claim(ClaimTypes.NameIdentifier), Claim(StaffClaims.Name), Claim(StaffClaims.Credentials));

    public ImmutableArray<Role> Roles => [.. Principal.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value))];

    public bool May(Act act) => Roles.May(act);

    string Claim(string type) => Principal.FindFirstValue(type) ?? throw new UnreachableException("Nobody is signed in on a page that demands it.");
}
