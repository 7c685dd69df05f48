using Casement.Consent;
using Casement.Journal;
using Casement.People;
using Casement.Web.Printing;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.Clinician.Documents;

/// <summary>The copy of a signed document as a tagged PDF, made from the signature alone.</summary>
public static class ConsentCopies
{
    public static void MapConsentCopies(this WebApplication app)
    {
        app.MapGet("/my/documents/signed/{Signature:guid}/copy.pdf", Mine).RequireAuthorization(Policies.MyOwn);
        app.MapGet("/staff/patients/{Patient:guid}/documents/signed/{Signature:guid}/copy.pdf", Theirs).RequireAuthorization(Policies.Name(Act.PrintLetter));
    }

    static async Task<IResult> Mine(Guid signature, Desk desk, Caller caller, CancellationToken stop) =>
        Copy(await desk.Look(caller.Patient, caller.Actor, "took a copy of a signed paper", stop), signature);

    static async Task<IResult> Theirs(Guid patient, Guid signature, Desk desk, IJournals journals, WebOptions options, Caller caller, CancellationToken stop)
    {
        var id = new PatientId(patient);
        if (await journals.Version(options.Practice, id, stop) == 0) return Results.NotFound();
        return Copy(await desk.Look(id, caller.Actor, "printed a signed document", stop), signature);
    }

    static IResult Copy(Chart chart, Guid signature) => chart.Consents.Find(signature) is { } signed
        ? Results.File(LetterPdf.Write(ConsentLetter.Of(signed)), "application/pdf", $"{signed.Family}.pdf")
        : Results.NotFound();
}
