using Casement.Clearance;
using Casement.Documents;
using Casement.Journal;
using Casement.People;
using Casement.Web.Printing;
using Casement.Web.Public;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.Clinician.Clearance;

/// <summary>The letter of a signed decision, as a tagged PDF made on the spot from what was signed.</summary>
public static class ClearanceLetters
{
    public static void MapClearanceLetters(this WebApplication app) => app
        .MapGet("/staff/patients/{Patient:guid}/decisions/{Clearance:guid}/letter.pdf", Print)
        .RequireAuthorization(Policies.Name(Act.PrintLetter));

    static async Task<IResult> Print(Guid patient, Guid clearance, Desk desk, IJournals journals, ProtocolInForce room, WebOptions options, Caller caller, Zone zone, CheckDoor check, CancellationToken stop)
    {
        var id = new PatientId(patient);
        if (await journals.Version(options.Practice, id, stop) == 0) return Results.NotFound();
        var chart = await desk.Look(id, caller.Actor, "printed a clearance letter", stop);
        return await Letter(id, chart, clearance, room, check, options, zone, stop) is { } letter ? Results.File(LetterPdf.Write(letter), "application/pdf", "clearance-letter.pdf") : Results.NotFound();
    }

    /// <summary>Null when there is no such decision, or when the protocol it was signed under is not kept here.</summary>
    public static async Task<Letter?> Letter(PatientId patient, Chart chart, Guid clearance, ProtocolInForce room, CheckDoor check, WebOptions options, Zone zone, CancellationToken stop)
    {
        if (chart.Who is not { } who || chart.Clearances.FirstOrDefault(c => c.Signed.Clearance == clearance) is not { } decision) return null;
        if (await room.At(decision.Signed.ProtocolHash, stop) is not { } protocol) return null;
        var card = options.Card;
        string[] lines =
        [
            card.Name, card.Address, card.Phone.Length > 0 ? $"Phone {card.Phone}" : "",
            card.Npi.Length > 0 ? $"NPI {card.Npi}" : "NPI: not entered in the settings of the practice",
            card.Licence.Length > 0 ? $"Licence {card.Licence}" : "Licence: not entered in the settings of the practice",
        ];
        return ClearanceLetter.Of(who, decision, Replay.Of(protocol, decision.Signed).Assessed, decision.At(options.Clock.GetUtcNow()),
            new([.. lines.Where(l => l.Length > 0)], card.Phone, card.Hours, card.AfterHours), zone.Say, zone.SayDate, decision.Signed.MayProceed ? check.Address(patient, clearance).ToString() : "");
    }
}
