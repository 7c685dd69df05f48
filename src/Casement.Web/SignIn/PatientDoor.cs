using System.Security.Claims;
using Casement.Journal;
using Microsoft.AspNetCore.Authentication;

namespace Casement.Web.SignIn;

/// <summary>How patients come in.</summary>
public sealed class PatientDoor(IJournals journals, Links links, WebOptions options)
{
    /// <summary>A link that signs a patient in, once, and leads to a page of their own.</summary>
    public Task<Uri> Link(PatientId patient, TimeSpan lifetime, CancellationToken stop, string page = "/my") => links.Issue(patient.Value, LinkPurpose.Patient, lifetime, stop, page);

    /// <summary>Signs the patient in. False when there is no such record.</summary>
    public async Task<bool> Enter(PatientId patient, HttpContext context, CancellationToken stop)
    {
        if (Chart.From(await journals.Read(options.Practice, patient, stop)).Who is not { } who) return false;
        var identity = new ClaimsIdentity([new(PatientClaims.Patient, patient.ToString()), new(PatientClaims.Name, who.Name.Called)], Cookies.Patient);
        await context.SignInAsync(Cookies.Patient, new(identity));
        return true;
    }
}

/// <summary>The claims a patient's session carries.</summary>
public static class PatientClaims
{
    public const string Patient = "patient";
    public const string Name = "name";
}
