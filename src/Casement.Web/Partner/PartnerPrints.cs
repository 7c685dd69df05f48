using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Documents;
using Casement.Journal;
using Casement.People;
using Casement.Referrals;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Clinician.Referrals;
using Casement.Web.Printing;
using Casement.Web.Shell;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Casement.Web.Partner;

/// <summary>What a partner prints, and the one act that stands on every page of theirs.</summary>
public static class PartnerPrints
{
    public static void MapPartnerPrints(this WebApplication app)
    {
        var policy = Policies.Name(LinkFor.Referral);
        app.MapGet("/partner/packet.pdf", Packet).RequireAuthorization(policy);
        app.MapGet("/partner/letter.pdf", Letter).RequireAuthorization(policy);
        app.MapGet("/partner/now", PartnerNow.Answer).RequireAuthorization(policy);
        app.MapGet("/partner/session/{Session:guid}/sheet.pdf", Sheet).RequireAuthorization(policy);
        app.MapPost("/partner/seen", Seen).RequireAuthorization(policy);
        app.MapGet("/staff/patients/{Patient:guid}/referrals/{Referral:guid}/files/{File:guid}", SessionFile).RequireAuthorization(Policies.Name(Act.ReadChart));
    }

    static async Task<IResult> Packet(PartnerRoom room, WebOptions options, Zone zone, CancellationToken stop) =>
        await room.Read("printed the referral", stop) is { } view ? Results.File(LetterPdf.Write(PacketLetter(view, options, zone)), "application/pdf", "referral.pdf") : Results.NotFound();

    /// <summary>The packet on paper: what was sent, in its order, with how the clearance stood when it was printed.</summary>
    public static Letter PacketLetter(PartnerView view, WebOptions options, Zone zone)
    {
        var blocks = ImmutableArray.CreateBuilder<LetterBlock>();
        blocks.Add(new LetterHeading(1, "Referral"));
        blocks.Add(new LetterParagraph($"{view.Live.Says} As of {zone.Say(view.Now)}. Check again before each session."));
        foreach (var line in view.Packet)
        {
            var texts = line.Text.Split('\n');
            if (texts.Length < 4) blocks.Add(new LetterTable([new(line.Title, string.Join(". ", texts.Select(t => t.TrimEnd('.'))) + ".")]));
            else
            {
                blocks.Add(new LetterHeading(2, line.Title));
                blocks.Add(new LetterBullets([.. texts]));
            }
        }
        var card = options.Card;
        return new("Referral", [.. new[] { card.Name, card.Address, card.Phone.Length > 0 ? $"Phone {card.Phone}" : "" }.Where(l => l.Length > 0)], blocks.ToImmutable(), view.Referral.SentAt ?? view.Now);
    }

    /// <summary>What the patient takes home: only for a session that was begun.</summary>
    static async Task<IResult> Sheet(Guid session, PartnerRoom room, WebOptions options, CancellationToken stop) =>
        await room.Read("printed the sheet to take home", stop) is { } view && view.Session(session) is { StartedAt: not null } && options.Documents.Find("doc-discharge-ket") is { } sheet
            ? Results.File(LetterPdf.Write(ConsentLetter.Sheet(sheet.TextFor(DocumentFields.Of(view.Chart, options)), DocumentFields.Letterhead(options), view.Now)), "application/pdf", "after-your-session.pdf")
            : Results.NotFound();

    static async Task<IResult> Letter(PartnerRoom room, ProtocolInForce protocols, Public.CheckDoor check, WebOptions options, Zone zone, CancellationToken stop)
    {
        // Only where the patient agreed to the whole letter.
        if (await room.Read("printed the clearance letter", stop) is not { Referral.Sent: { } sent } view || sent.Packet.All(l => l.Sensitivity is not Sensitivity.WholeLetter)) return Results.NotFound();
        return await ClearanceLetters.Letter(view.Patient, view.Chart, sent.Clearance, protocols, check, options, zone, stop) is { } letter ? Results.File(LetterPdf.Write(letter), "application/pdf", "clearance-letter.pdf") : Results.NotFound();
    }

    static async Task<IResult> Seen([FromForm(Name = "Clearance")] Guid clearance, [FromForm(Name = "State")] ClearanceState state, PartnerRoom room, CancellationToken stop)
    {
        if (await room.Read("confirmed a change of the clearance", stop) is null) return Results.NotFound();
        await room.Do((chart, referral) => Answering.SawChange(chart, referral, clearance, state, room.Name, room.Room.Now), stop);
        return Results.LocalRedirect("/partner");
    }

    static async Task<IResult> SessionFile(Guid patient, Guid referral, Guid file, Desk desk, SessionFiles files, Caller caller, CancellationToken stop)
    {
        var chart = await desk.Look(new(patient), caller.Actor, "opened a file from the partner clinic", stop);
        if (chart.SessionFiles.FirstOrDefault(f => f.File.File == file && f.File.Referral == referral) is not { } found || await files.Read(file, stop) is not { } bytes) return Results.NotFound();
        // Handed over as a download: what a stranger sent is never drawn inside our pages.
        return Results.File(bytes, found.File.MediaType, "session-report.pdf");
    }
}
